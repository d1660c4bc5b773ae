"""Active disclosure within twenty working days (政府信息公开条例 art 26): pure, given the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import UnknownYear, WorkCalendar

WORKING_DAYS = 20


class Timeliness(StrEnum):
    """``UNKNOWN``: the year's holidays are not confirmed, so its last day is not known."""

    OVERDUE = auto()
    WAITING = auto()
    UNKNOWN = auto()
    LATE = auto()
    IN_TIME = auto()


TIMELINESS_LABELS = {
    Timeliness.OVERDUE: N_("超期没有公开"),
    Timeliness.WAITING: N_("等公开"),
    Timeliness.UNKNOWN: N_("不知道哪天到期"),
    Timeliness.LATE: N_("公开迟了"),
    Timeliness.IN_TIME: N_("按时公开"),
}


def last_day(formed_on: date, calendar: WorkCalendar) -> date:
    """The twentieth working day after information was formed or changed (条例 art 26).

    The day itself is not counted (民法典 art 201). Raises UnknownYear when the twenty days reach
    into a year whose holidays nobody has confirmed.
    """
    return calendar.add(formed_on, WORKING_DAYS)


@dataclass(frozen=True)
class Disclosure:
    """One piece of information on a day: formed, to be disclosed until, disclosed."""

    formed_on: date
    due_on: date | None
    disclosed_on: date | None
    unknown_year: int | None = None

    @classmethod
    def of(cls, formed_on: date, disclosed_on: date | None, calendar: WorkCalendar) -> Disclosure:
        try:
            return cls(formed_on, last_day(formed_on, calendar), disclosed_on)
        except UnknownYear as unknown:
            return cls(formed_on, None, disclosed_on, unknown.year)

    def timeliness(self, on: date) -> Timeliness:
        if self.due_on is None:
            return Timeliness.UNKNOWN
        if self.disclosed_on is not None and self.disclosed_on <= on:
            return Timeliness.LATE if self.disclosed_on > self.due_on else Timeliness.IN_TIME
        return Timeliness.OVERDUE if on > self.due_on else Timeliness.WAITING

    def days_over(self, on: date) -> int:
        """Days after its last day until it was disclosed, or until ``on``; 0 when in time."""
        end = min(self.disclosed_on or on, on)
        return max((end - self.due_on).days, 0) if self.due_on else 0

    def in_words(self, on: date) -> Sentence:
        formed = self.formed_on.isoformat()
        if self.due_on is None:
            return sentence(
                N_("%(formed)s 形成；%(year)s年的放假安排没有确认，二十个工作日算不出来。"),
                formed=formed,
                year=self.unknown_year,
            )
        due = self.due_on.isoformat()
        match self.timeliness(on):
            case Timeliness.LATE:
                return sentence(
                    N_("%(formed)s 形成，应于 %(due)s 前公开，%(posted)s 才公开，迟%(days)s天。"),
                    formed=formed,
                    due=due,
                    posted=str(self.disclosed_on),
                    days=self.days_over(on),
                )
            case Timeliness.IN_TIME:
                return sentence(
                    N_("%(formed)s 形成，%(posted)s 公开，没有超过 %(due)s。"),
                    formed=formed,
                    due=due,
                    posted=str(self.disclosed_on),
                )
            case Timeliness.OVERDUE:
                return sentence(
                    N_("%(formed)s 形成，应于 %(due)s 前公开，超%(days)s天还没有公开。"),
                    formed=formed,
                    due=due,
                    days=self.days_over(on),
                )
            case _:
                return sentence(
                    N_("%(formed)s 形成，要在 %(due)s 前公开，剩%(days)s天。"),
                    formed=formed,
                    due=due,
                    days=(self.due_on - on).days,
                )
