"""The pages: all ledgers and their entries; the yearly task ledger."""

from __future__ import annotations

from taole.registers import entry_views, task_views
from taole.registers.blueprint import blueprint

__all__ = ["blueprint", "entry_views", "task_views"]
