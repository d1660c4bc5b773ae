"""The rows of a notice as they are kept: clean texts, as many as there are columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from taole.core.errors import Refused
from taole.core.words import N_, sentence

MAX_ROWS = 2000
MAX_COLUMNS = 30
MAX_CELL = 500


@dataclass(frozen=True)
class Sheet:
    """A table of text: as many cells in every row as there are columns."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


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


def _text(cell: object) -> str:
    return " ".join(str("" if cell is None else cell).split())
