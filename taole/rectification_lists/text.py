"""A circular as running text, line by line: what is a problem in it, whose, and by when. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from taole.core.words import N_, Sentence, sentence
from taole.rectification_lists.days import read_due
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import sure_field
from taole.rectification_lists.labelled import label_of
from taole.rectification_lists.several import pieces_of
from taole.rectification_lists.units import UnitNames
from taole.rectification_lists.values import says_nothing

_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)+")
_LIMIT = re.compile(
    r"(?:限|应于|务必于|请于|须于|务于|整改时限[:：]?|整改期限[:：]?)\s*((?:\d{4}年)?\d{1,2}月\d{1,2}日)"
    r"|((?:\d{4}年)?\d{1,2}月\d{1,2}日)前(?:整改|完成|改)"
)
_NO_PROBLEMS = (Field.DUE, Field.MEASURES, Field.DEMAND, Field.OWNER, Field.LEADER, Field.LEAD)
_BEFORE = re.compile(r"((?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末))之?前")
_HEADING = re.compile(
    r".{0,12}(?:存在|发现)的?(?:主要|突出|具体)?问题(?:[和及].{1,8})?|(?:主要|具体|突出|共性|个性)问题|.*[:：]"
    r"|【[^【】]+】|[^。；;]{0,30}(?:以下|如下|下列).{0,4}(?:问题|不足)(?:[，,].{0,20})?|关于.{2,60}的(?:通报|通知|反馈|反馈意见|报告|(?:提示|提醒|督办)?函|提示|提醒)"
)
_PAPER = re.compile(
    r"[^未没不无缺]{0,40}(?:通知书?|专报|通报|简报|清单|台账|函|反馈|意见|报告|[反馈交督]{1,2}[馈办]单)"
    r"|[^未没不无缺]{0,30}(?:检查|督查|抽查|通报|反馈|测评|评估|监测|考核).{0,6}问题"
)
_ASKS = re.compile(
    r"(?:请(?![假销示休])|收到(?:请|后|回|$)|务必|以上|上述|望|辛苦|各[村单乡镇位社区]{1,4}(?:要|请|务必|须|抓紧)).*"
    r"|(?:要求|务必)?(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)|.{1,4}日)之?前.{0,8}(?:整改|完成|报|发).{0,12}"
    r"|(?:[本这下]?(?:周|星期)[一二三四五六日天末]|[今明后]天|[本这]?月底)之?前.{0,16}"
)
_PROBLEMS = re.compile(r"[一二三四五六七八九十]+、\s*.{0,12}(?:问题|不足|扣分|情况通报).{0,8}")
_SECTION = re.compile(r"[一二三四五六七八九十]+、\s*.{1,30}")
_AFTER = re.compile(
    r"附件[:：]?.*|(?:特此|以上)(?:通报|通知).*|[^，,。；;未没无不缺]{2,30}(?:办公室|领导小组|人民政府)"
    r"|(?:[\u4e00-\u9fff]{2,20}(?:办|室|府|局|委|中心|组))?\s*\d{4}年\d{1,2}月\d{1,2}日|第\d{1,3}期"
)
_PEER = re.compile("[^；;。]+[；;]")
_GROUP, _IN_GROUP = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"), re.compile(r"1[.．、]")
_PIECES = re.compile(r"[；;。]")
_PARTED = re.compile(r"[；;]|(?:^|(?<=[，,。；;：]))\s*[（(]?\d{1,2}[）)、.．](?!\d)")
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
    has_section = any(_opens(line, units) for _at, line in numbered)
    found = TextRead([], [])
    inside = not has_section
    about: tuple[str, ...] = ()
    followed = {at: line for (at, _line), (_at, line) in pairwise(numbered)}
    for at, line in numbered:
        label, said = label_of(line)
        is_problem = said and sure_field(label) is Field.STATEMENT
        statement = (said if is_problem else _NUMBERED.sub("", line)).strip("；;。 ")
        heading = _about(statement, units)
        if has_section and heading is None and _SECTION.fullmatch(line):
            inside, about = _opens(line, units), ()
            if inside:
                statement = ""
        if heading is not None:
            about, statement = heading
        reason = _no_problem(statement, inside, units)
        if at == numbered[0][0] and _PAPER.fullmatch(statement) and not units.named_in(statement):
            reason = sentence(N_("是小标题"))
        if _GROUP.match(line) and _IN_GROUP.match(followed.get(at, "")):
            reason = reason if units.named_in(line) else sentence(N_("是小标题"))
        if reason is not None:
            found.left_out.append((at, line[:60], reason))
        elif about:
            found.lines.extend(_listed(at, about, statement, units, issued_on))
        else:
            parts = pieces_of(line)
            for part in parts if len(parts) > 1 else [statement]:
                found.lines.extend(_lines(at, part, units, issued_on))
    kept = {line.number for line in found.lines}
    return _with_common_day(found, [line for at, line in numbered if at not in kept], issued_on)


def has_problems(lines: Sequence[str]) -> bool:
    """Whether a text has a section on the problems that were found."""
    return any(_PROBLEMS.fullmatch(" ".join(line.split())) for line in lines)


def _opens(line: str, units: UnitNames) -> bool:
    """Whether a line heads the section of problems (and is none itself: 一、东园村问题突出)."""
    return bool(_PROBLEMS.fullmatch(line)) and not units.named_in(line)


def common_day(lines: Iterable[str], issued_on: date) -> date | None:
    """The day that the lines around problems ask for, if they ask for one."""
    days = {day for line in lines if (day := asked_day(line, issued_on)) is not None}
    return days.pop() if len(days) == 1 else None


def _with_common_day(found: TextRead, lines: Sequence[str], issued_on: date) -> TextRead:
    """The one day that is asked of all (请于9月20日前整改) for the problems that name none."""
    common = common_day(lines, issued_on)
    if common is None:
        return found
    told = [replace(line, due_on=line.due_on or common) for line in found.lines]
    return TextRead(told, found.left_out)


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
        if len(piece) >= SHORTEST_LINE and not says_nothing(piece)
    ]


def _no_problem(statement: str, inside: bool, units: UnitNames) -> Sentence | None:
    if statement and says_nothing(statement):
        return sentence(N_("写的是没有问题"))
    if not statement or sure_field(statement):
        return sentence(N_("是小标题"))
    if len(statement) < SHORTEST_LINE:
        return sentence(N_("太短，不像一个问题"))
    if _HEADING.fullmatch(statement):
        return sentence(N_("是小标题"))
    if not inside:
        return sentence(N_("不在“存在的问题”这一节里"))
    if _AFTER.fullmatch(statement):
        return sentence(N_("是附件或落款"))
    is_asked = _ASKS.fullmatch(statement) and not units.named_in(statement)
    if is_asked or sure_field(label_of(statement)[0]) in _NO_PROBLEMS:
        return sentence(N_("是要求，不是问题"))
    return None


def _lines(at: int, statement: str, units: UnitNames, issued_on: date) -> list[TextLine]:
    return [
        TextLine(at, codes, piece[:400], due_in(piece, issued_on))
        for piece, codes in by_unit(statement, units)
        if len(piece) >= SHORTEST_LINE and not says_nothing(piece)
    ]


def by_unit(statement: str, units: UnitNames) -> list[tuple[str, tuple[str, ...]]]:
    """A text taken apart where its sentences are each about a unit of their own."""
    pieces = [
        part
        for piece in _PIECES.split(statement)
        if piece.strip()
        for part in _clauses(piece.strip(), units)
    ]
    named = [(piece, units.named_in(piece)) for piece in pieces]
    if sum(1 for _piece, codes in named if codes) < 2:
        return [(statement, units.named_in(statement))]
    is_peer = bool(_PEER.match(statement))  # no heading: 栏目空白；东园村没更新
    return [named[0], *_gathered(named[1:])] if is_peer else _gathered(named)


def _clauses(piece: str, units: UnitNames) -> list[str]:
    """东园村没更新，王家庄村没公示: parted before each clause that begins with a unit's name."""
    clauses: list[str] = []
    for part in re.split("[，,]", piece):
        if clauses and not units.begins(part.strip()):
            clauses[-1] = f"{clauses[-1]}，{part}"
        else:
            clauses.append(part.strip())
    return clauses


def _gathered(named: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Sentences that name nobody belong to the one before; the first of them is a heading."""
    gathered: list[tuple[str, tuple[str, ...]]] = []
    for piece, codes in named:
        if codes:
            gathered.append((piece, codes))
        elif gathered:
            gathered[-1] = (f"{gathered[-1][0]}；{piece}", gathered[-1][1])
    return gathered


def asked_day(text: str, issued_on: date) -> date | None:
    """The day before which a demand asks for something, unless it is over."""
    said = _BEFORE.search(text)
    day = read_due(said[1], issued_on)[0] if said else None
    return due_in(text, issued_on) or (day if day is not None and day >= issued_on else None)


def due_in(statement: str, issued_on: date) -> date | None:
    """The day by which a sentence asks for mending, unless it is over."""
    said = _LIMIT.search(statement)
    if said is None:
        return None
    day = read_due(said[1] or said[2], issued_on)[0]
    return day if day is not None and day >= issued_on else None
