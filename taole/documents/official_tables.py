"""Ruled tables of an official document, written as WordprocessingML with spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from taole.documents.official_styles import TABLE_FONT, Face, set_face

Align = Literal["left", "center", "right"]

_TWIPS_PER_MM = 1440 / 25.4
_CELL_MARGIN_TWIPS = 40


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
    """The ``w:tbl`` of a table; raises ValueError if the cells do not fill the columns."""
    table = OxmlElement("w:tbl")
    table.append(_properties(widths_mm))
    grid = _under(table, "w:tblGrid")
    for width in widths_mm:
        _under(grid, "w:gridCol", w=_twips(width))
    for number, places in enumerate(_places(rows, len(widths_mm)), start=1):
        kept = keep_together and number < len(rows)
        header = number <= header_rows
        table.append(_row(places, widths_mm, font_pt, header=header, kept=kept))
    return table


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
) -> Any:
    row = OxmlElement("w:tr")
    properties = _under(row, "w:trPr")
    _under(properties, "w:cantSplit")
    if header:
        _under(properties, "w:tblHeader")
    _under(properties, "w:jc", val="center")
    for place in places:
        row.append(_cell(place, widths_mm, font_pt, kept))
    return row


def _cell(place: _Place, widths_mm: Sequence[float], font_pt: float, kept: bool) -> Any:
    element = OxmlElement("w:tc")
    properties = _under(element, "w:tcPr")
    span = widths_mm[place.column : place.column + place.cell.colspan]
    _under(properties, "w:tcW", w=_twips(sum(span)), type="dxa")
    if place.cell.colspan > 1:
        _under(properties, "w:gridSpan", val=str(place.cell.colspan))
    if place.covered:
        _under(properties, "w:vMerge")
    elif place.cell.rowspan > 1:
        _under(properties, "w:vMerge", val="restart")
    _under(properties, "w:vAlign", val="center")

    lines = [""] if place.covered else place.cell.text.split("\n")
    face = Face(TABLE_FONT, font_pt, bold=place.cell.bold)
    for text in lines:
        element.append(_paragraph(text, place.cell.align, face, kept))
    return element


def _paragraph(text: str, align: Align, face: Face, kept: bool) -> Any:
    paragraph = OxmlElement("w:p")
    properties = _under(paragraph, "w:pPr")
    if kept:
        _under(properties, "w:keepNext")
    _under(properties, "w:snapToGrid", val="0")
    line = str(round(face.points * 1.25 * 20))
    _under(properties, "w:spacing", before="30", after="30", line=line, lineRule="exact")
    _under(properties, "w:ind", firstLineChars="0", firstLine="0")
    _under(properties, "w:jc", val=align)
    if text:
        run = _under(paragraph, "w:r")
        set_face(_under(run, "w:rPr"), face)
        words = _under(run, "w:t")
        words.text = text
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return paragraph


def _properties(widths_mm: Sequence[float]) -> Any:
    properties = OxmlElement("w:tblPr")
    _under(properties, "w:tblW", w=_twips(sum(widths_mm)), type="dxa")
    _under(properties, "w:jc", val="center")
    borders = _under(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _under(borders, f"w:{side}", val="single", sz="4", space="0", color="000000")
    _under(properties, "w:tblLayout", type="fixed")
    margins = _under(properties, "w:tblCellMar")
    for side in ("left", "right"):
        _under(margins, f"w:{side}", w=str(_CELL_MARGIN_TWIPS), type="dxa")
    return properties


def _under(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _twips(millimetres: float) -> str:
    return str(round(millimetres * _TWIPS_PER_MM))
