"""What the house itself keeps: the table of public holidays, settings, and what the clock ran."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from taole.core.database import Model
from taole.core.ids import new_id


class CalendarDay(Model):
    """A day that differs from its weekday: a public holiday, or a make-up workday (调休)."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40), default="")


class CalendarYear(Model):
    """A year whose holiday arrangement somebody entered and confirmed."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    confirmed_at: Mapped[datetime]


class Setting(Model):
    """One setting of one township (or of the whole instance, when ``township_id`` is empty)."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("township_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[dict[str, Any]]


class JobRun(Model):
    """One run of one job, claimed by its due moment: the fence against running twice."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    job: Mapped[str] = mapped_column(String(60), index=True)
    due_at: Mapped[datetime]
    host: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(Text)


class Lease(Model):
    """Who leads: one row, held for a while and renewed."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(120))
    until: Mapped[datetime]


class JobAsk(Model):
    """Somebody asked for a job to run now; the leader takes it at its next tick."""

    __tablename__ = "job_ask"

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    asked_at: Mapped[datetime]
    asked_by_name: Mapped[str] = mapped_column(String(60))


class ClockMark(Model):
    """The last moment that the timetable saw; a clock behind it, or far ahead of it, is wrong."""

    __tablename__ = "clock_mark"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]


class NumberSeries(Model):
    """The last number given in a series (a village's notices of a month, a year's checklists)."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int]
