"""Changing or retiring an item of the catalogue: future slots follow, past periods never."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.exc import IntegrityError

from taole.access.permissions import Actor
from taole.catalogue import actions as catalogue
from taole.catalogue.models import CatalogueItem
from taole.catalogue.queries import list_adoptions
from taole.core.clock import today
from taole.core.database import db
from taole.core.words import Sentence
from taole.obligations.models import Obligation
from taole.obligations.opening import Slot, insert_slots, plan_slots
from taole.obligations.slot_rules import AHEAD
from taole.organisation.models import Unit
from taole.trail.actions import record


@dataclass(frozen=True)
class Preview:
    """What a change of an item would touch.

    ``future_slots`` are opened anew in ``villages`` villages; ``kept_slots`` begin after the day
    but are answered or under review, and stay.
    """

    villages: int
    future_slots: int
    kept_slots: int = 0


@dataclass(frozen=True)
class Changed:
    """What a change did: slots that follow the new row, that were removed, opened, and kept."""

    followed: int = 0
    removed: int = 0
    opened: int = 0
    kept: int = 0

    def __add__(self, other: Changed) -> Changed:
        return Changed(
            self.followed + other.followed,
            self.removed + other.removed,
            self.opened + other.opened,
            self.kept + other.kept,
        )


def preview_item_change(item: CatalogueItem, from_on: date) -> Preview:
    """How many slots would follow if the item changed or ended on a day. Writes nothing."""
    villages, free = db.session.execute(
        select(func.count(Obligation.unit_id.distinct()), func.count()).where(
            *_begins_from(item, from_on), is_free()
        )
    ).one()
    every = db.session.scalar(select(func.count()).where(*_begins_from(item, from_on))) or 0
    return Preview(villages, free, every - free)


def change_item(
    item: CatalogueItem,
    *,
    from_on: date,
    by: Actor,
    at: datetime | None = None,
    **changes: Any,
) -> CatalogueItem:
    """The item is another from a day on; open slots that begin from then follow the new row.

    ``changes`` are values by the names of the item's columns. Refused as the catalogue refuses
    (a day that has passed, values that do not fit, no change).
    """
    replacement = catalogue.replace_item(item, from_on=from_on, by=by, at=at, **changes)
    _follow(item, from_on, by=by)
    return replacement


def retire_item(
    item: CatalogueItem, *, from_on: date, by: Actor, at: datetime | None = None
) -> Changed:
    """The item is owed no more from a day on: open slots that begin from then are removed."""
    catalogue.retire_item(item, from_on=from_on, by=by, at=at)
    return _follow(item, from_on, by=by)


def _follow(item: CatalogueItem, from_on: date, *, by: Actor) -> Changed:
    total = Changed()
    for township in list_adopters(item.edition_id):
        total += _follow_in(township, item, from_on, by=by)
    return total


def list_adopters(edition_id: UUID) -> list[Unit]:
    """The townships that follow or followed an edition."""
    found = {
        each.township_id: each.township
        for each in list_adoptions()
        if each.edition_id == edition_id
    }
    return list(found.values())


def _follow_in(township: Unit, item: CatalogueItem, from_on: date, *, by: Actor) -> Changed:
    affected = list(
        db.session.scalars(
            select(Obligation).where(
                *_begins_from(item, from_on), is_free(), Obligation.township_id == township.id
            )
        )
    )
    horizon = max([today() + AHEAD, *(each.due_on for each in affected)])
    skipped: dict[int, Sentence] = {}
    wanted = [
        slot
        for slot in plan_slots(township, through=horizon, skipped=skipped, code=item.code)
        if slot["period_start"] >= from_on
    ]
    changed = follow_slots(affected, wanted)
    if changed != Changed():
        record(
            "follow_item",
            "catalogue_item",
            item.id,
            by=by,
            township_id=township.id,
            after={"code": item.code, "from": from_on, **vars(changed)},
        )
    return changed


def follow_slots(affected: Sequence[Obligation], wanted: Iterable[Slot]) -> Changed:
    """Let open slots become what is wanted of their unit, matter and period; open what is new.

    What is wanted no more is removed, unless a draft was written for it.
    """
    asked = {(slot["unit_id"], slot["item_code"], slot["period_key"]): slot for slot in wanted}
    useless, followed = [], 0
    for obligation in affected:
        slot = asked.get((obligation.unit_id, obligation.item_code, obligation.period_key))
        if slot is None:
            useless.append(obligation)
            continue
        obligation.item_id, obligation.section = slot["item_id"], slot["section"]
        obligation.due_on = slot["due_on"]
        followed += 1
    db.session.flush()
    removed = _remove(useless)
    opened = insert_slots(asked.values())
    return Changed(followed, removed, opened, len(useless) - removed)


def _remove(useless: Sequence[Obligation]) -> int:
    """Remove slots that nobody owes any more, but for those for which a draft was written."""
    removed = 0
    for obligation in useless:
        try:
            with db.session.begin_nested():
                db.session.delete(obligation)
        except IntegrityError:
            continue
        removed += 1
    return removed


def is_free() -> ColumnElement[bool]:
    """Neither answered nor under review: what a change of the catalogue may still touch."""
    return and_(Obligation.answer.is_(None), Obligation.review_since.is_(None))


def _begins_from(item: CatalogueItem, from_on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Obligation.item_id.in_(
            select(CatalogueItem.id).where(
                CatalogueItem.edition_id == item.edition_id, CatalogueItem.code == item.code
            )
        ),
        Obligation.event_id.is_(None),
        Obligation.period_start >= from_on,
    )
