"""The lists that were loaded, each as an inspection."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.attachments.models import Attachment
from taole.core.database import Model
from taole.inspections.models import Inspection
from taole.privacy.screened import ScreenedText


class RectificationList(Model):
    """A list that was loaded as an inspection, so that it is loaded once and can be sent back.

    ``fingerprint`` is that of its words. ``file_id``: the workbook that came; ``places`` says which
    sheet, row and column of it belongs to which finding (empty for what is no workbook).
    """

    __tablename__ = "rectification_list"
    __table_args__ = (UniqueConstraint("township_id", "fingerprint"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(ScreenedText(200))
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    loaded_at: Mapped[datetime]

    inspection: Mapped[Inspection] = relationship()
    file: Mapped[Attachment | None] = relationship()
