"""整改台账: every problem with its rectification to 销号 on one row (domain handbook 3.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from taole.documents.paper import Cell, Column, Foot, Note, Paper, Spread, Table, in_full
from taole.rectification_papers.rules import (
    STANDING_WORDS,
    PaperHead,
    Problem,
    counted,
    found_span,
    short_day,
    titles,
)
from taole.rectification_papers.workflow import PAPER_KIND_LABELS, PaperKind

_COLUMNS = (
    Column("问题编号", 14),
    Column("来源", 13),
    Column("发现日", 15),
    Column("村", 14),
    Column("目录编码", 13),
    Column("问题类型", 15),
    Column("描述", 29, "left"),
    Column("证据", 13, "left"),
    Column("整改要求", 23, "left"),
    Column("时限", 15),
    Column("责任人", 12),
    Column("整改措施", 23, "left"),
    Column("完成日", 15),
    Column("佐证", 13, "left"),
    Column("复核人", 12),
    Column("复核结论", 14, "left"),
    Column("销号日", 15),
)
_POINTS = 9
_ADDRESS = re.compile(r"https?://\S+")


def mending_ledger(head: PaperHead, problems: Sequence[Problem]) -> Paper:
    """The ledger; a problem that is not closed has no day in its last column, but its standing."""
    rows = tuple(_row(each, head.on.year) for each in problems)
    return Paper(
        title=titles(PaperKind.LEDGER, head.unit),
        name=PAPER_KIND_LABELS[PaperKind.LEDGER],
        number=head.number,
        recipient=head.recipient,
        is_landscape=True,
        blocks=(
            Spread(
                (
                    f"填报单位：{head.body}",
                    f"发现日期：{found_span(problems, head)}",
                    f"填报日期：{in_full(head.on)}",
                )
            ),
            Table(_COLUMNS, rows, "这段时间没有发现问题。", _POINTS),
            *((Note(_summary(problems, head.on)),) if problems else ()),
            Foot((head.contact,)),
        ),
    )


def _row(problem: Problem, year: int) -> tuple[Cell | str, ...]:
    def day(on: date | None) -> Cell | str:
        return "" if on is None else Cell(short_day(on, year), on)

    return (
        f"{problem.year}-{problem.number}",
        problem.source_label,
        day(problem.found_on),
        problem.unit,
        problem.item_code,
        problem.kind_label,
        problem.statement,
        _shown(problem.evidence),
        problem.demand,
        day(problem.mend_until),
        problem.owner,
        problem.measures,
        day(problem.proved_on),
        _shown(problem.proof),
        problem.closed_by,
        problem.verdict,
        day(problem.closed_on) if problem.closed_on else STANDING_WORDS[problem.state],
    )


def _shown(evidence: str) -> Cell | str:
    """照片2张、链接: the address itself is in the workbook; no column of paper is so wide."""
    short = _ADDRESS.sub("链接", evidence).replace("；", "、")
    return evidence if short == evidence else Cell(short, evidence)


def _summary(problems: Sequence[Problem], on: date) -> str:
    standing = counted(STANDING_WORDS[each.state] for each in problems)
    overdue = sum(each.is_overdue(on) for each in problems)
    late = f"，其中已超期{overdue}个" if overdue else ""
    return f"说明：共{len(problems)}个问题：{standing}{late}。"
