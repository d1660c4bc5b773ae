"""Places with their counts, sorted and cut into pages in the database: for those above townships.

A province has 2,260 villages: no page reads them all to show fifty.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, Subquery, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from taole.core.database import db, under
from taole.obligations.completeness_queries import CompletenessRow, Grouping, counted
from taole.obligations.models import Obligation
from taole.obligations.rules import Completeness
from taole.organisation.models import Unit
from taole.organisation.rules import GRASSROOTS, UnitKind

KINDS = {
    Grouping.UNIT: GRASSROOTS,
    Grouping.TOWNSHIP: frozenset({UnitKind.TOWNSHIP}),
    Grouping.COUNTY: frozenset({UnitKind.COUNTY}),
}


class PlaceSort(StrEnum):
    """By code as everywhere, or what needs a look first; equal places stand by code."""

    CODE = auto()
    COMPLETENESS = auto()
    TIMELINESS = auto()
    MISSING = auto()


def select_places(
    unit: Unit, *, start: date, end: date, on: date, by: Grouping, sort: PlaceSort
) -> Select[Any]:
    """Rows (code, name, name of what it belongs to, the five counts of ``counted``) of the
    villages, townships or counties below a unit, also of those that owe nothing. To be paged.
    """
    sums = _sums(unit, start, end, on, by)
    above = aliased(Unit)
    shown: tuple[Any, ...] = (
        Unit.code,
        Unit.name,
        above.name,
        *(func.coalesce(sums.c[f"n{place}"], 0) for place in range(5)),
    )
    return (
        select(*shown)
        .outerjoin(sums, sums.c.place_id == Unit.id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(*_standing(unit, start, by))
        .order_by(*_order(sums, sort), Unit.path)
    )


def count_places(unit: Unit, *, start: date, by: Grouping) -> int:
    """How many ``select_places`` gives, without adding up what they owe."""
    found = select(func.count()).select_from(Unit).where(*_standing(unit, start, by))
    return db.session.scalar(found) or 0


def row_of(row: Any) -> tuple[CompletenessRow, str]:
    """A selected row as the pages take it, and what the place belongs to."""
    return CompletenessRow(row[0], row[1], Completeness(*map(int, row[3:]))), row[2] or ""


def list_places(
    unit: Unit, *, start: date, end: date, on: date, by: Grouping, sort: PlaceSort
) -> list[tuple[CompletenessRow, str]]:
    """All of ``select_places`` at once, for a workbook."""
    found = select_places(unit, start=start, end=end, on=on, by=by, sort=sort)
    return [row_of(each) for each in db.session.execute(found)]


def _standing(unit: Unit, start: date, by: Grouping) -> list[ColumnElement[bool]]:
    """The places below a unit that had not closed before a day."""
    return [
        under(Unit.path, unit.path),
        Unit.kind.in_(KINDS[by]),
        or_(Unit.closed_on.is_(None), Unit.closed_on > start),
    ]


def _sums(unit: Unit, start: date, end: date, on: date, by: Grouping) -> Subquery:
    """The counts by place, of all that falls due in a range below a unit."""
    township = aliased(Unit)
    key: Any = {
        Grouping.UNIT: Obligation.unit_id,
        Grouping.TOWNSHIP: Obligation.township_id,
        Grouping.COUNTY: township.parent_id,
    }[by]
    return (
        select(key.label("place_id"), *counted(on))
        .select_from(Obligation)
        .join(township, township.id == Obligation.township_id)
        .where(under(township.path, unit.path), Obligation.due_on.between(start, end))
        .group_by(key)
        .subquery()
    )


def _order(sums: Subquery, sort: PlaceSort) -> list[ColumnElement[Any]]:
    due, answered, on_time = sums.c.n0, sums.c.n1, sums.c.n2
    match sort:
        case PlaceSort.COMPLETENESS:
            return _lowest_first(answered, due)
        case PlaceSort.TIMELINESS:
            return _lowest_first(on_time, answered)
        case PlaceSort.MISSING:
            return [(func.coalesce(due, 0) - func.coalesce(answered, 0)).desc()]
        case _:
            return []


def _lowest_first(part: ColumnElement[Any], whole: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """By a rate, the lowest first; where nothing is due there is none, and it stands last."""
    has_none = case((and_(whole.is_not(None), whole > 0), 0), else_=1)
    return [has_none, cast(part, Float) / func.nullif(whole, 0)]
