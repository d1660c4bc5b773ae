"""Findings counted by kind, by village and by quarter, and which way they go. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

QUARTERS = (1, 2, 3, 4)


class Trend(StrEnum):
    """A quarter beside the one before."""

    MORE = auto()
    FEWER = auto()
    SAME = auto()


@dataclass(frozen=True)
class Tally:
    """Findings counted together.

    ``on_time``: shown as mended by the day first given; ``recurred``: come back after closing.
    """

    found: int = 0
    closed: int = 0
    on_time: int = 0
    overdue: int = 0
    recurred: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found,
            self.closed + other.closed,
            self.on_time + other.on_time,
            self.overdue + other.overdue,
            self.recurred + other.recurred,
        )

    @property
    def open(self) -> int:
        return self.found - self.closed

    @property
    def on_time_share(self) -> float | None:
        """Of those closed, between 0 and 1; None when none is closed."""
        return self.on_time / self.closed if self.closed else None


@dataclass(frozen=True)
class Cell:
    """What was counted of one unit, kind and quarter; ``path`` tells namesakes apart."""

    unit: str
    kind: str
    quarter: int
    tally: Tally
    path: str = ""


@dataclass(frozen=True)
class Line:
    """A unit or a kind with its year: one tally for each quarter, and the whole."""

    name: str
    quarters: tuple[Tally, ...]

    @property
    def total(self) -> Tally:
        return sum(self.quarters, Tally())

    def trend(self, until: int) -> Trend | None:
        """Quarter ``until`` beside the one before; None for the first, or when both are empty."""
        if until < 2:
            return None
        before, now = self.quarters[until - 2].found, self.quarters[until - 1].found
        if not before and not now:
            return None
        return Trend.SAME if before == now else Trend.MORE if now > before else Trend.FEWER


def by_unit(cells: Sequence[Cell]) -> list[Line]:
    """A line for each unit, in the order in which they come."""
    names = {cell.path or cell.unit: cell.unit for cell in cells}
    lines = _lines((cell.path or cell.unit, cell) for cell in cells)
    return [Line(names[line.name], line.quarters) for line in lines]


def by_kind(cells: Sequence[Cell]) -> list[Line]:
    """A line for each kind of problem, the most frequent first."""
    lines = _lines((cell.kind, cell) for cell in cells)
    return sorted(lines, key=lambda line: (-line.total.found, line.name))


def _lines(named: Iterable[tuple[str, Cell]]) -> list[Line]:
    found: dict[str, dict[int, Tally]] = {}
    for name, cell in named:
        year = found.setdefault(name, dict.fromkeys(QUARTERS, Tally()))
        year[cell.quarter] += cell.tally
    return [Line(name, tuple(year[each] for each in QUARTERS)) for name, year in found.items()]
