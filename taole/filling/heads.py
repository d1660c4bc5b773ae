"""Where a filled table's head stands, under titles, in one row or two. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from taole.catalogue.unified_template import UnifiedTemplate
from taole.documents.columns import column_letter, plain_name
from taole.filling.grids import Grid, plain_text
from taole.filling.names import family_of, is_known, whole_name

WITHIN_ROWS = 40
LONGEST_NAME = 40
_LONG_NUMBER = re.compile(r"\d{9}")


@dataclass(frozen=True)
class ColumnName:
    """A column's own name, and the name over it where several stand under one."""

    own: str
    group: str = ""

    @property
    def joined(self) -> str:
        return f"{self.group}{self.own}"


@dataclass(frozen=True)
class Head:
    """The head's first and last row (0-based in the grid) and its names by column.

    ``last`` is -1 where the table has no head; the columns are then named after their letters.
    """

    first: int
    last: int
    names: Mapping[int, ColumnName]
    score: int = 0

    def shown_names(self) -> dict[int, str]:
        """A name for each column that no other column has.

        A name with a long number in it (no head at all, but somebody's row) is not repeated.
        """
        names: dict[int, str] = {}
        owns = [name.own for name in self.names.values()]
        for at, name in self.names.items():
            shown = name.own if owns.count(name.own) == 1 else (name.joined or name.own)
            if _LONG_NUMBER.search("".join(shown.split())):
                shown = f"{column_letter(at)}列"
            names[at] = f"{shown}（{column_letter(at)}列）" if shown in names.values() else shown
        return names


def find_head(grid: Grid, template: UnifiedTemplate) -> Head | None:
    """The head that names the most of the template's columns; None when nothing looks like one.

    A two-row head is taken before its second row alone, so that the names over several columns
    are known; a title over a one-row head is none.
    """
    best: Head | None = None
    for at in range(min(len(grid), WITHIN_ROWS)):
        for names, last in _readings(grid, at):
            score = _score(names, template)
            if score and (best is None or score > best.score):
                best = Head(at, last, names, score)
    return best


def _readings(grid: Grid, at: int) -> list[tuple[dict[int, ColumnName], int]]:
    single = _one_row(grid, at)
    if at + 1 >= len(grid) or len(grid.own_texts(at)) < 2:
        return [(single, at)]
    double = _two_rows(grid, at)
    return [(double, at + 1), (single, at)] if double else [(single, at)]


def _one_row(grid: Grid, at: int) -> dict[int, ColumnName]:
    texts = grid.shown_texts(at)
    return {
        column: ColumnName(text)
        for column, text in texts.items()
        if isinstance(grid.shown_at(at, column), str) and not grid.is_repeat(at, column)
    }


def _two_rows(grid: Grid, at: int) -> dict[int, ColumnName]:
    """The names of a two-row head; empty when the second row is not part of a head.

    It is one when all that it says of its own stands under names that span several columns, and
    some name of the first row goes down to it; a head field with its value over the head is none.
    """
    tops = [plain_text(grid.shown_at(at, column)) for column in range(grid.width)]
    subs = [plain_text(grid.shown_at(at + 1, column)) for column in range(grid.width)]
    groups: list[str] = []
    for column, top in enumerate(tops):
        groups.append(top or (groups[-1] if column else ""))
    own = [column for column, sub in enumerate(subs) if sub and sub != tops[column]]
    is_text = all(isinstance(grid.shown_at(at + 1, column), str) for column in own)
    is_kept = any(top and column not in own for column, top in enumerate(tops))
    if len(own) < 2 or not (is_text and is_kept):
        return {}
    if any(not _spans(groups, column) for column in own):
        return {}
    names = {}
    for column, group in enumerate(groups):
        if column in own:
            names[column] = ColumnName(subs[column], group)
        elif tops[column] and not grid.is_repeat(at, column):
            names[column] = ColumnName(tops[column])
    return names


def _spans(groups: list[str], column: int) -> bool:
    neighbours = groups[max(column - 1, 0) : column] + groups[column + 1 : column + 2]
    return bool(groups[column]) and groups[column] in neighbours


def _score(names: Mapping[int, ColumnName], template: UnifiedTemplate) -> int:
    """How much a row looks like this template's head: 0 when it does not."""
    labels = [name for name in names.values() if name.own and len(name.own) <= LONGEST_NAME]
    if not template.columns:
        said_once = {plain_name(each.name) for each in template.head}
        is_head_field = any(plain_name(name.own) in said_once for name in labels)
        return int(2 <= len(labels) == len(names) and not is_head_field)
    own = {whole_name(text) for each in template.columns for text in (each.name, each.label)}
    own |= {plain_name(each.name) for each in template.columns}
    families = {family_of(each.name) for each in template.columns} - {""}
    exact = sum(
        bool({whole_name(name.own), plain_name(name.own), plain_name(name.joined)} & own)
        for name in labels
    )
    alike = sum(family_of(name.own) in families for name in labels)
    known = sum(is_known(name.own) for name in labels)
    if not (exact or alike) or max(exact, known) < min(2, len(template.columns)):
        return 0
    return 4 * exact + 2 * alike + known
