"""The real circular, once it came (loaded at /findings/load), beside what we foresaw of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from taole.core.database import db
from taole.core.errors import NotFound
from taole.core.periods import Frequency, period_containing
from taole.inspections.models import Finding, Inspection
from taole.inspections.workflow import Direction, InspectionKind
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_by_id
from taole.oversight.circular import draft_circular
from taole.oversight.received_rules import Compared, compare


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
