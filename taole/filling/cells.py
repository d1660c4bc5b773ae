"""A cell of a file as the text that the notice keeps. Pure."""

from __future__ import annotations

from datetime import date, datetime

from taole.catalogue.template_rules import tidy_cell
from taole.catalogue.unified_template import CellKind, Field
from taole.core.errors import Refused
from taole.core.periods import parse_day
from taole.documents.workbooks import Cell
from taole.filling.grids import plain_text

_MONTH_NAMES = ("月", "期间", "所属期")


def cell_text(each: Field, value: Cell) -> str:
    """What a cell says, tidied by its column's kind.

    A day that a spreadsheet made of a month (2023-08-01 under 发放月份) is a month again; a serial
    number under a day is that day.
    """
    is_serial = isinstance(value, int | float) and not isinstance(value, bool)
    if each.kind is CellKind.DAY and is_serial:
        try:
            value = parse_day(value)
        except Refused:
            return plain_text(value)
    if each.kind is CellKind.TEXT and isinstance(value, date | datetime):
        is_month = value.day == 1 and any(word in each.name for word in _MONTH_NAMES)
        value = f"{value.year}年{value.month}月" if is_month else value
    return tidy_cell(each, plain_text(value))
