"""How a sheet's table is laid out on paper: pure, shared by page, PDF and Word file."""

from __future__ import annotations

from collections.abc import Sequence

from taole.notices.printed_sheet import NUMBER, SUM, Column, PrintedSheet

WIDE_SIGNS = 0x2000
"""From this code point on a sign is as wide as a Chinese character in the house's fonts."""

ROOM_PT = 499
"""How wide the text block of an A4 sheet is."""

_BY_LINES = ((7, 16), (12, 14), (15, 13), (18, 12), (20, 11), (23, 10))
"""Up to how many lines below the title fit one page, in type of how many points."""

_TITLE_LINE, _TEXT_LINE, _USUAL_LINES = 20, 36, 4
LONG = 12
"""The type of a sheet that goes over several pages, in points."""


def numbered(sheet: PrintedSheet) -> tuple[list[Column], list[list[str]], list[str] | None]:
    """The table as printed: a running number before the columns, the sum line with its words."""
    table = sheet.table
    columns = [Column(NUMBER), *table.columns]
    rows = [[str(number), *row] for number, row in enumerate(table.rows, start=1)]
    if table.total is None:
        return columns, rows, None
    total = [SUM, *table.total]
    free = next((at for at, text in enumerate(total) if not text), None)
    if free is not None:
        total[free] = table.counted
    return columns, rows, total


def table_widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column is beside the others, by what stands in it (a wide sign counts two)."""
    widths = []
    for at, column in enumerate(columns):
        texts = [column.label, *(row[at] for row in rows if at < len(row))]
        longest = max((_width(text) for text in texts), default=4)
        widths.append(float(min(max(longest, 5), 26)) + 2.5)
    return widths


def type_points(sheet: PrintedSheet) -> int:
    """The size of type, in points on A4, with which the sheet about fits one page; LONG if not.

    Used where nothing can be measured (the page in the browser); the PDF measures.
    """
    columns, rows, _total = numbered(sheet)
    if not rows:
        signs = sum(len(paragraph) for paragraph in sheet.paragraphs)
        return next((size for most, size in ((350, 18), (600, 16), (900, 14)) if signs < most), 12)
    widest = ROOM_PT / (sum(table_widths(columns, rows)) / 2)
    by_height = next((size for most, size in _BY_LINES if _lines(sheet) <= most), LONG)
    return max(min(by_height, int(widest)), 10)


def is_long(sheet: PrintedSheet) -> bool:
    """Whether its table goes over several pages."""
    return bool(sheet.table.rows) and _lines(sheet) > _BY_LINES[-1][0]


def _lines(sheet: PrintedSheet) -> int:
    """How many lines a sheet has: the table, its head fields, and a title or text longer than usual
    (a title of one line, three lines of text)."""
    title = -(-len(sheet.title) // _TITLE_LINE)
    text = sum(-(-len(paragraph) // _TEXT_LINE) for paragraph in sheet.paragraphs)
    told = len(sheet.table.rows) + len(sheet.head) + (1 if sheet.table.total else 0)
    return told + max(title + text - _USUAL_LINES, 0)


def _width(text: str) -> int:
    return sum(2 if ord(sign) > WIDE_SIGNS else 1 for sign in text)
