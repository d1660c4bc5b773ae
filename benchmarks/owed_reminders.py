"""What should have been told in a simulated year: an oracle that knows nothing of digests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol
from uuid import UUID

from peopled import Matter
from sqlalchemy import select

from taole.access.permissions import Role
from taole.core.calendar_store import work_calendar
from taole.core.clock import local
from taole.core.database import db
from taole.notifications.lines import Audience
from taole.notifications.plan import Plan
from taole.organisation.models import Membership
from taole.rounds.models import RoundAsk

JUDGED = frozenset({"obligation", "confirmation", "ask"})
"""The kinds of subjects that the oracle knows."""

ROLES = {
    Audience.SECRETARY: Role.SECRETARY,
    Audience.HEAD: Role.HEAD,
    Audience.CLERK: Role.CLERK,
    Audience.LEADER: Role.LEADER,
}
INSTEAD = {
    Audience.SECRETARY: Audience.HEAD,
    Audience.HEAD: Audience.CLERK,
    Audience.LEADER: Audience.CLERK,
}


class Year(Protocol):
    """The days from ``first`` on which the timetable could tell people."""

    first: date
    days_told: list[date]


def owed_reminders(year: Year, matters: list[Matter]) -> Iterator[tuple[UUID, str, str]]:
    """Who is to be told of what: the oracle, that knows nothing of digests."""
    holders: dict[tuple[Audience, UUID], list[UUID]] = defaultdict(list)
    by_role = {role: audience for audience, role in ROLES.items()}
    for post in db.session.scalars(select(Membership)):
        if post.role in by_role:
            holders[by_role[post.role], post.unit_id].append(post.user_id)
    steps_of = _steps(year)
    for matter in matters:
        heard: dict[UUID, set[Audience]] = defaultdict(set)
        for audience in (Audience.SECRETARY, Audience.HEAD, Audience.LEADER):
            for person in _receivers(holders, audience, matter.unit_id, matter.township_id):
                heard[person].add(audience)
        for person, audiences in heard.items():
            for step in steps_of(matter.due_on, matter.done_on, frozenset(audiences)):
                yield person, matter.subject, step
    for ask in db.session.scalars(select(RoundAsk)):
        for person in _receivers(holders, Audience.SECRETARY, ask.unit_id, ask.township_id):
            for step in _asked_steps(year, ask):
                yield person, f"ask:{ask.id}", step


def _receivers(
    holders: dict[tuple[Audience, UUID], list[UUID]],
    audience: Audience,
    unit_id: UUID,
    township_id: UUID,
) -> list[UUID]:
    wanted: Audience | None = audience
    while wanted is not None:
        is_villages = wanted in (Audience.SECRETARY, Audience.HEAD)
        found = holders.get((wanted, unit_id if is_villages else township_id))
        if found:
            return found
        wanted = INSTEAD.get(wanted)
    return []


def _steps(year: Year) -> Callable[[date, date | None, frozenset[Audience]], set[str]]:
    plan, calendar = Plan(is_on=True, since=year.first), work_calendar()
    known: dict[tuple[date, date | None, frozenset[Audience]], set[str]] = {}

    def steps_of(due_on: date, done_on: date | None, audiences: frozenset[Audience]) -> set[str]:
        key = (due_on, done_on, audiences)
        if key not in known:
            steps = [
                (plan.day_of(step, due_on, calendar), step.offset, step.name)
                for step in plan.steps
                if audiences & set(step.to)
            ]
            known[key] = set()
            for day in year.days_told:
                if done_on is not None and done_on <= day:
                    break
                come = [step for step in steps if year.first <= step[0] <= day]
                if come:
                    known[key].add(max(come)[2])
        return known[key]

    return steps_of


def _asked_steps(year: Year, ask: RoundAsk) -> set[str]:
    """At its opening; two days before it is due, or on the next day with power; on the day."""
    due_on, opened_on = local(ask.due_at).date(), local(ask.round.opened_at).date()
    answered_on = local(ask.answered_at).date() if ask.answered_at else None
    steps = set()
    for day in year.days_told:
        if day < opened_on:
            continue
        if answered_on is not None and answered_on <= day:
            break
        before = (due_on - day).days
        steps.add("open" if before > 2 else "reminder-before" if before > 0 else "reminder-due")
    return steps
