"""What can be done with inspections and findings. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select

from taole.access.permissions import Actor, Role
from taole.catalogue.models import CatalogueItem
from taole.core.calendar_store import work_calendar
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_, sentence
from taole.inspections import rules
from taole.inspections.entries import at_most, not_later_than, required
from taole.inspections.mending import close, prove, send_back, start_mending
from taole.inspections.models import Finding, Inspection, InspectionVisit, RectificationReport
from taole.inspections.problem_kinds import require_problem_kind
from taole.inspections.workflow import (
    BodyLevel,
    Direction,
    InspectionKind,
    Severity,
)
from taole.organisation.models import Unit
from taole.organisation.queries import find_holder
from taole.organisation.rules import UnitKind
from taole.trail.actions import record

__all__ = [
    "add_finding",
    "close",
    "prove",
    "record_inspection",
    "send_back",
    "start_mending",
    "submit_report",
]


def record_inspection(
    township: Unit,
    *,
    direction: Direction,
    kind: InspectionKind,
    body: str,
    body_level: BodyLevel,
    held_on: date,
    units: Iterable[Unit],
    by: Actor,
    document: str = "",
    result: str = "",
    at: datetime | None = None,
) -> Inspection:
    """Record that somebody came to the township, or that the township went to its units."""
    at = at or now()
    if township.kind is not UnitKind.TOWNSHIP:
        raise Refused(sentence(N_("“%(unit)s”不是乡镇，督查要记在乡镇下"), unit=township.name))
    body = required(body, N_("督查单位"), 80)
    not_later_than(held_on, local(at).date())
    visited = {unit.id: unit for unit in units}
    for unit in visited.values():
        _refuse_foreign(unit, township)
    inspection = Inspection(
        id=new_id(),
        township_id=township.id,
        township=township,
        direction=direction,
        kind=kind,
        body=body,
        body_level=body_level,
        held_on=held_on,
        document=at_most(document, N_("文号"), 200),
        result=result.strip(),
        entered_by_id=by.id,
        entered_at=at,
        visits=[
            InspectionVisit(unit_id=unit.id, unit=unit, township_id=township.id)
            for unit in visited.values()
        ],
    )
    db.session.add(inspection)
    record(
        "record",
        "inspection",
        inspection.id,
        by=by,
        township_id=township.id,
        after={
            "direction": direction,
            "kind": kind,
            "body": body,
            "held_on": held_on,
            "units": [unit.code for unit in visited.values()],
        },
    )
    db.session.flush()
    return inspection


def add_finding(
    unit: Unit,
    *,
    source: InspectionKind,
    statement: str,
    severity: Severity,
    found_on: date,
    by: Actor,
    inspection: Inspection | None = None,
    item: CatalogueItem | None = None,
    demand: str = "",
    due_on: date | None = None,
    problem_kind: str = "",
    owner_name: str = "",
    at: datetime | None = None,
) -> Finding:
    """Record a problem of a unit, numbered within its township and the year it was found.

    Without ``due_on`` it is to be mended within the working days of its severity; without
    ``owner_name`` by who holds the village's disclosure on that day.
    """
    at = at or now()
    if unit.township_id is None:
        raise Refused(sentence(N_("“%(unit)s”不属于任何乡镇，不能记问题"), unit=unit.name))
    if inspection is not None and inspection.township_id != unit.township_id:
        raise Refused(sentence(N_("“%(unit)s”不在这次督查的乡镇里"), unit=unit.name))
    statement = required(statement, N_("发现的问题"), 400)
    require_problem_kind(problem_kind)
    not_later_than(found_on, local(at).date())
    if due_on is None:
        due_on = rules.mend_by(found_on, severity, work_calendar())
    elif due_on < found_on:
        raise Refused(N_("整改时限早于发现日期，请检查两个日期"))
    finding = Finding(
        id=new_id(),
        township_id=unit.township_id,
        unit_id=unit.id,
        unit=unit,
        inspection_id=inspection.id if inspection else None,
        item_id=item.id if item else None,
        item=item,
        year=found_on.year,
        source=source,
        problem_kind=problem_kind,
        severity=severity,
        statement=statement,
        demand=at_most(demand, N_("整改要求"), 400),
        owner_name=at_most(owner_name, N_("责任人"), 60) or _usual_owner(unit, found_on),
        found_on=found_on,
        due_on=due_on,
        entered_at=at,
    )
    # the trail locks the head of the township's chain: from here on nobody else numbers
    record(
        "record",
        "finding",
        finding.id,
        by=by,
        township_id=finding.township_id,
        after={
            "unit": unit.code,
            "source": source,
            "severity": severity,
            "found_on": found_on,
            "due_on": due_on,
        },
    )
    finding.number = _next_number(finding)
    db.session.add(finding)
    db.session.flush()
    return finding


def _next_number(finding: Finding) -> int:
    last = db.session.scalar(
        select(func.max(Finding.number)).where(
            Finding.township_id == finding.township_id, Finding.year == finding.year
        )
    )
    return (last or 0) + 1


def _usual_owner(unit: Unit, on: date) -> str:
    holder = find_holder(unit.id, Role.SECRETARY, on)
    return holder.name if holder else ""


def submit_report(
    township: Unit,
    *,
    submitted_on: date,
    recipient: str,
    title: str,
    by: Actor,
    at: datetime | None = None,
) -> RectificationReport:
    """Record that a 整改报告 was sent up."""
    at = at or now()
    if township.kind is not UnitKind.TOWNSHIP:
        raise Refused(sentence(N_("“%(unit)s”不是乡镇，不能报送整改报告"), unit=township.name))
    not_later_than(submitted_on, local(at).date())
    report = RectificationReport(
        id=new_id(),
        township_id=township.id,
        submitted_on=submitted_on,
        recipient=required(recipient, N_("报送对象"), 80),
        title=required(title, N_("报告标题"), 200),
        entered_at=at,
    )
    db.session.add(report)
    record(
        "submit",
        "rectification_report",
        report.id,
        by=by,
        township_id=township.id,
        after={"submitted_on": submitted_on, "recipient": report.recipient},
    )
    db.session.flush()
    return report


def _refuse_foreign(unit: Unit, township: Unit) -> None:
    if unit.township_id != township.id:
        raise Refused(
            sentence(
                N_("“%(unit)s”不属于%(township)s，请只选本乡镇的单位"),
                unit=unit.name,
                township=township.name,
            )
        )
