"""Ruled tables of an official document, written as WordprocessingML with spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import serialize_for_reading

from taole.documents.official_styles import TABLE_FONT, Face, set_face

Align = Literal["left", "center", "right"]

_TWIPS_PER_MM = 1440 / 25.4
_CELL_MARGIN_TWIPS = 40
_DECLARED = re.compile(r"\s*\n\s*|\sxmlns:\w+=\"[^\"]*\"")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no XML file may hold."""


@dataclass(frozen=True)
class TableCell:
    """A cell of a table; a place covered by another cell's span has no cell of its own."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    bold: bool = False
    align: Align = "center"


@dataclass(frozen=True)
class _Place:
    """A cell where it stands; ``covered`` if it continues the cell above."""

    column: int
    cell: TableCell
    covered: bool


def word_table(
    rows: Sequence[Sequence[TableCell]],
    widths_mm: Sequence[float],
    font_pt: float,
    header_rows: int,
    keep_together: bool,
) -> Any:
    """The ``w:tbl`` of a table; raises ValueError if the cells do not fill the columns.

    Written as text and read once: element by element, a list of thousands takes many seconds.
    """
    parts = [f"<w:tbl {nsdecls('w')}>", _properties(widths_mm), "<w:tblGrid>"]
    parts += [f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths_mm]
    parts.append("</w:tblGrid>")
    for number, places in enumerate(_places(rows, len(widths_mm)), start=1):
        kept = keep_together and number < len(rows)
        header = number <= header_rows
        parts.append(_row(places, widths_mm, font_pt, header=header, kept=kept))
    return parse_xml("".join([*parts, "</w:tbl>"]))


def _places(rows: Sequence[Sequence[TableCell]], columns: int) -> list[list[_Place]]:
    open_spans: dict[int, tuple[TableCell, int]] = {}
    placed: list[list[_Place]] = []
    for number, cells in enumerate(rows, start=1):
        line: list[_Place] = []
        waiting = iter(cells)
        column = 0
        while column < columns:
            spanning = open_spans.pop(column, None)
            if spanning:
                cell, left = spanning
            else:
                following = next(waiting, None)
                if following is None:
                    raise ValueError(f"row {number}: column {column + 1} has no cell")
                cell, left = following, following.rowspan
            line.append(_Place(column, cell, covered=spanning is not None))
            if left > 1:
                open_spans[column] = (cell, left - 1)
            column += cell.colspan
        if column > columns or next(waiting, None) is not None:
            raise ValueError(f"row {number}: more cells than {columns} columns")
        placed.append(line)
    return placed


def _row(
    places: list[_Place],
    widths_mm: Sequence[float],
    font_pt: float,
    *,
    header: bool,
    kept: bool,
) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    cells = "".join(_cell(place, widths_mm, font_pt, kept) for place in places)
    properties = f'<w:trPr><w:cantSplit/>{repeated}<w:jc w:val="center"/></w:trPr>'
    return f"<w:tr>{properties}{cells}</w:tr>"


def _cell(place: _Place, widths_mm: Sequence[float], font_pt: float, kept: bool) -> str:
    cell = place.cell
    width = _twips(sum(widths_mm[place.column : place.column + cell.colspan]))
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merged = ""
    if place.covered:
        merged = "<w:vMerge/>"
    elif cell.rowspan > 1:
        merged = '<w:vMerge w:val="restart"/>'
    lines = [""] if place.covered else cell.text.split("\n")
    told = "".join(_paragraph(text, cell.align, font_pt, cell.bold, kept) for text in lines)
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{told}</w:tc>"


def _paragraph(text: str, align: Align, font_pt: float, bold: bool, kept: bool) -> str:
    run = ""
    if text:
        words = escape(_UNPRINTABLE.sub("", text))
        face = _face(font_pt, bold)
        run = f'<w:r>{face}<w:t xml:space="preserve">{words}</w:t></w:r>'
    return f"<w:p>{_layout(font_pt, align, kept)}{run}</w:p>"


@cache
def _face(font_pt: float, bold: bool) -> str:
    properties = OxmlElement("w:rPr")
    set_face(properties, Face(TABLE_FONT, font_pt, bold=bold))
    return _without_namespaces(serialize_for_reading(properties))


@cache
def _layout(font_pt: float, align: Align, kept: bool) -> str:
    line = round(font_pt * 1.25 * 20)
    return (
        f"<w:pPr>{'<w:keepNext/>' if kept else ''}"
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="30" w:after="30" w:line="{line}" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr>'
    )


def _properties(widths_mm: Sequence[float]) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    ruled = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides
    )
    margins = "".join(
        f'<w:{side} w:w="{_CELL_MARGIN_TWIPS}" w:type="dxa"/>' for side in ("left", "right")
    )
    return (
        f'<w:tblPr><w:tblW w:w="{_twips(sum(widths_mm))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{ruled}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
    )


def _without_namespaces(xml: str) -> str:
    """The element without the declarations that its table makes for all of them."""
    return _DECLARED.sub("", xml)


def _twips(millimetres: float) -> str:
    return str(round(millimetres * _TWIPS_PER_MM))
