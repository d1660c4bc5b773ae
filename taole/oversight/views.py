"""The pages of oversight."""

from __future__ import annotations

from taole.oversight import (
    appraisal_views,
    brief_views,
    circular_views,
    clearing_views,
    disclosure_views,
    indicator_views,
    models,
    website_views,
)
from taole.oversight.blueprint import blueprint

__all__ = [
    "appraisal_views",
    "blueprint",
    "brief_views",
    "circular_views",
    "clearing_views",
    "disclosure_views",
    "indicator_views",
    "models",
    "website_views",
]
