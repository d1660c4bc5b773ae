"""整改通知书: a letter to one unit, with what was found and by when it is to be mended."""

from __future__ import annotations

from collections.abc import Sequence

from taole.documents.paper import (
    Block,
    Cell,
    Column,
    Foot,
    Heading,
    Paper,
    Paragraph,
    Subscription,
    Table,
)
from taole.rectification_papers.rules import (
    CAPTION,
    PaperHead,
    Problem,
    counted,
    found_span,
    short_day,
    titles,
)
from taole.rectification_papers.workflow import PAPER_KIND_LABELS, PaperKind

_COLUMNS = (
    Column("序号", 11),
    Column("发现日期", 22),
    Column("发现的问题", 54, "left"),
    Column("整改要求", 45, "left"),
    Column("整改时限", 24),
)
_HOW = (
    "整改完成后，请在系统“督查整改”里填写整改措施，上传整改后的照片或者填写网页链接，"
    "也可以用手机扫描文末的二维码报送。"
)
_LATER = (
    "在时限内确实改不完的，请在时限前写明理由申请延期，经分管领导同意后按新的时限整改；"
    "延期的问题仍按原时限统计是否按时。"
)
_CLOSING = "没有整改证明的，以及没有经过复核的，不予销号。"


def mending_notice(head: PaperHead, problems: Sequence[Problem]) -> Paper:
    """The letter; the problems are those that still wait to be mended."""
    return Paper(
        title=titles(PaperKind.NOTICE, head.unit),
        name=PAPER_KIND_LABELS[PaperKind.NOTICE],
        number=head.number,
        recipient=head.recipient or head.committee,
        blocks=(
            Paragraph(_opening(head, problems)),
            *(_body(head, problems) if problems else ()),
            Subscription(head.body, head.on),
            Foot((f"联系电话：{head.phone or '____________'}", *_SIGN), head.address, CAPTION),
        ),
    )


_SIGN = ("签收人：________________", "签收日期：______________")


def _opening(head: PaperHead, problems: Sequence[Problem]) -> str:
    if not problems:
        return "截至发文之日，你单位没有待整改的村务公开问题。"
    by_source = counted(each.source_label for each in problems)
    return (
        f"{found_span(problems, head)}，在督查中发现你单位村务公开存在{len(problems)}个问题"
        f"（{by_source}）。现将问题和整改要求通知如下，请按时整改。"
    )


def _body(head: PaperHead, problems: Sequence[Problem]) -> tuple[Block, ...]:
    year = head.on.year
    rows = tuple(
        (
            Cell(str(at), at),
            Cell(short_day(each.found_on, year), each.found_on),
            each.statement,
            each.demand,
            Cell(_due(each, head), each.mend_until),
        )
        for at, each in enumerate(problems, 1)
    )
    return (
        Heading(1, "一、问题和整改要求"),
        Table(_COLUMNS, rows),
        Heading(1, "二、怎样报送整改情况"),
        Paragraph(_HOW),
        Paragraph(_LATER),
        Paragraph(_CLOSING),
    )


def _due(problem: Problem, head: PaperHead) -> str:
    said = short_day(problem.mend_until, head.on.year)
    return f"{said}\n（已超期）" if problem.is_overdue(head.on) else said
