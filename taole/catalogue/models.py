"""Editions of a catalogue, their items, who adopts them, and what a township overrides."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.catalogue.deadlines import DeadlineRule
from taole.core.database import Model
from taole.core.ids import new_id
from taole.core.periods import Frequency
from taole.core.workdays import DayUnit
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText


class CatalogueKind(StrEnum):
    VILLAGE = auto()
    WEBSITE = auto()


class Edition(Model):
    """One edition of a catalogue: the village-affairs catalogue, or the township's web columns."""

    __tablename__ = "edition"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[CatalogueKind]
    name: Mapped[str] = mapped_column(ScreenedText(120))
    source: Mapped[str] = mapped_column(ScreenedText(), default="")
    is_proposal: Mapped[bool] = mapped_column(default=False)
    in_force_from: Mapped[date]
    in_force_until: Mapped[date | None]
    sections: Mapped[list[str]]
    aliases: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    loaded_at: Mapped[datetime]

    items: Mapped[list[CatalogueItem]] = relationship(
        back_populates="edition", order_by="CatalogueItem.position"
    )


class CatalogueItem(Model):
    """One matter that must be published, in force from a day until another (excluded).

    A change closes the row and adds one with the same code: past periods keep their own row.
    """

    __tablename__ = "catalogue_item"
    __table_args__ = (Index("ix_catalogue_item_edition_code", "edition_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(24))
    position: Mapped[int]
    section: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(ScreenedText(200))
    title_en: Mapped[str] = mapped_column(ScreenedText(200), default="")
    content: Mapped[list[str]]
    basis: Mapped[list[str]]
    publisher: Mapped[str] = mapped_column(ScreenedText(120), default="")
    frequency: Mapped[Frequency]
    deadline: Mapped[dict[str, Any]]
    notice_period_days: Mapped[int | None]
    notice_period_unit: Mapped[DayUnit | None]
    minimum_board_days: Mapped[int | None]
    channels: Mapped[list[str]]
    compulsory_channels: Mapped[list[str]]
    personal_data: Mapped[dict[str, Any]]
    provenance: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(ScreenedText(), default="")
    parent_code: Mapped[str] = mapped_column(String(24), default="")
    update_interval_days: Mapped[int | None]
    is_standing_page: Mapped[bool] = mapped_column(default=False)
    effective_from: Mapped[date]
    effective_until: Mapped[date | None]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalogue_item.id"))

    edition: Mapped[Edition] = relationship(back_populates="items")

    @property
    def rule(self) -> DeadlineRule:
        return DeadlineRule.from_mapping(self.deadline)


class Adoption(Model):
    """A township follows an edition, from a day until another (excluded)."""

    __tablename__ = "adoption"
    __table_args__ = (Index("ix_adoption_township", "township_id", "from_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    edition: Mapped[Edition] = relationship()
    township: Mapped[Unit] = relationship()


class ItemOverride(Model):
    """What a township decides about an item for itself or for one village, from a day.

    Empty values leave the catalogue's own. ``applicable`` false: the village owes it not.
    """

    __tablename__ = "item_override"
    __table_args__ = (Index("ix_item_override_township", "township_id", "item_code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    item_code: Mapped[str] = mapped_column(String(24))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    applicable: Mapped[bool] = mapped_column(default=True)
    frequency: Mapped[Frequency | None]
    deadline: Mapped[dict[str, Any] | None]
    compulsory_channels: Mapped[list[str] | None]
    reason: Mapped[str] = mapped_column(ScreenedText(200))


class ItemTemplate(Model):
    """A township's own unified template for an item, from a day on; what was shipped stays."""

    __tablename__ = "item_template"
    __table_args__ = (Index("ix_item_template_township", "township_id", "item_code", "from_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    item_code: Mapped[str] = mapped_column(String(24))
    from_on: Mapped[date]
    definition: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(ScreenedText(200), default="")
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_by_name: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]
