"""Entering a year's holidays, and moving the deadlines that are counted with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from taole.access.permissions import Actor
from taole.catalogue.deadlines import due_on_event
from taole.catalogue.models import ItemOverride
from taole.catalogue.queries import list_overrides
from taole.catalogue.rules import effective_item
from taole.core.calendar_store import (
    EnteredDay,
    enter_year,
    list_confirmed_years,
    list_entered_days,
    preview_calendar,
)
from taole.core.database import db
from taole.core.workdays import UnknownYear, WorkCalendar
from taole.obligations.models import Event, Obligation
from taole.trail.actions import record


@dataclass(frozen=True)
class Move:
    """An open deadline that another calendar puts on another day."""

    obligation: Obligation
    before: date
    after: date


def preview_calendar_year(year: int, days: Sequence[EnteredDay], *, on: date) -> list[Move]:
    """The open deadlines, not past on ``on``, that a new table of a year would move."""
    others = [each for each in list_entered_days() if each.day.year != year]
    calendar = preview_calendar([*others, *days], {*list_confirmed_years(), year})
    return _list_moves(calendar, on)


def enter_calendar_year(
    year: int, days: Sequence[EnteredDay], *, by: Actor, on: date
) -> list[Move]:
    """Keep the table of a year, and move the open deadlines that depend on it."""
    before = [each for each in list_entered_days() if each.day.year == year]
    moves = preview_calendar_year(year, days, on=on)
    enter_year(year, days)
    record(
        "enter_calendar_year",
        "calendar_year",
        None,
        by=by,
        township_id=None,
        before={"year": year, "days": [_plain(each) for each in before]},
        after={"year": year, "days": [_plain(each) for each in days]},
    )
    for move in moves:
        move.obligation.due_on = move.after
        record(
            "move_due_day",
            "obligation",
            move.obligation.id,
            by=by,
            township_id=move.obligation.township_id,
            before={"due_on": move.before},
            after={"due_on": move.after, "calendar_year": year},
        )
    return moves


def _list_moves(calendar: WorkCalendar, on: date) -> list[Move]:
    found = db.session.scalars(
        select(Obligation)
        .join(Obligation.event)
        .join(Obligation.item)
        .options(
            contains_eager(Obligation.event),
            contains_eager(Obligation.item),
            joinedload(Obligation.unit),
        )
        .where(Obligation.answer.is_(None), Obligation.due_on >= on, Event.id.is_not(None))
        .order_by(Obligation.due_on, Obligation.id)
    )
    overrides: dict[object, list[ItemOverride]] = {}
    moves = []
    for obligation in found:
        event = obligation.event
        if event is None:
            continue
        township_id = obligation.township_id
        if township_id not in overrides:
            overrides[township_id] = list_overrides(township_id)
        terms = effective_item(
            obligation.item,
            overrides[township_id],
            unit_id=obligation.unit_id,
            on=event.happens_on,
        )
        try:
            due_on = due_on_event(terms.rule, event.happens_on, calendar)
        except UnknownYear:
            continue
        if due_on != obligation.due_on:
            moves.append(Move(obligation, obligation.due_on, due_on))
    return moves


def _plain(each: EnteredDay) -> list[object]:
    return [each.day, each.is_workday, each.name]
