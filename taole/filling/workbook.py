"""The unified template as a workbook to fill in and send back."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from taole.catalogue.template_cells import read_plain, tidy_cell
from taole.catalogue.unified_template import NUMERIC, CellKind, Field, UnifiedTemplate
from taole.core.errors import Refused
from taole.core.periods import parse_day
from taole.documents.spreadsheets import half_widths

SHEET_NAME = "公示表"
NUMBER_COLUMN = "序号"
REQUIRED_MARK = "＊"
BLANK_ROWS = 20
SPARE_ROWS = 5
TEMPLATE_PROPERTY = "统一模板"

_FIXED_CREATION = datetime(2023, 1, 1)  # noqa: DTZ001 - file metadata carries no zone
_FIRST_DAY, _LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
_FONT = {"font_name": "宋体", "font_size": 11}
_SURE_DIGITS = 15
_A4 = 9
_ROW_POINTS = 20
_TITLE_POINTS = 28
_WIDTHS = {
    CellKind.TEXT: 18,
    CellKind.NAME: 12,
    CellKind.COUNT: 10,
    CellKind.AMOUNT: 14,
    CellKind.AREA: 11,
    CellKind.DAY: 13,
    CellKind.PHONE: 16,
}
_FORMATS = {
    CellKind.COUNT: "0",
    CellKind.AMOUNT: "#,##0.00",
    CellKind.AREA: "0.00##",
    CellKind.DAY: "yyyy-mm-dd",
}
_NOTES = (
    "说明：带＊的必须填；一人（户）一行，行数不够就在合计上面插入行；“合计”会自动算。",
    "说明：日期写成 2023-9-7，金额和面积只写数字；表头的名称请不要改。",
)


def template_workbook(
    template: UnifiedTemplate,
    *,
    title: str,
    head: Mapping[str, str],
    rows: Sequence[Sequence[str]] = (),
) -> bytes:
    """An .xlsx to fill in: title, head fields, column heads, rows, sum line, notes.

    ``head`` maps head fields to texts; ``rows`` have one text for each column of the template
    (last period's, or a draft's). What is written here and read back by ``read_filled`` differs
    in nothing. Same input, same bytes.
    """
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
    book.set_properties({"title": title, "created": _FIXED_CREATION})
    book.set_custom_property(TEMPLATE_PROPERTY, template.name)
    _Page(book, book.add_worksheet(SHEET_NAME), template).write(title, head, rows)
    book.close()
    return output.getvalue()


class _Page:
    """One sheet as it is written, from the top row down."""

    def __init__(self, book: Workbook, sheet: Worksheet, template: UnifiedTemplate) -> None:
        self.book, self.sheet, self.template = book, sheet, template
        sheet.set_default_row(_ROW_POINTS)
        self.last_column = max(len(template.columns), 1)
        self.at = 0
        cell = {**_FONT, "border": 1, "valign": "vcenter", "text_wrap": True}
        self.title = self._format(
            bold=True, font_size=16, align="center", valign="vcenter", text_wrap=True
        )
        self.label = book.add_format({**cell, "bg_color": "#F2F2EE"})
        self.head = book.add_format(
            {**cell, "bold": True, "align": "center", "bg_color": "#E7EFE9"}
        )
        self.note = self._format(text_wrap=True, valign="top", font_size=10)
        self.number = book.add_format({**cell, "align": "center"})
        self.sum = book.add_format({**cell, "bold": True, "align": "center"})
        self.cells = {kind: self._cell(cell, kind) for kind in CellKind}

    def _format(self, **how: Any) -> Format:
        return self.book.add_format({**_FONT, **how})

    def _cell(self, cell: Mapping[str, Any], kind: CellKind) -> Format:
        align = "right" if kind in NUMERIC else "left"
        return self.book.add_format({**cell, "align": align, "num_format": _FORMATS.get(kind, "@")})

    def write(self, title: str, head: Mapping[str, str], rows: Sequence[Sequence[str]]) -> None:
        self._across(title, self.title, _TITLE_POINTS * self._lines(title))
        for each in self.template.head:
            self._head_field(each, head.get(each.name, ""))
        if self.template.columns:
            self._table(rows)
        for note in self._notes():
            self._across(note, self.note, _ROW_POINTS * self._lines(note, 10))
        self.sheet.set_column(0, 0, 6 if self.template.columns else 18)
        for column, each in enumerate(self.template.columns, start=1):
            self.sheet.set_column(column, column, _width(each))
        self._prepare_print()

    def _lines(self, text: str, points: int = 16) -> int:
        """Lines that a text takes over the whole width; widths count signs of eleven points."""
        room = sum(_width(each) for each in self.template.columns) + 6 or 18
        return max(1, math.ceil(half_widths(text) * points / 11 / room))

    def _across(self, text: str, form: Format, height: int) -> None:
        self.sheet.merge_range(self.at, 0, self.at, self.last_column, "", form)
        self.sheet.write_string(self.at, 0, text, form)
        self.sheet.set_row(self.at, height)
        self.at += 1

    def _head_field(self, each: Field, text: str) -> None:
        """A label over the first two columns and its value over the rest."""
        value = min(2, self.last_column)
        if value > 1:
            self.sheet.merge_range(self.at, 0, self.at, value - 1, "", self.label)
        self.sheet.write_string(self.at, 0, _label(each), self.label)
        form = self.cells[each.kind]
        if self.last_column > value:
            self.sheet.merge_range(self.at, value, self.at, self.last_column, "", form)
        self._value(self.at, value, each, text)
        self.at += 1

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        columns = self.template.columns
        self.head_row = self.at
        self.sheet.write_string(self.at, 0, NUMBER_COLUMN, self.head)
        for column, each in enumerate(columns, start=1):
            self.sheet.write_string(self.at, column, _label(each), self.head)
            if each.hint:
                self.sheet.write_comment(self.at, column, each.hint)
        first = self.at + 1
        count = len(rows) + SPARE_ROWS if rows else BLANK_ROWS
        for at in range(count):
            row = rows[at] if at < len(rows) else ()
            self.sheet.write_number(first + at, 0, at + 1, self.number)
            for column, each in enumerate(columns):
                text = row[column] if column < len(row) else ""
                self._value(first + at, column + 1, each, text)
        last = first + count - 1
        self._expect_days(first, last)
        self.at = last + 1
        if self.template.has_sum_line:
            self._sum_line(first, last, rows)

    def _value(self, at: int, column: int, each: Field, text: str) -> None:
        """A text as the value that reads back the same: a number, a day, or text as it is."""
        form = self.cells[each.kind]
        number = read_plain(each, text) if each.kind in NUMERIC else None
        if not text:
            self.sheet.write_blank(at, column, None, form)
        elif number is not None and _is_exact(each, text):
            self.sheet.write_number(at, column, float(number), form)
        elif each.kind is CellKind.DAY and (day := _day(each, text)) is not None:
            self.sheet.write_datetime(at, column, day, form)
        else:
            self.sheet.write_string(at, column, text, form)

    def _expect_days(self, first: int, last: int) -> None:
        for column, each in enumerate(self.template.columns, start=1):
            if each.kind is CellKind.DAY:
                self.sheet.data_validation(
                    first,
                    column,
                    last,
                    column,
                    {
                        "validate": "date",
                        "criteria": "between",
                        "minimum": _FIRST_DAY,
                        "maximum": _LAST_DAY,
                        "error_type": "warning",
                        "error_title": "日期",
                        "error_message": "请写成 2023-9-7 这样的日期。",
                    },
                )

    def _sum_line(self, first: int, last: int, rows: Sequence[Sequence[str]]) -> None:
        self.sheet.write_string(self.at, 0, "合计", self.sum)
        for column, each in enumerate(self.template.columns, start=1):
            if not each.is_summed:
                self.sheet.write_blank(self.at, column, None, self.sum)
                continue
            numbers = [read_plain(each, row[column - 1]) for row in rows if column <= len(row)]
            total = sum(float(number) for number in numbers if number is not None)
            reach = xl_range(first, column, last, column)
            self.sheet.write_formula(
                self.at, column, f"=SUM({reach})", self.cells[each.kind], round(total, 6)
            )
        self.at += 1

    def _notes(self) -> list[str]:
        notes = list(_NOTES) if self.template.columns else list(_NOTES[1:])
        if self.template.must_not:
            notes.insert(0, f"不得公开，请不要写进来：{'、'.join(self.template.must_not)}")
        return notes

    def _prepare_print(self) -> None:
        self.sheet.set_paper(_A4)
        if len(self.template.columns) > 6:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&C第 &P 页，共 &N 页")
        if self.template.columns:
            self.sheet.freeze_panes(self.head_row + 1, 0)
            self.sheet.repeat_rows(self.head_row)


def _label(each: Field) -> str:
    closed = "" if each.may_publish else "（不公开）"
    return f"{each.label}{closed}{REQUIRED_MARK if each.required else ''}"


def _width(each: Field) -> float:
    return max(_WIDTHS[each.kind], len(_label(each)) * 2 + 2) if len(each.name) < 12 else 26


def _is_exact(each: Field, text: str) -> bool:
    """Whether a spreadsheet's number can hold the text without changing it."""
    digits = sum(sign.isdigit() for sign in text)
    return (
        digits <= _SURE_DIGITS
        and tidy_cell(each, f"{float(read_plain(each, text) or 0):.15g}") == text
    )


def _day(each: Field, text: str) -> date | None:
    try:
        day = parse_day(text)
    except Refused:
        return None
    is_same = tidy_cell(each, day.isoformat()) == text
    return day if is_same and _FIRST_DAY <= day <= _LAST_DAY else None
