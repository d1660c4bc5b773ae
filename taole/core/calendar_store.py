"""The table of public holidays: the library's years, with what people entered on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, extract, select

from taole.core.clock import now
from taole.core.database import db
from taole.core.models import CalendarDay, CalendarYear
from taole.core.workdays import WorkCalendar


@dataclass(frozen=True)
class EnteredDay:
    """A day that somebody entered: a public holiday, or a make-up workday (调休)."""

    day: date
    is_workday: bool
    name: str = ""


def work_calendar() -> WorkCalendar:
    """The calendar in force: every legal period is counted with it."""
    found = db.session.execute(
        select(CalendarYear.year, CalendarDay.day, CalendarDay.is_workday).outerjoin(
            CalendarDay, extract("year", CalendarDay.day) == CalendarYear.year
        )
    ).all()
    days = {day: is_workday for _year, day, is_workday in found if day is not None}
    return WorkCalendar.from_library().with_changes(days, {row.year for row in found})


def preview_calendar(
    days: Iterable[EnteredDay], confirmed: Iterable[int] | None = None
) -> WorkCalendar:
    """The calendar as it would be with these entered days."""
    years = db.session.scalars(select(CalendarYear.year)) if confirmed is None else confirmed
    return WorkCalendar.from_library().with_changes(
        {each.day: each.is_workday for each in days}, years
    )


def list_entered_days() -> list[EnteredDay]:
    rows = db.session.scalars(select(CalendarDay).order_by(CalendarDay.day))
    return [EnteredDay(row.day, row.is_workday, row.name) for row in rows]


def list_confirmed_years() -> list[int]:
    """Years that people confirmed by hand, beside those the library knows."""
    return list(db.session.scalars(select(CalendarYear.year).order_by(CalendarYear.year)))


def enter_year(year: int, days: Iterable[EnteredDay]) -> None:
    """Replace what was entered for a year and mark the year as confirmed."""
    inside = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    db.session.execute(delete(CalendarDay).where(inside))
    for each in days:
        db.session.add(CalendarDay(day=each.day, is_workday=each.is_workday, name=each.name))
    known = db.session.get(CalendarYear, year)
    if known is None:
        db.session.add(CalendarYear(year=year, confirmed_at=now()))
    else:
        known.confirmed_at = now()
    db.session.flush()
