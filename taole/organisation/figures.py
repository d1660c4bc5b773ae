"""The report's numbers about the units themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from taole.core.database import db, in_being
from taole.core.figures import Counted, Figure, Origin, Scope, Value
from taole.core.words import N_
from taole.organisation.models import Unit
from taole.organisation.rules import UnitKind

_UNIT: tuple[Any, ...] = (Unit.id, Unit.name, Unit.opened_on)


def _villages(scope: Scope) -> Select[Any]:
    return (
        select(*_UNIT)
        .where(
            Unit.township_id == scope.township_id,
            Unit.kind == UnitKind.VILLAGE,
            in_being(Unit.opened_on, Unit.closed_on, scope.end),
        )
        .order_by(Unit.path)
    )


def _phone(scope: Scope) -> Value:
    return db.session.scalar(select(Unit.phone).where(Unit.id == scope.township_id)) or None


FIGURES: tuple[Figure, ...] = (
    Figure(
        "P6-villages",
        N_("行政村"),
        N_("个"),
        Counted.RECORDS,
        _villages,
        origin=Origin.CONSTANT,
        rule=N_("年底还在的行政村，不含社区"),
    ),
    Figure(
        "P6-phone",
        N_("联系电话"),
        N_("电话"),
        Counted.NOTHING,
        value=_phone,
        origin=Origin.CONSTANT,
        rule=N_("单位资料里填的电话"),
    ),
)
