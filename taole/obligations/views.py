"""The pages: matrices, the card of a cell, answers, events, item changes, the work calendar."""

from __future__ import annotations

from taole.obligations import (
    answer_views,
    calendar_views,
    counted_views,
    item_change_views,
    matrix_views,
    sheet_views,
)
from taole.obligations.blueprint import blueprint

__all__ = [
    "answer_views",
    "blueprint",
    "calendar_views",
    "counted_views",
    "item_change_views",
    "matrix_views",
    "sheet_views",
]
