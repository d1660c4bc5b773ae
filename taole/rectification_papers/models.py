"""Papers on rectification, as they were issued."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.core.database import Model
from taole.core.ids import new_id
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedJson, ScreenedText
from taole.rectification_papers.workflow import PaperKind


class RectificationPaper(Model):
    """A paper as it was issued: 问题清单, 整改通知书, 整改清单, 整改台账 or 整改报告.

    ``unit_id``: whose problems it is about (a village, or the township). ``content`` is the paper
    as composed on ``issued_on``, empty for one that was written elsewhere; its files are the
    attachments it owns. ``submitted_on``: the day it was sent to ``recipient``.
    """

    __tablename__ = "rectification_paper"
    __table_args__ = (
        UniqueConstraint("township_id", "kind", "year", "number"),
        Index("ix_rectification_paper_township", "township_id", "issued_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[PaperKind]
    year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(ScreenedText(200))
    recipient: Mapped[str] = mapped_column(ScreenedText(80), default="")
    issued_on: Mapped[date]
    submitted_on: Mapped[date | None]
    content: Mapped[dict[str, Any]] = mapped_column(ScreenedJson, default=dict)
    issued_by_name: Mapped[str] = mapped_column(String(60), default="")
    entered_at: Mapped[datetime]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])

    @property
    def path(self) -> str:
        return self.unit.path
