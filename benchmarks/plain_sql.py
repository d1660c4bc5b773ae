"""The same rows by plain SQL: Core on the tables, with the product's types, nothing clever.

Every function takes a connection; conditions are the plain ones on township, path and due day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    FromClause,
    Table,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)

from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition, ItemOverride
from taole.core.periods import Frequency, Period, period_containing
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.organisation.models import Unit
from taole.organisation.rules import GRASSROOTS, UnitKind

Rows = Sequence[Any]


def _table(model: Any) -> Table:
    found = model.__table__
    assert isinstance(found, Table)
    return found


OWED, UNIT = _table(Obligation), _table(Unit)
ITEM, EDITION = _table(CatalogueItem), _table(Edition)
ADOPTION, OVERRIDE = _table(Adoption), _table(ItemOverride)
CELL = [
    OWED.c[name]
    for name in (
        *("id", "unit_id", "item_id", "item_code", "period_key", "period_start"),
        *("period_end", "due_on", "answer", "answered_on", "review_since"),
    )
]
TERMS = [
    ITEM.c[name]
    for name in (
        *("id", "code", "position", "section", "title", "title_en"),
        *("frequency", "deadline", "compulsory_channels"),
    )
]


def cells(connection: Connection, township_id: UUID, on: date) -> Rows:
    """A township's cells on a day: what the matrix page draws."""
    year = period_containing(Frequency.YEARLY, on)
    quarter = period_containing(Frequency.QUARTERLY, on)
    last = year.previous()
    start, end, due_on = OWED.c.period_start, OWED.c.period_end, OWED.c.due_on
    whole_year = or_(
        and_(start == last.start, end == last.end), and_(start == year.start, end == year.end)
    )
    found = select(*CELL).where(
        OWED.c.township_id == township_id,
        due_on.between(year.start, year.next().end),
        or_(
            due_on.between(quarter.start, quarter.end),
            and_(whole_year, due_on <= year.end),
            and_(start <= on, end >= on),
        ),
    )
    return connection.execute(found).all()


def villages(connection: Connection, township_id: UUID, on: date) -> Rows:
    found = (
        select(UNIT)
        .where(
            UNIT.c.township_id == township_id,
            UNIT.c.kind.in_(GRASSROOTS),
            or_(UNIT.c.opened_on.is_(None), UNIT.c.opened_on <= on),
            or_(UNIT.c.closed_on.is_(None), UNIT.c.closed_on > on),
        )
        .order_by(UNIT.c.kind.desc(), UNIT.c.path)
    )
    return connection.execute(found).all()


def items(connection: Connection, township_id: UUID, on: date) -> Rows:
    """The catalogue that a township follows on a day."""
    found = (
        select(*TERMS)
        .join(ADOPTION, ADOPTION.c.edition_id == ITEM.c.edition_id)
        .join(EDITION, EDITION.c.id == ITEM.c.edition_id)
        .where(
            ADOPTION.c.township_id == township_id,
            EDITION.c.kind == CatalogueKind.VILLAGE,
            ADOPTION.c.from_on <= on,
            or_(ADOPTION.c.until_on.is_(None), ADOPTION.c.until_on > on),
            ITEM.c.effective_from <= on,
            or_(ITEM.c.effective_until.is_(None), ITEM.c.effective_until > on),
        )
        .order_by(ITEM.c.position, ITEM.c.code)
    )
    return connection.execute(found).all()


def overrides(connection: Connection, township_id: UUID) -> Rows:
    return connection.execute(select(OVERRIDE).where(OVERRIDE.c.township_id == township_id)).all()


def heads(connection: Connection, unit_id: UUID, size: int) -> tuple[int, Rows]:
    """How many units stand right below, and the first page of them."""
    kinds = (UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.TOWNSHIP)
    found = select(UNIT).where(UNIT.c.parent_id == unit_id, UNIT.c.kind.in_(kinds))
    total = connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    return total, connection.execute(found.order_by(UNIT.c.path).limit(size)).all()


def places(connection: Connection, heads: Rows) -> Rows:
    """The villages, or counties, below the heads of a page."""
    above = UNIT.alias()
    found = (
        select(UNIT)
        .join(above, above.c.id == UNIT.c.parent_id)
        .where(
            above.c.parent_id == heads[0].parent_id,
            above.c.path.between(heads[0].path, heads[-1].path),
            UNIT.c.kind != UnitKind.OFFICE,
        )
        .order_by(UNIT.c.path)
    )
    return connection.execute(found).all()


