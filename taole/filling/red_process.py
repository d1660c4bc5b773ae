"""The writer of red cells in a process of its own, run by its file name.

Takes on standard input one line of JSON ({"faults": [{"sheet", "row", "column", "text",
"is_fatal"}], "notes": [...], "notes_sheet", "author"}) and then the workbook; answers the workbook
on standard output. A doubt (not fatal) is yellow. What a damaged or hostile workbook asks of
memory or time ends only this process.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import warnings
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

MOST_MEMORY = 1024**3
MOST_SECONDS = 20
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def limit_resources() -> None:
    """Bound this process's memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def mark(content: bytes, wanted: dict[str, Any]) -> bytes:
    """The workbook with the cells red, a comment in each, and the list as its last sheet.

    Later faults colour over earlier ones: the doubts come first.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    _forget_earlier_marks(book, wanted["author"], wanted["notes_sheet"])
    for fault in wanted["faults"]:
        sheet = book[fault["sheet"]]
        cell = _anchor(sheet, fault["row"], fault["column"] + 1)
        colour = RED if fault["is_fatal"] else YELLOW
        cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
        author, told = wanted["author"], fault["text"]
        if cell.comment:
            author, told = cell.comment.author, f"{cell.comment.text}\n{told}"
        cell.comment = Comment(told, author, height=90, width=260)
    notes = book.create_sheet(wanted["notes_sheet"])
    for line in wanted["notes"]:
        notes.append([line])
        notes.cell(notes.max_row, 1).data_type = "s"
    notes.column_dimensions["A"].width = 90
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _forget_earlier_marks(book: Workbook, author: str, notes_sheet: str) -> None:
    """What was marked the last time this file came is mended, or is marked again."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == author:
                    cell.comment = None
                    cell.fill = PatternFill()
    if notes_sheet in book.sheetnames and len(book.sheetnames) > 1:
        book.remove(book[notes_sheet])


def _anchor(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the first one of the merged range that it is in."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for reach in sheet.merged_cells.ranges:
            if cell.coordinate in reach:
                cell = sheet.cell(reach.min_row, reach.min_col)
                break
    if isinstance(cell, MergedCell):
        raise ValueError(cell.coordinate)
    return cell


def main() -> None:
    limit_resources()
    warnings.simplefilter("ignore")
    wanted = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(mark(sys.stdin.buffer.read(), wanted))


if __name__ == "__main__":
    main()
