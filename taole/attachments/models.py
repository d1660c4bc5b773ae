"""What is known of a file; its bytes lie in the instance folder under their SHA-256."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.core.database import Model
from taole.core.ids import new_id
from taole.organisation.models import Unit


class Attachment(Model):
    __tablename__ = "attachment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[UUID | None] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    uploaded_by_id: Mapped[UUID | None]
    uploaded_at: Mapped[datetime]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])

    @property
    def path(self) -> str:
        return self.unit.path