def by_section(
    connection: Connection, first: str, before: str, period: Period, on: date, *, of_townships: bool
) -> Rows:
    """(path, section, counts) of the villages, or townships, in a range of paths."""
    key = OWED.c.township_id if of_townships else OWED.c.unit_id
    found = (
        select(UNIT.c.path, OWED.c.section, *_counts(on))
        .select_from(OWED.join(UNIT, UNIT.c.id == key))
        .where(
            UNIT.c.path >= first,
            UNIT.c.path < before,
            OWED.c.due_on.between(period.start, period.end),
        )
        .group_by(UNIT.c.path, OWED.c.section)
        .order_by(UNIT.c.path)
    )
    return connection.execute(found).all()


def by_township(connection: Connection, path: str, period: Period, on: date) -> Rows:
    """(code, name, counts) of the townships below a county, with those that owe nothing."""
    return _grouped(connection, UNIT, UNIT, path, period, on)


def by_county(connection: Connection, path: str, period: Period, on: date) -> Rows:
    """(code, name, counts) of the counties of a region."""
    county = UNIT.alias("county")
    joined = county.join(UNIT, UNIT.c.parent_id == county.c.id)
    return _grouped(connection, county, joined, path, period, on)


def _grouped(
    connection: Connection,
    unit: FromClause,
    townships: FromClause,
    path: str,
    period: Period,
    on: date,
) -> Rows:
    owed = and_(OWED.c.township_id == UNIT.c.id, OWED.c.due_on.between(period.start, period.end))
    found = (
        select(unit.c.code, unit.c.name, *_counts(on))
        .select_from(townships.outerjoin(OWED, owed))
        .where(
            UNIT.c.kind == UnitKind.TOWNSHIP,
            UNIT.c.path >= path,
            UNIT.c.path < path[:-1] + "0",
        )
        .group_by(unit.c.path, unit.c.code, unit.c.name)
        .order_by(unit.c.path)
    )
    return connection.execute(found).all()


def villages_by_completeness(
    connection: Connection, path: str, period: Period, on: date, size: int
) -> tuple[int, Rows]:
    """How many villages stand below a path, and (code, name, township, counts) of the first page,
    the least complete first.
    """
    below = and_(UNIT.c.path >= path, UNIT.c.path < path[:-1] + "0", UNIT.c.kind.in_(GRASSROOTS))
    total = connection.execute(select(func.count()).select_from(UNIT).where(below)).scalar_one()
    township = UNIT.alias("township")
    owed = and_(OWED.c.unit_id == UNIT.c.id, OWED.c.due_on.between(period.start, period.end))
    due, answered, *_others = counts = _counts(on)
    rate = func.coalesce(cast(answered, Float) / func.nullif(due, 0), 2)
    found = (
        select(UNIT.c.code, UNIT.c.name, township.c.name, *counts)
        .select_from(UNIT.join(township, township.c.id == UNIT.c.parent_id).outerjoin(OWED, owed))
        .where(below)
        .group_by(UNIT.c.path, UNIT.c.code, UNIT.c.name, township.c.name)
        .order_by(rate, UNIT.c.path)
        .limit(size)
    )
    return total, connection.execute(found).all()


def tallies(connection: Connection, township_id: UUID, period: Period, on: date) -> Rows:
    """(village, section, counts, in review, waiting) of a township: its overview."""
    waits = and_(
        OWED.c.due_on >= on,
        or_(OWED.c.answer.is_(None), OWED.c.answered_on > on),
        OWED.c.answer.is_distinct_from(Answer.EXCUSED),
    )
    reviewed = OWED.c.review_since.is_not(None)
    found = (
        select(
            OWED.c.unit_id,
            OWED.c.section,
            *_counts(on),
            _sum(and_(waits, reviewed)),
            _sum(and_(waits, ~reviewed)),
        )
        .where(
            OWED.c.township_id == township_id,
            OWED.c.due_on.between(period.start, period.end),
        )
        .group_by(OWED.c.unit_id, OWED.c.section)
    )
    return connection.execute(found).all()


def _counts(on: date) -> tuple[ColumnElement[int], ...]:
    """due, answered, on time, excused, nothing."""
    answered = and_(OWED.c.answer.in_((Answer.NOTICE, Answer.NOTHING)), OWED.c.answered_on <= on)
    overdue = and_(OWED.c.due_on < on, OWED.c.answer.is_distinct_from(Answer.EXCUSED))
    return (
        _sum(or_(overdue, answered)),
        _sum(answered),
        _sum(and_(answered, OWED.c.answered_on <= OWED.c.due_on)),
        _sum(OWED.c.answer == Answer.EXCUSED),
        _sum(and_(answered, OWED.c.answer == Answer.NOTHING)),
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
