"""What can be asked about the townships' own templates."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from taole.catalogue.models import ItemTemplate
from taole.core.database import db


def find_own_template(township_id: UUID, item_code: str, on: date) -> ItemTemplate | None:
    """The township's latest word about an item's template as of a day."""
    found = _latest_first(township_id, item_code).where(ItemTemplate.from_on <= on)
    return db.session.scalar(found.limit(1))


def list_own_templates(township_id: UUID, item_code: str) -> list[ItemTemplate]:
    """All that a township said about an item's template, the latest day first."""
    return list(db.session.scalars(_latest_first(township_id, item_code)))


def _latest_first(township_id: UUID, item_code: str) -> Select[ItemTemplate]:
    return (
        select(ItemTemplate)
        .where(ItemTemplate.township_id == township_id, ItemTemplate.item_code == item_code)
        .order_by(ItemTemplate.from_on.desc(), ItemTemplate.made_at.desc(), ItemTemplate.id.desc())
    )
