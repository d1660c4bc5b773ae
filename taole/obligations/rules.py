"""Standing and completeness: pure functions of facts and a day.

Definitions (one place for every page, paper and command): an obligation lies in a range by its
``due_on``; it counts as *due* on a day if its due day is past or it is answered by that day.
Completeness = answered ÷ due; timeliness = answered on time ÷ answered; None when the divisor
is 0. A signed 无此事项 counts as answered; what is excused counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

LATE_ENTRY_AFTER = timedelta(days=7)
"""A posting entered more than this after its day is marked 补录."""


class Answer(StrEnum):
    """How an obligation was answered."""

    NOTICE = auto()
    NOTHING = auto()
    EXCUSED = auto()


class Standing(StrEnum):
    ON_TIME = auto()
    LATE = auto()
    MISSING = auto()
    IN_REVIEW = auto()
    WAITING = auto()
    NOTHING = auto()
    NOT_APPLICABLE = auto()


@dataclass(frozen=True)
class Facts:
    """What the standing of an obligation depends on."""

    due_on: date
    answer: Answer | None = None
    answered_on: date | None = None
    in_review: bool = False

    def answered_by(self, day: date) -> bool:
        """Whether it is answered (not excused) on a day."""
        return (
            self.answer in (Answer.NOTICE, Answer.NOTHING)
            and self.answered_on is not None
            and self.answered_on <= day
        )

    @property
    def is_excused(self) -> bool:
        return self.answer is Answer.EXCUSED


def standing(facts: Facts, on: date) -> Standing:
    """The standing on a day. An overdue draft is missing, however far its review has come."""
    if facts.is_excused:
        return Standing.NOT_APPLICABLE
    if facts.answered_by(on):
        if facts.answer is Answer.NOTHING:
            return Standing.NOTHING
        return Standing.LATE if is_late(facts) else Standing.ON_TIME
    if facts.due_on < on:
        return Standing.MISSING
    return Standing.IN_REVIEW if facts.in_review else Standing.WAITING


def is_late(facts: Facts) -> bool:
    """Answered after the due day; judged by the day posted, not by the day entered."""
    return facts.answered_on is not None and facts.answered_on > facts.due_on


def is_late_entry(happened_on: date, entered_on: date) -> bool:
    """Whether an entry is 补录: made more than seven days after what it tells of."""
    return entered_on - happened_on > LATE_ENTRY_AFTER


@dataclass(frozen=True)
class Completeness:
    """Counts of obligations and the two rates (0 to 1, or None when nothing is due)."""

    due: int = 0
    answered: int = 0
    on_time: int = 0
    excused: int = 0
    nothing: int = 0

    @property
    def late(self) -> int:
        return self.answered - self.on_time

    @property
    def missing(self) -> int:
        return self.due - self.answered

    @property
    def completeness(self) -> float | None:
        return self.answered / self.due if self.due else None

    @property
    def timeliness(self) -> float | None:
        return self.on_time / self.answered if self.answered else None

    def __add__(self, other: Completeness) -> Completeness:
        return Completeness(
            self.due + other.due,
            self.answered + other.answered,
            self.on_time + other.on_time,
            self.excused + other.excused,
            self.nothing + other.nothing,
        )


LOW, HIGH = 0.85, 0.95
"""Below the first a rate is loud, from the second on it is quiet."""


def band_of(rate: float | None) -> str:
    """In which band a rate lies: low (below 85 %), middle, high (from 95 %), or none."""
    if rate is None:
        return "none"
    if rate < LOW:
        return "low"
    return "middle" if rate < HIGH else "high"


def completeness_of(many: Iterable[Facts], on: date) -> Completeness:
    """The counts of a set of obligations on a day."""
    total = Completeness()
    for facts in many:
        answered = facts.answered_by(on)
        total += Completeness(
            due=int(not facts.is_excused and (answered or facts.due_on < on)),
            answered=int(answered),
            on_time=int(answered and not is_late(facts)),
            excused=int(facts.is_excused),
            nothing=int(answered and facts.answer is Answer.NOTHING),
        )
    return total
