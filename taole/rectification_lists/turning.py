"""Sheets that are no list yet: on their side, as a card, a column a unit, side by side. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from taole.documents.columns import plain_name
from taole.documents.table_values import number_in
from taole.documents.workbooks import Cell, Row, Sheet
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import Head, name_parts, sure_field, words_of

_LABELS = 3
_UNIT, _SCORE, _PROBLEM, _MATTER = "责任单位", "得分", "存在问题", "检查项目"
_WITHIN = 10


def turned(own: Sheet, filled: Sheet) -> tuple[Sheet, Sheet] | None:
    """A sheet whose names stand in its first column, with rows and columns changed over."""
    if len(_fields(row.cells[0] for row in own.rows if row.cells)) < _LABELS:
        return None
    return _transposed(own), _transposed(filled)


def card(own: Sheet) -> Sheet | None:
    """A form of names and values by turns (责任单位 | 东园村 | 时限 | 9月15日) as a list."""
    names: list[Cell] = []
    values: list[Cell] = []
    beside = False
    for row in own.rows:
        labels = [at for at, cell in enumerate(row.cells) if _field(cell)]
        if any(after - before < 2 for before, after in pairwise(labels)):
            return None
        beside = beside or len(labels) > 1
        for at, end in pairwise([*labels, len(row.cells)]):
            names.append(row.cells[at])
            values.append(
                next((cell for cell in row.cells[at + 1 : end] if cell is not None), None)
            )
    if not beside or len(_fields(names)) < _LABELS or len(names) != len(set(names)):
        return None
    return Sheet(own.name, [Row(1, names), Row(2, values)])


def unfolded(own: Sheet, filled: Sheet, is_unit: Callable[[str], bool]) -> Sheet | None:
    """A table with a column for each unit as a list with a row for each: words are its problem,
    numbers its score."""
    for place, row in enumerate(own.rows[:_WITHIN]):
        units = [at for at, cell in enumerate(row.cells) if _is_one_unit(cell, is_unit)]
        others = [at for at, cell in enumerate(row.cells) if cell is not None and at not in units]
        if others and len(units) > 1 and len(units) == len({row.cells[at] for at in units}):
            return _of_units(own, filled, place, units, others)
        if len(others) > 1:
            return None
    return None


def side_by_side(head: Head) -> list[Head]:
    """The heads of tables that stand beside each other: the same names again and again."""
    columns = list(head.names)
    own = [plain_name(name_parts(name)[len(name_parts(name)) // 2]) for name in head.names.values()]
    for width in range(2, len(own) // 2 + 1):
        if len(own) % width == 0 and own == own[:width] * (len(own) // width):
            return [
                Head(head.first, head.last, {at: head.names[at] for at in columns[start:][:width]})
                for start in range(0, len(own), width)
            ]
    return [head]


def only(rows: Sequence[Row], columns: Iterable[int]) -> list[Row]:
    """The rows with nothing but some of their columns."""
    kept = set(columns)
    return [
        Row(row.number, [cell if at in kept else None for at, cell in enumerate(row.cells)])
        for row in rows
    ]


def _of_units(
    own: Sheet, filled: Sheet, place: int, units: Sequence[int], others: Sequence[int]
) -> Sheet:
    head = own.rows[place]
    names = [
        _MATTER if nth == 0 and not _field(head.cells[at]) else head.cells[at]
        for nth, at in enumerate(others)
    ]
    spans = [range(at, end) for at, end in pairwise([*units, _end(head, units, others)])]
    subs = _subs(own.rows[place + 1], spans) if place + 1 < len(own.rows) else []
    begin = place + 2 if subs else place + 1
    rows = [*own.rows[:place]]
    rows.append(Row(head.number, [*names, _UNIT, *(subs or (_PROBLEM, _SCORE))]))
    for single, row in zip(own.rows[begin:], filled.rows[begin:], strict=True):
        told = {words_of(cell) for cell in row.cells if cell is not None}
        before = [_at(row, at) for at in others]
        of_units = []
        for span in spans:
            said = [_at(row, at) for at in span] if subs else _parted(_at(row, span.start))
            if any(cell is not None for cell in said):
                of_units.append(Row(row.number, [*before, head.cells[span.start], *said]))
        rows += of_units if len(told) > 1 and of_units else [Row(row.number, single.cells)]
    return Sheet(own.name, rows)


def _end(head: Row, units: Sequence[int], others: Sequence[int]) -> int:
    return min((at for at in others if at > units[-1]), default=len(head.cells))


def _subs(row: Row, spans: Sequence[range]) -> list[Cell]:
    """The names below each unit (得分 | 扣分原因), where all have the same."""
    below = [[_at(row, at) for at in span] for span in spans]
    is_named = len(below[0]) > 1 and all(_field(cell) for cell in below[0])
    return below[0] if is_named and all(each == below[0] for each in below) else []


def _parted(cell: Cell) -> list[Cell]:
    """What one cell says of a unit, as its problem and its score."""
    return [None, cell] if number_in(cell, None) is not None else [cell, None]


def _at(row: Row, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _is_one_unit(cell: Cell, is_unit: Callable[[str], bool]) -> bool:
    said = words_of(cell)
    return 1 < len(said) <= 12 and not any(sign in said for sign in "、，,") and is_unit(said)


def _field(cell: Cell) -> Field | None:
    return sure_field("".join(cell.split())) if isinstance(cell, str) else None


def _fields(cells: Iterable[Cell]) -> set[Field]:
    return {found for cell in cells if (found := _field(cell))}


def _transposed(sheet: Sheet) -> Sheet:
    width = max((len(row.cells) for row in sheet.rows), default=0)
    columns: list[list[Cell]] = [
        [row.cells[at] if at < len(row.cells) else None for row in sheet.rows]
        for at in range(width)
    ]
    return Sheet(sheet.name, [Row(number, cells) for number, cells in enumerate(columns, 1)])
