"""Any paper as a Word file, in the layout of official documents."""

from __future__ import annotations

from taole.documents.codes import qr_png
from taole.documents.official import OfficialDocument, TableCell
from taole.documents.paper import (
    BLOCK_WIDTH_MM,
    Block,
    Foot,
    Heading,
    Note,
    Paper,
    Paragraph,
    Spread,
    Subscription,
    Table,
    text_of,
)


def paper_docx(paper: Paper) -> bytes:
    """The paper; the heads of its tables repeat, no row breaks, the same paper the same bytes."""
    word = OfficialDocument(paper.title, landscape=paper.is_landscape)
    word.title(paper.title, paper.number)
    if paper.recipient:
        word.recipient(paper.recipient)
    for block in paper.blocks:
        _write(word, block, BLOCK_WIDTH_MM[paper.is_landscape])
    return word.save()


def _write(word: OfficialDocument, block: Block, room_mm: float) -> None:
    match block:
        case Heading():
            word.heading(block.level, block.text)
        case Paragraph():
            word.paragraph(block.text)
        case Spread():
            word.spread(block.parts)
        case Note():
            word.note(block.text)
        case Table():
            _write_table(word, block, room_mm)
        case Foot():
            picture = qr_png(block.address) if block.address else b""
            word.foot(block.lines, picture, block.caption)
        case Subscription():
            word.subscription(block.body, block.day)


def _write_table(word: OfficialDocument, table: Table, room_mm: float) -> None:
    head = [TableCell(each.label, bold=True) for each in table.columns]
    rows = [
        [
            TableCell(text_of(cell), align=column.align)
            for cell, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    if not rows:
        rows = [[TableCell(table.empty, colspan=len(head))]]
    grow = room_mm / sum(each.width_mm for each in table.columns)
    word.table([head, *rows], [each.width_mm * grow for each in table.columns], table.points)
