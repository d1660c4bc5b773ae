"""What can be asked about collections."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from taole.core.database import db
from taole.core.errors import NotFound
from taole.organisation.models import Unit
from taole.organisation.rules import GRASSROOTS
from taole.rounds.models import AskAnswer, CollectionRound, RoundAsk, RoundContent
from taole.rounds.rules import AskFacts, Mark, RoundCounts
from taole.rounds.rules import counts_of as count

HISTORY = 8


def get_round(round_id: UUID) -> CollectionRound:
    found = db.session.get(CollectionRound, round_id)
    if found is None:
        raise NotFound(round_id)
    return found


def get_round_numbered(code: str, year: int, number: int) -> CollectionRound:
    """The round of a township by its year and number; NotFound when there is none."""
    found = db.session.scalar(
        select(CollectionRound)
        .join(CollectionRound.township)
        .where(Unit.code == code, CollectionRound.year == year, CollectionRound.number == number)
        .options(contains_eager(CollectionRound.township))
    )
    if found is None:
        raise NotFound(f"{code} {year} {number}")
    return found


def get_ask(ask_id: UUID) -> RoundAsk:
    """One unit's ask with its round, lines, contents and reminders."""
    found = db.session.scalar(
        select(RoundAsk)
        .where(RoundAsk.id == ask_id)
        .options(
            joinedload(RoundAsk.unit),
            joinedload(RoundAsk.round).joinedload(CollectionRound.township),
            selectinload(RoundAsk.lines),
            selectinload(RoundAsk.contents).joinedload(RoundContent.notice),
            selectinload(RoundAsk.reminders),
        )
    )
    if found is None:
        raise NotFound(ask_id)
    return found


def find_latest(township_id: UUID) -> CollectionRound | None:
    return db.session.scalar(
        select(CollectionRound)
        .where(CollectionRound.township_id == township_id)
        .order_by(CollectionRound.scheduled_on.desc())
        .limit(1)
    )


def list_rounds(township_id: UUID, year: int) -> list[CollectionRound]:
    """The rounds of a year, in order."""
    return list(
        db.session.scalars(
            select(CollectionRound)
            .where(CollectionRound.township_id == township_id, CollectionRound.year == year)
            .order_by(CollectionRound.scheduled_on)
        )
    )


def find_neighbours(
    round_: CollectionRound,
) -> tuple[CollectionRound | None, CollectionRound | None]:
    """The round before and the round after."""
    of_township = select(CollectionRound).where(CollectionRound.township_id == round_.township_id)
    before = of_township.where(CollectionRound.scheduled_on < round_.scheduled_on)
    after = of_township.where(CollectionRound.scheduled_on > round_.scheduled_on)
    return (
        db.session.scalar(before.order_by(CollectionRound.scheduled_on.desc()).limit(1)),
        db.session.scalar(after.order_by(CollectionRound.scheduled_on).limit(1)),
    )


def list_asks(round_: CollectionRound) -> list[RoundAsk]:
    """All that were asked: offices first, then villages; five statements, however many."""
    found = (
        select(RoundAsk)
        .join(RoundAsk.unit)
        .where(RoundAsk.round_id == round_.id)
        .options(
            contains_eager(RoundAsk.unit),
            joinedload(RoundAsk.round),
            selectinload(RoundAsk.lines),
            selectinload(RoundAsk.contents).joinedload(RoundContent.notice),
            selectinload(RoundAsk.reminders),
        )
        .order_by(Unit.kind.in_(GRASSROOTS), Unit.path)
    )
    return list(db.session.scalars(found))


def counts_of(asks: Collection[RoundAsk]) -> RoundCounts:
    """The counts of a round's asks, as ``list_asks`` gave them."""
    return count(
        AskFacts(
            ask.answer is not None,
            ask.answer is AskAnswer.NOTHING,
            [content.notice.section for content in ask.contents],
        )
        for ask in asks
    )


def history(
    unit_ids: Collection[UUID], before: CollectionRound, count: int = HISTORY
) -> dict[UUID, list[Mark]]:
    """How each unit answered the last rounds up to and with this one, oldest first."""
    rounds = list(
        db.session.scalars(
            select(CollectionRound)
            .where(
                CollectionRound.township_id == before.township_id,
                CollectionRound.scheduled_on <= before.scheduled_on,
                CollectionRound.is_empty.is_(False),
            )
            .order_by(CollectionRound.scheduled_on.desc())
            .limit(count)
        )
    )[::-1]
    asks = {
        (unit_id, round_id): mark_of(answer is not None, bool(answered_at and answered_at > due_at))
        for unit_id, round_id, answer, answered_at, due_at in db.session.execute(
            select(
                RoundAsk.unit_id,
                RoundAsk.round_id,
                RoundAsk.answer,
                RoundAsk.answered_at,
                RoundAsk.due_at,
            ).where(
                RoundAsk.round_id.in_([each.id for each in rounds]),
                RoundAsk.unit_id.in_(list(unit_ids)),
            )
        )
    }
    return {
        unit_id: [asks.get((unit_id, each.id), Mark.NOT_ASKED) for each in rounds]
        for unit_id in unit_ids
    }


def mark_of(is_answered: bool, is_late: bool) -> Mark:
    if not is_answered:
        return Mark.MISSING
    return Mark.LATE if is_late else Mark.ON_TIME


def list_just_opened(since: datetime) -> list[UUID]:
    """The rounds that were opened since a moment and are still open."""
    found = select(CollectionRound.id).where(
        CollectionRound.opened_at >= since, CollectionRound.closed_at.is_(None)
    )
    return list(db.session.scalars(found))


def find_open_ask(unit_id: UUID) -> RoundAsk | None:
    """What a unit is asked now and has not answered; the latest round's."""
    return db.session.scalar(
        select(RoundAsk)
        .join(RoundAsk.round)
        .where(
            RoundAsk.unit_id == unit_id,
            RoundAsk.answer.is_(None),
            CollectionRound.closed_at.is_(None),
        )
        .options(contains_eager(RoundAsk.round), selectinload(RoundAsk.lines))
        .order_by(CollectionRound.scheduled_on.desc())
        .limit(1)
    )


def count_open_asks(township_id: UUID) -> int:
    """How many units have not answered the rounds that are open."""
    found = (
        select(func.count())
        .select_from(RoundAsk)
        .join(RoundAsk.round)
        .where(
            RoundAsk.township_id == township_id,
            RoundAsk.answer.is_(None),
            CollectionRound.closed_at.is_(None),
        )
    )
    return db.session.scalar(found) or 0
