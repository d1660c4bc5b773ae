"""Events, and the obligations that periods and events bring."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.catalogue.models import CatalogueItem
from taole.core.database import Model
from taole.core.ids import new_id
from taole.core.periods import Period
from taole.obligations.rules import Answer, Facts
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText


class Event(Model):
    """Something that happened in a village and has to be published (a decision, an approval)."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_township", "township_id", "happens_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("catalogue_item.id"))
    happens_on: Mapped[date]
    title: Mapped[str] = mapped_column(ScreenedText(200))
    recorded_at: Mapped[datetime]


class Obligation(Model):
    """Item × unit × period with a frozen due day, and the facts of its answer.

    ``answer_id`` is the notice's id (``obligations`` knows no notices); ``review_since`` is set by
    the notice's review. ``answered_on`` is the day posted, ``entered_at`` when it was told here.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("unit_id", "item_code", "period_key"),
        Index("ix_obligation_township_due", "township_id", "due_on"),
        Index("ix_obligation_unit_due", "unit_id", "due_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("catalogue_item.id"))
    item_code: Mapped[str] = mapped_column(String(24))
    section: Mapped[str] = mapped_column(String(40))
    period_key: Mapped[str] = mapped_column(String(40))
    period_start: Mapped[date]
    period_end: Mapped[date]
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    due_on: Mapped[date]
    answer: Mapped[Answer | None]
    answered_on: Mapped[date | None]
    answer_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(ScreenedText(200), default="")
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime | None]
    review_since: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    item: Mapped[CatalogueItem] = relationship()
    event: Mapped[Event | None] = relationship()

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end, self.period_key)

    @property
    def facts(self) -> Facts:
        return Facts(self.due_on, self.answer, self.answered_on, self.review_since is not None)
