"""整改清单: the open problems of a unit as they stood at the end of a day.

A paper for officials, so it is written in Chinese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taole.core.calendar_store import work_calendar
from taole.core.workdays import WorkCalendar
from taole.documents.paper import Cell, Column, Foot, Note, Paper, Spread, Table, in_full
from taole.inspections import rules
from taole.inspections.system_findings import (
    SystemFinding,
    owners_of_units,
    system_findings,
    usual_demand,
)
from taole.inspections.workflow import INSPECTION_KIND_LABELS, SEVERITY_LABELS, InspectionKind
from taole.organisation.models import Unit
from taole.rectification_papers.queries import ProblemFilter, head_of, list_problems_open_on
from taole.rectification_papers.rules import (
    CAPTION,
    STANDING_WORDS,
    PaperHead,
    Problem,
    short_day,
    span,
    titles,
)
from taole.rectification_papers.workflow import PAPER_KIND_LABELS, PaperKind

_COLUMNS = (
    Column("序号", 10),
    Column("村", 21),
    Column("发现的问题", 62, "left"),
    Column("来源", 18),
    Column("程度", 12),
    Column("整改要求", 54, "left"),
    Column("责任人", 16),
    Column("整改时限", 24),
    Column("整改情况", 23),
    Column("复核人签字", 21),
)
COLUMNS = tuple(column.label for column in _COLUMNS)
NOTE = (
    "说明：请各村在时限内改完，在系统里上传整改照片或填写链接；复核通过后销号。"
    "未销号的问题列入下一次清单。来源为“系统发现”的，是系统按目录时限核对出来的"
    "应公示未公示和超期公示事项。"
)
SIGNING = "签发：____________________　　签收（村）：________________________________"


@dataclass(frozen=True)
class ChecklistRow:
    """One problem on the list. ``due`` is a day, or words where no day can be named."""

    number: int
    unit: str
    statement: str
    source: str
    severity: str
    demand: str
    owner: str
    due: date | str
    is_overdue: bool
    progress: str
    obligation_id: UUID | None = None

    def due_words(self, year: int) -> str:
        """9月18日（已超期）; the year only when it is not the list's."""
        if isinstance(self.due, str):
            return self.due
        said = short_day(self.due, year)
        return f"{said}\n（已超期）" if self.is_overdue else said


@dataclass(frozen=True)
class Checklist:
    """The list of a unit, or of everything below it, as it stood at the end of a day."""

    unit_code: str
    head: PaperHead
    found_from: date
    found_until: date
    rows: tuple[ChecklistRow, ...]

    @property
    def title(self) -> str:
        return titles(PaperKind.CHECKLIST, self.head.unit)

    @property
    def issued_on(self) -> date:
        return self.head.on

    def paper(self) -> Paper:
        """The list as it is printed, A4 across."""
        return Paper(
            title=self.title,
            name=PAPER_KIND_LABELS[PaperKind.CHECKLIST],
            number=self.head.number,
            recipient=self.head.recipient,
            is_landscape=True,
            blocks=(
                Spread(
                    (
                        f"督查单位：{self.head.body}",
                        f"督查日期：{span(self.found_from, self.found_until)}",
                        f"印发日期：{in_full(self.issued_on)}",
                    )
                ),
                Table(
                    _COLUMNS,
                    tuple(_cells(row, self.issued_on.year) for row in self.rows),
                    "当日没有未销号的问题。",
                ),
                Note(NOTE),
                Foot((SIGNING, self.head.contact), self.head.address, CAPTION),
            ),
        )


def make_checklist(
    unit: Unit,
    *,
    on: date,
    start: date | None = None,
    site: str = "",
    head: PaperHead | None = None,
    wanted: ProblemFilter | None = None,
) -> Checklist:
    """The open problems of a unit and of all units below it at the end of a day.

    Findings closed by that day are left out, those closed later still stand as open. What the
    system found missing or late among obligations due from ``start`` (365 days back), and is not
    yet a finding, follows. ``site``: what the address in its QR code begins with. ``wanted``: only
    problems of certain days or sources.
    """
    wanted = wanted or ProblemFilter(unit.path, on)
    problems = list_problems_open_on(wanted)
    rows = compose(
        problems,
        system_findings(unit.path, on, start) if wanted.has_what_the_system_sees else (),
        owners_of_units(unit.path, on),
        on,
        work_calendar(),
    )
    days = [problem.found_on for problem in problems] or [on]
    return Checklist(
        unit_code=unit.code,
        head=head or head_of(unit, on=on, site=site),
        found_from=min(days),
        found_until=on if any(row.obligation_id for row in rows) else max(days),
        rows=rows,
    )


def compose(
    problems: Sequence[Problem],
    found_by_system: Sequence[SystemFinding],
    owners: Mapping[UUID, str],
    on: date,
    calendar: WorkCalendar,
) -> tuple[ChecklistRow, ...]:
    """The rows in order: recorded problems by due day, then what is missing, then what was late."""
    ordered = sorted(found_by_system, key=lambda problem: not problem.is_missing)
    rows = [_row_of_problem(number, problem, on) for number, problem in enumerate(problems, 1)]
    rows += [
        _row_of_system(number, problem, owners.get(problem.unit_id, ""), on, calendar)
        for number, problem in enumerate(ordered, len(rows) + 1)
    ]
    return tuple(rows)


def _row_of_problem(number: int, problem: Problem, on: date) -> ChecklistRow:
    return ChecklistRow(
        number=number,
        unit=problem.unit,
        statement=problem.statement,
        source=problem.source_label,
        severity=problem.severity_label,
        demand=problem.demand,
        owner=problem.owner,
        due=problem.mend_until,
        is_overdue=problem.is_overdue(on),
        progress=STANDING_WORDS[problem.state],
    )


def _row_of_system(
    number: int, problem: SystemFinding, owner: str, on: date, calendar: WorkCalendar
) -> ChecklistRow:
    due = rules.mend_within(on, problem.severity, calendar)
    return ChecklistRow(
        number=number,
        unit=problem.unit_name,
        statement=str(problem.statement),
        source=INSPECTION_KIND_LABELS[InspectionKind.SYSTEM],
        severity=SEVERITY_LABELS[problem.severity],
        demand=usual_demand(is_missing=problem.is_missing),
        owner=owner,
        due=due if isinstance(due, date) else str(due),
        is_overdue=False,
        progress="未公示" if problem.is_missing else f"已公示，迟{problem.days_late}天",
        obligation_id=problem.obligation_id,
    )


def _cells(row: ChecklistRow, year: int) -> tuple[Cell | str, ...]:
    due = row.due_words(year)
    late = f"{row.progress}（已超期）" if row.is_overdue else None
    return (
        Cell(str(row.number), row.number),
        row.unit,
        row.statement,
        row.source,
        row.severity,
        row.demand,
        row.owner,
        Cell(due, row.due) if isinstance(row.due, date) else due,
        Cell(row.progress, late) if late else row.progress,
        "",
    )
