"""The report's number about the catalogue by which obligations are opened."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, or_, select

from taole.catalogue.models import CatalogueItem
from taole.catalogue.queries import find_adopted
from taole.core.figures import Counted, Figure, Origin, Scope
from taole.core.words import N_

_FIRST_SEEN: tuple[Any, ...] = (
    CatalogueItem.section,
    CatalogueItem.section.label("label"),
    func.min(CatalogueItem.effective_from).label("day"),
)


def _sections(scope: Scope) -> Select[Any]:
    """The sections in which the adopted edition has items in force on the last day."""
    edition = find_adopted(scope.township_id, scope.end)
    return (
        select(*_FIRST_SEEN)
        .where(
            CatalogueItem.edition_id == (edition.id if edition else None),
            CatalogueItem.effective_from <= scope.end,
            or_(
                CatalogueItem.effective_until.is_(None),
                CatalogueItem.effective_until > scope.end,
            ),
        )
        .group_by(CatalogueItem.section)
        .order_by(func.min(CatalogueItem.position))
    )


FIGURES: tuple[Figure, ...] = (
    Figure(
        "P5-categories",
        N_("村务公开的类别"),
        N_("项"),
        Counted.MATTERS,
        _sections,
        origin=Origin.CONSTANT,
        rule=N_("年底采用的目录里有事项的类别"),
    ),
)
