"""Collection rounds: what each unit was asked, and how it answered."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.attachments.models import Attachment
from taole.core.database import Model
from taole.core.ids import new_id
from taole.core.words import N_
from taole.notices.models import Notice
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText


class AskAnswer(StrEnum):
    """What a unit answered: content, or 本期无内容 (which counts as an answer)."""

    CONTENT = auto()
    NOTHING = auto()


class LineKind(StrEnum):
    OBLIGATION = N_("目录事项")
    COLUMN = N_("网站栏目")
    TASK = N_("工作要点")


class CollectionRound(Model):
    """One collection of a township, numbered within its year (第19期).

    ``opens_on`` is its day after holidays moved it, ``scheduled_on`` the day by the schedule: the
    fence against opening one twice. ``is_empty``: nothing was due, so nobody was asked.
    """

    __tablename__ = "collection_round"
    __table_args__ = (
        UniqueConstraint("township_id", "scheduled_on"),
        UniqueConstraint("township_id", "year", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    number: Mapped[int]
    scheduled_on: Mapped[date]
    opens_on: Mapped[date]
    due_at: Mapped[datetime]
    is_empty: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_name: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(ScreenedText(400), default="")

    township: Mapped[Unit] = relationship()
    asks: Mapped[list[RoundAsk]] = relationship(back_populates="round")

    @property
    def path(self) -> str:
        return self.township.path


class RoundAsk(Model):
    """What one unit was asked in a round; ``due_at`` is its own when it was extended."""

    __tablename__ = "round_ask"
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id"),
        Index("ix_round_ask_unit", "unit_id", "round_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    round_id: Mapped[UUID] = mapped_column(ForeignKey("collection_round.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    due_at: Mapped[datetime]
    extension_reason: Mapped[str] = mapped_column(ScreenedText(200), default="")
    answer: Mapped[AskAnswer | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_by_name: Mapped[str] = mapped_column(String(60), default="")
    is_on_behalf: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(ScreenedText(200), default="")
    paper_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[CollectionRound] = relationship(back_populates="asks")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    lines: Mapped[list[RoundLine]] = relationship(
        back_populates="ask", order_by="RoundLine.position"
    )
    contents: Mapped[list[RoundContent]] = relationship(back_populates="ask")
    reminders: Mapped[list[RoundReminder]] = relationship(
        back_populates="ask", order_by="RoundReminder.place"
    )
    paper: Mapped[Attachment | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy reads it

    @property
    def path(self) -> str:
        return self.unit.path


class RoundLine(Model):
    """One matter on a unit's list: an obligation, a web column or a task of the year."""

    __tablename__ = "round_line"
    __table_args__ = (UniqueConstraint("ask_id", "kind", "subject_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("round_ask.id"))
    position: Mapped[int]
    kind: Mapped[LineKind]
    subject_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(ScreenedText(200))
    period_key: Mapped[str] = mapped_column(String(40), default="")
    section: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date | None]

    ask: Mapped[RoundAsk] = relationship(back_populates="lines")


class RoundContent(Model):
    """What came for a round: a notice (a village's draft, or an office's piece for a column)."""

    __tablename__ = "round_content"
    __table_args__ = (UniqueConstraint("ask_id", "notice_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("round_ask.id"))
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("round_line.id"))
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    brought_at: Mapped[datetime]

    ask: Mapped[RoundAsk] = relationship(back_populates="contents")
    line: Mapped[RoundLine | None] = relationship()
    notice: Mapped[Notice] = relationship()


class RoundReminder(Model):
    """The first or second reminder of a unit in a round; a third cannot be stored."""

    __tablename__ = "round_reminder"
    __table_args__ = (UniqueConstraint("ask_id", "place"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("round_ask.id"))
    place: Mapped[int]
    is_automatic: Mapped[bool]
    at: Mapped[datetime]
    by_name: Mapped[str] = mapped_column(String(60))

    ask: Mapped[RoundAsk] = relationship(back_populates="reminders")
