"""Several problems in one cell, numbered 1. 2. 3. or 一是 二是: one each, or one, as is answered.
Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from taole.core.words import N_, quoted, sentence
from taole.rectification_lists.fields import Field
from taole.rectification_lists.list_rows import ListRow, places_of
from taole.rectification_lists.tables import Option, Question

_KEY, _APART, _ONE = "several", "apart", "one"
_SIGNS = (
    r"(?:第?{n}[、.．)）](?!\d)|[(（]{n}[)）])",
    r"[(（]?{c}[)）、.．]",
    r"{c}是",
    r"{o}",
)
_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_PAIRED = (Field.MEASURES, Field.DEMAND, Field.DUE, Field.PROGRESS, Field.OWNER, Field.PROOF_LINK)
_END = " ，,；;。"


def pieces_of(text: str) -> list[str]:
    """What is numbered in a text, its numbers taken off; words before the first go with each.

    A text that is not numbered from one on is one piece.
    """
    for sign in _SIGNS:
        starts = _starts(text, sign)
        if len(starts) < 2:
            continue
        before = text[: starts[0][0]].strip()
        if before and before[-1] not in "：:。；;":
            continue
        ends = [start for start, _end in starts[1:]] + [len(text)]
        found = [text[end:until].strip(_END) for (_s, end), until in zip(starts, ends, strict=True)]
        if all(found):
            return [f"{before}{piece}" for piece in found]
    return [text]


def _starts(text: str, sign: str) -> list[tuple[int, int]]:
    starts: list[tuple[int, int]] = []
    at = 0
    for number, (chinese, circled) in enumerate(zip(_CHINESE, _CIRCLED, strict=True), 1):
        form = r"(?<!\d)" + sign.format(n=number, c=chinese, o=circled)
        found = re.compile(form).search(text, at)
        if found is None:
            break
        starts.append(found.span())
        at = found.end()
    return starts


def taken_apart(
    rows: Sequence[ListRow], answers: Mapping[str, str]
) -> tuple[list[ListRow], list[Question]]:
    """The rows with each numbered problem for itself if a person wants it so, and the question."""
    several = [row for row in rows if len(pieces_of(row.statement)) > 1]
    if not several:
        return list(rows), []
    question = Question(
        _KEY,
        sentence(
            N_("%(places)s一格里写了几个问题（“%(text)s”）：分开记吗？"),
            places=places_of(row.rows[0] for row in several),
            text=quoted(several[0].statement, 30),
        ),
        (
            Option(_APART, sentence(N_("分开，每个问题记一条"))),
            Option(_ONE, sentence(N_("不分，一格记一条"))),
        ),
        _APART,
    ).answered(answers)
    if question.answer != _APART:
        return list(rows), [question]
    return [each for row in rows for each in _apart(row)], [question]


def _apart(row: ListRow) -> list[ListRow]:
    """A row for each problem; measures and days that are numbered alike go with theirs."""
    found = pieces_of(row.statement)
    cells = [{**row.cells, Field.STATEMENT: piece} for piece in found]
    for wanted in _PAIRED:
        said = pieces_of(row.says(wanted))
        if len(found) > 1 and len(said) == len(found):
            for each, piece in zip(cells, said, strict=True):
                each[wanted] = piece
    return [replace(row, cells=each) for each in cells]
