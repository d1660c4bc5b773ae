"""What stands below the heads of a list: names of units, days, links, numbers, sentences. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from taole.core.periods import EXCEL_SERIALS
from taole.documents.table_values import number_in
from taole.rectification_lists.days import read_due
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import likely_fields, words_of
from taole.rectification_lists.tables import SAMPLED, Table
from taole.rectification_lists.values import state_of

_LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_SOME_DAY = date(2023, 7, 1)
MOST = 0.6


def _cells(table: Table, at: int) -> list[str]:
    found = (
        words_of(row.cells[at]) if at < len(row.cells) else "" for row in table.filled[:SAMPLED]
    )
    return [said for said in found if said]


def share(table: Table, at: int, holds: Callable[[str], bool]) -> float:
    cells = _cells(table, at)
    return sum(1 for said in cells if holds(said)) / len(cells) if cells else 0


def guess_by_content(table: Table, at: int, known: set[Field]) -> Field | None:
    if share(table, at, lambda said: bool(_LINK.search(said))) >= MOST:
        return Field.PROOF_LINK if Field.PROOF_LINK not in known else Field.EVIDENCE
    if Field.DUE not in known and share(table, at, is_day) >= MOST:
        return Field.DUE
    if share(table, at, lambda said: len(said) > 1 and bool(state_of(said))) >= MOST:
        return Field.STATE if Field.STATE not in known else Field.PROGRESS
    return None


def days_are_over(table: Table, at: int, held_on: date) -> bool:
    """Whether a column's days all came before the check: they limit nothing any more."""
    days = [read_due(said, held_on)[0] for said in _cells(table, at)]
    told = [day for day in days if day is not None]
    return bool(told) and max(told) <= held_on


def is_number(said: str) -> bool:
    return number_in(said, None) is not None


def is_day(said: str) -> bool:
    if said.isdecimal():
        return int(said) in EXCEL_SERIALS
    return len(said) <= 24 and read_due(said, _SOME_DAY)[0] is not None


def longest(
    table: Table, columns: Sequence[int], is_unit: Callable[[str], bool], least: int
) -> int | None:
    """The column with the longest texts, ``least`` signs or more, and no names, days or states."""
    lengths: dict[int, float] = {}
    for at in columns:
        cells = _cells(table, at)
        is_other = share(table, at, is_unit) >= MOST or guess_by_content(table, at, set())
        if cells and not is_other:
            lengths[at] = sum(map(len, cells)) / len(cells)
    best = max(lengths, key=lambda at: lengths[at], default=None)
    return best if best is not None and lengths[best] >= least else None


def topics(table: Table, fields: Mapping[int, Field], is_unit: Callable[[str], bool]) -> list[int]:
    """The columns named for what they are about (党务公开, 财务公开), with words in them."""
    return [
        at
        for at, name in table.names.items()
        if name
        and at not in fields
        and not likely_fields(name)
        and longest(table, [at], is_unit, 2) is not None
        and share(table, at, is_number) < MOST
    ]
