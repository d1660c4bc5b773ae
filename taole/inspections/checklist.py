"""The rectification checklist (整改清单): its content, and its paper as .docx and .xlsx.

A paper for officials, so it is written in Chinese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taole.core.calendar_store import work_calendar
from taole.core.workdays import WorkCalendar
from taole.documents.official import OfficialDocument, TableCell
from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook
from taole.inspections import rules
from taole.inspections.models import Finding
from taole.inspections.queries import list_findings_open_on
from taole.inspections.system_findings import SystemFinding, owners_of_units, system_findings
from taole.inspections.workflow import INSPECTION_KIND_LABELS, SEVERITY_LABELS, FindingState
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_by_id, name_of_clerks_office

COLUMNS = (
    "序号",
    "村",
    "发现的问题",
    "来源",
    "程度",
    "整改要求",
    "责任人",
    "整改时限",
    "整改情况",
    "复核人签字",
)
FOUND_BY_THE_SYSTEM = "系统发现"
NOTE = (
    "说明：请各村在时限内改完，在系统里上传整改照片或填写链接；复核通过后销号。"
    "未销号的问题列入下一次清单。来源为“系统发现”的，是系统按目录时限核对出来的"
    "应公示未公示和超期公示事项。"
)
SIGNING = "签发：____________________", "签收（村）：________________________________"

_PROGRESS = {
    FindingState.OPEN: "待整改",
    FindingState.MENDING: "整改中",
    FindingState.PROOFED: "已改，待复核",
}
_DEMAND_WHEN_MISSING = "立即公示，上传照片或链接；没有事项的，办理“无此事项”确认"
_DEMAND_WHEN_LATE = "书面说明超期原因，今后按时限公示"
_WIDTHS_MM = (11, 22, 66, 19, 12, 56, 15, 22, 22, 16)
_WIDTHS_XLSX = (6, 13, 40, 11, 7, 36, 9, 13, 15, 13)
_FONT_PT = 10.5


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
        said = str(rules.named_day(self.due, year))
        return f"{said}\n（已超期）" if self.is_overdue else said


@dataclass(frozen=True)
class Checklist:
    """The list of a unit, or of everything below it, as it stood at the end of a day."""

    unit_code: str
    title: str
    inspecting_body: str
    found_from: date
    found_until: date
    issued_on: date
    phone: str
    rows: tuple[ChecklistRow, ...]

    @property
    def found_words(self) -> str:
        if self.found_from == self.found_until:
            return _in_full(self.found_from)
        until = rules.named_day(self.found_until, self.found_from.year)
        return f"{_in_full(self.found_from)}至{until}"

    @property
    def heading(self) -> tuple[str, str, str]:
        return (
            f"督查单位：{self.inspecting_body}",
            f"督查日期：{self.found_words}",
            f"印发日期：{_in_full(self.issued_on)}",
        )

    @property
    def contact(self) -> str:
        return f"联系电话：{self.phone or '____________'}　　　{self.inspecting_body}"


def make_checklist(unit: Unit, *, on: date, start: date | None = None) -> Checklist:
    """The open problems of a unit and of all units below it at the end of a day.

    Findings closed by that day are left out, those closed later still stand as open. What the
    system found missing or late among obligations due from ``start`` (365 days back) follows.
    """
    township = get_unit_by_id(unit.township_id) if unit.township_id else unit
    findings = list_findings_open_on(unit.path, on)
    rows = compose(
        findings,
        system_findings(unit.path, on, start),
        owners_of_units(unit.path, on),
        on,
        work_calendar(),
    )
    days = [finding.found_on for finding in findings] or [on]
    return Checklist(
        unit_code=unit.code,
        title=f"{unit.name}村务公开问题整改清单",
        inspecting_body=name_of_clerks_office(township) if unit.township_id else township.name,
        found_from=min(days),
        found_until=on if any(row.source == FOUND_BY_THE_SYSTEM for row in rows) else max(days),
        issued_on=on,
        phone=township.phone,
        rows=rows,
    )


def compose(
    findings: Sequence[Finding],
    found_by_system: Sequence[SystemFinding],
    owners: Mapping[UUID, str],
    on: date,
    calendar: WorkCalendar,
) -> tuple[ChecklistRow, ...]:
    """The rows in order: recorded problems by due day, then what is missing, then what was late."""
    ordered = sorted(found_by_system, key=lambda problem: not problem.is_missing)
    rows = [_row_of_finding(number, finding, on) for number, finding in enumerate(findings, 1)]
    rows += [
        _row_of_system(number, problem, owners.get(problem.unit_id, ""), on, calendar)
        for number, problem in enumerate(ordered, len(rows) + 1)
    ]
    return tuple(rows)


def _row_of_finding(number: int, finding: Finding, on: date) -> ChecklistRow:
    state = rules.state_on(finding.state, finding.proved_on, finding.closed_on, on)
    return ChecklistRow(
        number=number,
        unit=finding.unit.name,
        statement=finding.statement,
        source=INSPECTION_KIND_LABELS[finding.source],
        severity=SEVERITY_LABELS[finding.severity],
        demand=finding.demand,
        owner=finding.owner_name,
        due=finding.due_on,
        is_overdue=rules.is_overdue(finding.closed_on, finding.due_on, on),
        progress=_PROGRESS[state],
    )


def _row_of_system(
    number: int, problem: SystemFinding, owner: str, on: date, calendar: WorkCalendar
) -> ChecklistRow:
    due = rules.mend_within(on, problem.severity, calendar)
    return ChecklistRow(
        number=number,
        unit=problem.unit_name,
        statement=str(problem.statement),
        source=FOUND_BY_THE_SYSTEM,
        severity=SEVERITY_LABELS[problem.severity],
        demand=usual_demand(is_missing=problem.is_missing),
        owner=owner,
        due=due if isinstance(due, date) else str(due),
        is_overdue=False,
        progress="未公示" if problem.is_missing else f"已公示，迟{problem.days_late}天",
        obligation_id=problem.obligation_id,
    )


def usual_demand(*, is_missing: bool) -> str:
    """What is demanded of a unit for a matter that is missing, or that was published late."""
    return _DEMAND_WHEN_MISSING if is_missing else _DEMAND_WHEN_LATE


def checklist_docx(checklist: Checklist) -> bytes:
    """The list as a Word file, A4 across."""
    paper = OfficialDocument(checklist.title, landscape=True)
    paper.title(checklist.title)
    body, found, issued = checklist.heading
    paper.paragraph(f"{body}　　　　{issued}")
    paper.paragraph(found)
    head = [TableCell(name, bold=True) for name in COLUMNS]
    rows = [_cells(row, checklist.issued_on.year) for row in checklist.rows]
    nothing = [TableCell("当日没有未销号的问题。", colspan=len(COLUMNS))]
    paper.table([head, *(rows or [nothing])], _WIDTHS_MM, _FONT_PT)
    paper.paragraph(NOTE)
    paper.paragraph("　　".join(SIGNING))
    paper.paragraph(checklist.contact)
    return paper.save()


def _cells(row: ChecklistRow, year: int) -> list[TableCell]:
    return [
        TableCell(str(row.number)),
        TableCell(row.unit),
        TableCell(row.statement, align="left"),
        TableCell(row.source),
        TableCell(row.severity),
        TableCell(row.demand, align="left"),
        TableCell(row.owner),
        TableCell(row.due_words(year)),
        TableCell(row.progress),
        TableCell(""),
    ]


def checklist_xlsx(checklist: Checklist) -> bytes:
    """The list as a workbook of one sheet, printed on A4 across; due days are real dates."""
    return write_workbook(
        [
            SheetOut(
                name="整改清单",
                title=checklist.title,
                subtitle="　　".join(checklist.heading),
                columns=[
                    ColumnOut(name, width)
                    for name, width in zip(COLUMNS, _WIDTHS_XLSX, strict=True)
                ],
                rows=[
                    (
                        row.number,
                        row.unit,
                        row.statement,
                        row.source,
                        row.severity,
                        row.demand,
                        row.owner,
                        row.due,
                        f"{row.progress}（已超期）" if row.is_overdue else row.progress,
                        "",
                    )
                    for row in checklist.rows
                ],
                notes=[NOTE, "　　　　".join(SIGNING), checklist.contact],
            )
        ]
    )


def _in_full(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
