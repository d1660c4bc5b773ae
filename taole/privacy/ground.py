"""The ground that is searched: a text, or a table as one text, and what is known of each place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from string import ascii_letters, digits
from typing import NamedTuple

from taole.privacy.findings import PLAIN, Context, Kind
from taole.privacy.folding import CELL, ROW, visible
from taole.privacy.labels import Label, column_label, label_spans

_STRICT_GAP = re.compile(r"[^。；;，,！!？?\n\x1e\x1f]{0,18}|[ \t\r\n\xa0\u3000：:]{0,6}")
_WIDE_GAP = re.compile(
    r"[^。；;！!？?\n\x1e\x1f]{0,44}|[ \t\r\n\xa0\u3000：:]{0,6}"
    r"|[ \t\r\n0-9\-－—、，,/：:或及和()（）]{0,44}"
)
_FARTHEST = 44
_TOO_FAR = "\x1e"
_FOREIGN = re.compile(
    r"时间|日期|金额|编号|单号|代码|面积|人数|户数|共计|合计|余额|资金|收入|支出|截至|截止"
)
_SERVED = re.compile(r"[0-9]\s?[元亩]")
_GAPS = re.compile(r"(?<=[0-9])[^0-9]+(?=[0-9])")
_CODE_LENGTH = 40
_CODE_SIGNS = frozenset(ascii_letters + digits + "_-")
_STARS = ("*", "＊")
_TOKEN = re.compile(r"[0-9A-Za-z_\-]*")
_ADDRESS_SIGN = re.compile(r"[!-~]*\Z")
_ASKED_IN_LINK = re.compile(r"(?:tel|phone|mobile|card)=\Z", re.IGNORECASE)
_SPOKEN = frozenset(
    {
        *("TEL", "PHONE", "MOBILE", "MOB", "CALL", "T", "M", "WX", "VX", "V", "WEIXIN"),
        *("ID", "IDCARD", "IDNO", "SFZ", "CARD", "CARDNO", "NO", "X", "XX"),
    }
)


class Found(NamedTuple):
    """A stretch of the ground that is personal data; ``confidence`` between 0 and 1."""

    kind: Kind
    start: int
    end: int
    confidence: float


@dataclass
class Ground:
    """A text and the context of its places.

    ``contexts`` holds one context for a running text, or one for each column of a table whose
    ``rows`` stand in ``text`` with CELL between cells and ROW between rows.
    """

    text: str
    contexts: Sequence[Context]
    rows: Sequence[Sequence[str]] | None = field(default=None, repr=False)

    def without_invisible(self) -> Ground:
        """The same ground without signs that have no width."""
        rows = self.rows and [[visible(cell) for cell in row] for row in self.rows]
        return Ground(visible(self.text), self.contexts, rows)

    @cached_property
    def starts(self) -> list[int]:
        """Where each cell begins, row after row."""
        lengths = (len(cell) + 1 for row in self.rows or () for cell in row or ("",))
        return [0, *accumulate(lengths)][:-1]

    @cached_property
    def cells(self) -> list[tuple[int, int]]:
        """The row and the column of each cell in ``starts``."""
        return [(at, to) for at, row in enumerate(self.rows or ()) for to in range(len(row) or 1)]

    @cached_property
    def announcing(self) -> list[Label | None]:
        """What the column of each cell in ``starts`` announces."""
        width = max((len(row) for row in self.rows or ()), default=0) or 1
        labels = [*self.column_labels, *[None] * width]
        return [label for row in self.rows or () for label in labels[: len(row) or 1]]

    def cell_at(self, place: int) -> int:
        """The index in ``starts`` of the cell that holds this place."""
        return bisect_right(self.starts, place) - 1

    @cached_property
    def column_labels(self) -> list[Label | None]:
        """What the column of each context announces; a name alone announces no number."""
        labels = [column_label(context.column) for context in self.contexts]
        return [None if label is Label.NAME else label for label in labels]

    @cached_property
    def label_ends(self) -> list[int]:
        """Where each of the ``labels`` ends."""
        return [end for _, end, _ in self.labels]

    @cached_property
    def _governing(self) -> dict[int, Label | None]:
        return {}

    def context_at(self, place: int) -> Context:
        if self.rows is None:
            return self.contexts[0]
        column = self.cells[self.cell_at(place)][1]
        return self.contexts[column] if column < len(self.contexts) else PLAIN

    def cells_of(self, wanted: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
        """Each cell whose column is wanted, with the place where it begins; a text is one cell."""
        if self.rows is None:
            if wanted(self.contexts[0].column):
                yield 0, self.text
            return
        columns = {at for at, one in enumerate(self.contexts) if wanted(one.column)}
        if not columns:
            return
        for start, (row, column) in zip(self.starts, self.cells, strict=True):
            if column in columns and self.rows[row]:
                yield start, self.rows[row][column]

    def sentence_before(self, place: int, most: int = 48) -> str:
        """What stands before a place in its own cell, line after line, ``most`` signs of it."""
        before = self.text[max(0, place - most) : place]
        if self.rows is not None:
            before = before[max(before.rfind(CELL), before.rfind(ROW)) + 1 :]
        return before

    @cached_property
    def labels(self) -> list[tuple[int, int, Label]]:
        """The labels in the text, in their order."""
        return label_spans(self.text)

    @cached_property
    def announced(self) -> frozenset[Label]:
        """Every label that stands in the text or is announced by a column."""
        columns = [column_label(context.column) for context in self.contexts]
        return frozenset(
            [label for label in columns if label] + [label for _, _, label in self.labels]
        )

    def governing(self, place: int) -> Label | None:
        """The label that governs the number at a place: the nearest before it, or its column's.

        A label reaches to the end of its clause; that of phones over a list of numbers. In a table
        the cell to the left counts too, as in forms (电话 | 0952…).
        """
        known = self._governing
        if place not in known:
            known[place] = self._label_before(place)
        return known[place]

    def _label_before(self, place: int) -> Label | None:
        at = bisect_right(self.label_ends, place) - 1 if self.labels else -1
        named = at >= 0 and self.labels[at][2] is Label.NAME
        while at >= 0 and self.labels[at][2] is Label.NAME:
            at -= 1
        if at >= 0:
            begin, end, label = self.labels[at]
            if label is Label.PHONE and at and self.labels[at - 1][2] is Label.OFFICE_PHONE:
                between = self.text[self.labels[at - 1][1] : begin]
                label = Label.OFFICE_PHONE if not between.strip("：: （(") else label
            gap = self.text[end:place] if place - end <= _FARTHEST else _TOO_FAR
            pattern = _WIDE_GAP if label in (Label.OFFICE_PHONE, Label.PHONE) else _STRICT_GAP
            foreign = (label is Label.ACCOUNT and _FOREIGN.search(gap)) or (
                label is Label.OTHER and (named or _SERVED.search(gap))
            )
            if pattern.fullmatch(gap) and not foreign:
                return label
        announced = (
            self.column_labels[0] if self.rows is None else self.announcing[self.cell_at(place)]
        )
        if announced is not None:
            return announced
        left = self.cell_before(place)
        return column_label(left) if 0 < len(left) <= 12 and not left.isdigit() else None

    def cell_before(self, place: int) -> str:
        """The text of the cell to the left, when the place begins its own cell; else ""."""
        if self.rows is None:
            return ""
        at = self.cell_at(place)
        if at == 0 or self.cells[at - 1][0] != self.cells[at][0]:
            return ""
        if self.text[self.starts[at] : place].strip():
            return ""
        return self.text[self.starts[at - 1] : self.starts[at] - 1]


def in_a_code(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a longer code of letters and digits: a UUID, an order, a hash."""
    if text[start - 1 : start] not in _CODE_SIGNS and text[end : end + 1] not in _CODE_SIGNS:
        return False
    before = start
    while before > start - _CODE_LENGTH and before and text[before - 1] in _CODE_SIGNS:
        before -= 1
    match = _TOKEN.match(text, end, end + _CODE_LENGTH)
    after = match.end() if match else end
    if before == start and after == end:
        return False
    around = text[before:start] + " " + text[end:after]
    letters = re.findall(r"[A-Za-z]+", around)
    return any(word.upper() not in _SPOKEN for word in letters)


