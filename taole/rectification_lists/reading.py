"""A list as it was sent (workbook, Word document, pasted cells or text) as tables and lines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.file_kinds import named
from taole.documents.word_tables import is_word, read_word
from taole.documents.workbooks import Cell, Row, Sheet, read_own_and_filled
from taole.filling.paste import clipboard_cells
from taole.rectification_lists.heads import Head, find_heads, sure_field, words_of
from taole.rectification_lists.tables import Table

MOST_ROWS = 3_000
MOST_TEXT = 60_000
PASTED = "粘贴的内容.txt"
_ABOVE = 6
_BELOW = 6


@dataclass(frozen=True)
class Source:
    """What was sent: its tables, else its text; ``outside``: the lines around the tables."""

    filename: str
    tables: Sequence[Table] = ()
    text: Sequence[str] = ()
    outside: Sequence[str] = ()
    unread: Sequence[str] = field(default_factory=tuple)

    @property
    def fingerprint(self) -> str:
        """The same for the same words, however the file was saved."""
        digest = hashlib.sha256()
        for table in self.tables:
            for row in table.filled:
                digest.update("\x1f".join(words_of(cell) for cell in row.cells).encode())
                digest.update(b"\x1e")
        for line in self.text:
            digest.update(" ".join(line.split()).encode() + b"\x1e")
        return digest.hexdigest()


class _Pair(NamedTuple):
    own: Sheet
    filled: Sheet
    above: Sequence[str] = ()


def read_source(content: bytes, filename: str, is_unit: Callable[[str], bool]) -> Source:
    """The tables of a file, or its text where it has none. Refused in one sentence.

    ``is_unit``: whether a text names a unit (a sheet called 东园村 is about it).
    """
    if filename == PASTED:
        return read_pasted(content.decode("utf-8"), is_unit)
    if is_word(content):
        word = read_word(content, filename)
        pairs = [_Pair(table.own, table.filled, table.above) for table in word.tables]
        tables, unread = _tables(pairs, is_unit)
        if tables:
            return Source(filename, tables, (), word.paragraphs, unread)
        return Source(filename, (), word.paragraphs, word.paragraphs)
    pairs = [
        _Pair(own, filled)
        for own, filled in read_own_and_filled(content, filename, max_rows=MOST_ROWS)
    ]
    tables, unread = _tables(pairs, is_unit)
    if not tables:
        tables = [_headless(len(tables), pair) for pair in pairs if _has_cells(pair)][:1]
        unread = unread[1:]
    if not tables:
        raise Refused(
            sentence(N_("“%(file)s”里没有表：请选有问题清单的文件。"), file=named(filename))
        )
    return Source(filename, tables, (), _outside(tables, pairs), unread)


def read_pasted(text: str, is_unit: Callable[[str], bool]) -> Source:
    """Cells copied from a spreadsheet, or the running text of a circular."""
    rows = clipboard_cells(text)
    width = max((len(row) for row in rows), default=0)
    sheet = Sheet(
        "",
        [
            Row(number, [*(cell or None for cell in row), *([None] * (width - len(row)))])
            for number, row in enumerate(rows, 1)
        ],
    )
    pair = _Pair(sheet, sheet)
    tables, _ = _tables([pair], is_unit) if width > 1 else ([], [])
    if not tables and "\t" in text and width > 1:
        tables = [_headless(0, pair)]
    if tables:
        return Source(PASTED, tables, (), _outside(tables, [pair]))
    lines = text.splitlines()
    return Source(PASTED, (), lines, lines)


def _tables(
    pairs: Sequence[_Pair], is_unit: Callable[[str], bool]
) -> tuple[list[Table], list[str]]:
    tables: list[Table] = []
    unread: list[str] = []
    for pair in pairs:
        heads = find_heads(pair.own.rows, pair.filled.rows)
        if not heads and (turned := _turned(pair)):
            pair, heads = turned, find_heads(turned.own.rows, turned.filled.rows)
        if not heads and _has_cells(pair):
            unread.append(pair.own.name)
        tables.extend(_cut(pair, heads, len(tables), is_unit))
    return tables, unread


def _cut(
    pair: _Pair, heads: Sequence[Head], first: int, is_unit: Callable[[str], bool]
) -> list[Table]:
    """The tables of a sheet: from each new head to the next; the same head again starts none."""
    starts: list[Head] = []
    for head in heads:
        if not starts or not head.is_like(starts[-1]):
            starts.append(head)
    tables = []
    for at, head in enumerate(starts):
        end = starts[at + 1].first if at + 1 < len(starts) else None
        begin = starts[at - 1].last if at else 0

        def body(rows: Sequence[Row], head: Head = head, end: int | None = end) -> list[Row]:
            return [
                row for row in rows if row.number > head.last and (end is None or row.number < end)
            ]

        above = [
            words_of(row.cells[0]) or next((words_of(c) for c in row.cells if c is not None), "")
            for row in pair.own.rows
            if begin < row.number < head.first
        ][-_ABOVE:]
        said = [*pair.above, *(line for line in above if line)]
        name = pair.own.name
        about = next((each for each in (name, *reversed(said)) if is_unit(each)), "")
        tables.append(
            Table(first + at, name, head, body(pair.own.rows), body(pair.filled.rows), said, about)
        )
    return tables


def _headless(index: int, pair: _Pair) -> Table:
    return Table(index, pair.own.name, None, pair.own.rows, pair.filled.rows)


def _has_cells(pair: _Pair) -> bool:
    return sum(1 for row in pair.own.rows if not row.is_empty) > 1


def _turned(pair: _Pair) -> _Pair | None:
    """A card (每行一个栏目：存在问题 | …) with its rows and columns changed over."""
    names = [row.cells[0] for row in pair.own.rows if row.cells and isinstance(row.cells[0], str)]
    if len({found for name in names if (found := sure_field(name))}) < 3:
        return None
    return _Pair(_transposed(pair.own), _transposed(pair.filled), pair.above)


def _transposed(sheet: Sheet) -> Sheet:
    width = max((len(row.cells) for row in sheet.rows), default=0)
    columns: list[list[Cell]] = [
        [row.cells[at] if at < len(row.cells) else None for row in sheet.rows]
        for at in range(width)
    ]
    return Sheet(sheet.name, [Row(number, cells) for number, cells in enumerate(columns, 1)])


def _outside(tables: Sequence[Table], pairs: Sequence[_Pair]) -> list[str]:
    """The lines over the tables, and the last ones of the sheets, where papers are signed."""
    lines = [line for table in tables for line in table.above]
    for pair in pairs:
        for row in pair.own.rows[-_BELOW:]:
            said = [words_of(cell) for cell in row.cells if cell is not None]
            if len(said) == 1:
                lines.extend(said)
    return list(dict.fromkeys(lines))
