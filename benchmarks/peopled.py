"""Who works in the invented province, and on which day each matter is done or a round answered."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from filling import FROM
from sqlalchemy import bindparam, insert, select, update

from taole.access.permissions import Role
from taole.catalogue.deadlines import DeadlineRule
from taole.catalogue.models import CatalogueItem
from taole.core.clock import local, noon
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notifications.plan import Plan
from taole.notifications.settings import keep_plan
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.obligations.slot_rules import is_event_driven
from taole.organisation.actions import SYSTEM
from taole.organisation.models import Membership, Unit, User
from taole.organisation.queries import list_townships
from taole.organisation.rules import UnitKind
from taole.rounds.actions import keep_round_setting
from taole.rounds.models import AskAnswer, RoundAsk
from taole.rounds.rules import RoundSetting

SPREAD = 10
"""A matter is done so many days before its due day, or after it, or any day between."""


@dataclass
class Matter:
    """What is told of as one: an obligation, or all confirmations of a village's quarter."""

    subject: str
    unit_id: UUID
    township_id: UUID
    due_on: date
    done_on: date | None = None
    rows: list[UUID] = field(default_factory=list)


def engage_people() -> None:
    """A secretary in each village, a head in most, clerk and leader in each township.

    In every third village one person is both; every seventh has no head; some townships have no
    leader: others are told in their place.
    """
    held = set(db.session.execute(select(Membership.unit_id, Membership.role)).tuples())
    people: list[dict[str, Any]] = []
    posts: list[dict[str, Any]] = []

    def engage(unit: Unit, *roles: Role) -> None:
        wanted = [role for role in roles if (unit.id, role) not in held]
        if not wanted:
            return
        person = {
            "id": new_id(),
            "username": f"{wanted[0].value[:2]}{unit.code}",
            "name": "张某某",
            "password_hash": "-",
            "session_key": "-",
            "created_at": noon(FROM),
        }
        people.append(person)
        posts.extend(
            {
                "id": new_id(),
                "user_id": person["id"],
                "unit_id": unit.id,
                "role": role,
                "from_on": FROM,
            }
            for role in wanted
        )

    kinds = (UnitKind.VILLAGE, UnitKind.TOWNSHIP)
    units = db.session.scalars(select(Unit).where(Unit.kind.in_(kinds)).order_by(Unit.path))
    for number, unit in enumerate(units):
        if unit.kind is UnitKind.TOWNSHIP:
            engage(unit, Role.CLERK)
            if number % 5:
                engage(unit, Role.LEADER)
        elif number % 3 == 0:
            engage(unit, Role.SECRETARY, Role.HEAD)
        else:
            engage(unit, Role.SECRETARY)
            if number % 7:
                engage(unit, Role.HEAD)
    with transaction():
        db.session.execute(insert(User), people)
        db.session.execute(insert(Membership), posts)


def switch_on(first: date, rounds: RoundSetting) -> None:
    """Reminders and collections in every township from a day on."""
    with transaction():
        for township in list_townships():
            keep_plan(township, Plan(is_on=True, since=first), by=SYSTEM)
            keep_round_setting(township, rounds, by=SYSTEM)


def draw_matters(first: date, last: date, seed: int) -> list[Matter]:
    """Every matter that may press from ``first`` on; three in four are done one day.

    Those that fall due from ``first`` on are open again in the database, until ``Doing`` does them.
    """
    with transaction():
        db.session.execute(
            update(Obligation)
            .where(Obligation.due_on >= first)
            .values(answer=None, answered_on=None, answer_id=None)
        )
    chance = random.Random(seed)
    matters = sorted(_matters(first, last), key=lambda each: each.subject)
    for matter in matters:
        done_on = matter.due_on + timedelta(days=chance.randint(-SPREAD, SPREAD))
        if matter.due_on >= first and chance.random() < 0.75:
            matter.done_on = max(done_on, first)
    return matters


def _matters(first: date, last: date) -> Iterator[Matter]:
    """Also those that fell due shortly before and are still open, up to what is near at the end."""
    found = db.session.execute(
        select(
            Obligation.id,
            Obligation.unit_id,
            Obligation.township_id,
            Obligation.due_on,
            Obligation.period_key,
            CatalogueItem.frequency,
            CatalogueItem.deadline,
        )
        .join(CatalogueItem, CatalogueItem.id == Obligation.item_id)
        .where(
            Obligation.answer.is_(None),
            Obligation.due_on.between(
                first - timedelta(days=SPREAD), last + timedelta(days=SPREAD + 30)
            ),
        )
        .order_by(Obligation.due_on)
    )
    folded: dict[tuple[UUID, str], Matter] = {}
    for row in found:
        if not is_event_driven(row.frequency, DeadlineRule.from_mapping(row.deadline)):
            yield Matter(
                f"obligation:{row.id}", row.unit_id, row.township_id, row.due_on, rows=[row.id]
            )
            continue
        key = (row.unit_id, row.period_key)
        if key not in folded:
            subject = f"confirmation:{row.unit_id}:{row.period_key}"
            folded[key] = Matter(subject, row.unit_id, row.township_id, row.due_on)
        folded[key].rows.append(row.id)
    yield from folded.values()


class Doing:
    """What people do each morning: matters at their drawn day, two in three rounds some day."""

    def __init__(self, matters: list[Matter], seed: int) -> None:
        self._chance = random.Random(seed)
        self._by_day: dict[date, list[UUID]] = defaultdict(list)
        for matter in matters:
            if matter.done_on is not None:
                self._by_day[matter.done_on] += matter.rows

    def live(self, day: date) -> None:
        done = [each for on in [*self._by_day] if on <= day for each in self._by_day.pop(on)]
        asks = db.session.execute(
            select(RoundAsk.id, RoundAsk.due_at)
            .where(RoundAsk.answer.is_(None))
            .order_by(RoundAsk.id)
        ).all()
        replied = [
            ask_id
            for ask_id, due_at in asks
            if local(due_at).date() >= day and self._chance.random() < 0.08
        ]
        with transaction():
            if done:
                table = Obligation.__table__
                db.session.connection().execute(
                    update(table)  # type: ignore[arg-type]
                    .where(table.c.id == bindparam("row"))
                    .values(answer=Answer.NOTHING, answered_on=day),
                    [{"row": each} for each in done],
                )
            for ask_id in replied:
                ask = db.session.get_one(RoundAsk, ask_id)
                ask.answer = AskAnswer.NOTHING
                ask.answered_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
