"""A visit to a village as it was noted on a phone: what was marked, the problems, their pictures.

All of it is kept or none. What is sent again is known by the ids that the phone made, and is the
same visit: nothing is lost and nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.attachments.actions import Sent, keep_file
from taole.attachments.models import Attachment
from taole.attachments.uploads import begin
from taole.catalogue.channels import Channel
from taole.check_sheets.marking import MarkNoted, mark_line
from taole.check_sheets.queries import proposals_for
from taole.check_sheets.sheets import list_lines, stored_sheet
from taole.check_sheets.visit_rounds import Inspecting, list_rounds
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_
from taole.inspections.actions import add_finding, record_inspection
from taole.inspections.models import Finding, Inspection, InspectionVisit
from taole.inspections.workflow import InspectionKind, Severity
from taole.organisation.models import Unit
from taole.organisation.queries import get_township_of
from taole.trail.actions import record

OF_PROBLEM = "problem"
"""The purpose of a photograph that follows its visit piece by piece."""
MOST_PHOTOGRAPHS = 6


@dataclass(frozen=True)
class Promised:
    """A photograph that follows in pieces, by the id that the phone gave it."""

    id: UUID
    filename: str
    size: int


@dataclass(frozen=True)
class ProblemNoted:
    """A problem as noted: ``id`` from the phone, photographs sent along or promised."""

    id: UUID
    statement: str
    severity: Severity
    due_on: date | None = None
    channel: Channel | None = None
    problem_kind: str = ""
    demand: str = ""
    photographs: Sequence[tuple[str, Sent]] = ()
    promised: Sequence[Promised] = ()


@dataclass(frozen=True)
class Visit:
    """What was sent of one village. ``round_id``: the round that it continues; None begins one."""

    id: UUID
    held_on: date
    kind: InspectionKind
    marks: Mapping[UUID, MarkNoted]
    problems: Sequence[ProblemNoted]
    round_id: UUID | None = None
    is_new_round: bool = False


def record_visit(
    unit: Unit, visit: Visit, *, inspecting: Inspecting, by: Actor, at: datetime | None = None
) -> Inspection:
    """Keep a visit: the inspection (begun, or the round of the day), marks, findings, pictures.

    Sent again it is the same visit. A line marked as a problem makes a finding, unless one about
    the same is open: then the mark names that one. Raises Refused as ``record_inspection`` and
    ``add_finding`` do, and nothing is kept then.
    """
    at = at or now()
    township = get_township_of(unit)
    # whoever sends the same at the same moment waits here, and then finds it done
    db.session.execute(select(Unit.id).where(Unit.id == township.id).with_for_update())
    inspection = _round_of(unit, township, visit, inspecting, by, at)
    if visit.marks:
        stored_sheet(township, visit.held_on)
        lines = list_lines(township, visit.marks)
        proposed = proposals_for([unit], lines, visit.held_on)[unit.id]
        for line in lines:
            noted = visit.marks[line.id]
            mark_line(inspection, unit, line, noted, proposed[line.id], by=by, at=at)
    for problem in visit.problems:
        _note(inspection, unit, problem, by=by, at=at)
    db.session.flush()
    return inspection


def photograph_arrived(finding_id: UUID, kept: Attachment, _by: Actor) -> None:
    """A photograph that followed its visit has come: it is of the moment of the finding, so that
    it stands on the side of the problem and not of the mending."""
    finding = db.session.get(Finding, finding_id)
    if finding is not None:
        kept.owner_id = finding.id
        kept.uploaded_at = min(kept.uploaded_at, finding.entered_at)


def _round_of(
    unit: Unit, township: Unit, visit: Visit, inspecting: Inspecting, by: Actor, at: datetime
) -> Inspection:
    """The inspection that the visit belongs to, with the unit among those visited."""
    known = db.session.get(Inspection, visit.id)
    if known is None and visit.kind not in inspecting.kinds:
        raise Refused(N_("请选择这一轮是到村查看、抽查还是检查"))
    rounds = list_rounds(township, inspecting, visit.held_on, by)
    if known is None and visit.round_id is not None:
        known = next((each for each in rounds if each.id == visit.round_id), None)
    if known is None and not visit.is_new_round:
        known = next((each for each in rounds if each.kind is visit.kind), None)
    if known is None:
        return record_inspection(
            township,
            direction=inspecting.direction,
            kind=visit.kind,
            body=inspecting.body,
            body_level=inspecting.level,
            held_on=visit.held_on,
            units=[unit],
            people=by.name,
            by=by,
            id=visit.id,
            at=at,
        )
    if known.township_id != township.id or known.entered_by_id != by.id:
        raise Refused(N_("这次督查是别人记的，或者是别的乡镇的：请重新打开督查页面再记。"))
    if unit.id not in {each.unit_id for each in known.visits}:
        known.visits.append(InspectionVisit(unit_id=unit.id, unit=unit, township_id=township.id))
        record(
            "go_on_to",
            "inspection",
            known.id,
            by=by,
            township_id=township.id,
            after={"unit": unit.code, "held_on": known.held_on},
        )
        db.session.flush()
    return known


def _note(
    inspection: Inspection, unit: Unit, problem: ProblemNoted, *, by: Actor, at: datetime
) -> None:
    """One problem with its pictures; one that came before with the same id is that one."""
    finding = db.session.get(Finding, problem.id)
    if finding is None:
        finding = add_finding(
            unit,
            source=inspection.kind,
            statement=problem.statement,
            severity=problem.severity,
            found_on=inspection.held_on,
            inspection=inspection,
            due_on=problem.due_on,
            channel=problem.channel,
            problem_kind=problem.problem_kind,
            demand=problem.demand,
            id=problem.id,
            by=by,
            at=at,
        )
        for filename, photograph in problem.photographs:
            keep_file(unit, photograph, filename, by=by, owner_id=finding.id, at=at)
    elif finding.unit_id != unit.id or finding.inspection_id != inspection.id:
        raise Refused(N_("这次督查是别人记的，或者是别的乡镇的：请重新打开督查页面再记。"))
    for each in problem.promised:
        begin(
            unit,
            each.id,
            filename=each.filename,
            size=each.size,
            owner_id=finding.id,
            purpose=OF_PROBLEM,
            by=by,
            at=at,
        )
