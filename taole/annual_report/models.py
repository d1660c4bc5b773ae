"""The passages of a report that people write: problems and the measures against them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from taole.core.clock import now
from taole.core.database import Model
from taole.core.ids import new_id
from taole.core.words import N_
from taole.privacy.screened import ScreenedText


class PassageKind(StrEnum):
    PROBLEM = N_("存在的问题")
    MEASURE = N_("改进情况")


class ReportPassage(Model):
    """One numbered passage of part five; a measure answers the problem of its position."""

    __tablename__ = "report_passage"
    __table_args__ = (UniqueConstraint("township_id", "year", "kind", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    kind: Mapped[PassageKind]
    position: Mapped[int]
    text: Mapped[str] = mapped_column(ScreenedText())
    entered_at: Mapped[datetime] = mapped_column(default=now)
