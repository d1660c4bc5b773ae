"""A template derived from the words of a catalogue's 公开内容, where none was shipped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from taole.catalogue.template_names import forbidden_word
from taole.catalogue.unified_template import NUMERIC, CellKind, Field, UnifiedTemplate

_SAID_ELSEWHERE = re.compile(
    r"公示(?:起止|期|时间)|监督|举报|异议|反馈渠道|公示单位|落款|^序号$|^编号$|^附件"
)
_LIST = re.compile(r"(.*?)[（(]([^（）()]*[、，,][^（）()]*)[）)]$")
_LISTED_ROWS = re.compile(r"结果|名单|明细|清单|花名册|发放信息|资金信息|情况表|一览|公示表|台账")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]$")
_UNIT = re.compile(r"(?:单位[：:])?(万?元(?:/\S+)?|亩|平方米|㎡|户|人次?|个|台|公斤|吨|天)$")
_PROSE = re.compile(
    r"依据|条件|材料|流程|程序|正文|全文|指南|要点|报告|章程|制度|政策|方案$|须知|简介|职责|办法"
)
_KINDS: tuple[tuple[CellKind, str, str], ...] = (
    (CellKind.PHONE, "", r"电话|手机|联系方式"),
    (CellKind.DAY, "", r"(?:日期|时间)$"),
    (CellKind.COUNT, "户", r"户数$"),
    (CellKind.COUNT, "人次", r"人次$"),
    (CellKind.COUNT, "人", r"人数$|人口$|人员数量|成员数量"),
    (CellKind.COUNT, "票", r"票数$"),
    (CellKind.AREA, "亩", r"面积$|亩数$"),
    (
        CellKind.AMOUNT,
        "元",
        r"金额|[总数]额$|补贴额$|资金$|收入$|支出$|经费$|费用$|报酬$|余额$|结余$|价格$|造价$"
        r"|[预决]算$|(?:应|实)(?:收|发|付)$|补助资金|期[初末]数",
    ),
    (
        CellKind.NAME,
        "",
        r"姓名|户主|申请人$|经手人$|负责人$|责任人$|联系人$|当选人$|对象名单|^救助对象$|^成员$",
    ),
)
_OF_TABLES = NUMERIC | {CellKind.NAME}
_NOT_SUMMED = re.compile(r"标准|单价|价格|期[初末]数|余额|结余|应到|实到|得票|票数")
_RATE = re.compile(r"(?:补贴|补助|发放|缴费|收费)?标准$|单价$")


def derived_template(content: Iterable[str], must_not: Sequence[str] = ()) -> UnifiedTemplate:
    """The template that a matter's contents suggest.

    Lists in brackets become columns (补贴结果（户主姓名、面积、标准、金额）); what is told in prose
    becomes an optional head field; what every notice says anyway (公示期, 监督电话) is left out.
    What must not be published gets no field. Without a name or a number there is no table;
    without contents (a column of the website) there is nothing but the prose.
    """
    head: dict[str, Field] = {}
    columns: dict[str, Field] = {}
    for name, hint, unit in _parts(content):
        if forbidden_word(name, must_not):
            continue
        field = _guess(name, hint, unit)
        is_prose = _PROSE.search(name) and field.kind is CellKind.TEXT
        (head if is_prose else columns).setdefault(field.name, field)
    if not head and not columns:
        return UnifiedTemplate(
            opening="{notice_period}", must_not=tuple(must_not), with_phones=False
        )
    is_table = any(each.kind in _OF_TABLES for each in columns.values())
    if not is_table:
        head, columns = head | columns, {}
    kept = tuple(columns.values())[:30]
    if kept and not any(each.required for each in kept):
        first = kept[0]
        kept = (Field(**{**vars(first), "required": True}), *kept[1:])
    return UnifiedTemplate(
        head=tuple(each for each in head.values() if each.name not in columns)[:20],
        columns=kept,
        must_not=tuple(must_not),
    )


def _parts(content: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Name, hint and unit of each thing to be told, lists of rows taken apart."""
    for written in content:
        told = "".join(written.split())
        listed = _LIST.fullmatch(told)
        if listed and _LISTED_ROWS.search(listed[1]):
            for each in re.split(r"[、，,]", listed[2]):
                yield from _part(each)
        else:
            yield from _part(told)


def _part(told: str) -> Iterator[tuple[str, str, str]]:
    bracket = _BRACKETS.search(told)
    name = _BRACKETS.sub("", told)[:40] if bracket else told[:40]
    inside = bracket[1] if bracket else ""
    unit = _UNIT.fullmatch(inside)
    if name and not _SAID_ELSEWHERE.search(name):
        yield name, "" if unit else inside[:60], unit[1] if unit else ""


def _guess(name: str, hint: str, unit: str) -> Field:
    if "或" in name or "/" in name:
        return Field(name, hint=hint, unit=unit)
    if _RATE.search(name):
        return Field(name, hint=hint, unit=unit)
    kind, usual = next(
        ((kind, usual) for kind, usual, words in _KINDS if re.search(words, name)),
        (CellKind.TEXT, ""),
    )
    if kind is CellKind.TEXT and unit:
        kind = (
            CellKind.AMOUNT if "元" in unit else CellKind.AREA if unit == "亩" else CellKind.COUNT
        )
    is_summed = kind in NUMERIC and not _NOT_SUMMED.search(name) and "/" not in unit
    is_required = kind is CellKind.NAME or (kind is CellKind.AMOUNT and is_summed)
    return Field(
        name,
        kind,
        unit=unit or usual,
        required=is_required,
        is_summed=is_summed,
        hint=hint,
    )
