"""Finding the heads of tables wherever they stand: below titles, of two rows, again on each page.

Pure. A row is a head when most of its cells are names of columns that lists are known to have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taole.documents.columns import plain_name
from taole.documents.workbooks import Cell, Row
from taole.rectification_lists.fields import Field
from taole.rectification_lists.names import certain_field, is_head_word, possible_fields

_KNOWN_SHARE = 0.5


@dataclass(frozen=True)
class Head:
    """A table's head: its rows by number, and the name of each column (``整改情况·时限``)."""

    first: int
    last: int
    names: Mapping[int, str]

    def is_like(self, other: Head) -> bool:
        """Whether this is the same head again, as on the next page."""
        return [plain_name(name) for name in self.names.values()] == [
            plain_name(name) for name in other.names.values()
        ]


def find_heads(own: Sequence[Row], filled: Sequence[Row]) -> list[Head]:
    """All heads of a sheet in order; ``own`` has merged values once, ``filled`` in all cells."""
    heads: list[Head] = []
    at = 0
    while at < len(own):
        head = _head_at(own, filled, at)
        if head is None:
            at += 1
            continue
        heads.append(head)
        at += head.last - head.first + 1
    return heads


def name_parts(name: str) -> list[str]:
    """The names by which a column may be known: with its group, alone, and its group."""
    group, _, own = name.rpartition("·")
    return [group + own, own, group] if group else [own]


def sure_field(name: str) -> Field | None:
    """What a column's name says for certain."""
    return next((found for part in name_parts(name) if (found := certain_field(part))), None)


def likely_fields(name: str) -> tuple[Field, ...]:
    return next((found for part in name_parts(name) if (found := possible_fields(part))), ())


def words_of(cell: Cell) -> str:
    """What a cell says, on one line."""
    return "" if cell is None else " ".join(str(cell).split())


def _head_at(own: Sequence[Row], filled: Sequence[Row], at: int) -> Head | None:
    single = _names_of_one(own[at])
    best = (single, own[at].number) if _is_head(single) else None
    if at + 1 < len(own):
        double = _names_of_two(own[at], filled[at], own[at + 1])
        if double and _is_head(double) and _known(double) > _known(single):
            best = (double, own[at + 1].number)
    if best is None:
        return None
    return Head(own[at].number, best[1], dict(sorted(best[0].items())))


def _is_head(names: Mapping[int, str]) -> bool:
    if len(names) < 2 or any(_is_long(name) for name in names.values()):
        return False
    sure = {field for name in names.values() if (field := sure_field(name))}
    if len(sure) + 0.5 * (_known(names) - len(sure)) < 1.5 or not sure:
        return False
    return _known(names) >= len(names) * _KNOWN_SHARE


def _known(names: Mapping[int, str]) -> int:
    return sum(1 for name in names.values() if any(map(is_head_word, name_parts(name))))


def _is_long(name: str) -> bool:
    return any(len(plain_name(part)) > 30 for part in name.split("·"))


def _names_of_one(row: Row) -> dict[int, str]:
    return {at: label for at, cell in enumerate(row.cells) if (label := _label(cell))}


def _names_of_two(upper: Row, upper_filled: Row, lower: Row) -> dict[int, str]:
    """The names under a head of two rows; empty when the lower row names no columns.

    What the lower row says must stand under cells of the upper that span several columns, merged
    or left empty beside the first.
    """
    width = max(len(upper.cells), len(lower.cells))
    tops = [_at(upper.cells, at) for at in range(width)]
    merged = [_at(upper_filled.cells, at) for at in range(width)]
    subs = [_at(lower.cells, at) for at in range(width)]
    groups: list[str] = []
    for at in range(width):
        carried = groups[at - 1] if at and subs[at] else ""
        groups.append(merged[at] or carried)
    if len({label for label in merged if label}) < 2:
        return {}  # a title over a head of one row
    named = [at for at in range(width) if subs[at] and subs[at] != tops[at]]
    if len(named) < 2 or any(not groups[at] for at in named):
        return {}
    if not any(at and groups[at] == groups[at - 1] for at in named):
        return {}
    names = {}
    for at in range(width):
        if at in named:
            names[at] = f"{groups[at]}·{subs[at]}"
        elif tops[at]:
            names[at] = tops[at]
    return names


def _at(cells: Sequence[Cell], at: int) -> str:
    return _label(cells[at]) if at < len(cells) else ""


def _label(cell: Cell) -> str:
    return "".join(cell.split()) if isinstance(cell, str) else ""
