"""When who is reminded: a township's plan, as pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from taole.core.workdays import DayUnit, UnknownYear, WorkCalendar
from taole.notifications.lines import Audience


@dataclass(frozen=True)
class PlanStep:
    """``offset`` days before (−), on (0) or after (+) the due day; who is told then."""

    offset: int
    to: tuple[Audience, ...]

    @property
    def name(self) -> str:
        return f"{self.offset:+d}" if self.offset else "0"


USUAL_STEPS = (
    PlanStep(-3, (Audience.SECRETARY,)),
    PlanStep(0, (Audience.SECRETARY,)),
    PlanStep(1, (Audience.SECRETARY,)),
    PlanStep(3, (Audience.SECRETARY, Audience.HEAD)),
    PlanStep(5, (Audience.SECRETARY, Audience.HEAD, Audience.LEADER)),
)


@dataclass(frozen=True)
class Plan:
    """A township's plan. ``since``: the day it was switched on; no step before it is made up for.

    ``send_at`` is when the day's digest goes; between ``quiet_from`` and ``quiet_until`` nothing
    leaves the house (the inbox has it all the same).
    """

    is_on: bool = False
    since: date | None = None
    steps: tuple[PlanStep, ...] = USUAL_STEPS
    unit: DayUnit = DayUnit.CALENDAR
    send_at: time = time(8, 30)
    quiet_from: time = time(20, 0)
    quiet_until: time = time(8, 0)

    def day_of(self, step: PlanStep, due_on: date, calendar: WorkCalendar) -> date:
        """The day of a step; calendar days where the year's holidays are not known."""
        if self.unit is DayUnit.WORKING and step.offset:
            try:
                return calendar.add(due_on, step.offset)
            except UnknownYear:
                pass
        return due_on + timedelta(days=step.offset)

    def reached(self, due_on: date, on: date, calendar: WorkCalendar) -> PlanStep | None:
        """The last step whose day has come by ``on`` and not before the plan was switched on."""
        come = [
            (day, step)
            for step in self.steps
            if (day := self.day_of(step, due_on, calendar)) <= on
            and (self.since is None or day >= self.since)
        ]
        return max(come, key=lambda each: (each[0], each[1].offset))[1] if come else None

    def reached_for(
        self, audience: Audience, due_on: date, on: date, calendar: WorkCalendar
    ) -> PlanStep | None:
        """The last step come for one audience; None while none of theirs has."""
        theirs = replace(self, steps=tuple(step for step in self.steps if audience in step.to))
        return theirs.reached(due_on, on, calendar)

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Whom the steps tell, in the order of the enum."""
        told = {audience for step in self.steps for audience in step.to}
        return tuple(audience for audience in Audience if audience in told)

    @property
    def days_before(self) -> int:
        """How many days before a due day the first step lies (0 when none lies before it)."""
        return max((-step.offset for step in self.steps), default=0) if self.steps else 0

    def is_quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    def as_json(self) -> dict[str, Any]:
        return {
            "is_on": self.is_on,
            "since": self.since.isoformat() if self.since else None,
            "steps": [{"offset": step.offset, "to": list(step.to)} for step in self.steps],
            "unit": self.unit.value,
            "send_at": f"{self.send_at:%H:%M}",
            "quiet_from": f"{self.quiet_from:%H:%M}",
            "quiet_until": f"{self.quiet_until:%H:%M}",
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Plan:
        return cls(
            is_on=kept["is_on"],
            since=date.fromisoformat(kept["since"]) if kept["since"] else None,
            steps=tuple(
                PlanStep(each["offset"], tuple(Audience(to) for to in each["to"]))
                for each in kept["steps"]
            ),
            unit=DayUnit(kept["unit"]),
            send_at=time.fromisoformat(kept["send_at"]),
            quiet_from=time.fromisoformat(kept["quiet_from"]),
            quiet_until=time.fromisoformat(kept["quiet_until"]),
        )