def in_a_link(text: str, start: int) -> bool:
    """Whether a place stands inside the address of a page."""
    before = text[max(0, start - 200) : start]
    if "://" not in before and "www." not in before:
        return False
    match = _ADDRESS_SIGN.search(before)
    token = match[0] if match else ""
    if _ASKED_IN_LINK.search(token):
        return False
    return "://" in token or "www." in token


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether digits go on before or after a number by the very sign that stands between its own.

    So part of a card whose digits stand apart is no phone. Signs without width always join.
    """
    gaps = {gap for gap in _GAPS.findall(text[start:end]) if "\n" not in gap} | {"\u200b"}
    for gap in gaps:
        if text.startswith(gap, end) and text[end + len(gap) :][:1].isdigit():
            return True
        before = text[max(0, start - len(gap) - 1) : start]
        if before.endswith(gap) and before[:1].isdigit():
            return True
    return False


def is_masked_rest(text: str, start: int, end: int) -> bool:
    """Whether a number is what masking left over: stars stand before or after it."""
    if text[max(0, start - 1) : start] not in _STARS and text[end : end + 1] not in _STARS:
        return False
    before = start
    while before and text[before - 1] in "*＊":
        before -= 1
    after = end
    while after < len(text) and text[after] in "*＊":
        after += 1
    if start - before >= 4 or after - end >= 4:
        return True
    return (before < start and text[before - 1 : before].isdigit()) or (
        after > end and text[after : after + 1].isdigit()
    )
