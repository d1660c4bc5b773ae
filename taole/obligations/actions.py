"""What can be done with obligations, in one place for those who call. Nothing here commits."""

from __future__ import annotations

from taole.obligations.adopting import OpenSlots
from taole.obligations.answering import (
    answer,
    declare_nothing,
    excuse,
    mark_in_review,
    unanswer,
)
from taole.obligations.calendar_changes import enter_calendar_year, preview_calendar_year
from taole.obligations.item_changes import change_item, preview_item_change, retire_item
from taole.obligations.opening import open_obligations, open_slots, record_event

__all__ = [
    "OpenSlots",
    "answer",
    "change_item",
    "declare_nothing",
    "enter_calendar_year",
    "excuse",
    "mark_in_review",
    "open_obligations",
    "open_slots",
    "preview_calendar_year",
    "preview_item_change",
    "record_event",
    "retire_item",
    "unanswer",
]
