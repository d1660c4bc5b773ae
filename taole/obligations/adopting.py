"""Going over to another edition of the catalogue: open slots from that day follow, earlier never.

A slot that is answered or under review stays, and so does every period that began before the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, func, select

from taole.access.permissions import Actor
from taole.catalogue.following import FOLLOWERS
from taole.catalogue.models import CatalogueKind, Edition
from taole.core.clock import today
from taole.core.database import db
from taole.core.words import N_, Sentence, sentence
from taole.obligations.item_changes import Changed, follow_slots, is_free
from taole.obligations.models import Obligation
from taole.obligations.opening import plan_slots
from taole.obligations.slot_rules import AHEAD
from taole.organisation.models import Unit
from taole.trail.actions import record


class OpenSlots:
    """The slots that a township's villages still owe go over to the edition it adopts."""

    def preview(self, township: Unit, from_on: date) -> Iterator[Sentence]:
        every, free = db.session.execute(
            select(func.count(), func.count().filter(is_free())).where(*_begins(township, from_on))
        ).one()
        if every:
            yield sentence(
                N_(
                    "从%(day)s起的应公示事项已经打开%(every)s件：没有公示的%(free)s件改按新目录，"
                    "已经公示或在审核的%(kept)s件不变，以前的周期一件不动。"
                ),
                day=from_on,
                every=every,
                free=free,
                kept=every - free,
            )

    def follow(self, township: Unit, edition: Edition, from_on: date, by: Actor) -> None:
        if edition.kind is not CatalogueKind.VILLAGE:
            return
        affected = list(
            db.session.scalars(select(Obligation).where(*_begins(township, from_on), is_free()))
        )
        if not affected:
            return
        horizon = max([today() + AHEAD, *(each.due_on for each in affected)])
        skipped: dict[int, Sentence] = {}
        wanted = [
            slot
            for slot in plan_slots(township, through=horizon, skipped=skipped)
            if slot["period_start"] >= from_on
        ]
        changed = follow_slots(affected, wanted)
        if changed != Changed():
            record(
                "follow_edition",
                "edition",
                edition.id,
                by=by,
                township_id=township.id,
                after={"name": edition.name, "from": from_on, **vars(changed)},
            )


def _begins(township: Unit, from_on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Obligation.township_id == township.id,
        Obligation.event_id.is_(None),
        Obligation.period_start >= from_on,
    )


FOLLOWERS.append(OpenSlots())
