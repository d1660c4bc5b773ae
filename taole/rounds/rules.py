"""When collections are opened and due, how they are numbered, and how they are counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.core.workdays import UnknownYear, WorkCalendar

ANCHOR = date(2023, 9, 11)
"""The Monday that begins 2023年第19期; collections are counted from it."""

MOST_WEEKS = 8
MOST_REMINDERS = 2
"""Automatic and by hand together, in each unit and round; after that 请打电话."""

REMIND_BEFORE = timedelta(days=2)
LATE_GRACE = timedelta(days=3)
"""How long a unit has at least when the collection could only be opened late."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class RoundSetting:
    """A township's schedule. ``since``: the day it was switched on; nothing is opened before it.

    ``weekday`` 0 is Monday. ``due_after`` counts days from the scheduled day (11: the Friday of the
    second week). ``left_out``: units that are never asked.
    """

    is_on: bool = False
    since: date | None = None
    weekday: int = 0
    every_weeks: int = 2
    opens_at: time = time(8, 30)
    due_after: int = 11
    due_time: time = time(17, 0)
    left_out: frozenset[UUID] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if not 1 <= self.every_weeks <= MOST_WEEKS:
            raise Refused(sentence(N_("征集间隔请填 1 到 %(most)s 周。"), most=MOST_WEEKS))
        if not 1 <= self.due_after < self.every_weeks * 7:
            raise Refused(
                sentence(
                    N_("回复期限请填 1 到 %(most)s 天：要在下一期开始以前。"),
                    most=self.every_weeks * 7 - 1,
                )
            )

    def as_json(self) -> dict[str, Any]:
        return {
            "is_on": self.is_on,
            "since": self.since.isoformat() if self.since else None,
            "weekday": self.weekday,
            "every_weeks": self.every_weeks,
            "opens_at": f"{self.opens_at:%H:%M}",
            "due_after": self.due_after,
            "due_time": f"{self.due_time:%H:%M}",
            "left_out": sorted(str(each) for each in self.left_out),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> RoundSetting:
        return cls(
            is_on=kept["is_on"],
            since=date.fromisoformat(kept["since"]) if kept["since"] else None,
            weekday=kept["weekday"],
            every_weeks=kept["every_weeks"],
            opens_at=time.fromisoformat(kept["opens_at"]),
            due_after=kept["due_after"],
            due_time=time.fromisoformat(kept["due_time"]),
            left_out=frozenset(UUID(each) for each in kept["left_out"]),
        )


def scheduled_days(setting: RoundSetting, first: date, last: date) -> list[date]:
    """The days of the schedule in a range, both ends included, before holidays move them."""
    every = timedelta(weeks=setting.every_weeks)
    start = ANCHOR + timedelta(days=setting.weekday)
    day = start + -((start - first) // every) * every
    found = []
    while day <= last:
        if day >= first:
            found.append(day)
        day += every
    return found


def next_scheduled(setting: RoundSetting, after: date) -> date:
    """The first day of the schedule after a day."""
    return scheduled_days(setting, after + _ONE_DAY, after + timedelta(weeks=setting.every_weeks))[
        0
    ]


def opening_day(scheduled_on: date, calendar: WorkCalendar) -> date:
    """The scheduled day, or the first working day after it when it is a day off.

    The scheduled day itself where the year's holidays are not known.
    """
    try:
        return calendar.on_or_after(scheduled_on)
    except UnknownYear:
        return scheduled_on


def due_day(setting: RoundSetting, scheduled_on: date, calendar: WorkCalendar) -> date:
    """The day by which units answer: moved back to a working day, yet after the opening day."""
    opens_on = opening_day(scheduled_on, calendar)
    wanted = scheduled_on + timedelta(days=setting.due_after)
    day = max(wanted, opens_on + _ONE_DAY)
    try:
        while not calendar.is_workday(day) and day > opens_on + _ONE_DAY:
            day -= _ONE_DAY
        return calendar.on_or_after(day)
    except UnknownYear:
        return day


def number_of(setting: RoundSetting, scheduled_on: date) -> tuple[int, int]:
    """(year, number) of a round: by the ISO week of its Monday, as 2023-09-11 is 2023年第19期."""
    monday = scheduled_on - timedelta(days=scheduled_on.weekday())
    iso = monday.isocalendar()
    return iso.year, (iso.week + setting.every_weeks - 1) // setting.every_weeks


class Mark(StrEnum):
    """How a unit answered one of the last rounds."""

    ON_TIME = auto()
    LATE = auto()
    MISSING = auto()
    NOT_ASKED = auto()


@dataclass(frozen=True)
class AskFacts:
    """What the counts of a round need of one unit. ``items``: (section) of each thing brought."""

    is_answered: bool
    is_nothing: bool
    sections: Sequence[str] = ()


@dataclass(frozen=True)
class RoundCounts:
    """asked = content + nothing + missing; ``items`` things were brought."""

    asked: int = 0
    content: int = 0
    nothing: int = 0
    items: int = 0
    by_section: Mapping[str, int] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        return self.content + self.nothing

    @property
    def missing(self) -> int:
        return self.asked - self.answered


def counts_of(asks: Iterable[AskFacts]) -> RoundCounts:
    asked = content = nothing = 0
    sections: dict[str, int] = {}
    for ask in asks:
        asked += 1
        nothing += ask.is_answered and ask.is_nothing
        content += ask.is_answered and not ask.is_nothing
        for section in ask.sections:
            sections[section] = sections.get(section, 0) + 1
    return RoundCounts(asked, content, nothing, sum(sections.values()), sections)


def automatic_step(on: date, due_on: date, reminders: int) -> str:
    """What tells a unit of an unanswered round by itself on a day: the opening, or a reminder.

    Empty once two reminders went, whoever sent them.
    """
    if on < due_on - REMIND_BEFORE:
        return "open"
    if reminders >= MOST_REMINDERS:
        return ""
    return "reminder-before" if on < due_on else "reminder-due"


def is_reminder(step: str) -> bool:
    return step.startswith("reminder")
