"""A sheet as it is read: what each cell says, and what it shows where cells are merged. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from taole.documents.workbooks import Cell, Row

_SURE_DIGITS = 15


@dataclass(frozen=True)
class Grid:
    """``own`` are the cells as they stand; in ``shown`` a merged range repeats its value.

    Both have the same rows (``own[n].number`` is the row in the file) and the same width.
    ``offsets``: for each row, how far to the right of here its cells stand in the file.
    """

    name: str
    own: Sequence[Row]
    shown: Sequence[Row]
    offsets: Sequence[int] = ()

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.shown), default=0)

    def __len__(self) -> int:
        return len(self.own)

    def place(self, at: int, column: int) -> tuple[int, int]:
        """Where a cell stands in the file: its 1-based row and its 0-based column."""
        return self.own[at].number, column + (self.offsets[at] if self.offsets else 0)

    def own_at(self, at: int, column: int) -> Cell:
        return _cell(self.own[at], column)

    def shown_at(self, at: int, column: int) -> Cell:
        return _cell(self.shown[at], column)

    def own_texts(self, at: int) -> dict[int, str]:
        """What stands in a row, by column; empty cells are left out."""
        return _texts(self.own[at])

    def shown_texts(self, at: int) -> dict[int, str]:
        return _texts(self.shown[at])

    def is_repeat(self, at: int, column: int) -> bool:
        """Whether a cell only continues the one on its left."""
        return (
            column > 0
            and self.own_at(at, column) is None
            and self.shown_at(at, column) is not None
            and self.shown_at(at, column) == self.shown_at(at, column - 1)
        )


def plain_text(value: Cell) -> str:
    """A cell as text on one line: 220.0 as 220, a day as 2023-09-07, true as 是."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat() if not value.time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case float():
            return plain_number(value)
        case _:
            return " ".join(str(value).split())


def plain_number(value: float) -> str:
    """A computed number as people would write it: 0.30000000000000004 as 0.3."""
    text = format(Decimal(format(value, f".{_SURE_DIGITS}g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else None


def _texts(row: Row) -> dict[int, str]:
    return {at: plain_text(value) for at, value in enumerate(row.cells) if value is not None}
