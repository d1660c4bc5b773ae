"""Giving a filled workbook back with what is wrong in red, every cell where it was."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from taole.core.words import N_, Sentence, sentence
from taole.documents.columns import column_letter
from taole.documents.file_kinds import FileKind, kind_of
from taole.documents.workbooks import Cell, Sheet, read_workbook
from taole.documents.zip_guard import extent_of_xlsx
from taole.filling.results import CellFault

NOTES_SHEET = "要改的地方"
AUTHOR = "村务公开"
MAX_CELLS = 400_000
MAX_FAULTS = 5_000
MOST_UNPACKED = 30 * 1024 * 1024
_PROCESS = Path(__file__).with_name("red_process.py")
_MERGED = re.compile(rb'mergeCell\s[^>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_PATIENCE_SECONDS = 30
_RED, _YELLOW = "#FFC7CE", "#FFEB9C"
_FIRST_DATE = date(1900, 3, 1)
_SURE_DIGITS = 15
_USUAL_WIDTH = 14


def red_cells(
    content: bytes,
    filename: str,
    faults: Sequence[CellFault],
    *,
    say: Callable[[Sentence], str] = str,
) -> bytes:
    """The same workbook as .xlsx with each faulty cell red and its sentence as a comment.

    What is only doubtful (not fatal) is yellow.

    Nothing moves: sheets, rows, widths and formats stay, a sheet 要改的地方 is added at the end
    with the list. A .xls and a .csv come back as .xlsx with the same cells, and so does a workbook
    whose formats cannot be kept. ``say`` puts a sentence in the reader's language. Raises Refused
    like ``read_workbook`` for a file that cannot be read.
    """
    graver_last = sorted(faults, key=lambda each: each.is_fatal)[-MAX_FAULTS:]
    if kind_of(content, filename) is FileKind.XLSX:
        extent = extent_of_xlsx(content, filename)
        if extent.rows * extent.columns <= MAX_CELLS and _cells_to_lay_out(content) <= MAX_CELLS:
            marked = _marked(content, graver_last, say)
            if marked is not None:
                return marked
    return _rewritten(read_workbook(content, filename), graver_last, say)


def _cells_to_lay_out(content: bytes) -> int:
    """How many cells the merged ranges cover: each is laid out by the program that marks.

    Parts too large to be looked at count as too many.
    """
    covered = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if part.filename.startswith("xl/worksheets/")]
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            return MAX_CELLS + 1
        for part in parts:
            for left, top, right, bottom in _MERGED.findall(archive.read(part)):
                width = _column_number(right) - _column_number(left) + 1
                covered += width * (int(bottom) - int(top) + 1)
    return covered


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _marked(
    content: bytes, faults: Sequence[CellFault], say: Callable[[Sentence], str]
) -> bytes | None:
    """The workbook as the child process marked it; None when it could not."""
    wanted = {
        "faults": [
            {
                "sheet": each.sheet,
                "row": each.row,
                "column": each.column,
                "text": _comment(each, say),
                "is_fatal": each.is_fatal,
            }
            for each in faults
        ],
        "notes": _notes(faults, say),
        "notes_sheet": NOTES_SHEET,
        "author": AUTHOR,
    }
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", str(_PROCESS)],
            input=json.dumps(wanted).encode() + b"\n" + content,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        return None
    return run.stdout


def _rewritten(
    sheets: Sequence[Sheet], faults: Sequence[CellFault], say: Callable[[Sentence], str]
) -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(
        output,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    forms = {
        colour: (
            book.add_format(_filled(colour)),
            book.add_format({**_filled(colour), "num_format": "yyyy-mm-dd"}),
        )
        for colour in ("", _RED, _YELLOW)
    }
    for sheet in sheets:
        page = book.add_worksheet(_tab_name(sheet.name))
        page.set_column(0, max((len(row.cells) for row in sheet.rows), default=0), _USUAL_WIDTH)
        colours, comments = _by_place(faults, sheet.name, say)
        for row in sheet.rows:
            for column, value in enumerate(row.cells):
                colour = colours.pop((row.number - 1, column), "")
                _write(page, row.number - 1, column, value, *forms[colour])
        for (at, column), colour in colours.items():
            page.write_blank(at, column, None, forms[colour][0])
        for (at, column), text in comments.items():
            page.write_comment(at, column, text, {"author": AUTHOR})
    notes = book.add_worksheet(NOTES_SHEET)
    notes.set_column(0, 0, 90)
    for at, line in enumerate(_notes(faults, say)):
        notes.write_string(at, 0, line)
    book.close()
    return output.getvalue()


def _filled(colour: str) -> dict[str, str]:
    return {"bg_color": colour} if colour else {}


_Place = tuple[int, int]


def _by_place(
    faults: Sequence[CellFault], sheet: str, say: Callable[[Sentence], str]
) -> tuple[dict[_Place, str], dict[_Place, str]]:
    """The colours and the comments of a sheet's cells, by 0-based row and column."""
    colours: dict[_Place, str] = {}
    comments: dict[_Place, str] = {}
    for each in faults:
        if each.sheet == sheet:
            place = (each.row - 1, each.column)
            colours[place] = _RED if each.is_fatal else _YELLOW
            earlier = f"{comments[place]}\n" if place in comments else ""
            comments[place] = earlier + _comment(each, say)
    return colours, comments


def _write(
    page: Worksheet, at: int, column: int, value: Cell, form: Format, day_form: Format
) -> None:
    match value:
        case None:
            page.write_blank(at, column, None, form)
        case bool():
            page.write_boolean(at, column, value, form)
        case datetime() | date() if _day_of(value) >= _FIRST_DATE:
            page.write_datetime(at, column, value, day_form)
        case int() | float() if len(str(value)) <= _SURE_DIGITS + 1:
            page.write_number(at, column, value, form)
        case _:
            page.write_string(at, column, str(value), form)


def _day_of(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _comment(each: CellFault, say: Callable[[Sentence], str]) -> str:
    if not each.proposal:
        return say(each.sentence)
    asked = say(sentence(N_("可以改成：%(proposal)s"), proposal=each.proposal))
    return f"{say(each.sentence)}\n{asked}"


def _notes(faults: Sequence[CellFault], say: Callable[[Sentence], str]) -> list[str]:
    """The list at the end: what has to be mended, then what is to be looked at."""
    fatal = [each for each in faults if each.is_fatal]
    doubtful = [each for each in faults if not each.is_fatal]
    lines = []
    if fatal:
        lines.append(say(sentence(N_("有%(count)s处要改，已用红色标出："), count=len(fatal))))
        lines += [_line(each, say) for each in fatal]
    if doubtful:
        told = sentence(N_("有%(count)s处请再看看，已用黄色标出："), count=len(doubtful))
        lines += [say(told), *(_line(each, say) for each in doubtful)]
    return lines


def _line(each: CellFault, say: Callable[[Sentence], str]) -> str:
    return f"{each.sheet} {column_letter(each.column)}{each.row}  {say(each.sentence)}"


def _tab_name(name: str) -> str:
    kept = "".join("_" if sign in "[]:*?/\\" else sign for sign in name).strip("' ")
    return kept[:31] or "Sheet"
