"""Text files and tables of text, in the encodings of Chinese offices, written back in the same."""

from __future__ import annotations

import codecs
import csv
import io
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from taole.core.words import N_
from taole.privacy.file_refusals import refused, too_many_rows
from taole.privacy.header_rows import split_header
from taole.privacy.passages import Carrier, Passage, Piece, Table, Words
from taole.privacy.reading_kinds import known_suffix
from taole.privacy.reading_sheets import MOST_CELLS, MOST_ROWS, cell_place

_TABLES = (".csv", ".tsv")
_DELIMITERS = (",", "\t", ";", "|", "，")
_MOST_FIELD = 1_000_000


@dataclass
class TextFile:
    """A text file that was read: as one text, or as rows of cells."""

    encoding: str
    mark: bytes
    whole: Words | None = None
    rows: list[list[Words]] | None = None
    delimiter: str = ","
    line_end: str = "\n"

    def written(self) -> bytes:
        if self.rows is None:
            text = self.whole.text if self.whole else ""
        else:
            out = io.StringIO()
            writer = csv.writer(out, delimiter=self.delimiter, lineterminator=self.line_end)
            writer.writerows([[cell.text for cell in row] for row in self.rows])
            text = out.getvalue()
        return self.mark + text.encode(self.encoding, "replace")


def read_text(content: bytes, filename: str) -> TextFile:
    """The file as text or, by its suffix, as a table; raises Refused for another encoding."""
    encoding, mark, text = _decoded(content, filename)
    if known_suffix(filename) not in _TABLES:
        return TextFile(encoding, mark, whole=Words(text))
    delimiter = _delimiter(text)
    line_end = "\r\n" if "\r\n" in text[:10_000] else "\n"
    csv.field_size_limit(_MOST_FIELD)
    rows: list[list[Words]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([Words(cell) for cell in row])
            cells += len(row)
            if len(rows) > MOST_ROWS or cells > MOST_CELLS:
                raise too_many_rows(filename, MOST_ROWS)
    except csv.Error:
        return TextFile(encoding, mark, whole=Words(text))
    return TextFile(encoding, mark, rows=rows, delimiter=delimiter, line_end=line_end)


def carriers_of_text(file: TextFile) -> Iterator[Carrier]:
    if file.whole is not None:
        breaks = [at for at, sign in enumerate(file.whole.text) if sign == "\n"]
        yield Passage(lambda offset: f"第{bisect_right(breaks, offset - 1) + 1}行", [file.whole])
        return
    rows: list[list[list[Piece]]] = [[[cell] for cell in row] for row in file.rows or []]
    columns, first, rest = split_header(rows)
    if first:
        yield Table(
            lambda row, column: cell_place("", column + 1, row + 1),
            [""] * len(columns),
            rows[:first],
        )
    yield Table(lambda row, column: cell_place("", column + 1, first + row + 1), columns, rest)


def _decoded(content: bytes, filename: str) -> tuple[str, bytes, str]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            text = _tried(content[len(mark) :], encoding)
            if text is not None:
                return encoding, mark, text
    for encoding in ("utf-8", "gb18030", "big5"):
        text = _tried(content, encoding)
        if text is not None:
            return encoding, b"", text
    raise refused(
        N_("文件“%(file)s”的文字编码认不出，没法检查：请另存为 UTF-8 编码的文本。"), filename
    )


def _tried(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the most, and the same number of, cells."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = [line.count(delimiter) for line in lines]
        steady = sum(1 for one, other in pairwise(counts) if one == other and one)
        score = sum(counts) / (len(counts) or 1) + 2 * steady
        if score > most:
            best, most = delimiter, score
    return best
