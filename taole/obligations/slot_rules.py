"""Which periods a village owes of a matter, and by when: pure walks through the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from taole.catalogue.deadlines import DeadlineRule
from taole.core.periods import Frequency, Period, period_containing
from taole.organisation.rules import is_open, owes

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=100)
"""How far ahead the nightly job opens what falls due."""


class Versioned(Protocol):
    """A row of the catalogue, in force from a day until another (excluded)."""

    @property
    def effective_from(self) -> date: ...
    @property
    def effective_until(self) -> date | None: ...


class Terms(Protocol):
    """How often a village owes a matter, and by which rule; not ``applicable``: not at all."""

    @property
    def applicable(self) -> bool: ...
    @property
    def frequency(self) -> Frequency: ...
    @property
    def rule(self) -> DeadlineRule: ...


Row = TypeVar("Row", bound=Versioned)
Agreed = TypeVar("Agreed", bound=Terms)


@dataclass(frozen=True)
class Span:
    """From a day (None: always) until another (excluded; None: for good)."""

    start: date | None = None
    end: date | None = None

    def holds(self, period: Period) -> bool:
        """Whether a period lies inside it whole."""
        return owes(self.start, self.end, period.start, period.end)


def owed_periods(
    rows: Sequence[Row],
    terms_on: Callable[[Row, date], Agreed],
    *,
    adopted: Span,
    lived: Span,
    until: date,
) -> Iterator[tuple[Row, Agreed, Period]]:
    """The periods that begin up to ``until`` and that a village owes of one matter, in order.

    ``rows`` are the matter's rows in the catalogue, one after the other. The row and the terms of
    the day on which a period begins rule it to its end: a change takes effect with the first
    period that begins after it. Only periods lived through whole are owed, and only those that
    lie inside the adoption.
    """
    ordered = sorted(rows, key=lambda row: row.effective_from)
    if not ordered:
        return
    day = max(ordered[0].effective_from, adopted.start or date.min, lived.start or date.min)
    while day <= until:
        row = _in_force(ordered, day)
        if row is None:
            later = [each.effective_from for each in ordered if each.effective_from > day]
            if not later:
                return
            day = min(later)
            continue
        terms = terms_on(row, day)
        period = period_containing(terms.frequency, day)
        whole = period.start == day and adopted.holds(period) and lived.holds(period)
        if whole and terms.applicable:
            yield row, terms, period
        day = period.end + ONE_DAY


def _in_force(ordered: Sequence[Row], day: date) -> Row | None:
    for row in ordered:
        if is_open(row.effective_from, row.effective_until, day):
            return row
    return None


def opens(period: Period, due_on: date, *, through: date, today: date) -> bool:
    """Whether a slot is to be open: it falls due by ``through``, or its period has begun."""
    return due_on <= through or period.start <= min(through, today)


def is_event_driven(frequency: Frequency, rule: DeadlineRule) -> bool:
    """Whether a matter is published when something happens, and confirmed when nothing did."""
    return frequency is Frequency.ON_EVENT or rule.needs_event


def event_key(period: Period, event_id: UUID) -> str:
    """The key of an event's own obligation: the period's key with the event's id inside.

    ``2023Q3`` becomes ``2023E<32 hex digits>Q3``: unique, and still a quarter to whoever reads it.
    """
    return f"{period.key[:4]}E{event_id.hex}{period.key[4:]}"


def cycle_of(period: Period, due_on: date) -> Period:
    """The cycle in which a slot shows on a page: that of its own length in which it falls due."""
    return period_containing(period.frequency, due_on)
