"""The rows of a notice: columns from the catalogue, cells typed or pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taole.core.errors import Refused
from taole.core.words import N_, sentence

MAX_ROWS = 2000
MAX_COLUMNS = 30
MAX_CELL = 500
_OF_THE_WHOLE_NOTICE = ("公示起止", "公示期", "公示时间", "监督", "举报", "异议", "电话", "本期")
_NUMBER = ("序号", "编号")


@dataclass(frozen=True)
class Sheet:
    """A table of text: as many cells in every row as there are columns."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def columns_of(content: Iterable[str]) -> tuple[str, ...]:
    """The columns of a matter's table: its contents, but for those said once for all rows."""
    return tuple(
        name
        for name in content
        if not any(word in name for word in _OF_THE_WHOLE_NOTICE) and name not in _NUMBER
    )[:MAX_COLUMNS]


def sheet(columns: Sequence[str], cells: Sequence[Sequence[object]]) -> Sheet:
    """A clean table: cells as text, empty rows left out, rows brought to the width of the head.

    Raises Refused, with the row's number, for cells beyond the last column and for one too long.
    """
    heads = tuple(_text(name) for name in columns)
    if len(heads) > MAX_COLUMNS:
        raise Refused(sentence(N_("表格太宽：最多%(most)s栏。"), most=MAX_COLUMNS))
    if len(cells) > MAX_ROWS:
        raise Refused(sentence(N_("表格太长：最多%(most)s行，请分成几件公示。"), most=MAX_ROWS))
    rows = [_row(number, row, heads) for number, row in enumerate(cells, start=1)]
    return Sheet(heads, tuple(row for row in rows if any(row)))


def _row(number: int, written: Sequence[object], heads: Sequence[str]) -> tuple[str, ...]:
    cells = [_text(cell) for cell in written]
    while len(cells) > len(heads) and not cells[-1]:
        cells.pop()
    if len(cells) > len(heads):
        raise Refused(
            sentence(
                N_("第%(row)s行有%(count)s格，表头只有%(width)s栏：请把多出的格子删掉。"),
                row=number,
                count=len(cells),
                width=len(heads),
            )
        )
    for head, cell in zip(heads, cells, strict=False):
        if len(cell) > MAX_CELL:
            raise Refused(
                sentence(
                    N_("第%(row)s行“%(column)s”太长：一格最多%(most)s个字。"),
                    row=number,
                    column=head,
                    most=MAX_CELL,
                )
            )
    return (*cells, *("" for _ in range(len(heads) - len(cells))))


def sheet_from_paste(pasted: str, columns: Sequence[str]) -> Sheet:
    """The table in cells that were copied from a spreadsheet (tabs between, a line a row).

    The first line is the head if it names a known column, or if no columns are known.
    """
    lines = [line.split("\t") for line in pasted.splitlines() if line.strip()]
    if not lines:
        return Sheet(tuple(columns))
    first = [_text(cell) for cell in lines[0]]
    if not columns or any(cell in columns for cell in first if cell):
        return sheet(first, lines[1:])
    return sheet(columns, lines)


def as_pasted(table: Sheet) -> str:
    """A table as text to be changed in one field, head first."""
    return "\n".join("\t".join(row) for row in (table.columns, *table.rows))


def _text(cell: object) -> str:
    return " ".join(str("" if cell is None else cell).split())
