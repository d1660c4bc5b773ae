"""Notices, the obligations they answer, and their postings on channels."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.attachments.models import Attachment
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem
from taole.core.clock import local
from taole.core.database import Model
from taole.core.ids import new_id
from taole.notices.workflow import NoticeState
from taole.obligations.models import Obligation
from taole.obligations.rules import is_late_entry
from taole.organisation.models import Unit, User


class NoticeKind(StrEnum):
    """A notice is counted; an update of a standing page (领导信息, 公开指南) is not."""

    NOTICE = auto()
    PAGE_UPDATE = auto()


class Notice(Model):
    """The document: a unit, an item, a period, and what is told. Written once, revised by version.

    ``version`` guards against two tabs: who saves an older version is told and loses nothing.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_township_posted", "township_id", "first_posted_on"),
        Index("ix_notice_unit_state", "unit_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("catalogue_item.id"))
    section: Mapped[str] = mapped_column(String(40))
    kind: Mapped[NoticeKind] = mapped_column(default=NoticeKind.NOTICE)
    period_key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, default="")
    columns: Mapped[list[str]] = mapped_column(default=list)
    rows: Mapped[list[list[Any]]] = mapped_column(default=list)
    fiscal_year: Mapped[int | None]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.DRAFT)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str] = mapped_column(String(60))
    written_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reviewed_by_name: Mapped[str] = mapped_column(String(60), default="")
    reviewed_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(String(300), default="")
    first_posted_on: Mapped[date | None]
    is_on_behalf: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    item: Mapped[CatalogueItem] = relationship()
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    postings: Mapped[list[Posting]] = relationship(
        back_populates="notice", order_by="Posting.posted_on"
    )
    answers: Mapped[list[NoticeAnswer]] = relationship(back_populates="notice")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy reads it

    @property
    def path(self) -> str:
        return self.unit.path


class NoticeAnswer(Model):
    """A notice answers an obligation of its unit and period; it may answer several."""

    __tablename__ = "notice_answer"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    obligation_id: Mapped[UUID] = mapped_column(
        ForeignKey("obligation.id"), primary_key=True, index=True
    )
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))

    notice: Mapped[Notice] = relationship(back_populates="answers")
    obligation: Mapped[Obligation] = relationship()


class Posting(Model):
    """One notice on one channel, with proof. One that repeats another is never counted."""

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_township_channel", "township_id", "channel", "posted_on"),
        Index("ix_posting_notice", "notice_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    channel: Mapped[Channel]
    column_code: Mapped[str] = mapped_column(String(24), default="")
    account: Mapped[str] = mapped_column(String(60), default="")
    posted_on: Mapped[date]
    until_on: Mapped[date | None]
    taken_down_on: Mapped[date | None]
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    proof_link: Mapped[str] = mapped_column(String(300), default="")
    repeats_id: Mapped[UUID | None] = mapped_column(ForeignKey("posting.id"))
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    notice: Mapped[Notice] = relationship(back_populates="postings")
    proof: Mapped[Attachment | None] = relationship()

    @property
    def path(self) -> str:
        return self.notice.unit.path

    @property
    def is_late_entry(self) -> bool:
        """Whether it was entered more than seven days after its day (补录)."""
        return is_late_entry(self.posted_on, local(self.entered_at).date())
