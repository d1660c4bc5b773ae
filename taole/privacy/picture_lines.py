"""The lines of a photograph put together again: rows and columns by where they stand.

An engine gives a box for each run of words; a number that runs over two boxes, a table's columns
and their names are seen only when neighbours are read together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from taole.privacy.findings import Context, Hit, Kind, MaskPatterns
from taole.privacy.header_rows import is_name
from taole.privacy.identity import is_identity_number
from taole.privacy.masking import masked_value
from taole.privacy.photographs import Line
from taole.privacy.rules import find, find_in_rows
from taole.privacy.searching import SUGGESTIONS

_ALIKE = str.maketrans("OoQDIl|!iZzSsBbGq", "00001111122558669")
_NEARLY_NUMBER = re.compile(r"[0-9OoQDIl|!iZzSsBbGq]{10,}[0-9OoQDIl|!iZzSsBbGqXx×入人乂メ乄]?")
_CHECK_ALIKE = "×入人乂メ乄"
_LONG_RUN = re.compile(r"[0-9]{18,}[Xx]?|[0-9]{17}[Xx]")
_MOSTLY = 0.65


@dataclass(frozen=True)
class LineHit:
    """A hit in a line of a photograph or page; ``hit`` speaks of the line's own text.

    ``whole``: the hit of which this is a part, over several lines; ``is_first``: the part that
    stands for it when it is told.
    """

    line: int
    hit: Hit
    whole: Hit
    is_first: bool = True


def hits_in_lines(lines: Sequence[Line], context: Context, patterns: MaskPatterns) -> list[LineHit]:
    """Personal data in the lines, read as running text and as a table."""
    if not lines:
        return []
    texts = [with_digits_mended(line.text) for line in lines]
    rows = rows_of(lines)
    found = [
        *_in_running_text(lines, texts, rows, context, patterns),
        *_in_columns(lines, texts, rows, context, patterns),
        *_run_together(texts, patterns),
    ]
    kept: list[LineHit] = []
    for one in sorted(found, key=lambda one: -one.hit.confidence):
        if not any(
            other.line == one.line
            and other.hit.start < one.hit.end
            and one.hit.start < other.hit.end
            for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.line, one.hit.start))


def with_digits_mended(text: str) -> str:
    """Letters that engines take for digits, inside long numbers only; the length stays."""

    def mended(match: re.Match[str]) -> str:
        run = match[0]
        if sum(sign.isdigit() for sign in run) < len(run) * _MOSTLY:
            return run
        last = "X" if run[-1] in _CHECK_ALIKE and len(run) == 18 else run[-1]
        return run[:-1].translate(_ALIKE) + last.translate(_ALIKE)

    return _NEARLY_NUMBER.sub(mended, text)


def rows_of(lines: Sequence[Line]) -> list[list[int]]:
    """The indices of the lines, row by row from the top, each from left to right.

    The slant of the whole sheet is taken out first.
    """
    slant = _slant(lines)
    cos, sin = math.cos(-slant), math.sin(-slant)

    def middle(line: Line) -> tuple[float, float]:
        x = sum(x for x, _ in line.corners) / len(line.corners)
        y = sum(y for _, y in line.corners) / len(line.corners)
        return x * cos - y * sin, x * sin + y * cos

    middles = [middle(line) for line in lines]
    heights = [_height(line) for line in lines]
    rows: list[list[int]] = []
    for index in sorted(range(len(lines)), key=lambda index: middles[index][1]):
        if rows:
            last = rows[-1]
            level = sum(middles[other][1] for other in last) / len(last)
            reach = 0.5 * min(heights[index], *(heights[other] for other in last))
            if abs(middles[index][1] - level) < reach:
                last.append(index)
                continue
        rows.append([index])
    return [sorted(row, key=lambda index: middles[index][0]) for row in rows]


def _slant(lines: Sequence[Line]) -> float:
    """The angle of the longer lines, in radians."""
    angles = []
    for line in lines:
        (left, top), (right, bottom) = line.corners[0], line.corners[1]
        if right - left > 3 * _height(line):
            angles.append(math.atan2(bottom - top, right - left))
    return median(angles) if angles else 0.0


def _height(line: Line) -> float:
    (x0, y0), (x3, y3) = line.corners[0], line.corners[-1]
    return max(1.0, math.hypot(x3 - x0, y3 - y0))


def _in_running_text(
    lines: Sequence[Line],
    texts: Sequence[str],
    rows: list[list[int]],
    context: Context,
    patterns: MaskPatterns,
) -> Iterator[LineHit]:
    starts: list[tuple[int, int]] = []
    whole, offset = [], 0
    for row in rows:
        for place, index in enumerate(row):
            starts.append((offset, index))
            following = lines[row[place + 1]] if place + 1 < len(row) else None
            text = texts[index] + _gap(lines[index], following)
            whole.append(text)
            offset += len(text)
    for hit in find("".join(whole), context, patterns):
        is_first = True
        for start, index in starts:
            first = max(hit.start - start, 0)
            last = min(hit.end - start, len(texts[index]))
            if first < last:
                yield _part(hit, index, first, last, texts[index], is_first=is_first)
                is_first = False


def _gap(line: Line, following: Line | None) -> str:
    """What stands between two boxes: a wide gap ends a number."""
    if following is None:
        return "\n"
    return " " if following.left - line.right < 2 * _height(line) else "    "


def _part(
    hit: Hit, index: int, first: int, last: int, text: str, *, is_first: bool = True
) -> LineHit:
    value = text[first:last]
    is_all = last - first == hit.end - hit.start
    masked = hit.masked if is_all else masked_value(hit.kind, value, MaskPatterns(keep={}))
    part = Hit(hit.kind, first, last, value, masked, hit.confidence, hit.suggestion)
    return LineHit(index, part, hit, is_first)


def _in_columns(
    lines: Sequence[Line],
    texts: Sequence[str],
    rows: list[list[int]],
    context: Context,
    patterns: MaskPatterns,
) -> Iterator[LineHit]:
    columns, cells, sources = _table(lines, texts, rows)
    contexts = {name: _for_column(context, name) for name in columns}
    for one in find_in_rows(columns, cells, contexts, patterns):
        offset, is_first = 0, True
        for index in sources[one.row][one.column]:
            first = max(one.hit.start - offset, 0)
            last = min(one.hit.end - offset, len(texts[index]))
            if first < last:
                yield _part(one.hit, index, first, last, texts[index], is_first=is_first)
                is_first = False
            offset += len(texts[index])


def _table(
    lines: Sequence[Line], texts: Sequence[str], rows: list[list[int]]
) -> tuple[list[str], list[list[str]], list[list[list[int]]]]:
    """Column names, cells, and the lines that each cell is made of."""
    head = next((row for row in rows if len(row) >= 3 and _are_names(texts, row)), None)
    if head is None:
        width = max(len(row) for row in rows)
        sources = [[[index] for index in row] for row in rows]
        return [""] * width, [[texts[index] for index in row] for row in rows], sources
    sources = []
    for row in rows[rows.index(head) + 1 :]:
        source: list[list[int]] = [[] for _ in head]
        for index in row:
            source[_nearest(lines[index], [lines[name] for name in head])].append(index)
        sources.append(source)
    cells = [["".join(texts[index] for index in cell) for cell in row] for row in sources]
    return [texts[index] for index in head], cells, sources


def _are_names(texts: Sequence[str], row: list[int]) -> bool:
    return all(is_name(texts[index]) for index in row)


def _for_column(context: Context, name: str) -> Context:
    return Context(name, context.names_forbidden, context.allowed_phones, context.forbidden)


def _nearest(line: Line, heads: Sequence[Line]) -> int:
    middle = (line.left + line.right) / 2
    return min(
        range(len(heads)),
        key=lambda at: abs((heads[at].left + heads[at].right) / 2 - middle),
    )


def _run_together(texts: Sequence[str], patterns: MaskPatterns) -> Iterator[LineHit]:
    """Identity numbers with the next column's digits behind them: engines leave out the gap."""
    for index, text in enumerate(texts):
        for run in _LONG_RUN.finditer(text):
            for start in range(run.start(), run.end() - 17):
                number = text[start : start + 18].upper()
                if is_identity_number(number):
                    hit = Hit(
                        Kind.IDENTITY,
                        start,
                        start + 18,
                        number,
                        masked_value(Kind.IDENTITY, number, patterns),
                        0.9,
                        SUGGESTIONS[Kind.IDENTITY],
                    )
                    yield LineHit(index, hit, hit)
