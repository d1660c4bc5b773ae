"""Writing tables that offices print: one layout for every .xlsx that leaves the house."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from taole.core.clock import local


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
_FIXED_CREATION = datetime(2023, 1, 1)  # noqa: DTZ001 - file metadata carries no zone
_FORMULA_STARTS = ("=", "+", "-", "@")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FONT = {"font_name": "宋体", "font_size": 11}


@dataclass(frozen=True)
class ColumnOut:
    """One column: its name and its width in half-width characters (0: from its content)."""

    label: str
    width: float = 0


@dataclass(frozen=True)
class SheetOut:
    """One sheet: a title over the whole width, the head, the rows, and notes under the table.

    ``name`` is the tab's (cut to 31 characters, forbidden ones replaced). ``subtitle`` stands
    small under the title (unit and day of printing). Each row has one value a column; shorter
    rows end empty.
    """

    name: str
    title: str
    columns: Sequence[ColumnOut]
    rows: Sequence[Sequence[CellOut]]
    notes: Sequence[str] = ()
    subtitle: str = ""


def write_workbook(sheets: Sequence[SheetOut]) -> bytes:
    """The sheets as one .xlsx; the same sheets give the same bytes.

    Texts stay texts: long digit strings (division codes, numbers of certificates) are not
    rounded, and what begins with = + - @ never becomes a formula. Days are real dates in the
    form yyyy-mm-dd, aware times are written as Shanghai time, true and false as 是 and 否.
    Printed on A4 across, one page wide, with the head repeated on every page.
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
    formats = _Formats.of(workbook)
    for name, sheet in zip(_tab_names(sheets), sheets, strict=True):
        _write_sheet(workbook.add_worksheet(name), sheet, formats)
    workbook.close()
    return output.getvalue()


@dataclass(frozen=True)
class _Formats:
    title: Format
    subtitle: Format
    head: Format
    note: Format
    text: Format
    digits: Format
    guarded: Format
    number: Format
    day: Format
    moment: Format
    tinted: Callable[[str], Format]

    @classmethod
    def of(cls, workbook: Workbook) -> _Formats:
        cell = {**_FONT, "border": 1, "valign": "vcenter", "text_wrap": True}
        middle = {**cell, "align": "center"}
        return cls(
            title=workbook.add_format(
                {**_FONT, "bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
            ),
            subtitle=workbook.add_format({**_FONT, "align": "right", "valign": "vcenter"}),
            head=workbook.add_format({**middle, "bold": True, "bg_color": "#E7EFE9"}),
            note=workbook.add_format({**_FONT, "text_wrap": True, "valign": "top"}),
            text=workbook.add_format({**cell, "align": "left"}),
            digits=workbook.add_format({**middle, "num_format": "@"}),
            guarded=workbook.add_format({**cell, "align": "left", "quote_prefix": True}),
            number=workbook.add_format({**cell, "align": "right"}),
            day=workbook.add_format({**middle, "num_format": "yyyy-mm-dd"}),
            moment=workbook.add_format({**middle, "num_format": "yyyy-mm-dd hh:mm"}),
            tinted=cache(lambda ground: workbook.add_format({**middle, "bg_color": ground})),
        )


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


def _write_sheet(page: Worksheet, sheet: SheetOut, formats: _Formats) -> None:
    last_column = max(len(sheet.columns) - 1, 0)
    at = 0
    _write_across(page, at, last_column, sheet.title, formats.title)
    page.set_row(at, 30)
    if sheet.subtitle:
        at += 1
        _write_across(page, at, last_column, sheet.subtitle, formats.subtitle)
    head = at + 1
    widths = [out.width or _width(sheet, at) for at, out in enumerate(sheet.columns)]
    for column, out in enumerate(sheet.columns):
        page.write_string(head, column, out.label, formats.head)
        page.set_column(column, column, widths[column])
    for at, row in enumerate(sheet.rows, head + 1):
        for column in range(len(sheet.columns)):
            _write_cell(page, at, column, row[column] if column < len(row) else None, formats)
        lines = max(
            (_lines(value, widths[column]) for column, value in enumerate(row[: len(widths)])),
            default=1,
        )
        page.set_row(at, _LINE_POINTS * lines + 4)
    below = head + len(sheet.rows) + 1
    for at, note in enumerate(sheet.notes, below):
        _write_across(page, at, last_column, note, formats.note)
        page.set_row(at, _LINE_POINTS * _lines(note, sum(widths)))
    _prepare_print(page, head)


def _write_across(page: Worksheet, row: int, last_column: int, text: str, form: Format) -> None:
    if last_column:
        page.merge_range(row, 0, row, last_column, "", form)
    page.write_string(row, 0, text[:_TEXT_MAX], form)


def _write_cell(page: Worksheet, row: int, column: int, value: CellOut, formats: _Formats) -> None:
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


def _text_format(text: str, formats: _Formats) -> Format:
    if text.startswith(_FORMULA_STARTS):
        return formats.guarded
    return formats.digits if text.isdecimal() else formats.text


def _prepare_print(page: Worksheet, head: int) -> None:
    page.freeze_panes(head + 1, 0)
    page.set_paper(_A4)
    page.set_landscape()
    page.repeat_rows(head)
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
