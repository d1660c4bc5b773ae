"""Matters that are late whatever day the journeys are made, and a house in which nothing is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from taole.catalogue.deadlines import DeadlineRule
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.periods import label
from taole.notifications.models import Message, Reminder
from taole.notifications.plan import Plan
from taole.notifications.settings import keep_plan
from taole.obligations.actions import unanswer
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.obligations.slot_rules import is_event_driven
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from taole.rounds.actions import close, keep_round_setting
from taole.rounds.queries import find_latest
from taole.rounds.rules import RoundSetting
from tests.journeys.inside import LAST_QUARTER, person
from tests.journeys.pages_to_see import TOWNSHIP


@dataclass(frozen=True)
class Late:
    """A matter of the last quarter: its card, its item and its period as people read them."""

    path: str
    item: str
    period: str


def make_late(account: str, *days: int) -> list[Late]:
    """For each number of days a matter of the account's village that is overdue by so many."""
    unit, clerk = person(account).current[0].unit, person("li")
    of_quarter = db.session.scalars(
        select(Obligation)
        .where(
            Obligation.unit_id == unit.id,
            Obligation.period_key == LAST_QUARTER.key,
            Obligation.event_id.is_(None),
            Obligation.answer.is_(None) | (Obligation.answer == Answer.NOTHING),
        )
        .order_by(Obligation.id)
    )
    owed = [each for each in of_quarter if not _is_confirmed(each)][: len(days)]
    assert len(owed) == len(days)
    for each, late_by in zip(owed, days, strict=True):
        unanswer(each, by=clerk, reason="请重新确认")
        each.due_on = today() - timedelta(days=late_by)
        db.session.execute(delete(Reminder).where(Reminder.subject == f"obligation:{each.id}"))
    db.session.flush()
    return [
        Late(f"/obligations/{each.id}", each.item.title, str(label(each.period))) for each in owed
    ]


def _is_confirmed(owed: Obligation) -> bool:
    """Whether it is one of the many that are confirmed on one page."""
    return is_event_driven(owed.item.frequency, DeadlineRule.from_mapping(owed.item.deadline))


def switch_off_reminders() -> None:
    """The township's plan is off, and what went this morning went another day."""
    township = _township()
    keep_plan(township, Plan(), by=person("li"))
    morning = f"digest:{today()}"
    db.session.execute(
        update(Message).where(Message.key == morning).values(key=f"{morning} of before")
    )


def switch_off_collections() -> None:
    """No schedule, and the demonstration's round is of another week and closed."""
    township = _township()
    keep_round_setting(township, RoundSetting(), by=person("li"))
    latest = find_latest(township.id)
    assert latest is not None
    latest.scheduled_on -= timedelta(days=8)
    if latest.closed_at is None:
        close(latest, by=person("li"), at=now())


def _township() -> Unit:
    return get_unit(TOWNSHIP)
