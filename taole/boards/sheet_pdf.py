"""The sheet as a PDF, set by typst in the fonts that the house carries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from PIL import ImageFont

from taole.boards.codes import qr_svg
from taole.boards.sheet_layout import numbered, table_widths
from taole.notices.printed_sheet import (
    CHECK,
    Paper,
    PrintedSheet,
    missing_characters_warning,
)

_PATTERN = Path(__file__).with_name("sheet.typ")
_FONTS = Path(pylopdf_fonts_zh_cn.serif_path()).parent
MOST_SHOWN = 20


def sheet_pdf(sheet: PrintedSheet, paper: Paper = Paper.A4) -> bytes:
    """The sheet on A4 or A3, on one page if it can be; the same sheet gives the same bytes.

    A table that does not fit goes on with its head repeated and the pages numbered. Raises
    RuntimeError when the setter fails, which no content may bring about.
    """
    content: bytes = typst.compile(
        _PATTERN,
        format="pdf",
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(_told(sheet, paper), ensure_ascii=False)},
        timestamp=0,
    )
    return content


def with_font_warning(sheet: PrintedSheet) -> PrintedSheet:
    """The sheet, warning of characters that the PDF's font lacks."""
    missing = missing_characters(sheet.texts)
    return sheet.warned(missing_characters_warning(missing)) if missing else sheet


def missing_characters(texts: Sequence[str]) -> list[str]:
    """The characters, in order, that neither font has and that would print as boxes."""
    signs = dict.fromkeys(sign for text in texts for sign in text if not sign.isspace())
    return [sign for sign in signs if not _is_drawn(sign)][:MOST_SHOWN]


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


@lru_cache(maxsize=1)
def _faces() -> tuple[tuple[ImageFont.FreeTypeFont, bytes], ...]:
    faces = []
    for path in (pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()):
        face = ImageFont.truetype(str(path), 24)
        faces.append((face, bytes(face.getmask("\uffff"))))
    return tuple(faces)


@lru_cache(maxsize=20000)
def _is_drawn(sign: str) -> bool:
    return any(bytes(face.getmask(sign)) != empty for face, empty in _faces())
