"""Whether we saw a circular coming that came. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_QUOTED = re.compile(r"[“《]([^”》]+)[”》]")
_DATES = re.compile(
    r"应于[^，]*?前公示|至[^，]*?未公示|\d{4}年|\d{1,2}月(?:\d{1,2}日)?|超期\d+天"
    r"|第?[一二三四1-4]季度|[上下]半年"
)
"""When something was due: all sentences about deadlines are alike in that."""
ALIKE = 4
"""Signs in a row that two sentences about the same unit share when they mean the same matter,
apart from the unit's name and from what says when."""


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
