"""A circular as running text, line by line: what is a problem in it, whose, and by when. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taole.core.words import N_, Sentence, sentence
from taole.rectification_lists.days import read_due
from taole.rectification_lists.units import UnitNames

_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)+")
_LIMIT = re.compile(
    r"(?:限|应于|务必于|请于|须于|务于|整改时限[:：]?|整改期限[:：]?)\s*((?:\d{4}年)?\d{1,2}月\d{1,2}日)"
    r"|((?:\d{4}年)?\d{1,2}月\d{1,2}日)前(?:整改|完成|改)"
)
_HEADING = re.compile(r".{0,12}(?:存在|发现)的?(?:主要|突出|具体)?问题(?:[和及].{1,8})?|.*[:：]")
_PROBLEMS = re.compile(r"[一二三四五六七八九十]+、\s*.{0,12}(?:问题|不足|扣分|情况通报).{0,8}")
_SECTION = re.compile(r"[一二三四五六七八九十]+、\s*.{1,30}")
_AFTER = re.compile(
    r"附件[:：]?.*|(?:特此|以上)(?:通报|通知).*|.{2,30}(?:办公室|领导小组|人民政府)|\d{4}年\d{1,2}月\d{1,2}日"
)
_PIECES = re.compile(r"[；;。]")
_PARTED = re.compile(r"[；;]|(?:^|(?<=[，,。；;：]))\s*[（(]?\d{1,2}[）)、.．](?!\d)")
_NOTHING = re.compile(r"(?:未发现|没有发现|无|暂无)(?:明显|任何)?(?:问题)?")
SHORTEST_LINE = 4


@dataclass(frozen=True)
class TextLine:
    """One problem of a text: whose (codes; empty: it names nobody), what, and by when."""

    number: int
    units: tuple[str, ...]
    statement: str
    due_on: date | None = None


@dataclass(frozen=True)
class TextRead:
    """What was read of a text: its problems, and the lines that are none, each with the reason."""

    lines: list[TextLine]
    left_out: list[tuple[int, str, Sentence]]


def read_text(text: str | Sequence[str], units: UnitNames, issued_on: date) -> TextRead:
    """The problems of a pasted circular, one a line; numbering is taken off.

    Where the text has a section on the problems, only its lines count. A line whose sentences are
    each about a unit of their own is taken apart. Names within longer names lose.
    """
    written = text.splitlines() if isinstance(text, str) else list(text)
    numbered = [(at, " ".join(line.split())) for at, line in enumerate(written, 1)]
    numbered = [(at, line) for at, line in numbered if line]
    has_section = any(_PROBLEMS.fullmatch(line) for _at, line in numbered)
    found = TextRead([], [])
    inside = not has_section
    about: tuple[str, ...] = ()
    for at, line in numbered:
        statement = _NUMBERED.sub("", line).strip("；;。 ")
        heading = _about(statement, units)
        if has_section and heading is None and _SECTION.fullmatch(line):
            inside, about = bool(_PROBLEMS.fullmatch(line)), ()
        if heading is not None:
            about, statement = heading
        reason = _no_problem(statement, inside)
        if reason is not None:
            found.left_out.append((at, line[:60], reason))
        elif about:
            found.lines.extend(_listed(at, about, statement, units, issued_on))
        else:
            found.lines.extend(_lines(at, statement, units, issued_on))
    return found


def _about(statement: str, units: UnitNames) -> tuple[tuple[str, ...], str] | None:
    """The units that a line is headed by (东园村：1.公开栏未更新), and the rest of it."""
    head, _colon, rest = statement.replace(":", "：").partition("：")
    if len(head) > 30 or not units.are_names(head):
        return None
    return units.find(head).codes, rest.strip()


def _listed(
    at: int, about: tuple[str, ...], statement: str, units: UnitNames, issued_on: date
) -> list[TextLine]:
    """The problems of a line that stands under a unit's name, parted by ； or their numbers."""
    pieces = [piece.strip(" ，,。；;") for piece in _PARTED.split(statement)]
    return [
        TextLine(at, units.named_in(piece) or about, piece[:400], due_in(piece, issued_on))
        for piece in pieces
        if len(piece) >= SHORTEST_LINE and not _NOTHING.fullmatch(piece)
    ]


def _no_problem(statement: str, inside: bool) -> Sentence | None:
    if _NOTHING.fullmatch(statement):
        return sentence(N_("写的是没有问题"))
    if not statement:
        return sentence(N_("是小标题"))
    if len(statement) < SHORTEST_LINE:
        return sentence(N_("太短，不像一个问题"))
    if _HEADING.fullmatch(statement):
        return sentence(N_("是小标题"))
    if not inside:
        return sentence(N_("不在“存在的问题”这一节里"))
    if _AFTER.fullmatch(statement):
        return sentence(N_("是附件或落款"))
    return None


def _lines(at: int, statement: str, units: UnitNames, issued_on: date) -> list[TextLine]:
    pieces = [piece.strip() for piece in _PIECES.split(statement) if piece.strip()]
    named = [(piece, units.named_in(piece)) for piece in pieces]
    if sum(1 for _piece, codes in named if codes) < 2:
        named = [(statement, units.named_in(statement))]
    else:
        named = _gathered(named)
    return [
        TextLine(at, codes, piece[:400], due_in(piece, issued_on))
        for piece, codes in named
        if len(piece) >= SHORTEST_LINE
    ]


def _gathered(named: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Sentences that name nobody belong to the one before; the first of them is a heading."""
    gathered: list[tuple[str, tuple[str, ...]]] = []
    for piece, codes in named:
        if codes:
            gathered.append((piece, codes))
        elif gathered:
            gathered[-1] = (f"{gathered[-1][0]}；{piece}", gathered[-1][1])
    return gathered


def due_in(statement: str, issued_on: date) -> date | None:
    """The day by which a sentence asks for mending, unless it is over."""
    said = _LIMIT.search(statement)
    if said is None:
        return None
    day = read_due(said[1] or said[2], issued_on)[0]
    return day if day is not None and day >= issued_on else None
