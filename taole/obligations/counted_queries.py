"""The obligations behind a count: whatever number a page shows, here are its rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from taole.catalogue.models import CatalogueItem
from taole.core.database import under
from taole.core.words import N_
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.organisation.models import Unit


class Counted(StrEnum):
    """What is counted of what falls due in a range, as the tables name it."""

    DUE = auto()
    ANSWERED = auto()
    ON_TIME = auto()
    LATE = auto()
    MISSING = auto()
    NOTHING = auto()
    IN_REVIEW = auto()
    WAITING = auto()
    EXCUSED = auto()


COUNTED_LABELS = {
    Counted.DUE: N_("到期"),
    Counted.ANSWERED: N_("已公示"),
    Counted.ON_TIME: N_("按时"),
    Counted.LATE: N_("迟"),
    Counted.MISSING: N_("缺"),
    Counted.NOTHING: N_("无事项"),
    Counted.IN_REVIEW: N_("审核中"),
    Counted.WAITING: N_("未到期"),
    Counted.EXCUSED: N_("不适用"),
}


@dataclass(frozen=True)
class Wanted:
    """Which rows: due from ``start`` to ``end`` (both included), as they stood on ``on``."""

    start: date
    end: date
    on: date
    counted: Counted | None = None
    section: str = ""


def condition_of(counted: Counted, on: date) -> ColumnElement[bool]:
    """When a row is in a count; says what ``completeness_queries.counted`` sums."""
    answered = and_(
        Obligation.answer.in_((Answer.NOTICE, Answer.NOTHING)), Obligation.answered_on <= on
    )
    is_not_excused = Obligation.answer.is_distinct_from(Answer.EXCUSED)
    is_unanswered = or_(Obligation.answer.is_(None), Obligation.answered_on > on)
    is_open = and_(is_unanswered, is_not_excused)
    match counted:
        case Counted.DUE:
            return or_(and_(Obligation.due_on < on, is_not_excused), answered)
        case Counted.ANSWERED:
            return answered
        case Counted.ON_TIME:
            return and_(answered, Obligation.answered_on <= Obligation.due_on)
        case Counted.LATE:
            return and_(answered, Obligation.answered_on > Obligation.due_on)
        case Counted.MISSING:
            return and_(is_open, Obligation.due_on < on)
        case Counted.NOTHING:
            return and_(answered, Obligation.answer == Answer.NOTHING)
        case Counted.EXCUSED:
            return Obligation.answer == Answer.EXCUSED
        case Counted.IN_REVIEW:
            is_in_review = Obligation.review_since.is_not(None)
            return and_(is_open, Obligation.due_on >= on, is_in_review)
        case _:
            return and_(is_open, Obligation.due_on >= on, Obligation.review_since.is_(None))


def select_counted(unit: Unit, wanted: Wanted) -> Select[Obligation]:
    """The rows below a unit with item, unit and event, earliest due first, ties by unit."""
    return (
        select(Obligation)
        .join(Obligation.unit)
        .join(Obligation.item)
        .options(
            contains_eager(Obligation.unit),
            contains_eager(Obligation.item),
            joinedload(Obligation.event),
        )
        .where(*_conditions(unit, wanted))
        .order_by(
            Obligation.due_on,
            Unit.path,
            CatalogueItem.position,
            Obligation.item_code,
            Obligation.id,
        )
    )


def _conditions(unit: Unit, wanted: Wanted) -> Collection[ColumnElement[bool]]:
    conditions = [Obligation.due_on.between(wanted.start, wanted.end), _below(unit)]
    if wanted.counted is not None:
        conditions.append(condition_of(wanted.counted, wanted.on))
    if wanted.section:
        conditions.append(Obligation.section == wanted.section)
    return conditions


def _below(unit: Unit) -> ColumnElement[bool]:
    if unit.township_id is None:
        return under(Unit.path, unit.path)
    if unit.township_id == unit.id:
        return Obligation.township_id == unit.id
    return Obligation.unit_id == unit.id
