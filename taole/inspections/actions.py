"""What can be done with inspections and findings. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from taole.access.permissions import Actor, Role
from taole.catalogue.channels import Channel
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
from taole.inspections.models import Finding, Inspection, InspectionVisit
from taole.inspections.problem_kinds import require_problem_kind
from taole.inspections.workflow import BodyLevel, Direction, FindingState, InspectionKind, Severity
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
    until_on: date | None = None,
    people: str = "",
    follows: Inspection | None = None,
    id: UUID | None = None,
    at: datetime | None = None,
) -> Inspection:
    """Record that somebody came to the township, or that the township went to its units.

    ``id`` was given out with the form, so that a form sent twice is kept once.
    """
    at = at or now()
    if township.kind is not UnitKind.TOWNSHIP:
        raise Refused(sentence(N_("“%(unit)s”不是乡镇，督查要记在乡镇下"), unit=township.name))
    body = required(body, N_("督查单位"), 80)
    not_later_than(until_on or held_on, local(at).date())
    if until_on is not None and until_on < held_on:
        raise Refused(N_("督查的最后一天早于第一天，请检查两个日期"))
    visited = {unit.id: unit for unit in units}
    for unit in visited.values():
        _refuse_foreign(unit, township)
    inspection = Inspection(
        id=id or new_id(),
        township_id=township.id,
        township=township,
        direction=direction,
        kind=kind,
        body=body,
        body_level=body_level,
        held_on=held_on,
        until_on=until_on,
        people=at_most(people, N_("督查人员"), 120),
        follows_id=follows.id if follows else None,
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
    subject: str = "",
    basis: str = "",
    evidence_link: str = "",
    channel: Channel | None = None,
    line_id: UUID | None = None,
    id: UUID | None = None,
    at: datetime | None = None,
) -> Finding:
    """Record a problem of a unit, numbered within its township and the year it was found.

    Without ``due_on`` it is to be mended within the working days of its severity; without
    ``owner_name`` by who holds the village's disclosure on that day. The same problem closed
    within the year before makes it one that came back (反弹), which names the first. Raises
    Refused naming the open finding about the same ``subject``.
    """
    at = at or now()
    if unit.township_id is None:
        raise Refused(sentence(N_("“%(unit)s”不属于任何乡镇，不能记问题"), unit=unit.name))
    if inspection is not None and inspection.township_id != unit.township_id:
        raise Refused(sentence(N_("“%(unit)s”不在这次督查的乡镇里"), unit=unit.name))
    statement = required(statement, N_("发现的问题"), 400)
    evidence_link = at_most(evidence_link, N_("链接"), 300)
    fault = rules.link_fault(evidence_link)
    if fault is not None:
        raise Refused(fault)
    require_problem_kind(problem_kind)
    _refuse_known(unit, subject)
    not_later_than(found_on, local(at).date())
    if due_on is None:
        due_on = rules.mend_by(found_on, severity, work_calendar())
    elif due_on < found_on:
        raise Refused(N_("整改时限早于发现日期，请检查两个日期"))
    owner = None if owner_name.strip() else find_holder(unit.id, Role.SECRETARY, found_on)
    finding = Finding(
        id=id or new_id(),
        township_id=unit.township_id,
        unit_id=unit.id,
        unit=unit,
        inspection_id=inspection.id if inspection else None,
        item_id=item.id if item else None,
        item=item,
        line_id=line_id,
        year=found_on.year,
        source=source,
        subject=subject,
        channel=channel,
        problem_kind=problem_kind,
        severity=severity,
        statement=statement,
        basis=at_most(basis, N_("依据"), 200),
        evidence_link=evidence_link,
        demand=at_most(demand, N_("整改要求"), 400),
        owner_id=owner.id if owner else None,
        owner_name=owner.name if owner else at_most(owner_name, N_("责任人"), 60),
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
    first = _find_first(finding)
    finding.recurs, finding.recurs_id = first, first.id if first else None
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


def _refuse_known(unit: Unit, subject: str) -> None:
    known = subject and db.session.scalar(
        select(Finding).where(
            Finding.unit_id == unit.id,
            Finding.subject == subject,
            Finding.state != FindingState.CLOSED,
        )
    )
    if known:
        raise Refused(
            sentence(
                N_("这件事已经记过，是%(year)s年第%(number)s号问题，还没有销号"),
                year=known.year,
                number=known.number,
            )
        )


def _find_first(finding: Finding) -> Finding | None:
    """The first of the same problem that was closed within the year before; None if it is new.

    The same is what has the same subject, or the same kind of problem in the same matter; that a
    matter is missing counts as a kind of its own.
    """
    same = []
    if finding.subject:
        same.append(Finding.subject == finding.subject)
    is_missing = not finding.problem_kind and finding.subject.startswith("obligation:")
    if finding.problem_kind or is_missing:
        kind = Finding.problem_kind == finding.problem_kind
        if is_missing:
            kind &= Finding.subject.startswith("obligation:")
        same.append(kind & _of_same_matter(finding))
    if not same:
        return None
    latest = db.session.scalar(
        select(Finding)
        .where(
            Finding.unit_id == finding.unit_id,
            Finding.closed_on.between(finding.found_on - rules.RECURS_WITHIN, finding.found_on),
            or_(*same),
        )
        .order_by(Finding.closed_on.desc(), Finding.number.desc())
        .limit(1)
    )
    if latest is None or latest.recurs_id is None:
        return latest
    return db.session.get(Finding, latest.recurs_id)


def _of_same_matter(finding: Finding) -> ColumnElement[bool]:
    """In the same item of whichever edition; both without one count as the same."""
    if finding.item is None:
        return Finding.item_id.is_(None)
    editions = select(CatalogueItem.id).where(CatalogueItem.code == finding.item.code)
    return Finding.item_id.in_(editions)


def _refuse_foreign(unit: Unit, township: Unit) -> None:
    if unit.township_id != township.id:
        raise Refused(
            sentence(
                N_("“%(unit)s”不属于%(township)s，请只选本乡镇的单位"),
                unit=unit.name,
                township=township.name,
            )
        )
