"""A list as it was sent (workbook, Word document, pasted cells or text) as tables and lines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.file_kinds import named
from taole.documents.word_tables import is_word, read_word
from taole.documents.workbooks import Row, Sheet, read_own_and_filled
from taole.filling.paste import clipboard_cells
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import (
    Head,
    find_heads,
    guess_head,
    is_of_pairs,
    sure_field,
    words_of,
)
from taole.rectification_lists.labelled import label_of, labelled_cells, piped_cells, stacked_cells
from taole.rectification_lists.tables import Table
from taole.rectification_lists.text import has_problems
from taole.rectification_lists.turning import card, only, side_by_side, turned, unfolded

MOST_ROWS = 3_000
MOST_TEXT = 60_000
PASTED = "粘贴的内容.txt"
_TITLE = re.compile(
    r"(?:关于)?(?:对)?(?P<unit>[\u4e00-\u9fff]{2,12}?)"
    r"(?:20\d\d|[村党政居财]务|[一二三四]季度|公开|存在|问题|检查|督查|自查|整改)"
)
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
    is_reshaped: bool = False


def read_source(content: bytes, filename: str, is_unit: Callable[[str], bool]) -> Source:
    """The tables of a file, or its text where it has none. Refused in one sentence.

    ``is_unit``: whether a text names a unit (a sheet called 东园村 is about it).
    """
    if filename == PASTED:
        return read_pasted(content.decode("utf-8"), is_unit)
    if is_word(content):
        word = read_word(content, filename)
        pairs = [_Pair(table.own, table.filled, table.above) for table in word.tables]
        return _of_word(filename, word.paragraphs, pairs, is_unit)
    pairs = [
        _Pair(own, filled)
        for own, filled in read_own_and_filled(content, filename, max_rows=MOST_ROWS)
    ]
    tables, unread = _tables(pairs, is_unit)
    if not tables:
        tables = [_headless(pair, is_unit) for pair in pairs if _has_cells(pair)][:1]
        unread = unread[1:]
    if not tables:
        raise Refused(
            sentence(N_("“%(file)s”里没有表：请选有问题清单的文件。"), file=named(filename))
        )
    return Source(filename, tables, (), _outside(tables, pairs), unread)


def _of_word(
    filename: str, lines: Sequence[str], pairs: Sequence[_Pair], is_unit: Callable[[str], bool]
) -> Source:
    """The tables of a document; its text where that tells the problems and no table does."""
    tables, unread = _tables(pairs, is_unit)
    names = [name for table in tables for name in table.names.values()]
    if Field.STATEMENT not in map(sure_field, names) and has_problems(lines):
        return Source(filename, (), lines, lines, [pair.own.name for pair in pairs])
    if not tables:
        tables = [_headless(pair, is_unit) for pair in pairs if _has_cells(pair)][:1]
        unread = unread[1:]
    if not tables and (cells := labelled_cells(lines, is_unit)):
        tables, _ = _tables([_pair_of(cells)], is_unit)
    return Source(filename, tables, () if tables else lines, lines, unread)


def read_pasted(text: str, is_unit: Callable[[str], bool]) -> Source:
    """Cells copied from a spreadsheet, or the running text of a circular."""
    lines = text.splitlines()
    cells = (
        piped_cells(lines)
        or stacked_cells(lines)
        or labelled_cells(lines, is_unit)
        or clipboard_cells(text)
    )
    pair = _pair_of(cells)
    width = max((len(row) for row in cells), default=0)
    tables, _ = _tables([pair], is_unit) if width > 1 else ([], [])
    if not tables and "\t" in text and width > 1:
        tables = [_headless(pair, is_unit)]
    if tables:
        return Source(PASTED, tables, (), _outside(tables, [pair]))
    return Source(PASTED, (), lines, lines)


def _pair_of(cells: Sequence[Sequence[str]]) -> _Pair:
    width = max((len(row) for row in cells), default=0)
    rows = [
        Row(number, [*(cell or None for cell in row), *([None] * (width - len(row)))])
        for number, row in enumerate(cells, 1)
    ]
    sheet = Sheet("", rows)
    return _Pair(sheet, sheet)


def _tables(
    pairs: Sequence[_Pair], is_unit: Callable[[str], bool]
) -> tuple[list[Table], list[str]]:
    tables: list[Table] = []
    unread: list[str] = []
    for pair in pairs:
        pair, heads = _as_list(pair, is_unit)
        if not heads and _has_cells(pair):
            unread.append(pair.own.name)
        tables.extend(_cut(pair, heads, len(tables), is_unit))
    return tables, unread


def _as_list(pair: _Pair, is_unit: Callable[[str], bool]) -> tuple[_Pair, list[Head]]:
    """A sheet and the heads of its tables; one that is laid out otherwise as a list."""
    heads = find_heads(pair.own.rows, pair.filled.rows)
    others: list[tuple[Sheet, Sheet] | None] = []
    if not heads or any(map(is_of_pairs, pair.own.rows)):
        others.append(_both(card(pair.own)))
    if not heads:
        others.append(turned(pair.own, pair.filled))
    for sheets in others:
        if sheets and (found := find_heads(sheets[0].rows, sheets[1].rows)):
            return _Pair(*sheets, pair.above, True), found
    by_unit = unfolded(pair.own, pair.filled, is_unit)
    if by_unit and (found := find_heads(by_unit.rows, by_unit.rows)):
        return _Pair(by_unit, by_unit, pair.above, True), found
    return pair, heads


def _both(sheet: Sheet | None) -> tuple[Sheet, Sheet] | None:
    return None if sheet is None else (sheet, sheet)


def _cut(
    pair: _Pair, heads: Sequence[Head], first: int, is_unit: Callable[[str], bool]
) -> list[Table]:
    """The tables of a sheet: from each new head to the next; the same head again starts none."""
    starts: list[Head] = []
    for head in heads:
        if not starts or not head.is_like(starts[-1]):
            starts.append(head)
    tables: list[Table] = []
    for at, head in enumerate(starts):
        begin = starts[at - 1].last if at else 0
        end = starts[at + 1].first if at + 1 < len(starts) else MOST_ROWS + 1
        parts = side_by_side(head)
        for part in parts:
            own, filled = pair.own.rows, pair.filled.rows
            if len(parts) > 1:
                own, filled = only(own, part.names), only(filled, part.names)
            above = [
                line
                for row in own
                if begin < row.number < head.first
                for line in dict.fromkeys(map(words_of, row.cells))
                if line
            ]
            groups = dict.fromkeys(name.rpartition("·")[0] for name in part.names.values())
            above = [*pair.above, *above[-_ABOVE:], *(groups if len(groups) == 1 else ())]
            named = (pair.own.name, *map(_unit_of_line, reversed(above)))
            tables.append(
                Table(
                    first + len(tables),
                    pair.own.name,
                    part,
                    [row for row in own if part.last < row.number < end],
                    [row for row in filled if part.last < row.number < end],
                    [line for line in above if line],
                    next((each for each in named if is_unit(each)), ""),
                    pair.is_reshaped,
                )
            )
    return tables


def _unit_of_line(line: str) -> str:
    """A line that may be a unit's name, or what a line like 被检查单位：东园村 says."""
    label, said = label_of(line)
    if label:
        return said if sure_field(label) is Field.UNIT else ""
    title = _TITLE.match(line)
    return title["unit"] if title and not title["unit"].endswith(("镇", "乡")) else line


def _headless(pair: _Pair, is_unit: Callable[[str], bool]) -> Table:
    """A sheet under names that nobody knows, or under none: its columns are asked."""
    head = guess_head(pair.own.rows, is_unit)
    if head is not None:
        return _cut(pair, [head], 0, is_unit)[0]
    return Table(0, pair.own.name, None, pair.own.rows, pair.filled.rows)


def _has_cells(pair: _Pair) -> bool:
    return sum(1 for row in pair.own.rows if not row.is_empty) > 1


def _outside(tables: Sequence[Table], pairs: Sequence[_Pair]) -> list[str]:
    """The lines over the tables, and the last ones of the sheets, where papers are signed."""
    lines = [line for table in tables for line in table.above]
    for pair in pairs:
        for row in pair.own.rows[-_BELOW:]:
            said = [words_of(cell) for cell in row.cells if cell is not None]
            if len(said) == 1:
                lines.extend(said)
    return list(dict.fromkeys(lines))
