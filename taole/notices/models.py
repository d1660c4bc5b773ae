"""Notices, the obligations they answer, and their postings on channels."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.attachments.models import Attachment
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem
from taole.core.clock import local
from taole.core.database import Model
from taole.core.ids import new_id, new_public_code
from taole.notices.workflow import NoticeState, ReviewStep, Verdict
from taole.obligations.models import Obligation
from taole.obligations.rules import is_late_entry
from taole.organisation.models import Unit, User
from taole.privacy.screened import ScreenedJson, ScreenedLink, ScreenedText


class NoticeKind(StrEnum):
    """A notice is counted; an update of a standing page (领导信息, 公开指南) is not."""

    NOTICE = auto()
    PAGE_UPDATE = auto()


class Notice(Model):
    """The document: a unit, an item, a period, and what is told. Written once, revised by version.

    ``version`` guards against two tabs: who saves an older version is told and loses nothing.
    ``template`` is the unified template as it was when the notice was written; ``head`` its filled
    fields by name. ``review_steps`` are the reviews that it has to pass, settled when it is handed
    in. ``review_by_on``: it went up ahead of its review, which is due by that day (先公示后审核).
    A correction (更正) is a notice of its own that names the one it takes the place of. What is
    stored here is masked: the original of a masked value lies sealed in ``SealedText``.
    ``formed_on``: the day on which the information came to be, from which the twenty working days
    of active disclosure run (政府信息公开条例 art 26).
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
    number: Mapped[str] = mapped_column(String(32), default="", index=True)
    public_code: Mapped[str] = mapped_column(String(16), default=new_public_code, unique=True)
    template: Mapped[dict[str, Any]] = mapped_column(default=dict)
    head: Mapped[dict[str, Any]] = mapped_column(default=dict)
    columns: Mapped[list[str]] = mapped_column(default=list)
    rows: Mapped[list[list[Any]]] = mapped_column(default=list)
    fiscal_year: Mapped[int | None]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.DRAFT)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str] = mapped_column(ScreenedText(60))
    written_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reviewed_by_name: Mapped[str] = mapped_column(String(60), default="")
    reviewed_at: Mapped[datetime | None]
    review_steps: Mapped[list[str]] = mapped_column(default=list)
    review_round: Mapped[int] = mapped_column(default=0)
    review_by_on: Mapped[date | None]
    return_reason: Mapped[str] = mapped_column(ScreenedText(300), default="")
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"), index=True)
    correction_reason: Mapped[str] = mapped_column(ScreenedText(300), default="")
    revision: Mapped[int] = mapped_column(default=1)
    first_posted_on: Mapped[date | None]
    formed_on: Mapped[date | None]
    is_on_behalf: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    item: Mapped[CatalogueItem] = relationship()
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    postings: Mapped[list[Posting]] = relationship(
        back_populates="notice", order_by="Posting.posted_on"
    )
    answers: Mapped[list[NoticeAnswer]] = relationship(back_populates="notice")
    reviews: Mapped[list[NoticeReview]] = relationship(
        back_populates="notice", order_by="NoticeReview.at"
    )
    corrects: Mapped[Notice | None] = relationship(
        remote_side=[id], foreign_keys=[corrects_id], viewonly=True
    )

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
    """One notice on one channel, with proof. One that repeats another is never counted.

    ``seen_up_on``: the last day on which somebody saw it there (a second photograph of the board).
    """

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
    account: Mapped[str] = mapped_column(ScreenedText(60), default="")
    posted_on: Mapped[date]
    until_on: Mapped[date | None]
    taken_down_on: Mapped[date | None]
    seen_up_on: Mapped[date | None]
    taken_down_proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    proof_link: Mapped[str] = mapped_column(ScreenedLink(300), default="")
    repeats_id: Mapped[UUID | None] = mapped_column(ForeignKey("posting.id"))
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    notice: Mapped[Notice] = relationship(back_populates="postings")
    proof: Mapped[Attachment | None] = relationship(foreign_keys=[proof_id])
    taken_down_proof: Mapped[Attachment | None] = relationship(foreign_keys=[taken_down_proof_id])

    @property
    def path(self) -> str:
        return self.notice.unit.path

    @property
    def is_late_entry(self) -> bool:
        """Whether it was entered more than seven days after its day (补录)."""
        return is_late_entry(self.posted_on, local(self.entered_at).date())


class NoticeReview(Model):
    """One verdict in one of the three reviews. ``marks``: what is wrong where, for the author.

    Each mark is ``{"where", "what"}``. ``round`` counts how often the notice was handed in.
    """

    __tablename__ = "notice_review"
    __table_args__ = (
        UniqueConstraint("notice_id", "round", "step"),
        Index("ix_notice_review_person", "by_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    round: Mapped[int]
    step: Mapped[ReviewStep]
    verdict: Mapped[Verdict]
    comment: Mapped[str] = mapped_column(ScreenedText(300), default="")
    marks: Mapped[list[dict[str, Any]]] = mapped_column(ScreenedJson, default=list)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    notice: Mapped[Notice] = relationship(back_populates="reviews")


class ReviewSetting(Model):
    """Which reviews an item's notices pass, from a day on; the township's word.

    ``item_code`` empty: for all items without a row of their own. ``is_urgent``: it may go up
    first and be reviewed by the next working day (救灾款物等).
    """

    __tablename__ = "review_setting"
    __table_args__ = (Index("ix_review_setting_township", "township_id", "item_code", "from_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    item_code: Mapped[str] = mapped_column(String(24), default="")
    from_on: Mapped[date]
    steps: Mapped[list[str]]
    is_urgent: Mapped[bool] = mapped_column(default=False)
    set_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    set_by_name: Mapped[str] = mapped_column(String(60))
    set_at: Mapped[datetime]


class SealedState(StrEnum):
    """OPEN blocks the notice; a person masks it for good, or says that it is none (DISMISSED)."""

    OPEN = auto()
    MASKED = auto()
    DISMISSED = auto()
    GONE = auto()


class SealedText(Model):
    """Personal data found in a notice's words: shown masked, the original sealed beside it.

    ``place``: "title", "body", "head:<field>", "cell:<column>" or "columns" (the name of one);
    ``row`` and ``cell`` count rows, fields and columns from 0, ``start`` the signs before it.
    ``sealed`` can be read with the
    instance's key only, by those who must, and each look is in the trail. ``fingerprint`` tells
    the same value again without telling it.
    """

    __tablename__ = "sealed_text"
    __table_args__ = (Index("ix_sealed_text_notice", "notice_id", "state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    place: Mapped[str] = mapped_column(String(80))
    row: Mapped[int] = mapped_column(default=0)
    cell: Mapped[int] = mapped_column(default=0)
    start: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(32))
    masked: Mapped[str] = mapped_column(String(200))
    sealed: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(32))
    confidence: Mapped[float]
    suggestion: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[SealedState] = mapped_column(default=SealedState.OPEN)
    found_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_by_name: Mapped[str] = mapped_column(String(60), default="")
    decided_at: Mapped[datetime | None]

    notice: Mapped[Notice] = relationship()

    @property
    def path(self) -> str:
        return self.notice.unit.path
