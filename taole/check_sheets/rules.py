"""What is decided about a check sheet: what its lines are about, their ties, their points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto

from taole.check_sheets.workflow import LineResult, Relation
from taole.documents.columns import plain_name

MOST_OVERLAPS = 3
_SHORTEST_PART = 3
_SHARED = 0.5
_SAID_SHORT = {
    "低保": "最低生活保障",
    "五保": "特困人员",
    "一事一议": "筹资筹劳",
    "三资": "资产资源",
}
_FILLING = re.compile(
    "村务公开|党务公开|是否|有没有|及时|按时|准确|完整|规范|到位|全面|真实|公开|公示|公布|情况|"
    "落实|农村|村级|本村|村里|相关|有关|内容|事项|信息|名单|的|并|等$"
)


class Concern(StrEnum):
    """What a line looks for, as far as the system can know; EYES: only somebody who is there."""

    PUBLISHED = auto()
    ON_TIME = auto()
    PHOTOGRAPH = auto()
    HANGING = auto()
    PERSONAL_DATA = auto()
    TEMPLATE = auto()
    EYES = auto()


PERSONAL_KINDS = frozenset(
    {
        "identity-number",
        "bank-account",
        "mobile-number",
        "home-address",
        "social-card",
        "health-education",
    }
)
_OF_KIND = {
    "no-finance": Concern.PUBLISHED,
    "fees-hidden": Concern.PUBLISHED,
    "selective": Concern.PUBLISHED,
    "late": Concern.ON_TIME,
    "interval-long": Concern.ON_TIME,
    "never-taken-down": Concern.HANGING,
    "no-template": Concern.TEMPLATE,
    **dict.fromkeys(PERSONAL_KINDS, Concern.PERSONAL_DATA),
}
_TOLD_BY: tuple[tuple[str, Concern], ...] = (
    ("个人信息|隐私|身份证|银行卡|一卡通账号|手机号", Concern.PERSONAL_DATA),
    ("照片|拍照|影像|留痕", Concern.PHOTOGRAPH),
    ("撤下|公示期|公示天数|公示时间|张贴时间", Concern.HANGING),
    ("统一表格|统一模板|统一格式|规范表格", Concern.TEMPLATE),
    ("及时|按时|逾期|超期|时限|滞后", Concern.ON_TIME),
)
_KIND_TOLD_BY: tuple[tuple[str, str], ...] = (
    ("身份证", "identity-number"),
    ("银行|一卡通|账号", "bank-account"),
    ("手机号|电话号码", "mobile-number"),
    ("住址|门牌", "home-address"),
    ("社保卡|社会保障卡", "social-card"),
    ("健康|疾病|学历", "health-education"),
    ("撤下", "never-taken-down"),
    ("统一表格|统一模板|统一格式", "no-template"),
    ("破损|完好|看不清|看得清|整洁", "board-damaged"),
    ("遮挡|遮盖|广告", "board-covered"),
    ("错别字|敏感词", "typos"),
    ("断链|错链|外链", "links"),
    ("监委|签字|程序", "procedure-skipped"),
    ("档案|归档|资料", "papers-unsorted"),
    ("及时|按时|逾期|超期|滞后", "late"),
)


@dataclass(frozen=True)
class Known:
    """An item of the catalogue as the ties look at it."""

    code: str
    title: str
    section: str


def core(title: str) -> str:
    """What a title is about: without brackets, without 是否 及时 公开 and the like."""
    plain = plain_name(title)
    for short, whole in _SAID_SHORT.items():
        if whole not in plain:
            plain = plain.replace(short, whole)
    return _FILLING.sub("", plain) or plain


def propose_ties(title: str, items: Iterable[Known]) -> dict[str, Relation]:
    """Which items a line is about, by names alone; a person looks at what is proposed.

    The same name is EQUAL; an item whose name holds the line's: the line is PART_OF it; a line
    that names an item, or a whole section, COVERS it; half of the shorter name in common OVERLAPS.
    """
    known = list(items)
    line, told = core(title), plain_name(title)
    equal = {each.code for each in known if told == plain_name(each.title)} or {
        each.code for each in known if line == core(each.title)
    }
    if equal:
        return dict.fromkeys(equal, Relation.EQUAL)
    ties: dict[str, Relation] = {}
    near: list[tuple[float, str]] = []
    for each in known:
        name = core(each.title)
        if line == _section(each.section):
            ties[each.code] = Relation.COVERS
        elif len(line) >= _SHORTEST_PART and line in name:
            ties[each.code] = Relation.PART_OF
        elif len(name) >= _SHORTEST_PART and name in line:
            ties[each.code] = Relation.COVERS
        else:
            near.append((_common(line, name), each.code))
    if not ties:
        near.sort(key=lambda pair: (-pair[0], pair[1]))
        ties = {code: Relation.OVERLAPS for share, code in near[:MOST_OVERLAPS] if share >= _SHARED}
    return ties


def guess_kind(title: str) -> str:
    """The code of the kind of problem that a line's title tells of; empty when none."""
    return next((kind for words, kind in _KIND_TOLD_BY if re.search(words, title)), "")


def concern_of(title: str, problem_kind: str, *, is_tied: bool) -> Concern:
    """What the line looks for: its kind of problem says it, else its title, else its ties."""
    if problem_kind in _OF_KIND:
        return _OF_KIND[problem_kind]
    told = next((each for words, each in _TOLD_BY if re.search(words, title)), None)
    if told is not None and not problem_kind:
        return told
    return Concern.PUBLISHED if is_tied and not problem_kind else Concern.EYES


def points_of(weight: Decimal, result: LineResult) -> Decimal | None:
    """The points of a line: all of its weight, none for a problem, None where nobody looked."""
    match result:
        case LineResult.FINE:
            return weight
        case LineResult.PROBLEM:
            return Decimal(0)
    return None


@dataclass(frozen=True)
class Total:
    """Points got, of how many that were looked at; ``vetoed``: a line that vetoes has a problem."""

    got: Decimal
    of: Decimal
    vetoed: bool


def total(marks: Sequence[tuple[Decimal, bool, LineResult, Decimal | None]]) -> Total:
    """The points of a visit. Each mark is (weight, is_veto, result, points)."""
    looked = [each for each in marks if each[3] is not None]
    return Total(
        sum((points for *_, points in looked if points is not None), Decimal(0)),
        sum((weight for weight, *_ in looked), Decimal(0)),
        any(veto and result is LineResult.PROBLEM for _, veto, result, _ in marks),
    )


def _section(name: str) -> str:
    plain = plain_name(name)
    return plain.removesuffix("管理").removesuffix("建设") or plain


def _common(one: str, other: str) -> float:
    """The share of the shorter name's pairs of signs that stand in both; 0 below two pairs."""
    mine, theirs = _pairs(one), _pairs(other)
    both = len(mine & theirs)
    return both / min(len(mine), len(theirs)) if both > 1 else 0.0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
