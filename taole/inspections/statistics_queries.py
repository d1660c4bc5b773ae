"""Findings of a year counted in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, case, extract, func, select

from taole.core.database import db, under
from taole.inspections.models import Finding
from taole.inspections.queries import MEND_UNTIL
from taole.inspections.statistics_rules import Cell, Tally
from taole.inspections.workflow import FindingState, InspectionKind
from taole.organisation.models import Unit


def count_year(
    paths: Sequence[str] | str, year: int, on: date, source: InspectionKind | None = None
) -> list[Cell]:
    """The findings of a year by unit, kind and quarter of the day they were found.

    Being on time goes by the day first given; being overdue by the extended one.
    """
    closed = Finding.state == FindingState.CLOSED
    on_time = and_(closed, Finding.proved_on <= Finding.due_on)
    overdue = and_(~closed, on > MEND_UNTIL)
    wanted = [under(Unit.path, paths), Finding.year == year]
    if source is not None:
        wanted.append(Finding.source == source)
    month = extract("month", Finding.found_on)
    rows = db.session.execute(
        select(
            Unit.name,
            Unit.path,
            Finding.problem_kind,
            month,
            func.count(),
            *(func.sum(case((each, 1), else_=0)) for each in (closed, on_time, overdue)),
            func.count(Finding.recurs_id),
        )
        .join(Unit, Unit.id == Finding.unit_id)
        .where(*wanted)
        .group_by(Unit.path, Unit.name, Finding.problem_kind, month)
        .order_by(Unit.path)
    )
    return [
        Cell(unit, kind, (int(in_month) + 2) // 3, Tally(*(int(each) for each in counted)), path)
        for unit, path, kind, in_month, *counted in rows
    ]


def list_returned(paths: Sequence[str] | str, year: int) -> list[Finding]:
    """The findings of a year that came back after they were closed, the latest first."""
    found = (
        select(Finding)
        .join(Finding.unit)
        .where(under(Unit.path, paths), Finding.year == year, Finding.recurs_id.is_not(None))
        .order_by(Finding.found_on.desc(), Finding.number.desc())
        .limit(50)
    )
    return list(db.session.scalars(found))
