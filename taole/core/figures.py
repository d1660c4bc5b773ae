"""Figures: named numbers. One query both counts a figure and lists the records behind it.

Each package declares its own in ``figures.py``; the application registers them. Reports,
dashboards and circulars cite a figure by its key; nobody types a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from taole.core.database import db
from taole.core.words import N_

Value = int | float | Decimal | str | None


class Counted(StrEnum):
    """What a figure counts; printed beside it."""

    MATTERS = N_("按事项计")
    NOTICES = N_("按公示件数计")
    POSTINGS = N_("按渠道计")
    RECORDS = N_("按台账记录计")
    NOTHING = N_("不计数")


class Origin(StrEnum):
    DERIVED = N_("系统数出来的")
    ENTERED = N_("人填的")
    CONSTANT = N_("固定的")
    PARAMETER = N_("报告参数")


@dataclass(frozen=True)
class Scope:
    """Whose figure, for which days (both included)."""

    township_id: UUID
    path: str
    start: date
    end: date

    @property
    def year(self) -> int:
        return self.start.year


@dataclass(frozen=True)
class Record:
    """One record behind a figure, as a list shows it."""

    id: str
    label: str
    on: date | None


@dataclass(frozen=True)
class Figure:
    """A named number.

    ``records`` selects (id, label, day) of what is counted. ``value`` computes something other
    than their number (a rate, a sum, a least count); None counts the records.
    """

    key: str
    label: str
    unit: str
    counted: Counted
    records: Callable[[Scope], Select[Any]] | None = None
    value: Callable[[Scope], Value] | None = None
    origin: Origin = Origin.DERIVED
    rule: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """A figure with its value and the records behind it."""

    figure: Figure
    value: Value
    records: tuple[Record, ...]


REGISTRY: dict[str, Figure] = {}


def register(figures: Iterable[Figure]) -> None:
    for figure in figures:
        known = REGISTRY.setdefault(figure.key, figure)
        if known is not figure:
            raise ValueError(f"two figures are called {figure.key}")


def evaluate(figure: Figure, scope: Scope) -> Value:
    """The figure's value alone: one statement for those that count."""
    if figure.value is not None:
        return figure.value(scope)
    if figure.records is None:
        return None
    counted = select(func.count()).select_from(figure.records(scope).subquery())
    return db.session.scalar(counted)


def list_records(figure: Figure, scope: Scope) -> tuple[Record, ...]:
    if figure.records is None:
        return ()
    rows = db.session.execute(figure.records(scope))
    return tuple(Record(str(row[0]), str(row[1]), row[2]) for row in rows)


def measure(key: str, scope: Scope) -> Measured:
    """Value and records of the figure with this key; KeyError for a name nobody declared."""
    figure = REGISTRY[key]
    return Measured(figure, evaluate(figure, scope), list_records(figure, scope))
