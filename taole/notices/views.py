"""The pages: the list, one notice, the queue, writing, posting."""

from __future__ import annotations

from taole.notices import (
    correction_views,
    filling_views,
    gate_views,
    handing_views,
    notice_views,
    posting_views,
    review_setting_views,
    verdict_views,
    writing_views,
)
from taole.notices.blueprint import blueprint

__all__ = [
    "blueprint",
    "correction_views",
    "filling_views",
    "gate_views",
    "handing_views",
    "notice_views",
    "posting_views",
    "review_setting_views",
    "verdict_views",
    "writing_views",
]
