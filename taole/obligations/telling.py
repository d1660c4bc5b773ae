"""What obligations have to tell people: what falls due, and what should hang already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from taole.catalogue.deadlines import DeadlineRule
from taole.catalogue.models import CatalogueItem
from taole.core.calendar_store import work_calendar
from taole.core.database import db
from taole.core.periods import Period, label
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import WorkCalendar
from taole.notifications.lines import Audience, Line
from taole.notifications.plan import Plan
from taole.notifications.sources import Source
from taole.obligations.models import Event, Obligation
from taole.obligations.slot_rules import is_event_driven
from taole.organisation.models import Unit

PREFIX, CONFIRMATION = "obligation", "confirmation"
LOOK_BACK = timedelta(days=366)
_AT_ONCE = 500

_DUE = N_("%(item)s（%(period)s）应在%(due)s前公示，还有%(days)s天")
_TODAY = N_("%(item)s（%(period)s）今天到期，应在%(due)s前公示")
_OVER = N_("%(item)s（%(period)s）应在%(due)s前公示，已超%(days)s天")
_CONFIRM = N_("%(period)s有 %(count)s 项没有事的要确认，应在%(due)s前确认")


def lines(township: Unit, on: date, plan: Plan) -> Iterator[Line]:
    """A line for each open obligation that presses and each audience whose step has come.

    Due within the plan's days before, or overdue up to a year; drafts and reviews still count.
    The many confirmations of a quarter are one line.
    """
    calendar = work_calendar()
    ahead = _furthest(plan, on)
    folded: dict[tuple[UUID, str], list[Any]] = {}
    for row in db.session.execute(_open(township.id, on - LOOK_BACK, ahead)):
        rule = DeadlineRule.from_mapping(row.deadline)
        if row.event_id is None and is_event_driven(row.frequency, rule):
            folded.setdefault((row.unit_id, row.period_key), []).append(row)
        else:
            yield from _for_all(
                plan,
                calendar,
                on,
                subject=f"{PREFIX}:{row.id}",
                unit=(row.unit_id, row.name),
                due_on=row.due_on,
                text=said_of(row.title, _period_of(row), row.due_on, on),
                short=f"{row.title}（{_period_of(row)}）",
                path=f"/obligations/{row.id}",
            )
    for (unit_id, period_key), rows in folded.items():
        first = rows[0]
        period = str(label(Period(first.period_start, first.period_end, period_key)))
        yield from _for_all(
            plan,
            calendar,
            on,
            subject=f"{CONFIRMATION}:{unit_id}:{period_key}",
            unit=(unit_id, first.name),
            due_on=first.due_on,
            text=sentence(
                _CONFIRM, period=period, count=len(rows), due=f"{first.due_on:%-m月%-d日}"
            ),
            short=f"{period}无事项确认（{len(rows)}项）",
            path=f"/villages/{first.code}/nothing",
        )


def said_of(item: str, period: str, due_on: date, on: date) -> Sentence:
    """The sentence of one matter: it names its own period, whatever day it is."""
    days = (due_on - on).days
    msgid = _DUE if days > 0 else _OVER if days < 0 else _TODAY
    due = f"{due_on:%-m月%-d日}" if due_on.year == on.year else f"{due_on:%Y年%-m月%-d日}"
    return sentence(msgid, item=item, period=period, due=due, days=abs(days))


def line_of(obligation: Obligation, on: date) -> Line:
    """The line of one obligation, for a reminder by hand; its step and audience are free."""
    event = obligation.event
    period = event.title if event else str(label(obligation.period))
    return Line(
        subject=f"{PREFIX}:{obligation.id}",
        step="",
        unit_id=obligation.unit_id,
        to=Audience.SECRETARY,
        text=said_of(obligation.item.title, period, obligation.due_on, on),
        path=f"/obligations/{obligation.id}",
        due_on=obligation.due_on,
        unit=obligation.unit.name,
        short=f"{obligation.item.title}（{period}）",
    )


def open_obligations(subjects: Collection[str]) -> set[str]:
    """Those that nobody has answered or excused."""
    ids = [UUID(subject.partition(":")[2]) for subject in subjects]
    found: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        open_ids = db.session.scalars(
            select(Obligation.id).where(
                Obligation.id.in_(ids[start : start + _AT_ONCE]), Obligation.answer.is_(None)
            )
        )
        found.update(f"{PREFIX}:{each}" for each in open_ids)
    return found


def open_confirmations(subjects: Collection[str]) -> set[str]:
    """Those quarters of villages in which something still waits for its word."""
    found: set[str] = set()
    for subject in subjects:
        _prefix, unit_id, period_key = subject.split(":", 2)
        waiting = db.session.scalar(
            select(Obligation.id)
            .where(
                Obligation.unit_id == UUID(unit_id),
                Obligation.period_key == period_key,
                Obligation.event_id.is_(None),
                Obligation.answer.is_(None),
            )
            .limit(1)
        )
        if waiting is not None:
            found.add(subject)
    return found


SOURCES = (
    Source(PREFIX, N_("该公示的事项"), lines, open_obligations),
    Source(CONFIRMATION, N_("无事项确认"), lambda *_: (), open_confirmations),
)


def _for_all(
    plan: Plan,
    calendar: WorkCalendar,
    on: date,
    *,
    subject: str,
    unit: tuple[UUID, str],
    due_on: date,
    text: Sentence,
    short: str,
    path: str,
) -> Iterator[Line]:
    """The same line for each audience; its step is the last that has come for them."""
    for audience in plan.audiences:
        step = plan.reached_for(audience, due_on, on, calendar)
        is_theirs = step is not None or (due_on < on and audience is plan.audiences[0])
        if is_theirs:
            yield Line(
                subject=subject,
                step=step.name if step else "",
                unit_id=unit[0],
                to=audience,
                text=text,
                path=path,
                due_on=due_on,
                unit=unit[1],
                short=short,
            )


def _open(township_id: UUID, first: date, last: date) -> Any:
    return (
        select(
            Obligation.id,
            Obligation.unit_id,
            Obligation.period_key,
            Obligation.period_start,
            Obligation.period_end,
            Obligation.event_id,
            Obligation.due_on,
            CatalogueItem.title,
            CatalogueItem.frequency,
            CatalogueItem.deadline,
            Event.title.label("event"),
            Unit.name,
            Unit.code,
        )
        .join(CatalogueItem, CatalogueItem.id == Obligation.item_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .outerjoin(Event, Event.id == Obligation.event_id)
        .where(
            Obligation.township_id == township_id,
            Obligation.due_on.between(first, last),
            Obligation.answer.is_(None),
            or_(Unit.closed_on.is_(None), Unit.closed_on >= Obligation.due_on),
        )
        .order_by(Unit.path, Obligation.due_on, CatalogueItem.position)
    )


def _furthest(plan: Plan, on: date) -> date:
    """A due day beyond any whose first step can have come by ``on``, long holidays included."""
    return on + timedelta(days=max(0, plan.days_before) * 3 + 14)


def _period_of(row: Any) -> str:
    if row.event:
        return str(row.event)
    return str(label(Period(row.period_start, row.period_end, row.period_key)))
