"""The real circular, once it came: kept as an inspection with its findings, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from taole.access.permissions import Actor
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.periods import Frequency, period_containing
from taole.core.words import N_
from taole.inspections.actions import add_finding, record_inspection
from taole.inspections.models import Finding, Inspection
from taole.inspections.workflow import BodyLevel, Direction, InspectionKind, Severity
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_by_id, list_units_of_township
from taole.oversight.circular import draft_circular
from taole.oversight.received_rules import Compared, ReceivedLine, compare, read_lines


def read_received(township: Unit, text: str, issued_on: date) -> list[ReceivedLine]:
    """What a pasted circular says of this township's units; Refused when it says nothing."""
    names = [unit.name for unit in list_units_of_township(township.id) if unit.id != township.id]
    lines = read_lines(text, names, issued_on)
    if not lines:
        raise Refused(N_("没有读到问题：请把通报里点名的问题粘贴进来，一行一个。"))
    return lines


def record_circular(
    township: Unit,
    *,
    body: str,
    document: str,
    issued_on: date,
    lines: Sequence[ReceivedLine],
    by: Actor,
    at: datetime,
) -> Inspection:
    """Keep a circular with a finding for each of its lines."""
    units = {unit.name: unit for unit in list_units_of_township(township.id)}
    named = {line.unit for line in lines if line.unit}
    inspection = record_inspection(
        township,
        direction=Direction.INBOUND,
        kind=InspectionKind.CIRCULAR,
        body=body,
        body_level=BodyLevel.COUNTY,
        held_on=issued_on,
        units=[units[name] for name in sorted(named)],
        document=document,
        by=by,
        at=at,
    )
    for line in lines:
        add_finding(
            units[line.unit] if line.unit else township,
            source=InspectionKind.CIRCULAR,
            statement=line.statement,
            severity=Severity.MAJOR,
            found_on=issued_on,
            due_on=line.due_on,
            inspection=inspection,
            by=by,
            at=at,
        )
    return inspection


def get_circular(inspection_id: UUID) -> Inspection:
    """A circular that came, with its findings; NotFound for another kind of inspection."""
    found = db.session.scalar(
        select(Inspection)
        .where(Inspection.id == inspection_id, Inspection.kind == InspectionKind.CIRCULAR)
        .options(selectinload(Inspection.findings).joinedload(Finding.unit))
    )
    if found is None:
        raise NotFound(inspection_id)
    return found


def list_circulars(township: Unit) -> list[Inspection]:
    """The circulars that came, the latest first."""
    return list(
        db.session.scalars(
            select(Inspection)
            .where(
                Inspection.township_id == township.id,
                Inspection.kind == InspectionKind.CIRCULAR,
                Inspection.direction == Direction.INBOUND,
            )
            .order_by(Inspection.held_on.desc(), Inspection.id)
        )
    )


def compared(inspection: Inspection) -> list[Compared]:
    """What came beside what we would have foreseen on the last day of the quarter it is about.

    A circular is about the quarter that ended last before it came.
    """
    quarter = period_containing(Frequency.QUARTERLY, inspection.held_on).previous()
    township = get_unit_by_id(inspection.township_id)
    foreseen: dict[str, list[str]] = {}
    for problem in draft_circular(township, quarter, quarter.end).problems:
        foreseen.setdefault(problem.unit or township.name, []).append(str(problem.said))
    return compare(
        [(finding.unit.name, finding.statement) for finding in inspection.findings], foreseen
    )
