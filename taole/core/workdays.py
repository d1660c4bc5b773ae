"""Working days of the People's Republic: weekends, public holidays and make-up days (调休).

A year that nobody has confirmed is never guessed: the State Council announces each year's
holidays in the November before (全国年节及纪念日放假办法).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from chinese_calendar import constants as library

from taole.core.errors import Refused
from taole.core.words import N_, sentence

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class UnknownYear(Refused):
    """A question about working days of a year whose public holidays nobody has confirmed."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            sentence(
                N_("%(year)s年的放假安排尚未确认：请先在“工作日历”里填好这一年的节假日和调休日。"),
                year=year,
            )
        )


class DayUnit(StrEnum):
    """In which days a period is counted."""

    CALENDAR = "calendar"
    WORKING = "working"


DAY_UNIT_LABELS: dict[DayUnit, str] = {
    DayUnit.CALENDAR: N_("日"),
    DayUnit.WORKING: N_("个工作日"),
}


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked: Monday to Friday, but for the exceptions of the confirmed years.

    ``exceptions``: day → True for a make-up workday, False for a day off.
    Every method raises UnknownYear when the answer needs a year that is not confirmed.
    """

    exceptions: Mapping[date, bool] = field(hash=False)
    confirmed_years: frozenset[int]

    @classmethod
    def from_library(cls) -> WorkCalendar:
        """The calendar of the years that the installed holiday library knows."""
        return _library_calendar()

    def with_changes(
        self, changes: Mapping[date, bool], confirmed: Iterable[int] = ()
    ) -> WorkCalendar:
        """This calendar under the township's own table: changed days, and years it confirmed."""
        return WorkCalendar({**self.exceptions, **changes}, self.confirmed_years.union(confirmed))

    def is_workday(self, day: date) -> bool:
        if day.year not in self.confirmed_years:
            raise UnknownYear(day.year)
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after ``day`` (before it, if n < 0); ``day`` itself if n is 0.

        The day from which one counts is not counted (民法典 art 201).
        """
        step, edge = (ONE_DAY, date.max) if n > 0 else (-ONE_DAY, date.min)
        left = abs(n)
        while left:
            if day == edge:
                raise UnknownYear(day.year)
            day += step
            left -= self.is_workday(day)
        return day

    def on_or_after(self, day: date) -> date:
        """``day``, or the next working day if it is a day off (民法典 art 203)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def count(self, first: date, last: date) -> int:
        """Working days from ``first`` to ``last``, both included; 0 if last is before first."""
        days = ((last - first).days + 1) if last >= first else 0
        return sum(self.is_workday(first + timedelta(days=passed)) for passed in range(days))


@cache
def _library_calendar() -> WorkCalendar:
    exceptions: dict[date, bool] = dict.fromkeys(library.holidays, False)
    exceptions.update(dict.fromkeys(library.workdays, True))
    return WorkCalendar(exceptions, frozenset(day.year for day in library.holidays))


def notice_period_end(first_day: date, days: int, unit: DayUnit, calendar: WorkCalendar) -> date:
    """The last day of a notice period (公示期) of ``days`` that was posted on ``first_day``.

    The day of posting is not counted (民法典 art 201). Counted in calendar days, a period that
    would end on a day off ends on the next working day (民法典 art 203).
    """
    if days < 1:
        raise Refused(sentence(N_("公示期写成了%(days)s天：至少应为1天。"), days=days))
    if unit is DayUnit.WORKING:
        return calendar.add(first_day, days)
    if days > (date.max - first_day).days:
        raise UnknownYear(date.max.year)
    return calendar.on_or_after(first_day + timedelta(days=days))
