"""What can be asked about catalogues. A township without an adopted edition has no items."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, load_only

from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition, ItemOverride
from taole.core.database import db, in_being
from taole.core.errors import NotFound


def list_editions() -> list[Edition]:
    """All editions, the latest loaded first."""
    found = select(Edition).order_by(Edition.loaded_at.desc(), Edition.id.desc())
    return list(db.session.scalars(found))


def get_edition(edition_id: UUID) -> Edition:
    edition = db.session.get(Edition, edition_id)
    if edition is None:
        raise NotFound(edition_id)
    return edition


def find_edition_named(name: str) -> Edition | None:
    """The latest loaded edition of this name."""
    found = select(Edition).where(Edition.name == name).order_by(Edition.loaded_at.desc())
    return db.session.scalar(found.limit(1))


def find_edition_like(fingerprint: str) -> Edition | None:
    """The edition that was loaded from a file that said the same."""
    return db.session.scalar(select(Edition).where(Edition.fingerprint == fingerprint).limit(1))


def count_items_by_edition() -> dict[UUID, int]:
    """How many items each edition has that are not retired."""
    found = (
        select(CatalogueItem.edition_id, func.count())
        .where(CatalogueItem.effective_until.is_(None))
        .group_by(CatalogueItem.edition_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def list_items_of(edition: Edition, on: date) -> list[CatalogueItem]:
    """The items of an edition in force on a day (its first day, if that is still to come)."""
    found = (
        select(CatalogueItem)
        .where(CatalogueItem.edition_id == edition.id, _item_holds(max(on, edition.in_force_from)))
        .order_by(CatalogueItem.position, CatalogueItem.code)
    )
    return list(db.session.scalars(found))


def find_adoption(
    township_id: UUID, on: date, kind: CatalogueKind = CatalogueKind.VILLAGE
) -> Adoption | None:
    """The adoption under which a township is on a day, with its edition."""
    found = (
        select(Adoption)
        .join(Adoption.edition)
        .options(joinedload(Adoption.edition))
        .where(Adoption.township_id == township_id, Edition.kind == kind, _adoption_holds(on))
        .order_by(Adoption.from_on.desc())
        .limit(1)
    )
    return db.session.scalar(found)


def find_adopted(
    township_id: UUID, on: date, kind: CatalogueKind = CatalogueKind.VILLAGE
) -> Edition | None:
    """The edition that a township follows on a day."""
    adoption = find_adoption(township_id, on, kind)
    return adoption.edition if adoption else None


def list_adoptions(township_id: UUID | None = None) -> list[Adoption]:
    """Who followed which edition when (one township, or all), the latest first."""
    found = (
        select(Adoption)
        .options(joinedload(Adoption.edition), joinedload(Adoption.township))
        .order_by(Adoption.from_on.desc(), Adoption.id.desc())
    )
    if township_id is not None:
        found = found.where(Adoption.township_id == township_id)
    return list(db.session.scalars(found))


def list_items_in_force(
    township_id: UUID, on: date, kind: CatalogueKind = CatalogueKind.VILLAGE
) -> list[CatalogueItem]:
    """The items of the adopted edition that are in force on a day, in the catalogue's order."""
    found = _items_in_force(township_id, on, kind)
    return list(db.session.scalars(found.order_by(CatalogueItem.position, CatalogueItem.code)))


def list_item_terms(township_id: UUID, on: date) -> list[CatalogueItem]:
    """As ``list_items_in_force``, with titles and terms only: the long texts stay behind."""
    found = _items_in_force(township_id, on, CatalogueKind.VILLAGE)
    shown = found.options(
        load_only(
            CatalogueItem.code,
            CatalogueItem.position,
            CatalogueItem.section,
            CatalogueItem.title,
            CatalogueItem.title_en,
            CatalogueItem.frequency,
            CatalogueItem.deadline,
            CatalogueItem.compulsory_channels,
            raiseload=True,
        )
    )
    return list(db.session.scalars(shown.order_by(CatalogueItem.position, CatalogueItem.code)))


def find_item(
    township_id: UUID, code: str, on: date, kind: CatalogueKind = CatalogueKind.VILLAGE
) -> CatalogueItem | None:
    """The item of this code that is in force for a township on a day."""
    found = _items_in_force(township_id, on, kind).where(CatalogueItem.code == code)
    return db.session.scalar(found.limit(1))


def get_item(item_id: UUID) -> CatalogueItem:
    item = db.session.get(CatalogueItem, item_id, options=[joinedload(CatalogueItem.edition)])
    if item is None:
        raise NotFound(item_id)
    return item


def list_versions(item: CatalogueItem) -> list[CatalogueItem]:
    """All rows of an item's code in its edition, the latest first."""
    found = (
        select(CatalogueItem)
        .where(CatalogueItem.edition_id == item.edition_id, CatalogueItem.code == item.code)
        .order_by(CatalogueItem.effective_from.desc())
    )
    return list(db.session.scalars(found))


def list_overrides(township_id: UUID) -> list[ItemOverride]:
    """Everything a township decided about items, past and to come, by code and day."""
    found = (
        select(ItemOverride)
        .where(ItemOverride.township_id == township_id)
        .order_by(ItemOverride.item_code, ItemOverride.from_on, ItemOverride.id)
    )
    return list(db.session.scalars(found))


def _items_in_force(township_id: UUID, on: date, kind: CatalogueKind) -> Select[CatalogueItem]:
    adopted = (
        select(Adoption.edition_id)
        .join(Adoption.edition)
        .where(Adoption.township_id == township_id, Edition.kind == kind, _adoption_holds(on))
        .order_by(Adoption.from_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(CatalogueItem).where(CatalogueItem.edition_id == adopted, _item_holds(on))


def _adoption_holds(on: date) -> ColumnElement[bool]:
    return in_being(Adoption.from_on, Adoption.until_on, on)


def _item_holds(on: date) -> ColumnElement[bool]:
    return in_being(CatalogueItem.effective_from, CatalogueItem.effective_until, on)
