"""The pages of this package, hung on its blueprint."""

from __future__ import annotations

from taole.rectification_papers import checklist_views, paper_views
from taole.rectification_papers.blueprint import blueprint

__all__ = ["blueprint", "checklist_views", "paper_views"]
