"""The sheet as a PDF, set by typst."""

from __future__ import annotations

from pathlib import Path

from taole.boards.sheet_layout import numbered, table_widths
from taole.documents.codes import qr_svg
from taole.documents.typesetting import missing_characters, typeset
from taole.notices.printed_sheet import (
    CHECK,
    Paper,
    PrintedSheet,
    missing_characters_warning,
)

_PATTERN = Path(__file__).with_name("sheet.typ")


def sheet_pdf(sheet: PrintedSheet, paper: Paper = Paper.A4) -> bytes:
    """The sheet on A4 or A3, on one page if it can be; the same sheet gives the same bytes.

    A table that does not fit goes on with its head repeated and the pages numbered. Raises
    RuntimeError when the setter fails, which no content may bring about.
    """
    return typeset(_PATTERN, _told(sheet, paper))


def with_font_warning(sheet: PrintedSheet) -> PrintedSheet:
    """The sheet, warning of characters that the PDF's font lacks."""
    missing = missing_characters(sheet.texts)
    return sheet.warned(missing_characters_warning(missing)) if missing else sheet


def _told(sheet: PrintedSheet, paper: Paper) -> dict[str, object]:
    columns, rows, total = numbered(sheet)
    return {
        "paper": paper.value,
        "heading": sheet.heading,
        "number": sheet.number,
        "title": sheet.title,
        "paragraphs": sheet.paragraphs,
        "head": sheet.head,
        "columns": [{"label": each.label, "is_number": each.is_number} for each in columns],
        "widths": table_widths(columns, [*rows, *([total] if total else [])]),
        "rows": rows,
        "total": total,
        "signer": sheet.signer,
        "day": sheet.signed_on,
        "period": sheet.period.words,
        "phones": sheet.phones,
        "check": CHECK,
        "code": qr_svg(sheet.address),
        "is_preview": sheet.is_preview,
    }
