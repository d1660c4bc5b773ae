"""The facts behind the matrix pages: one statement each, plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from taole.catalogue.models import CatalogueItem
from taole.core.database import db
from taole.core.periods import Frequency, period_containing
from taole.obligations.models import Obligation
from taole.organisation.models import Unit
from taole.organisation.rules import UnitKind

_ABOVE = (UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.TOWNSHIP)
CELL_COLUMNS = (
    Obligation.id,
    Obligation.unit_id,
    Obligation.item_id,
    Obligation.item_code,
    Obligation.period_key,
    Obligation.period_start,
    Obligation.period_end,
    Obligation.due_on,
    Obligation.answer,
    Obligation.answered_on,
    Obligation.review_since,
)


def list_current_cells(township_id: UUID, on: date) -> Sequence[Any]:
    """The facts behind a township's matrix on a day: one statement, plain rows.

    Due in this quarter, or of a whole year and due in this one, or of a period that ``on`` is in.
    """
    year, quarter = (
        period_containing(frequency, on) for frequency in (Frequency.YEARLY, Frequency.QUARTERLY)
    )
    whole_years = or_(
        *(
            and_(Obligation.period_start == each.start, Obligation.period_end == each.end)
            for each in (year.previous(), year)
        )
    )
    found = select(*CELL_COLUMNS).where(
        Obligation.township_id == township_id,
        Obligation.due_on.between(year.start, year.next().end),
        or_(
            Obligation.due_on.between(quarter.start, quarter.end),
            and_(whole_years, Obligation.due_on <= year.end),
            and_(Obligation.period_start <= on, Obligation.period_end >= on),
        ),
    )
    return db.session.execute(found).all()


def list_cells_of_year(unit_id: UUID, year: int) -> Sequence[Any]:
    """The facts of one unit's obligations due in a year, or of its periods and due after it."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    found = (
        select(*CELL_COLUMNS)
        .where(
            Obligation.unit_id == unit_id,
            Obligation.due_on.between(start, date(year + 1, 12, 31)),
            or_(Obligation.due_on <= end, Obligation.period_start >= start),
            Obligation.period_start <= end,
        )
        .order_by(Obligation.due_on)
    )
    return db.session.execute(found).all()


def list_items_by_id(item_ids: set[UUID]) -> list[CatalogueItem]:
    """The catalogue's rows behind what one page shows, in the catalogue's order."""
    if not item_ids:
        return []
    found = select(CatalogueItem).where(CatalogueItem.id.in_(item_ids))
    return list(db.session.scalars(found.order_by(CatalogueItem.position, CatalogueItem.code)))


def summary_heads(unit: Unit) -> Select[Unit]:
    """What a summary page is divided by: a county's townships, a prefecture's counties."""
    return select(Unit).where(Unit.parent_id == unit.id, Unit.kind.in_(_ABOVE)).order_by(Unit.path)


def list_summary_heads(unit: Unit) -> list[Unit]:
    """All of them at once, for a workbook."""
    return list(db.session.scalars(summary_heads(unit)))


def list_places_below(heads: Sequence[Unit]) -> list[Unit]:
    """The units right below these neighbouring heads, in order of code; never the offices."""
    first, last = heads[0], heads[-1]
    parent = aliased(Unit)
    found = (
        select(Unit)
        .join(parent, parent.id == Unit.parent_id)
        .where(
            parent.path >= first.path,
            parent.path <= last.path,
            parent.parent_id == first.parent_id,
            Unit.kind != UnitKind.OFFICE,
        )
        .order_by(Unit.path)
    )
    return list(db.session.scalars(found))
