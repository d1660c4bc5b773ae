"""How the ledgers' figures select what they count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from taole.core.database import db
from taole.core.figures import Counted, Figure, Origin, Scope, Value

Records = Callable[[Scope], Select[Any]]
"""Selects (id, label, day) of the entries behind a figure."""


def within(model: Any, day: Any, label: Any, *where: ColumnElement[bool]) -> Records:
    """Entries dated within the range."""
    return lambda scope: (
        select(model.id, label, day)
        .where(model.township_id == scope.township_id, day.between(scope.start, scope.end), *where)
        .order_by(day, model.id)
    )


def in_being(
    model: Any, since: Any, until: Any, label: Any, *where: ColumnElement[bool]
) -> Records:
    """Entries of what was in being at the end of the range's last day."""
    return lambda scope: (
        select(model.id, label, since)
        .where(
            model.township_id == scope.township_id,
            since <= scope.end,
            or_(until.is_(None), until > scope.end),
            *where,
        )
        .order_by(since, model.id)
    )


def count(records: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(records.subquery())) or 0


def figure(
    key: str,
    label: str,
    unit: str,
    records: Records,
    rule: str,
    *,
    value: Callable[[Scope], Value] | None = None,
    origin: Origin = Origin.DERIVED,
) -> Figure:
    """A figure that counts entries of a ledger, unless ``value`` says otherwise."""
    return Figure(key, label, unit, Counted.RECORDS, records, value, origin, rule)
