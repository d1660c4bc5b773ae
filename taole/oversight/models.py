"""The county's indicators as data."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.core.database import Model
from taole.core.ids import new_id
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText


class IndicatorTable(Model):
    """A table of indicators that a township is measured by, from a day on."""

    __tablename__ = "indicator_table"
    __table_args__ = (Index("ix_indicator_table_township", "township_id", "from_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(ScreenedText(120))
    source: Mapped[str] = mapped_column(ScreenedText(200), default="")
    from_on: Mapped[date]
    fingerprint: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]
    loaded_by_name: Mapped[str] = mapped_column(String(60))

    township: Mapped[Unit] = relationship()
    indicators: Mapped[list[Indicator]] = relationship(
        back_populates="table", order_by="Indicator.position"
    )

    @property
    def path(self) -> str:
        return self.township.path


class Indicator(Model):
    """One line: what is measured, its weight in points, and whether it vetoes (单项否决).

    ``measure`` names a measure of ours (empty: looked at by people only); ``limit`` is its bound.
    """

    __tablename__ = "indicator"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    table_id: Mapped[UUID] = mapped_column(ForeignKey("indicator_table.id"), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(24))
    title: Mapped[str] = mapped_column(ScreenedText(200))
    measure: Mapped[str] = mapped_column(String(40), default="")
    weight: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    limit: Mapped[int | None]
    is_veto: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(ScreenedText(400), default="")

    table: Mapped[IndicatorTable] = relationship(back_populates="indicators")
