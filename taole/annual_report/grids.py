"""The three tables as they are drawn: rows of cells with spans, the same for Word and the web.

Merged heads as in the official form of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from taole.annual_report.official_format import FORMAT, Layout, TableCode, TableThreeRow
from taole.annual_report.tables import Cell, TableFour, Tables, TableThree, TableTwo

Scope = Literal["", "col", "colgroup", "row", "rowgroup"]


@dataclass(frozen=True)
class GridCell:
    """One drawn cell: a head (``scope`` says of what) or a number (``key`` says which)."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    scope: Scope = ""
    key: str = ""


@dataclass(frozen=True)
class Grid:
    """A drawn table: title, rows of cells (a spanned place holds no cell), print layout."""

    code: TableCode
    title: str
    rows: tuple[tuple[GridCell, ...], ...]
    layout: Layout


def draw(code: TableCode, tables: Tables) -> Grid:
    """The table ``T2``, ``T3`` or ``T4`` of a report, ready to be drawn."""
    rows = {
        "T2": lambda: _table_two(tables.two),
        "T3": lambda: _table_three(tables.three),
        "T4": lambda: _table_four(tables.four),
    }[code]()
    return Grid(code, FORMAT.table_titles[code], tuple(rows), FORMAT.layout[code])


def _number(cell: Cell, colspan: int = 1) -> GridCell:
    return GridCell(cell.text, colspan=colspan, key=cell.key)


def _table_two(table: TableTwo) -> Iterable[tuple[GridCell, ...]]:
    width = max(len(block.column_labels) for block in FORMAT.blocks)
    for block in FORMAT.blocks:
        span = width // len(block.column_labels)
        yield (GridCell(block.caption, colspan=width + 1, scope="colgroup"),)
        yield (
            GridCell(FORMAT.first_column, scope="col"),
            *(GridCell(label, colspan=span, scope="col") for label in block.column_labels),
        )
        for row in block.rows:
            yield (
                GridCell(row.label, scope="row"),
                *(_number(table.cell(key), span) for key in row.figure_keys),
            )


def _table_three(table: TableThree) -> Iterable[tuple[GridCell, ...]]:
    columns = FORMAT.applicants
    inner = [column for column in columns if column.inner]
    yield (
        GridCell(FORMAT.corner, colspan=3, rowspan=3),
        GridCell(FORMAT.column_group, colspan=len(columns), scope="colgroup"),
    )
    yield (
        GridCell(columns[0].label, rowspan=2, scope="col"),
        GridCell(FORMAT.organisations, colspan=len(inner), scope="colgroup"),
        GridCell(columns[-1].label, rowspan=2, scope="col"),
    )
    yield tuple(GridCell(column.label, scope="col") for column in inner)

    outcomes = [row for row in table.rows if row.code.startswith("R3")]
    heads = _row_heads(table.rows)
    for row, cells in zip(table.rows, table.cells(), strict=True):
        head = heads[row.code]
        if outcomes and row is outcomes[0]:
            whole = GridCell(FORMAT.results_heading, rowspan=len(outcomes), scope="rowgroup")
            head = (whole, *head)
        yield (*head, *(_number(cell) for cell in cells))


def _row_heads(rows: tuple[TableThreeRow, ...]) -> dict[str, tuple[GridCell, ...]]:
    heads: dict[str, tuple[GridCell, ...]] = {}
    for group, members in groupby(rows, key=lambda row: row.group):
        lines = list(members)
        for place, row in enumerate(lines):
            if group is None:
                span = 2 if row.code.startswith("R3") else 3
                heads[row.code] = (GridCell(row.label, colspan=span, scope="row"),)
            elif place == 0:
                first = GridCell(group, rowspan=len(lines), scope="rowgroup")
                heads[row.code] = (first, GridCell(row.label, scope="row"))
            else:
                heads[row.code] = (GridCell(row.label, scope="row"),)
    return heads


def _table_four(table: TableFour) -> Iterable[tuple[GridCell, ...]]:
    width = len(FORMAT.results)
    suits = [path for path in FORMAT.paths if path.inner]
    outer = [path for path in FORMAT.paths if not path.inner]
    yield (
        *(GridCell(path.label, width, 2, scope="colgroup") for path in outer),
        GridCell(FORMAT.litigation, colspan=width * len(suits), scope="colgroup"),
    )
    yield tuple(GridCell(path.label, colspan=width, scope="colgroup") for path in suits)
    yield tuple(
        GridCell(result.label, scope="col") for _ in FORMAT.paths for result in FORMAT.results
    )
    yield tuple(_number(cell) for cell in table.cells())
