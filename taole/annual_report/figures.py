"""The figures that the report itself gives: its year and period, and the passages of part five."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, null, select

from taole.annual_report.models import PassageKind, ReportPassage
from taole.annual_report.official_format import FORMAT
from taole.core.figures import Counted, Figure, Origin, Scope
from taole.core.words import N_


def _passages(kind: PassageKind) -> Callable[[Scope], Select[Any]]:
    columns: tuple[Any, ...] = (ReportPassage.id, ReportPassage.text, null())

    def records(scope: Scope) -> Select[Any]:
        return (
            select(*columns)
            .where(
                ReportPassage.township_id == scope.township_id,
                ReportPassage.year == scope.year,
                ReportPassage.kind == kind,
            )
            .order_by(ReportPassage.position)
        )

    return records


FIGURES: tuple[Figure, ...] = (
    Figure(
        "H1",
        N_("报告年度"),
        "年",
        Counted.NOTHING,
        value=lambda scope: scope.year,
        origin=Origin.PARAMETER,
        rule=N_("编制报告时选定的年度。"),
    ),
    Figure(
        "H2",
        N_("格式文件文号"),
        "文号",
        Counted.NOTHING,
        value=lambda _scope: FORMAT.document_no,
        origin=Origin.CONSTANT,
        rule=N_("年度报告格式所依据的文件。"),
    ),
    Figure(
        "H3",
        N_("统计起始日"),
        "日期",
        Counted.NOTHING,
        value=lambda scope: scope.start.isoformat(),
        origin=Origin.PARAMETER,
        rule=N_("报告年度的第一天。"),
    ),
    Figure(
        "H4",
        N_("统计截止日"),
        "日期",
        Counted.NOTHING,
        value=lambda scope: scope.end.isoformat(),
        origin=Origin.PARAMETER,
        rule=N_("报告年度的最后一天。"),
    ),
    Figure(
        "P5-problems",
        N_("存在的问题条数"),
        "条",
        Counted.RECORDS,
        records=_passages(PassageKind.PROBLEM),
        origin=Origin.ENTERED,
        rule=N_("第五部分填写的存在的问题，一条计一次。"),
    ),
    Figure(
        "P5-measures",
        N_("改进情况条数"),
        "条",
        Counted.RECORDS,
        records=_passages(PassageKind.MEASURE),
        origin=Origin.ENTERED,
        rule=N_("第五部分填写的改进情况，一条计一次，与问题逐条对应。"),
    ),
)
