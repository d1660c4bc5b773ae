"""问题清单: what was found, on one list."""

from __future__ import annotations

from collections.abc import Sequence

from taole.documents.paper import Cell, Column, Foot, Note, Paper, Spread, Table, in_full
from taole.rectification_papers.rules import (
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
    Column("村", 22),
    Column("问题", 88, "left"),
    Column("类别", 38),
    Column("来源", 20),
    Column("程度", 13),
    Column("依据", 46, "left"),
    Column("发现日期", 23),
)


def problem_list(head: PaperHead, problems: Sequence[Problem]) -> Paper:
    """The problems in the order of the villages, with their kinds and the rules broken."""
    rows = tuple(
        (
            Cell(str(at), at),
            each.unit,
            each.statement,
            each.kind_label,
            each.source_label,
            each.severity_label,
            each.basis,
            Cell(short_day(each.found_on, head.on.year), each.found_on),
        )
        for at, each in enumerate(problems, 1)
    )
    return Paper(
        title=titles(PaperKind.PROBLEM_LIST, head.unit),
        name=PAPER_KIND_LABELS[PaperKind.PROBLEM_LIST],
        number=head.number,
        recipient=head.recipient,
        is_landscape=True,
        blocks=(
            Spread(
                (
                    f"督查单位：{head.body}",
                    f"发现日期：{found_span(problems, head)}",
                    f"印发日期：{in_full(head.on)}",
                )
            ),
            Table(_COLUMNS, rows, "这段时间没有发现问题。"),
            *((Note(_summary(problems)),) if problems else ()),
            Foot((head.contact,), head.address, "扫码看问题"),
        ),
    )


def _summary(problems: Sequence[Problem]) -> str:
    by_source = counted(each.source_label for each in problems)
    by_severity = counted(each.severity_label for each in problems)
    return f"说明：共{len(problems)}个问题。按来源分：{by_source}；按程度分：{by_severity}。"
