"""Completeness counted in the database: one statement for each question.

The conditional sums say what ``rules.completeness_of`` says; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from taole.catalogue.models import CatalogueItem
from taole.core.database import db, under
from taole.core.periods import Frequency, label, period_containing
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer, Completeness
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_at
from taole.organisation.rules import GRASSROOTS, UnitKind


class Grouping(StrEnum):
    """By what the counts are set out."""

    UNIT = auto()
    SECTION = auto()
    ITEM = auto()
    MONTH = auto()
    TOWNSHIP = auto()
    COUNTY = auto()


@dataclass(frozen=True)
class CompletenessRow:
    """The counts of one village, section, item, month, township or county."""

    key: str
    label: str
    counts: Completeness


@dataclass(frozen=True)
class SectionCounts:
    """The counts of one section in the units below a path (of villages, or of townships)."""

    path: str
    section: str
    counts: Completeness


def completeness(
    path: str, *, start: date, end: date, on: date, by: Grouping
) -> list[CompletenessRow]:
    """The counts on day ``on`` of what falls due from ``start`` to ``end`` (both included).

    ``path`` is a unit's. By unit, township and county every one is listed, in order of code, also
    those that owe nothing; by section, item and month only those with obligations in the range.
    NotFound when there is no such unit.
    """
    unit = get_unit_at(path)
    match by:
        case Grouping.UNIT:
            return _by_place(unit, start, end, on, Obligation.unit_id)
        case Grouping.TOWNSHIP:
            return _by_place(unit, start, end, on, Obligation.township_id)
        case Grouping.COUNTY:
            return _by_county(unit, start, end, on)
        case Grouping.SECTION:
            found = db.session.execute(_sums(unit, start, end, on, Obligation.section))
            return [CompletenessRow(row[0], row[0], _counts(row[1:])) for row in found]
        case Grouping.ITEM:
            return _by_item(unit, start, end, on)
        case _:
            return _by_month(unit, start, end, on)


def total_of(rows: Iterable[CompletenessRow]) -> Completeness:
    return sum((row.counts for row in rows), Completeness())


def list_section_counts(
    paths: tuple[str, str], *, start: date, end: date, on: date, by_township: bool
) -> list[SectionCounts]:
    """Units × sections for a page: the villages (or townships) in a range of paths.

    ``paths`` are the first path and the one before which the range ends.
    """
    key = Obligation.township_id if by_township else Obligation.unit_id
    first, before = paths
    found = (
        select(Unit.path, Obligation.section, *counted(on))
        .join(Unit, Unit.id == key)
        .where(Unit.path >= first, Unit.path < before, Obligation.due_on.between(start, end))
        .group_by(Unit.path, Obligation.section)
        .order_by(Unit.path)
    )
    return [SectionCounts(row[0], row[1], _counts(row[2:])) for row in db.session.execute(found)]


def _within(found: Select[Any], unit: Unit, start: date, end: date) -> Select[Any]:
    """Only what falls due in a range below a unit: by township or unit id where there is one."""
    found = found.where(Obligation.due_on.between(start, end))
    if unit.kind is UnitKind.TOWNSHIP:
        return found.where(Obligation.township_id == unit.id)
    if unit.township_id is not None:
        return found.where(Obligation.unit_id == unit.id)
    township = aliased(Unit)
    return found.join(township, township.id == Obligation.township_id).where(
        under(township.path, unit.path)
    )


def _answered_by(on: date) -> ColumnElement[bool]:
    return and_(
        Obligation.answer.in_((Answer.NOTICE, Answer.NOTHING)), Obligation.answered_on <= on
    )


def counted(on: date) -> tuple[ColumnElement[int], ...]:
    """The sums of a Completeness, in its order, as ``rules.completeness_of`` counts them."""
    answered = _answered_by(on)
    overdue = and_(Obligation.due_on < on, Obligation.answer.is_distinct_from(Answer.EXCUSED))
    conditions = (
        overdue | answered,
        answered,
        and_(answered, Obligation.answered_on <= Obligation.due_on),
        Obligation.answer == Answer.EXCUSED,
        and_(answered, Obligation.answer == Answer.NOTHING),
    )
    return tuple(sum_of(condition).label(f"n{place}") for place, condition in enumerate(conditions))


def sum_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """In how many rows of a group a condition holds."""
    return func.sum(case((condition, 1), else_=0))


def _counts(sums: Sequence[int | None]) -> Completeness:
    return Completeness(*(int(each or 0) for each in sums))


def _sums(
    unit: Unit, start: date, end: date, on: date, key: InstrumentedAttribute[Any]
) -> Select[Any]:
    return _within(select(key.label("key"), *counted(on)), unit, start, end).group_by(key)


def _by_place(
    unit: Unit, start: date, end: date, on: date, key: InstrumentedAttribute[Any]
) -> list[CompletenessRow]:
    kinds = {UnitKind.TOWNSHIP} if key is Obligation.township_id else GRASSROOTS
    below = under(Unit.path, unit.path)
    if key is Obligation.township_id and unit.township_id is not None:
        below = Unit.id == unit.township_id
    found = (
        select(Unit.code, Unit.name, *counted(on))
        .outerjoin(Obligation, _owed_by(key, unit, start, end))
        .where(below, Unit.kind.in_(kinds))
        .group_by(Unit.path, Unit.code, Unit.name)
        .order_by(Unit.path)
    )
    rows = db.session.execute(found)
    return [CompletenessRow(row[0], row[1], _counts(row[2:])) for row in rows]


def _by_county(unit: Unit, start: date, end: date, on: date) -> list[CompletenessRow]:
    """Summed by township in the database; a county is the sum of its townships."""
    listed = under(Unit.path, unit.path)
    if unit.township_id is not None:
        listed |= Unit.path.in_(_paths_above(unit.path))
    found = (
        select(Unit.path, Unit.kind, Unit.code, Unit.name, *counted(on))
        .outerjoin(Obligation, _owed_by(Obligation.township_id, unit, start, end))
        .where(
            listed,
            Unit.kind.in_((UnitKind.COUNTY, UnitKind.TOWNSHIP)),
        )
        .group_by(Unit.path, Unit.kind, Unit.code, Unit.name)
        .order_by(Unit.path)
    )
    rows: list[CompletenessRow] = []
    county_path = "/"
    for path, kind, code, name, *sums in db.session.execute(found):
        if kind is UnitKind.COUNTY:
            county_path = path
            rows.append(CompletenessRow(code, name, Completeness()))
        elif path.startswith(county_path):
            county = rows.pop()
            counts = county.counts + _counts(sums)
            rows.append(CompletenessRow(county.key, county.label, counts))
    return rows


def _owed_by(
    key: InstrumentedAttribute[Any], unit: Unit, start: date, end: date
) -> ColumnElement[bool]:
    """What a listed place owes in a range; seen from a village or an office, only its own."""
    owed = and_(key == Unit.id, Obligation.due_on.between(start, end))
    is_below = unit.township_id not in (None, unit.id)
    return and_(owed, Obligation.unit_id == unit.id) if is_below else owed


def _paths_above(path: str) -> list[str]:
    codes = path.strip("/").split("/")
    return ["".join(f"{code}/" for code in codes[:depth]) for depth in range(1, len(codes))]


def _by_item(unit: Unit, start: date, end: date, on: date) -> list[CompletenessRow]:
    """An item's rows before and after a change are one item."""
    sums = _sums(unit, start, end, on, Obligation.item_id).subquery()
    found = (
        select(
            CatalogueItem.code,
            CatalogueItem.title,
            *(column for column in sums.c if column.key != "key"),
        )
        .join(sums, sums.c.key == CatalogueItem.id)
        .order_by(CatalogueItem.position, CatalogueItem.code, CatalogueItem.effective_from)
    )
    rows: dict[str, CompletenessRow] = {}
    for code, title, *counts_of_row in db.session.execute(found):
        known = rows.get(code)
        counts = _counts(counts_of_row) + (known.counts if known else Completeness())
        rows[code] = CompletenessRow(code, title, counts)
    return list(rows.values())


def _by_month(unit: Unit, start: date, end: date, on: date) -> list[CompletenessRow]:
    """Summed by due day in the database; the days of a year are few."""
    rows: dict[str, CompletenessRow] = {}
    found = _sums(unit, start, end, on, Obligation.due_on).order_by(Obligation.due_on)
    for day, *sums in db.session.execute(found):
        month = period_containing(Frequency.MONTHLY, day)
        known = rows.get(month.key)
        counts = _counts(sums) + (known.counts if known else Completeness())
        rows[month.key] = CompletenessRow(month.key, str(label(month)), counts)
    return list(rows.values())
