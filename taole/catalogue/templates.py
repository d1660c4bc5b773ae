"""Which unified template holds for an item: the township's own, the shipped one, or a derived one.

Nothing here commits.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from taole.catalogue.models import CatalogueItem, ItemTemplate
from taole.catalogue.unified_template import Field, UnifiedTemplate
from taole.core.database import db


def template_for(item: CatalogueItem, township_id: UUID, on: date) -> UnifiedTemplate:
    """The template by which a township's notices of an item are written on a day."""
    own = find_own_template(township_id, item.code, on)
    if own is not None:
        return UnifiedTemplate.from_mapping(own.definition)
    return shipped_template(item)


def shipped_template(item: CatalogueItem) -> UnifiedTemplate:
    return UnifiedTemplate(columns=tuple(Field(name) for name in item.content))


def find_own_template(township_id: UUID, item_code: str, on: date) -> ItemTemplate | None:
    """The township's latest word about an item's template as of a day."""
    found = (
        select(ItemTemplate)
        .where(
            ItemTemplate.township_id == township_id,
            ItemTemplate.item_code == item_code,
            ItemTemplate.from_on <= on,
        )
        .order_by(ItemTemplate.from_on.desc(), ItemTemplate.id.desc())
        .limit(1)
    )
    return db.session.scalar(found)
