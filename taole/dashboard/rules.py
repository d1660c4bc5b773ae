"""Fortnights, and what presses in a township on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from taole.core.periods import Frequency, Period, fortnights, period_containing
from taole.core.workdays import UnknownYear, WorkCalendar
from taole.dashboard.tallies import Ahead, Review, VillageNow

TREND = 12
"""So many fortnights are shown beside each other."""

FORTNIGHT_ANCHOR = date(2023, 9, 11)
"""The Monday that begins 2023年第19期; every collection fortnight is counted from it."""


def fortnight_of(day: date) -> Period:
    return fortnights(FORTNIGHT_ANCHOR, day)


def last_fortnights(day: date, count: int) -> list[Period]:
    """The fortnight of a day and those before it, oldest first."""
    found = [fortnight_of(day)]
    while len(found) < count:
        found.insert(0, found[0].previous())
    return found


def period_shown(day: date, frequency: Frequency) -> Period:
    """The collection fortnight (INTERVAL) or the quarter in which a day lies."""
    if frequency is Frequency.INTERVAL:
        return fortnight_of(day)
    return period_containing(Frequency.QUARTERLY, day)


def soon(day: date, calendar: WorkCalendar) -> date:
    """The third working day after a day; the third day where the year's holidays are unknown."""
    try:
        return calendar.add(day, 3)
    except UnknownYear:
        return day + timedelta(days=3)


class Press(StrEnum):
    """Why something presses, the most urgent first."""

    CLOCK = auto()
    AHEAD = auto()
    OVERDUE = auto()
    FINDING_LATE = auto()
    REVIEW = auto()
    COLUMNS_STALE = auto()
    FINDING_SOON = auto()
    ASKS = auto()
    COLUMNS_SOON = auto()
    DELIVERIES = auto()


@dataclass(frozen=True)
class PressingFinding:
    unit: str
    statement: str
    due_on: date
    waits_for_recheck: bool


@dataclass(frozen=True)
class Pressing:
    """A row of “现在要办”; ``is_first`` marks the one to begin with."""

    why: Press
    count: int
    villages: Sequence[VillageNow] = ()
    findings: Sequence[PressingFinding] = ()
    review: Review | None = None
    ahead: Ahead | None = None
    days: int = 0
    is_first: bool = False
    names: Sequence[str] = ()


def pressing(
    villages: Sequence[VillageNow],
    findings: Sequence[PressingFinding],
    review: Review,
    on: date,
    ahead: Ahead | None = None,
    chores: Sequence[Pressing] = (),
) -> list[Pressing]:
    """What presses on a day, the most urgent first.

    The review comes first to the hand, if anything waits for one. ``chores`` are what is counted
    elsewhere: collections, website columns, messages that did not go out.
    """
    behind = [each for each in villages if each.overdue]
    late = [each for each in findings if each.due_on < on]
    near = [each for each in findings if each.due_on >= on]
    longest = max(
        ((on - each.overdue_since).days for each in behind if each.overdue_since), default=0
    )
    unjudged = ahead or Ahead()
    late_by = (on - unjudged.due_on).days if unjudged.due_on else 0
    rows = [
        Pressing(Press.AHEAD, unjudged.count, ahead=unjudged, days=max(0, late_by)),
        Pressing(
            Press.OVERDUE, sum(each.overdue for each in behind), villages=behind, days=longest
        ),
        Pressing(Press.FINDING_LATE, len(late), findings=late),
        Pressing(Press.REVIEW, review.count, review=review, is_first=True),
        Pressing(Press.FINDING_SOON, len(near), findings=near),
        *chores,
    ]
    order = list(Press)
    return sorted((row for row in rows if row.count), key=lambda row: order.index(row.why))
