"""What the system itself found: obligations that are missing or were answered late, not stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from taole.access.permissions import Role
from taole.core.database import db, under
from taole.core.periods import label
from taole.core.words import Sentence
from taole.inspections import rules
from taole.inspections.models import Finding
from taole.inspections.rules import Owed
from taole.inspections.workflow import Severity
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer, Standing, standing
from taole.organisation.models import Membership, Unit, User


@dataclass(frozen=True)
class SystemFinding:
    """A matter that a unit did not publish, or published late, with the sentence that says so."""

    obligation_id: UUID
    unit_id: UUID
    unit_name: str
    subject: Sentence
    statement: Sentence
    severity: Severity
    days_late: int
    is_missing: bool


def system_findings(path: str, on: date, start: date | None = None) -> list[SystemFinding]:
    """What is missing, or was answered late, on a day: of obligations due from ``start`` on.

    Without ``start``, of the last 365 days. By unit, then by due day. What somebody has already
    recorded as a finding of the unit is left out: it stands among the findings.
    """
    first = on - rules.WATCHED_FOR if start is None else start
    found = (
        select(Obligation)
        .join(Obligation.unit)
        .options(
            contains_eager(Obligation.unit),
            joinedload(Obligation.item),
            joinedload(Obligation.event),
        )
        .where(
            under(Unit.path, path),
            Obligation.due_on >= first,
            Obligation.due_on < on,
            or_(Obligation.answer.is_(None), Obligation.answer != Answer.EXCUSED),
            or_(Obligation.answered_on.is_(None), Obligation.answered_on > Obligation.due_on),
        )
        .order_by(Unit.path, Obligation.due_on, Obligation.item_code, Obligation.period_key)
    )
    seen = (find_problem(obligation, on) for obligation in db.session.scalars(found))
    recorded = _recorded_statements(path, on)
    return [
        problem
        for problem in seen
        if problem is not None and not _is_recorded(problem, recorded.get(problem.unit_id, ()))
    ]


def find_problem(obligation: Obligation, on: date) -> SystemFinding | None:
    """What is wrong with one obligation on a day: missing, late, or nothing (None)."""
    stands = standing(obligation.facts, on)
    owed = owed_by(obligation)
    if stands is Standing.MISSING:
        days = (on - obligation.due_on).days
        said = rules.missing_statement(owed, on)
    elif stands is Standing.LATE and obligation.answered_on is not None:
        days = (obligation.answered_on - obligation.due_on).days
        said = rules.late_statement(owed, obligation.answered_on)
    else:
        return None
    return SystemFinding(
        obligation_id=obligation.id,
        unit_id=obligation.unit_id,
        unit_name=obligation.unit.name,
        subject=rules.subject(owed),
        statement=said,
        severity=rules.severity_of_delay(days, is_missing=stands is Standing.MISSING),
        days_late=days,
        is_missing=stands is Standing.MISSING,
    )


def owed_by(obligation: Obligation) -> Owed:
    """The names and days from which a sentence about an obligation is written."""
    event = obligation.event
    return Owed(
        unit=obligation.unit.name,
        item=obligation.item.title,
        period="" if event else label(obligation.period),
        year=event.happens_on.year if event else obligation.period_start.year,
        due_on=obligation.due_on,
        event=event.title if event else "",
    )


def _recorded_statements(path: str, on: date) -> Mapping[UUID, Sequence[str]]:
    """What was written by hand about matters of the catalogue, by unit."""
    rows = db.session.execute(
        select(Finding.unit_id, Finding.statement)
        .join(Finding.unit)
        .where(under(Unit.path, path), Finding.item_id.is_not(None), Finding.found_on <= on)
    )
    written: dict[UUID, list[str]] = {}
    for unit_id, statement in rows:
        written.setdefault(unit_id, []).append(statement)
    return written


def _is_recorded(problem: SystemFinding, statements: Sequence[str]) -> bool:
    start = str(problem.subject)
    return any(statement.startswith(start) for statement in statements)


def owners_of_units(path: str, on: date) -> dict[UUID, str]:
    """Who holds each village's disclosure on a day, by unit; a stand-in before the stood in for."""
    rows = db.session.execute(
        select(Membership.unit_id, User.name)
        .join(User, Membership.user_id == User.id)
        .join(Unit, Membership.unit_id == Unit.id)
        .where(
            under(Unit.path, path),
            Membership.role == Role.SECRETARY,
            Membership.from_on <= on,
            or_(Membership.until_on.is_(None), Membership.until_on > on),
            or_(User.retired_on.is_(None), User.retired_on > on),
        )
        .order_by(Membership.stands_in_for_id.is_not(None), Membership.from_on)
    )
    return {row.unit_id: row.name for row in rows}
