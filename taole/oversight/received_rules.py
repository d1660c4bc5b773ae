"""A circular as it came, line by line, and whether we saw it coming. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)+")
_LIMIT = re.compile(r"(?:限|应于|务必于|请于)\s*(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_HEADING = re.compile(r"(?:主要)?(?:存在|发现)的?(?:主要)?问题|.*[:：]")
_QUOTED = re.compile(r"[“《]([^”》]+)[”》]")
_DATES = re.compile(
    r"应于[^，]*?前公示|至[^，]*?未公示|\d{4}年|\d{1,2}月(?:\d{1,2}日)?|超期\d+天"
    r"|第?[一二三四1-4]季度|[上下]半年"
)
"""When something was due: all sentences about deadlines are alike in that."""
SHORTEST_LINE = 4
ALIKE = 4
"""Signs in a row that two sentences about the same unit share when they mean the same matter,
apart from the unit's name and from what says when."""


@dataclass(frozen=True)
class ReceivedLine:
    """One problem of a circular: whose, what, and by when it is to be mended if it says so."""

    unit: str
    statement: str
    due_on: date | None = None


def read_lines(text: str, units: Sequence[str], issued_on: date) -> list[ReceivedLine]:
    """The problems of a pasted text, one a line; headings and numbering are taken off.

    A line belongs to the unit that it names first; one that names none belongs to the township
    (an empty ``unit``). Names within longer names lose (东园村 before 园村).
    """
    by_length = sorted(units, key=len, reverse=True)
    found = []
    for written in text.splitlines():
        statement = _NUMBERED.sub("", " ".join(written.split())).strip("；;。 ")
        if len(statement) < SHORTEST_LINE or _HEADING.fullmatch(statement):
            continue
        named = [(statement.index(unit), unit) for unit in by_length if unit in statement]
        found.append(
            ReceivedLine(
                min(named, key=lambda each: each[0])[1] if named else "",
                statement[:400],
                _due(statement, issued_on),
            )
        )
    return found


def _due(statement: str, issued_on: date) -> date | None:
    said = _LIMIT.search(statement)
    if said is None:
        return None
    try:
        due_on = date(int(said[1] or issued_on.year), int(said[2]), int(said[3]))
    except ValueError:
        return None
    return due_on if due_on >= issued_on else None


@dataclass(frozen=True)
class Compared:
    """One line that came, with the one of ours that foresaw it (empty when none did)."""

    unit: str
    statement: str
    foreseen: str


def compare(
    came: Iterable[tuple[str, str]], foreseen: Mapping[str, Sequence[str]]
) -> list[Compared]:
    """Each (unit, statement) that came beside the most alike of what we foresaw for that unit."""
    return [
        Compared(unit, statement, _most_alike(unit, statement, foreseen.get(unit, ())))
        for unit, statement in came
    ]


def _most_alike(unit: str, statement: str, sentences: Sequence[str]) -> str:
    best, length = "", ALIKE - 1
    for each in sentences:
        if not _may_name_the_same(statement, each):
            continue
        matcher = SequenceMatcher(
            None, _matter_of(statement, unit), _matter_of(each, unit), autojunk=False
        )
        shared = matcher.find_longest_match().size
        if shared > length:
            best, length = each, shared
    return best


def _may_name_the_same(one: str, other: str) -> bool:
    """False when both put a name in quotes (a column, a notice) and none is the same."""
    names, others = _QUOTED.findall(one), _QUOTED.findall(other)
    if not names or not others:
        return True
    return any(name in each or each in name for name in names for each in others)


def _matter_of(statement: str, unit: str) -> str:
    return _DATES.sub("", statement.replace(unit, ""))
