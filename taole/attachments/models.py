"""What is known of a file; its bytes lie in the instance folder under their SHA-256."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.core.database import Model
from taole.core.ids import new_id
from taole.core.words import N_
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText


class ScanState(StrEnum):
    """Whether somebody looked for personal data inside a file, and what came of it.

    Only CLEAN, MASKED and CLEARED may go public; FOUND waits for a person, WAITING for the clock.
    """

    WAITING = auto()
    CLEAN = auto()
    FOUND = auto()
    MASKED = auto()
    CLEARED = auto()
    FAILED = auto()


SCAN_LABELS = {
    ScanState.WAITING: N_("等系统检查"),
    ScanState.CLEAN: N_("没有发现个人信息"),
    ScanState.FOUND: N_("发现个人信息"),
    ScanState.MASKED: N_("已遮盖"),
    ScanState.CLEARED: N_("已确认不是个人信息"),
    ScanState.FAILED: N_("没有查成"),
}
MAY_GO_PUBLIC = frozenset({ScanState.CLEAN, ScanState.MASKED, ScanState.CLEARED})


class Attachment(Model):
    """``digest`` names what people are given; ``original_digest`` what was sent in, kept inside.

    ``scan_findings``: what ``privacy.files`` found, without the raw values. ``look`` is the
    photograph's perceptual hash (16 hexadecimal signs), by which a copy is recognised.
    """

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_scan", "scan_state", "uploaded_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[UUID | None] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(ScreenedText(200))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    original_digest: Mapped[str] = mapped_column(String(64), default="")
    scan_state: Mapped[ScanState] = mapped_column(default=ScanState.WAITING)
    scan_findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    scanned_at: Mapped[datetime | None]
    scan_attempts: Mapped[int] = mapped_column(default=0)
    look: Mapped[str] = mapped_column(String(16), default="", index=True)
    uploaded_by_id: Mapped[UUID | None]
    uploaded_at: Mapped[datetime]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def is_public(self) -> bool:
        """Whether it may be given out as it is: looked through, masked or cleared where need be."""
        return self.scan_state in MAY_GO_PUBLIC

    @property
    def is_photograph(self) -> bool:
        return self.media_type == "image/jpeg"


class Upload(Model):
    """A file on its way from a phone, piece by piece; its bytes lie in the instance's ``uploads``.

    ``id`` is made by the phone and sent with every piece, so that a piece sent twice counts once.
    ``owner_id``: the notice that waits for it; ``purpose``: attachment, or a channel's proof.
    """

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_owner", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[UUID | None]
    purpose: Mapped[str] = mapped_column(String(40), default="attachment")
    filename: Mapped[str] = mapped_column(ScreenedText(200))
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    started_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    attachment_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    attachment: Mapped[Attachment | None] = relationship()

    @property
    def path(self) -> str:
        return self.unit.path


class LookAlike(Model):
    """A photograph that looks like an earlier one (another month, another village): a question.

    ``distance`` between 0 (the same picture) and 64. Answered by the clerk, with a word.
    """

    __tablename__ = "look_alike"
    __table_args__ = (Index("ix_look_alike_township", "township_id", "answered_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    attachment_id: Mapped[UUID] = mapped_column(ForeignKey("attachment.id"), index=True)
    earlier_id: Mapped[UUID] = mapped_column(ForeignKey("attachment.id"))
    distance: Mapped[int]
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(ScreenedText(300), default="")
    is_a_copy: Mapped[bool | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]

    attachment: Mapped[Attachment] = relationship(foreign_keys=[attachment_id])
    earlier: Mapped[Attachment] = relationship(foreign_keys=[earlier_id])

    @property
    def path(self) -> str:
        return self.attachment.unit.path
