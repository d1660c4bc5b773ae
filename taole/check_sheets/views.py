"""The pages of this package, hung on its blueprint."""

from __future__ import annotations

from taole.check_sheets import paper_views, sheet_views, visit_views
from taole.check_sheets.blueprint import blueprint

__all__ = ["blueprint", "paper_views", "sheet_views", "visit_views"]
