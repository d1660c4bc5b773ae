"""Counts as the overview sets them out: pure sums of what the database counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from taole.core.periods import EARLIEST_YEAR, LATEST_YEAR, Period
from taole.obligations.rules import Completeness

RATES_SHOWN = 6


@dataclass(frozen=True)
class Tally:
    """Completeness, and beside it what is in review or not yet due."""

    counts: Completeness = field(default_factory=Completeness)
    in_review: int = 0
    waiting: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.counts + other.counts,
            self.in_review + other.in_review,
            self.waiting + other.waiting,
        )

    @property
    def parts(self) -> list[tuple[str, int]]:
        """(kind, count) for the bar of composition."""
        return [
            ("ok", self.counts.on_time),
            ("late", self.counts.late),
            ("miss", self.counts.missing),
            ("rev", self.in_review),
            ("wait", self.waiting),
        ]


@dataclass(frozen=True)
class VillageNow:
    """A village as it stands: what it owes from before, and its latest notice."""

    id: UUID
    code: str
    name: str
    latest_on: date | None
    overdue: int
    overdue_since: date | None


@dataclass(frozen=True)
class VillageRow:
    village: VillageNow
    tally: Tally
    rates: Sequence[float | None]


@dataclass(frozen=True)
class Trend:
    """Both rates of a township over fortnights, oldest first."""

    fortnights: Sequence[Period]
    completeness: Sequence[float | None]
    timeliness: Sequence[float | None]


@dataclass(frozen=True)
class Review:
    """What waits for a verdict: how many, and the one that waits longest."""

    count: int = 0
    since: datetime | None = None
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Ahead:
    """What hangs ahead of its review (先公示后审核): how many, and the one due first."""

    count: int = 0
    due_on: date | None = None
    title: str = ""
    unit: str = ""


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def by_village(
    villages: Sequence[VillageNow],
    cells: Mapping[tuple[UUID, str], Tally],
    series: Mapping[tuple[UUID, int], Completeness],
    *,
    fortnights: int,
) -> list[VillageRow]:
    """A row for each village, in the order given, with its rates of the last fortnights shown."""
    return [
        VillageRow(
            village,
            total(tally for (unit_id, _section), tally in cells.items() if unit_id == village.id),
            [
                series.get((village.id, place), Completeness()).completeness
                for place in range(fortnights - RATES_SHOWN, fortnights)
            ],
        )
        for village in villages
    ]


def sorted_by(rows: Sequence[VillageRow], sort: str) -> list[VillageRow]:
    """The rows with the lowest rate, or the most gaps, first; by code where they are equal.

    Only for a township that turned the ranking of its villages on.
    """
    keys: dict[str, Callable[[VillageRow], float]] = {
        "completeness": lambda row: _or_last(row.tally.counts.completeness),
        "timeliness": lambda row: _or_last(row.tally.counts.timeliness),
        "missing": lambda row: -row.tally.counts.missing,
    }
    return sorted(rows, key=keys[sort]) if sort in keys else list(rows)


def _or_last(rate: float | None) -> float:
    return 2.0 if rate is None else rate


def by_section(
    cells: Mapping[tuple[UUID, str], Tally], order: Sequence[str]
) -> list[tuple[str, Tally]]:
    """Sections in the house's order, others after them by name."""
    sums: dict[str, Tally] = {}
    for (_unit_id, section), tally in cells.items():
        sums[section] = sums.get(section, Tally()) + tally
    known = [section for section in order if section in sums]
    return [(name, sums[name]) for name in (*known, *sorted(set(sums) - set(known)))]


def trend_of(
    series: Mapping[tuple[UUID, int], Completeness], fortnights: Sequence[Period]
) -> Trend:
    sums = [
        sum((counts for (_unit, where), counts in series.items() if where == place), Completeness())
        for place in range(len(fortnights))
    ]
    return Trend(
        fortnights, [each.completeness for each in sums], [each.timeliness for each in sums]
    )


def first_and_last(year: int, on: date) -> tuple[date, date]:
    """The days of a year that are counted: to its end, or to the day shown if that is earlier.

    A year that no report can be of is taken for the day's own.
    """
    year = year if EARLIEST_YEAR <= year <= LATEST_YEAR else on.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    return first, min(last, max(on, first))
