"""各村自查: after a circular every village looks whether it has the same problems, and answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from taole.access.permissions import Actor
from taole.core.clock import local
from taole.core.database import db, under
from taole.core.errors import NotFound, Refused
from taole.core.words import N_
from taole.inspections.actions import add_finding, record_inspection
from taole.inspections.entries import at_most, required
from taole.inspections.models import Finding, Inspection, InspectionVisit
from taole.inspections.workflow import (
    BodyLevel,
    Direction,
    InspectionKind,
    SelfCheckAnswer,
    Severity,
)
from taole.organisation.models import Unit
from taole.organisation.queries import name_of_clerks_office
from taole.trail.actions import record


def open_self_check(
    circular: Inspection, units: Iterable[Unit], *, due_on: date, by: Actor, at: datetime
) -> Inspection:
    """Ask villages to check themselves by a day; once for each circular."""
    on = local(at).date()
    if due_on < on:
        raise Refused(N_("自查的截止日期已经过了，请选今天以后的日子"))
    asked = list(units)
    if not asked:
        raise Refused(N_("请选择哪些村要自查"))
    if find_self_check(circular.id) is not None:
        raise Refused(N_("已经请各村自查过这份通报的问题"))
    inspection = record_inspection(
        circular.township,
        direction=Direction.OUTBOUND,
        kind=InspectionKind.SELF_CHECK,
        body=name_of_clerks_office(circular.township),
        body_level=BodyLevel.TOWNSHIP,
        held_on=on,
        units=asked,
        document=circular.document,
        follows=circular,
        by=by,
        at=at,
    )
    for visit in inspection.visits:
        visit.due_on = due_on
    db.session.flush()
    return inspection


def answer_self_check(
    visit: InspectionVisit,
    *,
    problem: str,
    by: Actor,
    at: datetime,
    note: str = "",
    severity: Severity = Severity.MINOR,
) -> Finding | None:
    """The village's word, once: nothing of the kind (an empty ``problem``), or a finding of it."""
    on, problem = local(at).date(), problem.strip()
    if not problem:
        note = required(note, N_("自查情况"), 400)
    answered = db.session.scalar(
        update(InspectionVisit)
        .where(
            InspectionVisit.inspection_id == visit.inspection_id,
            InspectionVisit.unit_id == visit.unit_id,
            InspectionVisit.answer.is_(None),
        )
        .values(
            answer=SelfCheckAnswer.FOUND if problem else SelfCheckAnswer.NONE_FOUND,
            answered_on=on,
            answered_by_name=by.name,
            note=at_most(note, N_("自查情况"), 400),
        )
        .returning(InspectionVisit.unit_id)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(visit)
    if answered is None:
        raise Refused(N_("本村已经报过自查情况"))
    record(
        "answer_self_check",
        "inspection",
        visit.inspection_id,
        by=by,
        township_id=visit.township_id,
        after={"unit": visit.unit.code, "found": bool(problem), "on": on},
    )
    if not problem:
        return None
    return add_finding(
        visit.unit,
        source=InspectionKind.SELF_CHECK,
        statement=problem,
        severity=severity,
        found_on=on,
        inspection=visit.inspection,
        by=by,
        at=at,
    )


def find_self_check(circular_id: UUID) -> Inspection | None:
    """The self-check that follows a circular, with what each village said."""
    return db.session.scalar(
        select(Inspection)
        .where(Inspection.follows_id == circular_id, Inspection.kind == InspectionKind.SELF_CHECK)
        .options(selectinload(Inspection.visits).joinedload(InspectionVisit.unit))
    )


def get_self_check(inspection_id: UUID, code: str) -> InspectionVisit:
    """A village's part in a self-check; NotFound for another kind of inspection."""
    visit = db.session.scalar(
        select(InspectionVisit)
        .join(InspectionVisit.unit)
        .join(InspectionVisit.inspection)
        .where(
            InspectionVisit.inspection_id == inspection_id,
            Unit.code == code,
            Inspection.kind == InspectionKind.SELF_CHECK,
        )
        .options(
            contains_eager(InspectionVisit.unit),
            contains_eager(InspectionVisit.inspection).joinedload(Inspection.township),
        )
    )
    if visit is None:
        raise NotFound(code)
    return visit


def list_open_self_checks(paths: Sequence[str] | str) -> list[InspectionVisit]:
    """Who has not answered yet, the first due first."""
    found = (
        select(InspectionVisit)
        .join(InspectionVisit.unit)
        .join(InspectionVisit.inspection)
        .where(
            under(Unit.path, paths),
            Inspection.kind == InspectionKind.SELF_CHECK,
            InspectionVisit.answer.is_(None),
        )
        .options(contains_eager(InspectionVisit.unit), contains_eager(InspectionVisit.inspection))
        .order_by(InspectionVisit.due_on, Unit.path)
    )
    return list(db.session.scalars(found))


def list_circular_problems(check: Inspection) -> list[Finding]:
    """The problems of the circular that a self-check follows."""
    found = (
        select(Finding)
        .where(Finding.inspection_id == check.follows_id)
        .options(joinedload(Finding.unit))
        .order_by(Finding.number)
    )
    return list(db.session.scalars(found))
