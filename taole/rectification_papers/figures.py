"""The figure of reports on rectification."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from taole.core.figures import Counted, Figure, Scope
from taole.core.words import N_
from taole.rectification_papers.models import RectificationPaper
from taole.rectification_papers.workflow import PaperKind

_REPORT: list[Any] = [
    RectificationPaper.id,
    RectificationPaper.title,
    RectificationPaper.submitted_on,
]


def _reports(scope: Scope) -> Select[Any]:
    return (
        select(*_REPORT)
        .where(
            RectificationPaper.township_id == scope.township_id,
            RectificationPaper.kind == PaperKind.REPORT,
            RectificationPaper.submitted_on.between(scope.start, scope.end),
        )
        .order_by(RectificationPaper.submitted_on, RectificationPaper.id)
    )


FIGURES: tuple[Figure, ...] = (
    Figure(
        "P1-rectify-report",
        N_("报送整改报告"),
        N_("次"),
        Counted.RECORDS,
        _reports,
        rule=N_("报送日期在本年的整改报告"),
    ),
)
