"""The pages of this package, hung on its blueprint."""

from __future__ import annotations

from taole.rectification_lists import ledger_views, list_views
from taole.rectification_lists.blueprint import blueprint

__all__ = ["blueprint", "ledger_views", "list_views"]
