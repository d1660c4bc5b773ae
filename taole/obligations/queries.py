"""What can be asked about obligations. Every list within a township uses (township, due day)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from taole.catalogue.models import CatalogueItem
from taole.core.database import db
from taole.core.errors import NotFound
from taole.core.periods import Frequency
from taole.obligations.models import Obligation
from taole.obligations.slot_rules import is_event_driven
from taole.organisation.models import Unit, User

SOON = timedelta(days=30)
RECENT = 6


def get_obligation(obligation_id: UUID) -> Obligation:
    """One obligation with its unit, item and event; NotFound when there is none."""
    found = db.session.scalar(
        _with_item(Obligation.id == obligation_id).options(
            joinedload(Obligation.unit), joinedload(Obligation.event)
        )
    )
    if found is None:
        raise NotFound(obligation_id)
    return found


def list_open(unit: Unit, on: date) -> list[Obligation]:
    """What a unit has not answered: begun by ``on`` or due within thirty days; earliest first."""
    return list(
        db.session.scalars(
            _with_item(
                Obligation.unit_id == unit.id,
                Obligation.answer.is_(None),
                or_(Obligation.period_start <= on, Obligation.due_on <= on + SOON),
            )
            .options(joinedload(Obligation.event))
            .order_by(Obligation.due_on, Obligation.item_code)
        )
    )


def list_for_period(unit_id: UUID, item_code: str, period_key: str) -> list[Obligation]:
    """The slot of an item and a period, answered or not, with the events of that period."""
    return list(db.session.scalars(_of_period(unit_id, item_code, period_key)))


def find_answerable(unit_id: UUID, item_code: str, period_key: str) -> list[Obligation]:
    """What a notice of this item and period would answer: the slot, and its open events."""
    return list(
        db.session.scalars(
            _of_period(unit_id, item_code, period_key).where(Obligation.answer.is_(None))
        )
    )


def _of_period(unit_id: UUID, item_code: str, period_key: str) -> Select[Obligation]:
    return _with_item(
        Obligation.unit_id == unit_id,
        Obligation.item_code == item_code,
        _in_period(period_key),
    ).order_by(Obligation.event_id.is_not(None), Obligation.period_key)


def _in_period(period_key: str) -> ColumnElement[bool]:
    """The slot with this key and the events inside it: an event's key has its id after the year."""
    year, rest = period_key[:4], period_key[4:]
    events = and_(
        Obligation.event_id.is_not(None),
        Obligation.period_key > f"{year}E",
        Obligation.period_key < f"{year}F",
        Obligation.period_key.endswith(rest, autoescape=True),
    )
    return or_(Obligation.period_key == period_key, events)


def list_confirmations(unit_id: UUID, period_key: str) -> list[Obligation]:
    """The event-driven matters of a period that a unit has neither published nor confirmed."""
    found = db.session.scalars(
        _with_item(
            Obligation.unit_id == unit_id,
            Obligation.period_key == period_key,
            Obligation.event_id.is_(None),
            Obligation.answer.is_(None),
        ).order_by(CatalogueItem.position)
    )
    return [each for each in found if is_event_driven(each.item.frequency, each.item.rule)]


def list_periods_to_confirm(unit_id: UUID, on: date) -> list[str]:
    """The keys of ended periods in which event-driven matters wait for a word, latest first."""
    found = db.session.scalars(
        select(Obligation.period_key)
        .join(Obligation.item)
        .where(
            Obligation.unit_id == unit_id,
            Obligation.answer.is_(None),
            Obligation.event_id.is_(None),
            Obligation.period_end <= on,
            CatalogueItem.frequency == Frequency.ON_EVENT,
        )
        .distinct()
        .order_by(Obligation.period_key.desc())
    )
    return list(found)


def list_items_with_events(unit_id: UUID, period_key: str) -> set[str]:
    """The codes of the matters of which something was recorded in a period."""
    found = db.session.scalars(
        select(Obligation.item_code).where(
            Obligation.unit_id == unit_id,
            Obligation.event_id.is_not(None),
            _in_period(period_key),
        )
    )
    return set(found)


def list_recent(obligation: Obligation) -> list[Obligation]:
    """The last slots of the same matter and unit before this one, oldest first."""
    found = db.session.scalars(
        select(Obligation)
        .where(
            Obligation.unit_id == obligation.unit_id,
            Obligation.item_code == obligation.item_code,
            Obligation.due_on < obligation.due_on,
        )
        .order_by(Obligation.due_on.desc())
        .limit(RECENT)
    )
    return list(found)[::-1]


def find_name(user_id: UUID | None) -> str:
    """The name of who answered, or nothing."""
    if user_id is None:
        return ""
    return db.session.scalar(select(User.name).where(User.id == user_id)) or ""


def _with_item(*conditions: ColumnElement[bool]) -> Select[Obligation]:
    return (
        select(Obligation)
        .join(Obligation.item)
        .options(contains_eager(Obligation.item))
        .where(*conditions)
    )
