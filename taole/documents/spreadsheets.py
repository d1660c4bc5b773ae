"""Writing tables that offices print: one layout for every .xlsx that leaves the house."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from PIL import Image
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from taole.core.clock import local
from taole.documents.spreadsheet_formats import Formats


@dataclass(frozen=True)
class Tinted:
    """A text on a ground of its own (``#F6CBC5``); the text says all, the colour only finds it."""

    text: str
    ground: str


CellOut = str | int | float | bool | Decimal | date | datetime | time | Tinted | None

_A4 = 9
_NAME_MAX = 31
_TEXT_MAX = 32_767
_EXACT_DIGITS = 15
_FIRST_DATE = date(1900, 3, 1)
_LINE_POINTS = 16
_TITLE_POINTS, _TITLE_LARGER = 22, 16 / 11
_SURELY = 0.93
"""Of the width: how much a text surely has, in whatever font a machine puts for 宋体."""
_LETTER_COLUMNS, _LETTER_WIDTH = 4, 21
"""Running text lies over several columns: a single wide one is not made to fit a page."""
_CODE_PIXELS, _PIXELS_A_SIGN = 106, 7
"""28 mm on paper; how wide a half-width sign of 11 points is on the screen."""
_FIXED_CREATION = datetime(2023, 1, 1)  # noqa: DTZ001 - file metadata carries no zone
_FORMULA_STARTS = ("=", "+", "-", "@")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class ColumnOut:
    """One column: its name and its width in half-width characters (0: from its content).

    ``is_centred``: short words and running numbers that stand in the middle.
    """

    label: str
    width: float = 0
    is_centred: bool = False


@dataclass(frozen=True)
class SheetOut:
    """One sheet: a title over the whole width, the head, the rows, and notes under the table.

    ``name`` is the tab's (cut to 31 characters, forbidden ones replaced). ``number`` stands in
    the middle under the title, ``subtitle`` at the right (unit and day of printing), ``lead`` as
    running text before the table. Each row has one value a column; shorter rows end empty. Without
    columns it is a letter: running text alone. ``signed`` stands at the right under the notes.
    ``code``: a PNG that stands last, over ``caption``.
    ``is_hidden``: nobody sees it, not even in the list of hidden sheets; a program reads it back.
    """

    name: str
    title: str
    columns: Sequence[ColumnOut]
    rows: Sequence[Sequence[CellOut]]
    notes: Sequence[str] = ()
    subtitle: str = ""
    number: str = ""
    lead: Sequence[str] = ()
    signed: Sequence[str] = ()
    code: bytes = b""
    caption: str = ""
    is_landscape: bool = True
    is_hidden: bool = False


def write_workbook(sheets: Sequence[SheetOut]) -> bytes:
    """The sheets as one .xlsx; the same sheets give the same bytes.

    Texts stay texts: long digit strings (division codes, numbers of certificates) are not
    rounded, and what begins with = + - @ never becomes a formula. Days are real dates in the
    form yyyy-mm-dd, aware times are written as Shanghai time, true and false as 是 and 否.
    Printed on A4, across unless a sheet says otherwise, one page wide, with the head repeated on
    every page.
    """
    if not sheets:
        raise ValueError("a workbook needs at least one sheet")
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        output,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    workbook.set_properties({"created": _FIXED_CREATION})
    formats = Formats.of(workbook)
    for name, sheet in zip(_tab_names(sheets), sheets, strict=True):
        page = workbook.add_worksheet(name)
        _write_sheet(page, sheet, formats)
        if sheet.is_hidden:
            page.very_hidden()
    workbook.close()
    return output.getvalue()


def _tab_names(sheets: Sequence[SheetOut]) -> list[str]:
    names: list[str] = []
    for sheet in sheets:
        base = _FORBIDDEN_IN_NAMES.sub("_", sheet.name).strip("' ")[:_NAME_MAX] or "Sheet"
        name, number = base, 2
        while name.lower() in {used.lower() for used in names}:
            ending = f"({number})"
            name, number = base[: _NAME_MAX - len(ending)] + ending, number + 1
        names.append(name)
    return names


def _write_sheet(page: Worksheet, sheet: SheetOut, formats: Formats) -> None:
    columns = sheet.columns or [ColumnOut("", _LETTER_WIDTH)] * _LETTER_COLUMNS
    widths = [out.width or _width(sheet, at) for at, out in enumerate(columns)]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    head = _write_top(page, sheet, widths, formats)
    for column, out in enumerate(sheet.columns):
        page.write_string(head, column, out.label, formats.head)
    labels = (_lines(out.label, widths[at]) for at, out in enumerate(sheet.columns))
    if (high := max(labels, default=1)) > 1:
        page.set_row(head, _LINE_POINTS * high + 4)
    below = head + 1 if sheet.columns else head
    for at, row in enumerate(sheet.rows, below):
        for column, out in enumerate(columns):
            value = row[column] if column < len(row) else None
            _write_cell(page, at, column, value, formats.centred() if out.is_centred else formats)
        lines = max(
            (_lines(value, widths[column]) for column, value in enumerate(row[: len(widths)])),
            default=1,
        )
        page.set_row(at, _LINE_POINTS * lines + 4)
    end = _write_lines(page, below + len(sheet.rows), sheet.notes, widths, formats.note)
    end = _write_lines(page, end, sheet.signed, widths, formats.subtitle)
    _write_code(page, end, sheet, widths, formats)
    _prepare_print(page, sheet, head)


def _write_top(page: Worksheet, sheet: SheetOut, widths: Sequence[float], formats: Formats) -> int:
    """Title, number, subtitle and running text; where the head of the table stands."""
    last_column = len(widths) - 1
    _write_across(page, 0, last_column, sheet.title, formats.title)
    page.set_row(0, _TITLE_POINTS * _lines(sheet.title, sum(widths) / _TITLE_LARGER) + 8)
    at = 1
    for text, form in ((sheet.number, formats.number_line), (sheet.subtitle, formats.subtitle)):
        if text:
            _write_across(page, at, last_column, text, form)
            at += 1
    return _write_lines(page, at, sheet.lead, widths, formats.note)


def _write_lines(
    page: Worksheet, at: int, lines: Sequence[str], widths: Sequence[float], form: Format
) -> int:
    """Texts over the whole width, one a row, each as high as it needs; the row after them."""
    for row, text in enumerate(lines, at):
        _write_across(page, row, len(widths) - 1, text, form)
        page.set_row(row, _LINE_POINTS * _lines(text, sum(widths) * _SURELY) + 2)
    return at + len(lines)


def _write_code(
    page: Worksheet, at: int, sheet: SheetOut, widths: Sequence[float], formats: Formats
) -> None:
    """The picture at the right edge, over what it is for."""
    if not sheet.code:
        return
    column, room = len(widths), 0.0
    while column and room < _CODE_PIXELS:
        column -= 1
        room += widths[column] * _PIXELS_A_SIGN + 5
    page.set_row(at, _CODE_PIXELS * 0.75 + 8)
    with Image.open(io.BytesIO(sheet.code)) as picture:
        scale = _CODE_PIXELS / picture.width
    page.insert_image(
        at,
        column,
        "code.png",
        {
            "image_data": io.BytesIO(sheet.code),
            "x_offset": max(room - _CODE_PIXELS - 4, 0),
            "y_offset": 4,
            "x_scale": scale,
            "y_scale": scale,
            "description": sheet.caption,
        },
    )
    _write_across(page, at + 1, len(widths) - 1, sheet.caption, formats.subtitle)


def _write_across(page: Worksheet, row: int, last_column: int, text: str, form: Format) -> None:
    if last_column:
        page.merge_range(row, 0, row, last_column, "", form)
    page.write_string(row, 0, text[:_TEXT_MAX], form)


def _write_cell(page: Worksheet, row: int, column: int, value: CellOut, formats: Formats) -> None:
    match value:
        case None | "":
            page.write_blank(row, column, None, formats.text)
        case bool():
            page.write_string(row, column, "是" if value else "否", formats.text)
        case datetime():
            shown = local(value) if value.tzinfo else value
            page.write_datetime(row, column, shown.replace(tzinfo=None), formats.moment)
        case date() if value >= _FIRST_DATE:
            page.write_datetime(row, column, value, formats.day)
        case date():
            page.write_string(row, column, value.isoformat(), formats.text)
        case Tinted():
            page.write_string(row, column, value.text[:_TEXT_MAX], formats.tinted(value.ground))
        case time():
            page.write_string(row, column, value.isoformat("minutes"), formats.digits)
        case str():
            page.write_string(row, column, value[:_TEXT_MAX], _text_format(value, formats))
        case _ if not math.isfinite(value):
            page.write_string(row, column, "–", formats.number)
        case int() if len(str(abs(value))) > _EXACT_DIGITS:
            page.write_string(row, column, str(value), formats.digits)
        case _:
            page.write_number(row, column, value, formats.number)


def _text_format(text: str, formats: Formats) -> Format:
    if text.startswith(_FORMULA_STARTS):
        return formats.guarded
    return formats.digits if text.isdecimal() else formats.text


def _prepare_print(page: Worksheet, sheet: SheetOut, head: int) -> None:
    if sheet.columns:
        page.freeze_panes(head + 1, 0)
        page.repeat_rows(head)
    page.set_paper(_A4)
    if sheet.is_landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.center_horizontally()
    page.set_footer("&C第 &P 页，共 &N 页")


def _width(sheet: SheetOut, column: int) -> float:
    shown = [sheet.columns[column].label]
    for row in sheet.rows[:200]:
        value = row[column] if column < len(row) else None
        if isinstance(value, datetime):
            shown.append("2023-01-01 00:00")
        else:
            text = value.text if isinstance(value, Tinted) else value
            shown.extend(str("" if text is None else text).split("\n"))
    return min(max(max(half_widths(text) for text in shown) + 2, 6), 44)


def _lines(value: CellOut, width: float) -> int:
    """Lines that a text takes in a cell of this width; programs other than Excel do not measure."""
    text = value.text if isinstance(value, Tinted) else value
    if not isinstance(text, str):
        return 1
    room = max(width - 1, 1)
    return sum(max(1, math.ceil(half_widths(line) / room)) for line in text.split("\n"))


def half_widths(text: str) -> int:
    """How wide a text is in half-width signs: a Chinese one counts two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
