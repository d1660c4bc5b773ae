"""The filled sheet as a form sends it: only the cells that the page showed, merged into the rest.

A name is ``cell-<row>-<column>``, both 0-based; a head field is ``head-<position>``. A sheet of
two thousand rows is so changed on a phone a few cells at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taole.catalogue.template_rules import Fault
from taole.catalogue.unified_template import UnifiedTemplate
from taole.filling.sheets import MAX_ROWS

SHOWN = 20
MOST_FAULTY = 30
_CELL = re.compile(r"cell-(\d{1,4})-(\d{1,2})")


def merge(
    rows: Sequence[Sequence[str]], width: int, sent: Iterable[tuple[str, str]]
) -> list[list[str]]:
    """The rows with the cells that were sent put in; rows without any text are left out."""
    merged = [[*map(str, row), *[""] * (width - len(row))][:width] for row in rows]
    for name, text in sent:
        found = _CELL.fullmatch(name)
        if found is None:
            continue
        row, column = int(found[1]), int(found[2])
        if column >= width or row > MAX_ROWS:
            continue
        merged.extend([""] * width for _ in range(row - len(merged) + 1))
        merged[row][column] = " ".join(text.split())
    return [row for row in merged if any(row)]


def head_sent(template: UnifiedTemplate, sent: Mapping[str, str]) -> dict[str, str]:
    """The head fields by name, as the form sent them."""
    told = {}
    for position, field in enumerate(template.head):
        text = " ".join(sent.get(f"head-{position}", "").split())
        if text:
            told[field.name] = text
    return told


@dataclass(frozen=True)
class GridRow:
    """One row on the page: its 0-based place, its cells, and what is wrong by column."""

    at: int
    cells: Sequence[str]
    faults: Mapping[int, Fault]


@dataclass(frozen=True)
class GridPage:
    """What a page shows of a sheet: the faulty rows first, then a stretch of the others."""

    faulty: list[GridRow]
    shown: list[GridRow]
    first: int
    total: int

    @property
    def before(self) -> int | None:
        return max(self.first - SHOWN, 0) if self.first else None

    @property
    def after(self) -> int | None:
        following = self.first + SHOWN
        return following if following < self.total else None


def page_of(
    rows: Sequence[Sequence[str]],
    columns: Sequence[str],
    faults: Sequence[Fault],
    *,
    first: int = 0,
    blank: int = 0,
) -> GridPage:
    """The rows to be shown from ``first`` on, with ``blank`` empty ones at the end of the sheet."""
    wrong: dict[int, dict[int, Fault]] = {}
    for fault in faults:
        if fault.row is not None and fault.column in columns:
            wrong.setdefault(fault.row, {}).setdefault(columns.index(fault.column), fault)
    faulty = [
        GridRow(at, rows[at], wrong[at]) for at in sorted(wrong)[:MOST_FAULTY] if at < len(rows)
    ]
    first = max(min(first, len(rows) - 1), 0) // SHOWN * SHOWN
    named = {row.at for row in faulty}
    stretch = range(first, min(first + SHOWN, len(rows)))
    shown = [GridRow(at, rows[at], {}) for at in stretch if at not in named]
    if first + SHOWN >= len(rows):
        width = len(columns)
        shown += [GridRow(len(rows) + at, [""] * width, {}) for at in range(blank)]
    return GridPage(faulty, shown, first, len(rows))
