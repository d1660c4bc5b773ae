"""The rounds to come, as holidays move them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taole.core.workdays import WorkCalendar
from taole.rounds.rules import RoundSetting, due_day, next_scheduled, number_of, opening_day

HOW_MANY = 5


@dataclass(frozen=True)
class Coming:
    """A round to come. ``is_known``: the holidays of its year are confirmed."""

    year: int
    number: int
    scheduled_on: date
    opens_on: date
    due_on: date
    is_known: bool

    @property
    def is_moved(self) -> bool:
        return self.opens_on != self.scheduled_on


def list_coming(
    setting: RoundSetting, after: date, calendar: WorkCalendar, count: int = HOW_MANY
) -> list[Coming]:
    """The next rounds after a day, each with the days on which it is really opened and due."""
    coming: list[Coming] = []
    day = after
    while len(coming) < count:
        day = next_scheduled(setting, day)
        year, number = number_of(setting, day)
        due_on = due_day(setting, day, calendar)
        coming.append(
            Coming(
                year,
                number,
                day,
                opening_day(day, calendar),
                due_on,
                {day.year, due_on.year} <= calendar.confirmed_years,
            )
        )
    return coming
