"""Reading tables that people send: .xlsx, .xls and .csv become sheets of plain cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.file_kinds import FileKind, damaged, kind_of, named
from taole.documents.sheet_reading import Grid, TooLarge, parse_workbook
from taole.documents.text_encodings import decode_text
from taole.documents.zip_guard import extent_of_xlsx

Cell = str | int | float | bool | date | datetime | None

MAX_CELLS = 10_000_000
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_QUOTED_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One row: its 1-based number in the file, and its cells from the first column on."""

    number: int
    cells: list[Cell]

    @property
    def is_empty(self) -> bool:
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (the file's own for a .csv) and its rows, all of the same width."""

    name: str
    rows: list[Row]


def read_workbook(
    content: bytes,
    filename: str,
    *,
    max_rows: int = 50_000,
    filled: bool = False,
    hidden: bool = False,
) -> list[Sheet]:
    """The visible sheets of a table file, in order.

    The content decides what the file is, the name is only compared. Texts are stripped, an empty
    text is None, whole floats are int, times of day and durations are text; a .csv has only
    texts. Empty rows and columns at the end are dropped, those before and between are kept.
    ``filled`` repeats the value of a merged range in all its cells, ``hidden`` gives the hidden
    sheets too. Raises Refused with one
    sentence naming the file when it is empty, damaged, encrypted, no table, in an unknown
    encoding, or has more than ``max_rows`` rows.
    """
    if kind_of(content, filename) is FileKind.CSV:
        return [_read_csv(content, filename, max_rows)]
    grids = _grids_of(content, filename, max_rows, hidden=hidden)
    return [_sheet_of(grid, filename, max_rows, filled) for grid in grids]


def read_own_and_filled(
    content: bytes, filename: str, *, max_rows: int = 50_000
) -> list[tuple[Sheet, Sheet]]:
    """As ``read_workbook``, each sheet both ways: as it stands, and with merged values repeated."""
    if kind_of(content, filename) is FileKind.CSV:
        sheet = _read_csv(content, filename, max_rows)
        return [(sheet, sheet)]
    return [
        (_sheet_of(grid, filename, max_rows, False), _sheet_of(grid, filename, max_rows, True))
        for grid in _grids_of(content, filename, max_rows)
    ]


def _grids_of(content: bytes, filename: str, max_rows: int, *, hidden: bool = False) -> list[Grid]:
    if kind_of(content, filename) is FileKind.XLSX:
        extent = extent_of_xlsx(content, filename)
        _refuse_too_large(extent.rows, extent.columns, filename, max_rows)
    grids = parse_workbook(content, filename, MAX_CELLS, hidden=hidden)
    if isinstance(grids, TooLarge):
        _refuse_too_large(grids.rows, grids.columns, filename, max_rows)
        raise damaged(filename)
    return grids


def _sheet_of(grid: Grid, filename: str, max_rows: int, filled: bool) -> Sheet:
    cells = [[_cell(value) for value in row] for row in grid.rows]
    if filled:
        _fill_merged(cells, grid.merged)
    rows = _rows(cells)
    _refuse_too_large(len(rows), 0, filename, max_rows)
    return Sheet(grid.name, rows)


def _read_csv(content: bytes, filename: str, max_rows: int) -> Sheet:
    text = decode_text(content, named(filename))
    grid: list[list[Cell]] = []
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=_delimiter_of(text), strict=True
        )
        grid.extend([_csv_cell(value) for value in record] for record in reader)
    except csv.Error as error:
        raise Refused(
            sentence(
                N_(
                    "文件“%(file)s”第%(row)s行的引号不成对，读不下去："
                    "请用 Excel 或 WPS 打开检查这一行。"
                ),
                file=named(filename),
                row=len(grid) + 1,
            )
        ) from error
    rows = _rows(grid)
    _refuse_too_large(len(rows), 0, filename, max_rows)
    return Sheet(named(filename), rows)


def _delimiter_of(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",\t;", key=lambda candidate: (first.count(candidate), candidate == ","))


def _csv_cell(value: str) -> Cell:
    quoted = _QUOTED_AS_FORMULA.fullmatch(value)
    return _stripped(quoted.group(1) if quoted else value)


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return _stripped(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | int | float | date):
        return value
    return None


def _stripped(text: str) -> str | None:
    return text.strip().strip(_INVISIBLE).strip() or None


def _fill_merged(
    grid: list[list[Cell]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    for (top, left), (bottom, right) in ranges:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        value = grid[top][left]
        for cells in grid[top : bottom + 1]:
            width = min(right + 1, len(cells)) - left
            cells[left : left + width] = [value] * width


def _rows(grid: Sequence[Sequence[Cell]]) -> list[Row]:
    height = max(
        (at for at, cells in enumerate(grid, 1) if any(cell is not None for cell in cells)),
        default=0,
    )
    width = max(
        (at for cells in grid for at, cell in enumerate(cells, 1) if cell is not None), default=0
    )
    return [
        Row(number, [*cells[:width], *([None] * (width - len(cells)))])
        for number, cells in enumerate(grid[:height], 1)
    ]


def _refuse_too_large(rows: int, columns: int, filename: str, max_rows: int) -> None:
    if rows > max_rows:
        raise Refused(
            sentence(
                N_(
                    "文件“%(file)s”有 %(count)s 行，一次最多读 %(limit)s 行："
                    "请分成几个文件，或删去表格以外的单元格。"
                ),
                file=named(filename),
                count=rows,
                limit=max_rows,
            )
        )
    if rows * columns > MAX_CELLS:
        raise Refused(
            sentence(
                N_(
                    "文件“%(file)s”有 %(rows)s 行 %(columns)s 列，大得不正常："
                    "请删去表格以外的单元格，另存后再上传。"
                ),
                file=named(filename),
                rows=rows,
                columns=columns,
            )
        )
