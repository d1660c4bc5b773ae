"""What can be asked about inspections, findings and reports on rectification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from taole.attachments.models import Attachment
from taole.attachments.queries import list_attachments
from taole.core.database import db, under
from taole.core.errors import NotFound
from taole.inspections.models import Finding, Inspection, InspectionVisit
from taole.inspections.workflow import (
    Direction,
    FindingState,
    FindingStep,
    InspectionKind,
    Severity,
)
from taole.organisation.models import Unit
from taole.organisation.rules import UnitKind
from taole.trail.queries import list_lines_of

MEND_UNTIL = func.coalesce(Finding.extended_to, Finding.due_on)
"""The last day to mend: the extended one where the leader granted it."""

WITH_FINDINGS = (UnitKind.VILLAGE, UnitKind.COMMUNITY, UnitKind.OFFICE, UnitKind.TOWNSHIP)


@dataclass(frozen=True)
class FindingFilter:
    """Which findings: those of these subtrees, narrowed by what is given."""

    paths: Sequence[str] | str
    unit_code: str = ""
    source: InspectionKind | None = None
    state: FindingState | None = None
    year: int | None = None
    problem_kind: str = ""
    severity: Severity | None = None
    overdue_on: date | None = None

    def conditions(self, *, with_state: bool = True) -> list[ColumnElement[bool]]:
        wanted = [under(Unit.path, self.paths)]
        if self.unit_code:
            wanted.append(Unit.code == self.unit_code)
        if self.source is not None:
            wanted.append(Finding.source == self.source)
        if self.year is not None:
            wanted.append(Finding.year == self.year)
        if self.problem_kind:
            wanted.append(Finding.problem_kind == self.problem_kind)
        if self.severity is not None:
            wanted.append(Finding.severity == self.severity)
        if self.overdue_on is not None:
            wanted += [Finding.state != FindingState.CLOSED, self.overdue_on > MEND_UNTIL]
        if with_state and self.state is not None:
            wanted.append(Finding.state == self.state)
        return wanted


@dataclass(frozen=True)
class FindingCounts:
    """How many findings there are in each state, and how many of the open ones are overdue."""

    by_state: dict[FindingState, int] = field(default_factory=dict)
    overdue: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    @property
    def closed(self) -> int:
        return self.by_state.get(FindingState.CLOSED, 0)

    @property
    def open(self) -> int:
        return self.total - self.closed


def get_finding(finding_id: UUID) -> Finding:
    """One finding with its unit, item, inspection and proof; NotFound when there is none."""
    finding = db.session.get(
        Finding,
        finding_id,
        options=[
            joinedload(Finding.unit),
            joinedload(Finding.item),
            joinedload(Finding.inspection),
            joinedload(Finding.proof),
            joinedload(Finding.recurs),
        ],
    )
    if finding is None:
        raise NotFound(finding_id)
    return finding


def select_findings(wanted: FindingFilter) -> Select[Any]:
    """Open ones by the day they are due, then the closed, the last closed first."""
    is_closed = Finding.state == FindingState.CLOSED
    return (
        select(Finding)
        .join(Finding.unit)
        .options(contains_eager(Finding.unit))
        .where(*wanted.conditions())
        .order_by(
            is_closed,
            case((is_closed, None), else_=MEND_UNTIL),
            Finding.closed_on.desc(),
            Finding.year,
            Finding.number,
        )
    )


def count_findings(wanted: FindingFilter, on: date) -> FindingCounts:
    """Counts by state, whatever state the filter asks for."""
    overdue = case((on > MEND_UNTIL, 1), else_=0)
    rows = db.session.execute(
        select(Finding.state, func.count(), func.sum(overdue))
        .join(Finding.unit)
        .where(*wanted.conditions(with_state=False))
        .group_by(Finding.state)
    ).all()
    return FindingCounts(
        by_state={state: count for state, count, _late in rows},
        overdue=sum(int(late) for state, _n, late in rows if state is not FindingState.CLOSED),
    )


def list_findings_open_on(path: str, on: date) -> list[Finding]:
    """Found by the day and not closed by its end, by the day they are due."""
    still_open = Finding.closed_on.is_(None) | (Finding.closed_on > on)
    found = (
        select(Finding)
        .join(Finding.unit)
        .options(contains_eager(Finding.unit), joinedload(Finding.inspection))
        .where(under(Unit.path, path), Finding.found_on <= on, still_open)
        .order_by(MEND_UNTIL, Unit.path, Finding.year, Finding.number)
    )
    return list(db.session.scalars(found))


def list_years(paths: Sequence[str] | str) -> list[int]:
    """The years in which something was found, the latest first."""
    found = (
        select(Finding.year)
        .join(Finding.unit)
        .where(under(Unit.path, paths))
        .distinct()
        .order_by(Finding.year.desc())
    )
    return list(db.session.scalars(found))


def list_inspectable_units(paths: Sequence[str] | str) -> list[Unit]:
    """Townships, villages, communities and offices of these subtrees: who may have problems."""
    found = (
        select(Unit)
        .where(under(Unit.path, paths), Unit.kind.in_(WITH_FINDINGS))
        .order_by(Unit.path)
    )
    return list(db.session.scalars(found))


def list_villages_of(township: Unit) -> list[Unit]:
    """The villages and communities of a township, in the order of the tree."""
    kinds = (UnitKind.VILLAGE, UnitKind.COMMUNITY)
    return [each for each in list_inspectable_units(township.path) if each.kind in kinds]


def list_photos_of_problem(finding: Finding) -> list[Attachment]:
    """The photographs that show the problem."""
    return [kept for kept in list_attachments(finding.id) if not _shows_mending(finding, kept)]


def list_photos_of_mending(finding: Finding) -> list[Attachment]:
    """What shows the mending, the oldest first; the proof may be a posting's photograph."""
    kept = [each for each in list_attachments(finding.id) if _shows_mending(finding, each)]
    if finding.proof is not None and finding.proof not in kept:
        kept.append(finding.proof)
    return kept


