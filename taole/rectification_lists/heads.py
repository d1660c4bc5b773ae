"""Finding the heads of tables wherever they stand: below titles, of two rows, again on each page.

Pure. A row is a head when most of its cells are names of columns that lists are known to have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from taole.documents.columns import plain_name
from taole.documents.workbooks import Cell, Row
from taole.rectification_lists.fields import Field
from taole.rectification_lists.names import (
    certain_field,
    field_of_both,
    is_head_word,
    possible_fields,
)

_KNOWN_SHARE = 0.5
_NO_NAME = re.compile(r"\d|[。；，:：√×]|https?|^[无有是否]$")


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
    parts = name_parts(name)
    *own, group = parts if len(parts) > 1 else [*parts, ""]
    sure = next((found for part in own if (found := certain_field(part))), None)
    if sure is None and (of_group := certain_field(group)) is not None:
        others = possible_fields(own[-1])  # 问题情况·链接 is no problem
        sure = of_group if not others or of_group in others else None
    return sure or field_of_both(parts[len(parts) // 2])


def likely_fields(name: str) -> tuple[Field, ...]:
    return next((found for part in name_parts(name) if (found := possible_fields(part))), ())


def words_of(cell: Cell) -> str:
    """What a cell says, on one line."""
    return "" if cell is None else " ".join(str(cell).split())


def _head_at(own: Sequence[Row], filled: Sequence[Row], at: int) -> Head | None:
    if is_of_pairs(own[at]):
        return None
    single = _names_of_one(own[at])
    best = (single, own[at].number) if _is_head(single) else None
    names = single
    for deeper in (1, 2):
        if at + deeper >= len(own) or is_of_pairs(own[at + deeper]):
            break
        below = _names_below(
            names, own[at : at + deeper], filled[at : at + deeper], own[at + deeper]
        )
        if not below or not _is_head(below) or _known(below) <= _known(names):
            break
        names, best = below, (below, own[at + deeper].number)
    if best is None:
        return None
    return Head(own[at].number, best[1], dict(sorted(best[0].items())))


def guess_head(own: Sequence[Row], is_unit: Callable[[str], bool]) -> Head | None:
    """A row of short and different words over the rest, where no row has names that are known."""
    wide = max((sum(cell is not None for cell in row.cells) for row in own), default=0)
    for row in own[:-1]:
        said = [cell for cell in row.cells if cell is not None]
        if len(said) < max(2, wide - 1):
            continue
        is_named = all(isinstance(cell, str) and _is_name(words_of(cell)) for cell in said)
        if not is_named or len(set(said)) < len(said) or any(map(is_unit, map(words_of, said))):
            return None
        return Head(row.number, row.number, _names_of_one(row))
    return None


def _is_name(said: str) -> bool:
    return len(said) <= 10 and not _NO_NAME.search(said)


def is_of_pairs(row: Row) -> bool:
    """Whether a row is names and values by turns (责任单位 | 东园村 | 责任人 | 陈某)."""
    said = [label for cell in row.cells if (label := words_of(cell))]
    is_known = [is_head_word("".join(label.split())) for label in said]
    return len(said) > 3 and all(known is (at % 2 == 0) for at, known in enumerate(is_known))


def _is_head(names: Mapping[int, str]) -> bool:
    if len(names) < 2 or any(_is_long(name) for name in names.values()):
        return False
    sure = {field for name in names.values() if (field := sure_field(name))}
    if sure <= {Field.UNUSED}:
        return False
    if len(sure) + 0.5 * (_known(names) - len(sure)) < 1.5 or not sure:
        return False
    return _known(names) >= len(names) * _KNOWN_SHARE


def _known(names: Mapping[int, str]) -> int:
    return sum(1 for name in names.values() if any(map(is_head_word, name_parts(name))))


def _is_long(name: str) -> bool:
    return any(len(plain_name(part)) > 30 for part in name.split("·"))


def _names_of_one(row: Row) -> dict[int, str]:
    return {at: label for at, cell in enumerate(row.cells) if (label := _label(cell))}


def _names_below(
    names: Mapping[int, str], upper: Sequence[Row], filled: Sequence[Row], lower: Row
) -> dict[int, str]:
    """The names with one more row of the head; empty when that row names no columns.

    What the lower row says must stand under cells of the upper that span several columns, merged
    or left empty beside the first.
    """
    width = max(len(row.cells) for row in (*upper, lower))
    tops = [_last(upper, at) for at in range(width)]
    merged = [_last(filled, at) for at in range(width)]
    subs = [_at(lower.cells, at) for at in range(width)]
    if len({label for label in merged if label}) < 2:
        return {}  # a title over a head of one row
    if any("：" in label or ":" in label for label in (*merged, *subs)):
        return {}  # a form's line: 被检查单位：东园村
    groups: list[str] = []
    for at in range(width):
        carried = groups[at - 1] if at and subs[at] else ""
        groups.append(merged[at] or carried)
    named = [at for at in range(width) if subs[at] and subs[at] != tops[at]]
    spans = [
        at
        for at in named
        if groups[at] in (groups[at - 1] if at else "", *groups[at + 1 : at + 2]) and groups[at]
    ]
    if len(named) < 2 or spans != named:
        return {}
    kept = {at: name for at, name in names.items() if at not in named}
    return kept | {at: f"{groups[at]}·{subs[at]}" for at in named}


def _last(rows: Sequence[Row], at: int) -> str:
    """The lowest label of some rows in a column."""
    return next((label for row in reversed(rows) if (label := _at(row.cells, at))), "")


def _at(cells: Sequence[Cell], at: int) -> str:
    return _label(cells[at]) if at < len(cells) else ""


def _label(cell: Cell) -> str:
    return "".join(cell.split()) if isinstance(cell, str) else ""
