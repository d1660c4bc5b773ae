"""One small table for each ledger; each row belongs to a township and was entered by somebody."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from taole.core.clock import now
from taole.core.database import Model
from taole.core.ids import new_id
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText
from taole.registers.rules import (
    CasePath,
    CaseResult,
    DecisionKind,
    DocumentKind,
    FacilityKind,
    FeeKind,
    IncidentKind,
    MessageChannel,
    TaskState,
    TrainingRole,
)
from taole.registers.task_rules import TaskFacts


class Entry(Model):
    """What every ledger's row has."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entered_at: Mapped[datetime] = mapped_column(default=now)

    @declared_attr
    @classmethod
    def township_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("unit.id"), index=True)

    @declared_attr
    @classmethod
    def entered_by_id(cls) -> Mapped[UUID | None]:
        return mapped_column(ForeignKey("person.id"))

    @declared_attr
    @classmethod
    def township(cls) -> Mapped[Unit]:
        return relationship(foreign_keys=lambda: cls.township_id)

    @property
    def path(self) -> str:
        return self.township.path


class PublicMessage(Entry):
    """A villager's question or complaint through an official channel, and its reply."""

    __tablename__ = "public_message"

    channel: Mapped[MessageChannel]
    received_on: Mapped[date] = mapped_column(index=True)
    due_on: Mapped[date]
    replied_on: Mapped[date | None]
    subject: Mapped[str] = mapped_column(ScreenedText(200))


class Training(Entry):
    __tablename__ = "training"

    role: Mapped[TrainingRole]
    held_on: Mapped[date]
    topic: Mapped[str] = mapped_column(ScreenedText(200))
    people: Mapped[int | None]


class NormativeDocument(Entry):
    """规章 or 行政规范性文件, from issue to repeal."""

    __tablename__ = "normative_document"

    kind: Mapped[DocumentKind]
    title: Mapped[str] = mapped_column(ScreenedText(200))
    document_number: Mapped[str] = mapped_column(ScreenedText(60), default="")
    issued_on: Mapped[date]
    repealed_on: Mapped[date | None]


class AdministrativeDecision(Entry):
    """Decisions of licence, penalty and coercion, public or lawfully not (a counted lot)."""

    __tablename__ = "administrative_decision"

    kind: Mapped[DecisionKind]
    decided_on: Mapped[date]
    number: Mapped[str] = mapped_column(ScreenedText(60), default="")
    subject: Mapped[str] = mapped_column(ScreenedText(200))


class FeeReceipt(Entry):
    """Money taken, in yuan."""

    __tablename__ = "fee_receipt"

    kind: Mapped[FeeKind]
    received_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    subject: Mapped[str] = mapped_column(ScreenedText(200), default="")


class ReviewCase(Entry):
    """An administrative review or a lawsuit about information disclosure."""

    __tablename__ = "review_case"

    path: Mapped[CasePath]
    received_on: Mapped[date]
    result: Mapped[CaseResult | None]
    concluded_on: Mapped[date | None]
    subject: Mapped[str] = mapped_column(ScreenedText(200))


class ChatGroup(Entry):
    """A working chat group; 僵尸群 are to be cleared."""

    __tablename__ = "chat_group"

    name: Mapped[str] = mapped_column(ScreenedText(80))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    is_idle: Mapped[bool] = mapped_column(default=False)


class Evaluation(Entry):
    """社会评议: what the public says of the unit's work."""

    __tablename__ = "evaluation"

    held_on: Mapped[date]
    result: Mapped[str] = mapped_column(ScreenedText(40))
    source: Mapped[str] = mapped_column(ScreenedText(200), default="")


class AccountabilityCase(Entry):
    __tablename__ = "accountability_case"

    decided_on: Mapped[date]
    subject: Mapped[str] = mapped_column(ScreenedText(200))


class Incident(Entry):
    """A leak or a public uproar."""

    __tablename__ = "incident"

    kind: Mapped[IncidentKind]
    happened_on: Mapped[date]
    subject: Mapped[str] = mapped_column(ScreenedText(200))


class Facility(Entry):
    """A place or a machine for disclosure: 政务公开专区, 公示栏, 查询机."""

    __tablename__ = "facility"

    kind: Mapped[FacilityKind]
    place: Mapped[str] = mapped_column(ScreenedText(120))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class MediaAccount(Entry):
    __tablename__ = "media_account"

    platform: Mapped[str] = mapped_column(ScreenedText(40))
    name: Mapped[str] = mapped_column(ScreenedText(80))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class InternalRule(Entry):
    """A rule of the office itself (制度)."""

    __tablename__ = "internal_rule"

    title: Mapped[str] = mapped_column(ScreenedText(200))
    topic: Mapped[str] = mapped_column(ScreenedText(60))
    issued_on: Mapped[date]
    repealed_on: Mapped[date | None]


class DutyAssignment(Entry):
    """Who answers for a standing duty (网民回应, 政务公开)."""

    __tablename__ = "duty_assignment"

    duty: Mapped[str] = mapped_column(ScreenedText(60))
    person_name: Mapped[str] = mapped_column(ScreenedText(40))
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class KeyTask(Entry):
    """A line of the year's 政务公开工作要点."""

    __tablename__ = "key_task"

    year: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(ScreenedText(200))
    state: Mapped[TaskState]
    progress: Mapped[str] = mapped_column(ScreenedText(), default="")
    owner: Mapped[str] = mapped_column(ScreenedText(80), default="")
    owner_unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    measure: Mapped[str] = mapped_column(ScreenedText(400), default="")
    due_on: Mapped[date | None]
    carried_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("key_task.id"))

    owner_unit: Mapped[Unit | None] = relationship(foreign_keys=[owner_unit_id])
    carried_from: Mapped[KeyTask | None] = relationship(
        remote_side="KeyTask.id", foreign_keys=[carried_from_id], viewonly=True
    )
    quarters: Mapped[list[KeyTaskProgress]] = relationship(
        back_populates="task", order_by="KeyTaskProgress.quarter"
    )

    @property
    def facts(self) -> TaskFacts:
        told = {each.quarter: each.state for each in self.quarters}
        return TaskFacts(self.id, self.state, self.due_on, told)


class KeyTaskProgress(Entry):
    """How far a task of the year had come in a quarter (1 to 4)."""

    __tablename__ = "key_task_progress"
    __table_args__ = (UniqueConstraint("task_id", "quarter"),)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("key_task.id"))
    quarter: Mapped[int]
    state: Mapped[TaskState]
    text: Mapped[str] = mapped_column(ScreenedText(1000), default="")

    task: Mapped[KeyTask] = relationship(back_populates="quarters")


class LedgerSubmission(Entry):
    """The quarterly 工作台账 handed to the county's office."""

    __tablename__ = "ledger_submission"

    submitted_on: Mapped[date]
    year: Mapped[int | None]
    quarter: Mapped[int | None]
    recipient: Mapped[str] = mapped_column(ScreenedText(80))
    title: Mapped[str] = mapped_column(ScreenedText(200), default="")