def _shows_mending(finding: Finding, kept: Attachment) -> bool:
    return kept.id == finding.proof_id or str(kept.id) in finding.mended_photos


@dataclass(frozen=True)
class StepTaken:
    """One step that was taken: by whom, on which day, and the reason where one was given."""

    step: FindingStep
    by_name: str
    on: date
    reason: str = ""


def list_steps(finding: Finding) -> list[StepTaken]:
    """The steps that a finding has gone, oldest first, as the trail tells them."""
    known = {step.value for step in FindingStep}
    return [
        StepTaken(
            FindingStep(line.verb),
            line.actor_name,
            date.fromisoformat(line.after["on"]),
            line.after.get("reason", ""),
        )
        for line in list_lines_of(finding.id)
        if line.verb in known
    ]


def list_recurrences(finding: Finding) -> list[Finding]:
    """The later findings of the same problem, the first by day first."""
    found = (
        select(Finding)
        .where(Finding.recurs_id == finding.id)
        .order_by(Finding.found_on, Finding.number)
    )
    return list(db.session.scalars(found))


def get_inspection(inspection_id: UUID) -> Inspection:
    inspection = db.session.get(
        Inspection,
        inspection_id,
        options=[
            joinedload(Inspection.township),
            selectinload(Inspection.visits).joinedload(InspectionVisit.unit),
            selectinload(Inspection.findings).joinedload(Finding.unit),
        ],
    )
    if inspection is None:
        raise NotFound(inspection_id)
    return inspection


def select_inspections(
    paths: Sequence[str] | str,
    *,
    direction: Direction | None = None,
    kind: InspectionKind | None = None,
    year: int | None = None,
) -> Select[Any]:
    """The latest first, each with its units and findings."""
    wanted = [under(Unit.path, paths)]
    if direction is not None:
        wanted.append(Inspection.direction == direction)
    if kind is not None:
        wanted.append(Inspection.kind == kind)
    if year is not None:
        wanted.append(_in_year(year))
    return (
        select(Inspection)
        .join(Inspection.township)
        .options(
            contains_eager(Inspection.township),
            selectinload(Inspection.visits).joinedload(InspectionVisit.unit),
            selectinload(Inspection.findings),
        )
        .where(*wanted)
        .order_by(Inspection.held_on.desc(), Inspection.id.desc())
    )


def _in_year(year: int) -> ColumnElement[bool]:
    return Inspection.held_on.between(date(year, 1, 1), date(year, 12, 31))


def list_inspection_years(paths: Sequence[str] | str) -> list[int]:
    """Every year from the first inspection to the last, the latest first."""
    first, last = db.session.execute(
        select(func.min(Inspection.held_on), func.max(Inspection.held_on))
        .join(Inspection.township)
        .where(under(Unit.path, paths))
    ).one()
    return list(range(last.year, first.year - 1, -1)) if first else []
