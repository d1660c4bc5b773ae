"""Any paper as a workbook: each table on a sheet of its own, with the text that goes before it."""

from __future__ import annotations

from datetime import date

from taole.documents.codes import qr_png
from taole.documents.paper import (
    Block,
    Cell,
    Column,
    Foot,
    Heading,
    Note,
    Paper,
    Paragraph,
    Spread,
    Subscription,
    Table,
    text_of,
    value_of,
)
from taole.documents.spreadsheets import ColumnOut, SheetOut, half_widths, write_workbook

_SIGNS_A_MM = 0.54
_LONGEST_DAY = 12
_WIDEST = 24
_INDENT = "　　"


def paper_xlsx(paper: Paper) -> bytes:
    """The paper; days are real dates, the heads of its tables are print titles.

    A paper without a table is one sheet of running text. The text after a table stands under it.
    """
    parts = _parts(paper.blocks)
    return write_workbook([_sheet(paper, *part, is_first=not at) for at, part in enumerate(parts)])


def _parts(blocks: tuple[Block, ...]) -> list[tuple[list[Block], Table | None, list[Block]]]:
    """For each table what stands before it, the table, and (for the last) what stands after it."""
    parts: list[tuple[list[Block], Table | None, list[Block]]] = []
    text: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            parts.append((text, block, []))
            text = []
        else:
            text.append(block)
    if not parts:
        return [(text, None, [])]
    before, table, _none = parts[-1]
    return [*parts[:-1], (before, table, text)]


def _sheet(
    paper: Paper, before: list[Block], table: Table | None, after: list[Block], *, is_first: bool
) -> SheetOut:
    spread = [block for block in before if isinstance(block, Spread)] if table else []
    lead = [line for block in before if block not in spread for line in _lines(block)]
    if is_first and paper.recipient:
        lead.insert(0, f"{paper.recipient}：")
    empty = [table.empty] if table and table.empty and not table.rows else []
    foot = next((each for each in after or before if isinstance(each, Foot) and each.address), None)
    return SheetOut(
        name=paper.name,
        title=paper.title,
        number=paper.number if is_first else "",
        subtitle="　　".join(part for block in spread for part in block.parts),
        lead=lead,
        columns=[_column(each, at, table) for at, each in enumerate(table.columns)]
        if table
        else [],
        rows=[[value_of(cell) for cell in row] for row in table.rows] if table else [],
        notes=[*empty, *(line for block in after for line in _lines(block))],
        signed=[
            line
            for block in [*before, *after]
            if isinstance(block, Subscription)
            for line in ("", block.body, block.day)
        ],
        code=qr_png(foot.address, border=2) if foot else b"",
        caption=foot.caption if foot else "",
        is_landscape=paper.is_landscape,
    )


def _column(column: Column, at: int, table: Table) -> ColumnOut:
    """As wide as on paper; a real day, and a text that stands in for another, may be wider."""
    values = [cell.value for row in table.rows if isinstance(cell := row[at], Cell)]
    days = any(isinstance(value, date) for value in values)
    longest = max((half_widths(each) + 2 for each in values if isinstance(each, str)), default=0)
    least = max(half_widths(column.label) + 2, _LONGEST_DAY if days else 0, min(longest, _WIDEST))
    width = max(round(column.width_mm * _SIGNS_A_MM), least)
    return ColumnOut(column.label, width, is_centred=column.align == "center")


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [_INDENT + block.text]
        case Note():
            return [block.text]
        case Spread():
            return ["　　".join(block.parts)]
        case Foot():
            return list(block.lines)
        case Subscription():
            return []
        case Table():
            return [" ".join(text_of(cell) for cell in row) for row in block.rows]
