"""The photographed board: one picture, the codes seen on it, and what was confirmed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.attachments.models import Attachment
from taole.core.database import Model
from taole.core.ids import new_id
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText


class BoardPhotograph(Model):
    """A village's whole board on one day. ``seen``: what was read, ``{"code", "box"}`` each.

    ``box``: four corners as [x, y] between 0 and 1. ``unread``: sheets that look like sheets but
    whose code could not be read. ``confirmed_at``: the secretary ticked what hangs there.
    """

    __tablename__ = "board_photograph"
    __table_args__ = (Index("ix_board_photograph_unit", "unit_id", "taken_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    attachment_id: Mapped[UUID] = mapped_column(ForeignKey("attachment.id"))
    taken_on: Mapped[date]
    seen: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    unread: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(ScreenedText(200), default="")
    uploaded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    attachment: Mapped[Attachment] = relationship()

    @property
    def path(self) -> str:
        return self.unit.path
