"""What an open round has to tell the units that were asked, by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from taole.core.clock import local
from taole.core.database import db
from taole.core.words import N_, sentence
from taole.notifications.lines import Audience, Line
from taole.notifications.models import Message
from taole.notifications.plan import Plan
from taole.notifications.sources import Source
from taole.organisation.actions import SYSTEM
from taole.organisation.models import Unit
from taole.organisation.rules import GRASSROOTS
from taole.rounds.models import CollectionRound, RoundAsk, RoundReminder
from taole.rounds.rules import MOST_REMINDERS, automatic_step, is_reminder

PREFIX = "ask"
_ASKED = N_("第%(number)s期征集：有 %(count)s 项要报，%(due)s前回复，没有内容也请回一声")


def lines(township: Unit, on: date, _plan: Plan) -> Iterator[Line]:
    """To each unit asked: on the opening day, two days before it is due, and on the day."""
    found = (
        select(RoundAsk)
        .join(RoundAsk.round)
        .join(RoundAsk.unit)
        .where(
            RoundAsk.township_id == township.id,
            RoundAsk.answer.is_(None),
            CollectionRound.closed_at.is_(None),
            CollectionRound.opens_on <= on,
        )
        .options(
            contains_eager(RoundAsk.round),
            contains_eager(RoundAsk.unit),
            selectinload(RoundAsk.lines),
            selectinload(RoundAsk.reminders),
        )
        .order_by(Unit.path)
    )
    for ask in db.session.scalars(found):
        step = automatic_step(on, local(ask.due_at).date(), len(ask.reminders))
        yield line_of(ask, step=step)


def line_of(ask: RoundAsk, *, step: str) -> Line:
    """The line of one ask; it opens the very page on which it is answered."""
    due_on = local(ask.due_at).date()
    is_village = ask.unit.kind in GRASSROOTS
    return Line(
        subject=f"{PREFIX}:{ask.id}",
        step=step,
        unit_id=ask.unit_id,
        to=Audience.SECRETARY if is_village else Audience.CONTRIBUTOR,
        text=sentence(
            _ASKED,
            number=ask.round.number,
            count=len(ask.lines),
            due=f"{local(ask.due_at):%-m月%-d日%H:%M}",
        ),
        path=f"/asks/{ask.id}",
        due_on=due_on,
        unit=ask.unit.name,
        short=f"第{ask.round.number}期征集（{len(ask.lines)}项）",
    )


def open_asks(subjects: Collection[str]) -> set[str]:
    ids = [UUID(subject.partition(":")[2]) for subject in subjects]
    found = (
        select(RoundAsk.id)
        .join(RoundAsk.round)
        .where(RoundAsk.id.in_(ids), RoundAsk.answer.is_(None), CollectionRound.closed_at.is_(None))
    )
    return {f"{PREFIX}:{each}" for each in db.session.scalars(found)}


def note_told(told: Sequence[Line], message: Message) -> None:
    """An automatic reminder counts as one of the two, however many people of the unit it told."""
    day = local(message.created_at).date()
    for line in told:
        if not is_reminder(line.step):
            continue
        ask = db.session.get_one(RoundAsk, UUID(line.subject.partition(":")[2]))
        counted = any(each.is_automatic and local(each.at).date() == day for each in ask.reminders)
        if counted or len(ask.reminders) >= MOST_REMINDERS:
            continue
        ask.reminders.append(
            RoundReminder(
                township_id=ask.township_id,
                place=len(ask.reminders) + 1,
                is_automatic=True,
                at=message.created_at,
                by_name=SYSTEM.name,
            )
        )
    db.session.flush()


SOURCE = Source(PREFIX, N_("征集"), lines, open_asks, note_told)
