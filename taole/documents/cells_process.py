"""The filler of a form's cells in a process of its own, run by its file name.

Takes on standard input one line of JSON ({"sheet": name, "copies": [{"name", "cells":
[[row, column, value]], "blanks": {"村": "东园村"}}]}; rows 1-based, columns 0-based) and then the
workbook; answers the workbook on standard output: the sheet once for each copy, filled. A cell with
a formula stays. What a damaged or hostile workbook asks of memory or time ends only this process.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import warnings
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

MOST_MEMORY = 1024**3
MOST_SECONDS = 20
_BLANK = re.compile(r"^(?P<label>[^:：]{1,20})(?P<colon>[:：])[\s_＿年月日]*$")


def limit_resources() -> None:
    """Bound this process's memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def fill(content: bytes, wanted: dict[str, Any]) -> bytes:
    """The workbook with the sheet filled, once for each copy; other sheets stay as they are."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    first, *others = wanted["copies"]
    sheet = book[wanted["sheet"]]
    sheets = [sheet, *(_copy(book, sheet) for _ in others)]
    for each, told in zip(sheets, [first, *others], strict=True):
        if others:
            each.title = told["name"]
        _fill_blanks(each, told["blanks"], wanted["head"])
        for row, column, value in told["cells"]:
            _write(each, row, column + 1, value)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _copy(book: Any, sheet: Worksheet) -> Worksheet:
    """A sheet beside the first with the same look, on paper too."""
    made: Worksheet = book.copy_worksheet(sheet)
    made.print_title_rows = sheet.print_title_rows
    made.freeze_panes = sheet.freeze_panes
    made.sheet_view.showGridLines = sheet.sheet_view.showGridLines
    for side in ("oddHeader", "oddFooter"):
        setattr(made, side, getattr(sheet, side))
    return made


def _fill_blanks(sheet: Worksheet, blanks: dict[str, str], head: int) -> None:
    """“被检查村：____” above the table gets its name."""
    for row in sheet.iter_rows(max_row=head - 1) if head > 1 else ():
        for cell in row:
            found = _BLANK.match(cell.value) if isinstance(cell.value, str) else None
            if found is None:
                continue
            label = re.sub(r"\s", "", found["label"])
            told = next((blanks[key] for key in blanks if key in label), "")
            if told:
                cell.value = f"{found['label']}{found['colon']}{told}"


def _write(sheet: Worksheet, row: int, column: int, value: str | float | int) -> None:
    cell: Cell | MergedCell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for reach in sheet.merged_cells.ranges:
            if cell.coordinate in reach:
                cell = sheet.cell(reach.min_row, reach.min_col)
                break
    if isinstance(cell, MergedCell) or cell.data_type == "f":
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def main() -> None:
    limit_resources()
    warnings.simplefilter("ignore")
    wanted = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(fill(sys.stdin.buffer.read(), wanted))


if __name__ == "__main__":
    main()
