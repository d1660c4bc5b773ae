"""The lines of the trail and the head of each chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from taole.core.database import Model
from taole.core.ids import new_id

INSTANCE = UUID(int=0)
"""The chain of acts that belong to no township (the county, the administrator, the clock)."""


class TrailLine(Model):
    __tablename__ = "trail_line"
    __table_args__ = (
        UniqueConstraint("township_id", "number"),
        Index("ix_trail_line_object", "object_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID]
    number: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(String(60))
    verb: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class TrailHead(Model):
    """The end of a township's chain; locked while a line is added."""

    __tablename__ = "trail_head"

    township_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
