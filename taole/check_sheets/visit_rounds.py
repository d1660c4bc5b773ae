"""As what somebody goes through the villages, and the rounds of a day: one round is one visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from taole.access.permissions import Actor
from taole.core.database import db
from taole.inspections.models import Inspection, InspectionVisit
from taole.inspections.workflow import BodyLevel, Direction, InspectionKind
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_at, name_of_clerks_office
from taole.organisation.rules import UnitKind

_OF_THE_TOWNSHIP = InspectionKind.VISIT, InspectionKind.SPOT_CHECK
_FROM_ABOVE = InspectionKind.CHECK, InspectionKind.SPOT_CHECK, InspectionKind.GUIDANCE
_LEVELS = {
    UnitKind.REGION: BodyLevel.REGION,
    UnitKind.PREFECTURE: BodyLevel.PREFECTURE,
    UnitKind.COUNTY: BodyLevel.COUNTY,
}


@dataclass(frozen=True)
class Inspecting:
    """As what somebody comes to a village: the township visits, a higher level checks."""

    direction: Direction
    body: str
    level: BodyLevel
    kinds: tuple[InspectionKind, ...]


def who_inspects(township: Unit, reach: Sequence[str]) -> Inspecting:
    """As what a person comes whose permission to inspect reaches these subtrees."""
    mine = next((path for path in reach if township.path.startswith(path)), township.path)
    if mine == township.path:
        body = name_of_clerks_office(township)
        return Inspecting(Direction.OUTBOUND, body, BodyLevel.TOWNSHIP, _OF_THE_TOWNSHIP)
    above = get_unit_at(mine)
    return Inspecting(Direction.INBOUND, above.name, _LEVELS[above.kind], _FROM_ABOVE)


def list_rounds(township: Unit, inspecting: Inspecting, on: date, by: Actor) -> list[Inspection]:
    """This person's rounds of a day in the township, the latest begun first."""
    found = (
        select(Inspection)
        .where(
            Inspection.township_id == township.id,
            Inspection.held_on == on,
            Inspection.entered_by_id == by.id,
            Inspection.direction == inspecting.direction,
            Inspection.kind.in_(inspecting.kinds),
            Inspection.body == inspecting.body,
        )
        .options(selectinload(Inspection.visits).joinedload(InspectionVisit.unit))
        .order_by(Inspection.entered_at.desc(), Inspection.id.desc())
    )
    return list(db.session.scalars(found))
