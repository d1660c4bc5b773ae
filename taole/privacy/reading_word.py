"""A Word file: body, tables, boxes, heads, feet, notes, comments, and what was struck out.

ECMA-376 part 1, 17: a story is paragraphs (w:p) and tables (w:tbl); w:ins and w:del are tracked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from taole.privacy.header_rows import split_header
from taole.privacy.passages import (
    Carrier,
    CellPlace,
    ElementText,
    Fixed,
    Passage,
    Piece,
    Table,
    at,
    counted,
)
from taole.privacy.reading_containers import Package, local
from taole.privacy.reading_xml import attributes_of

_STORIES = (
    ("header", "页眉"),
    ("footer", "页脚"),
    ("footnotes", "脚注"),
    ("endnotes", "尾注"),
    ("comments", "批注"),
)
_TEXT = {"t", "delText", "instrText", "delInstrText"}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_REMOVED = {"del", "moveFrom"}
_ADDED = {"ins", "moveTo"}
_BOXES = {"txbxContent"}


@dataclass
class Story:
    """The running text of a part, with the tables and boxes that stand in it."""

    pieces: list[Piece] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)


def carriers_of_word(package: Package) -> Iterator[Carrier]:
    """Everything readable in the ``word/`` stories; other parts are read as XML elsewhere."""
    for name in story_parts(package):
        place = story_place(name)
        root = package.tree(name)
        body = root.find("{*}body") if local(root) == "document" else root
        numbering = "正文第%d段" if local(root) == "document" else ""
        yield from _story(root if body is None else body, place, numbering)
        yield from attributes_of(root, place)


def story_parts(package: Package) -> list[str]:
    names = [name for name in package.parts if name.startswith("word/") and name.endswith(".xml")]
    return [name for name in names if story_place(name)]


def story_place(part: str) -> str:
    """What a person calls a story part; "" for a part that is none."""
    if "/" in part.removeprefix("word/"):
        return ""
    name = part.removeprefix("word/").removesuffix(".xml")
    if name.startswith("document"):
        return "正文"
    return next((place for known, place in _STORIES if name.startswith(known)), "")


def _story(container: Any, place: str, numbering: str) -> Iterator[Carrier]:
    story = Story()
    _walk(container, story)
    naming = counted(story.pieces, story.paragraphs, numbering) if numbering else at(place)
    if story.pieces:
        yield Passage(naming, story.pieces)
    for number, table in enumerate(story.tables, 1):
        yield from _table(table, f"{place}表格{number}")
    for box in story.boxes:
        yield from _story(box, "文本框" if place == "正文" else f"{place}的文本框", "")
    for paragraph in story.changed:
        yield from _before_changes(paragraph)


def _walk(container: Any, story: Story) -> None:
    for element in container:
        name = local(element)
        if name == "p":
            story.paragraphs.append(len(story.pieces))
            _paragraph(element, story)
            story.pieces.append(Fixed("\n"))
        elif name == "tbl":
            story.tables.append(element)
        elif name in _TEXT or name == "r":
            _paragraph(element, story)
        elif name:
            _walk(element, story)


def _paragraph(paragraph: Any, story: Story) -> None:
    """The text of a paragraph as it stands now; what was struck out is read apart."""
    changed = False
    for element in _inline(paragraph, story):
        name = local(element)
        if name in _REMOVED:
            changed = True
        elif name in _TEXT:
            if element.text:
                story.pieces.append(ElementText(element))
        elif name in _BREAKS:
            story.pieces.append(Fixed(_BREAKS[name]))
    if changed:
        story.changed.append(paragraph)


def _inline(element: Any, story: Story) -> Iterator[Any]:
    name = local(element)
    if name in _BOXES:
        story.boxes.append(element)
        return
    if name == "tbl":
        story.tables.append(element)
        return
    yield element
    if name in _REMOVED:
        return
    for child in element:
        yield from _inline(child, story)


def _before_changes(paragraph: Any) -> Iterator[Passage]:
    """The paragraph as it read before: without what was added, with what was struck out."""
    pieces: list[Piece] = []
    struck: list[int] = []
    for element in paragraph.iter():
        name = local(element)
        if name in _TEXT and element.text:
            inside = {local(ancestor) for ancestor in element.iterancestors()}
            if inside & _REMOVED:
                struck.append(len(pieces))
            elif inside & _ADDED:
                continue
            pieces.append(ElementText(element))
    if struck:
        yield Passage(at("修订中删除的内容"), pieces, touching=tuple(struck))


def _table(table: Any, place: str) -> Iterator[Carrier]:
    rows: list[list[list[Piece]]] = []
    inner = Story()
    for row in table.iterfind("{*}tr"):
        cells: list[list[Piece]] = []
        for cell in _cells(row):
            found = Story(tables=inner.tables, boxes=inner.boxes, changed=inner.changed)
            _walk(cell, found)
            cells.append(_without_last_break(found.pieces))
            cells += [[] for _ in range(_span(cell) - 1)]
        rows.append(cells)
    columns, first, rest = split_header(rows)
    if columns:
        yield Table(_shifted(place, 0), [""] * len(columns), rows[:first])
    yield Table(_shifted(place, first), columns, rest)
    for number, nested in enumerate(inner.tables, 1):
        yield from _table(nested, f"{place}内表格{number}")
    for box in inner.boxes:
        yield from _story(box, "文本框", "")
    for paragraph in inner.changed:
        yield from _before_changes(paragraph)


def _without_last_break(pieces: list[Piece]) -> list[Piece]:
    return pieces[:-1] if pieces and isinstance(pieces[-1], Fixed) else pieces


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        name = local(child)
        if name == "tc":
            yield child
        elif name in {"sdt", "sdtContent", "customXml", "ins", "del"}:
            yield from _cells(child)


def _span(cell: Any) -> int:
    span = cell.find("{*}tcPr/{*}gridSpan")
    if span is None:
        return 1
    value = next((v for k, v in span.attrib.items() if k.endswith("val")), "1")
    return min(max(int(value), 1), 64) if value.isdigit() else 1


def _shifted(place: str, first: int) -> CellPlace:
    return lambda row, column: f"{place}第{first + row + 1}行第{column + 1}列"


def accept_changes(package: Package) -> None:
    """Take out what was struck out; what was added becomes ordinary text."""
    for name in story_parts(package):
        root = package.tree(name)
        for element in list(root.iter()):
            kind = local(element)
            if kind in _REMOVED and element.getparent() is not None and len(element):
                element.getparent().remove(element)
            elif kind in _ADDED and len(element):
                _unwrap(element)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    position = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(position, child)
    parent.remove(element)
