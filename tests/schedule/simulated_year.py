"""A year under a virtual clock: two hosts, kills at random, days without power, wrong clocks.

The world is told day by day; what should have been told is counted apart, by an oracle that knows
nothing of digests: on each day with power, the last step of the plan that has come, of each matter
that is still open.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import time_machine
from sqlalchemy import select

from taole.core import jobs
from taole.core.calendar_store import work_calendar
from taole.core.clock import SHANGHAI
from taole.core.database import db
from taole.core.jobs import Job
from taole.core.transactions import transaction
from taole.notifications.lines import Audience
from taole.notifications.models import Message, MessageKind, Reminder
from taole.notifications.settings import find_plan
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.schedule import commands
from taole.schedule.commands import tick

DAY = timedelta(days=1)
NIGHT, MORNING, AFTERNOON = time(1, 25), time(8, 41), time(16, 11)
RECOVERY = timedelta(minutes=3)
"""After a kill the lease has to run out before another leads."""


class Killed(BaseException):
    """What kill -9 is to a process: nothing after it runs."""


def moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


@dataclass
class SimulatedYear:
    """The days from ``first`` to ``last``; what happened, for whoever judges it."""

    first: date
    last: date
    jobs: tuple[Job, ...]
    seed: int
    without_power: frozenset[date]
    clock_off: dict[date, timedelta]
    live: Callable[[date], None] = lambda _day: None
    kills: int = 0
    days_told: list[date] = field(default_factory=list)
    _hosts: list[str] = field(default_factory=lambda: ["east:1:0", "west:1:0"])
    _chance: random.Random = field(default_factory=random.Random)

    def run(self, monkeypatch: Any) -> None:
        """Live through all the days."""
        self._chance.seed(self.seed)
        monkeypatch.setattr(commands, "TIMETABLE", self.jobs)
        day = self.first
        while day <= self.last:
            if day not in self.without_power:
                self._live(day, monkeypatch)
            day += DAY

    def expected_steps(self, owed: Obligation) -> set[str]:
        """The steps of which the secretary should have been told: the oracle."""
        plan, calendar = find_plan(owed.township_id), work_calendar()
        steps = [step for step in plan.steps if Audience.SECRETARY in step.to]
        days = {step: plan.day_of(step, owed.due_on, calendar) for step in steps}
        found = set()
        for day in self.days_told:
            if owed.answered_on is not None and owed.answered_on <= day:
                break
            come = [step for step in steps if days[step] <= day and days[step] >= self.first]
            if come:
                found.add(max(come, key=lambda step: step.offset).name)
        return found

    def _live(self, day: date, monkeypatch: Any) -> None:
        with time_machine.travel(moment(day, time(7)), tick=False):
            self.live(day)
        off = self.clock_off.get(day)
        if off is not None:
            for at in (NIGHT, MORNING):
                self._tick(moment(day, at) + off, monkeypatch)
            return
        self._tick(moment(day, NIGHT), monkeypatch)
        self._tick(moment(day, MORNING), monkeypatch)
        if self._chance.random() < 0.3:
            self._tick(moment(day, AFTERNOON), monkeypatch)
        self.days_told.append(day)

    def _tick(self, at: datetime, monkeypatch: Any) -> None:
        """Both hosts look at the timetable; one that is killed comes back as another process."""
        self._chance.shuffle(self._hosts)
        for place, host in enumerate(list(self._hosts)):
            monkeypatch.setattr(jobs, "me", lambda host=host: host)
            deadly = self._chance.randrange(1, 9) if self._chance.random() < 0.08 else 0
            with time_machine.travel(at, tick=False):
                try:
                    with killed_at_commit(deadly):
                        tick(at)
                except Killed:
                    self.kills += 1
                    db.session.remove()
                    name, pid, life = host.split(":")
                    self._hosts[place] = f"{name}:{pid}:{int(life) + 1}"
                else:
                    continue
            with time_machine.travel(at + RECOVERY, tick=False):
                monkeypatch.setattr(jobs, "me", lambda host=self._hosts[place]: host)
                tick(at + RECOVERY)


@contextmanager
def killed_at_commit(number: int) -> Iterator[None]:
    """Die at the n-th commit: an odd one before it is done, an even one after; 0 never dies."""
    session = db.session()
    really, count = session.commit, 0

    def commit() -> None:
        nonlocal count
        count += 1
        if count == number and number % 2:
            raise Killed
        really()
        if count == number:
            raise Killed

    session.commit = commit
    try:
        yield
    finally:
        del session.commit


@dataclass
class Village:
    """What the people of a village do: each matter at a day of their own, or never."""

    answers: dict[UUID, date]

    @classmethod
    def of(cls, seed: int, until: date) -> Village:
        """Three in four matters are answered, from ten days before the due day to ten after."""
        chance = random.Random(seed)
        found = db.session.execute(select(Obligation.id, Obligation.due_on).order_by(Obligation.id))
        return cls(
            {
                owed_id: due_on + timedelta(days=chance.randint(-10, 10))
                for owed_id, due_on in found
                if chance.random() < 0.75 and due_on <= until
            }
        )

    def live(self, day: date) -> None:
        due = [owed_id for owed_id, on in self.answers.items() if on <= day]
        if not due:
            return
        with transaction():
            for owed_id in due:
                owed = db.session.get_one(Obligation, owed_id)
                owed.answer, owed.answered_on = Answer.NOTHING, day
                del self.answers[owed_id]


def told_steps(person_id: UUID) -> Counter[tuple[str, str]]:
    """How often a person was told of each (subject, step)."""
    return Counter(
        (row.subject, row.step)
        for row in db.session.execute(
            select(Reminder.subject, Reminder.step).where(Reminder.person_id == person_id)
        )
    )


def digests_by_person_and_day() -> Counter[tuple[UUID, date]]:
    """How many digests each person got on each day."""
    return Counter(
        (row.person_id, row.day)
        for row in db.session.execute(
            select(Message.person_id, Message.day).where(Message.kind == MessageKind.DIGEST)
        )
    )
