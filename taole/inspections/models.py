"""Inspections, findings with their rectification, and the reports sent up about them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.attachments.models import Attachment
from taole.catalogue.models import CatalogueItem
from taole.core.database import Model
from taole.core.ids import new_id
from taole.inspections.workflow import (
    BodyLevel,
    Direction,
    FindingState,
    InspectionKind,
    Severity,
)
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedLink, ScreenedText


class Inspection(Model):
    """A visit made or received: who came, at which level, to which units, with what result."""

    __tablename__ = "inspection"
    __table_args__ = (Index("ix_inspection_township", "township_id", "held_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    direction: Mapped[Direction]
    kind: Mapped[InspectionKind]
    body: Mapped[str] = mapped_column(ScreenedText(80))
    body_level: Mapped[BodyLevel]
    held_on: Mapped[date]
    document: Mapped[str] = mapped_column(ScreenedText(200), default="")
    result: Mapped[str] = mapped_column(ScreenedText(), default="")
    entered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]

    township: Mapped[Unit] = relationship()
    visits: Mapped[list[InspectionVisit]] = relationship(back_populates="inspection")
    findings: Mapped[list[Finding]] = relationship(back_populates="inspection")

    @property
    def path(self) -> str:
        return self.township.path


class InspectionVisit(Model):
    """A unit that an inspection went to."""

    __tablename__ = "inspection_visit"

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))

    inspection: Mapped[Inspection] = relationship(back_populates="visits")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])


class Finding(Model):
    """A problem of a unit, from whatever source, with its rectification to 销号."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("township_id", "year", "number"),
        Index("ix_finding_township_state", "township_id", "state", "due_on"),
        Index("ix_finding_unit", "unit_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspection.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalogue_item.id"))
    year: Mapped[int]
    number: Mapped[int]
    source: Mapped[InspectionKind]
    problem_kind: Mapped[str] = mapped_column(ScreenedText(40), default="")
    severity: Mapped[Severity]
    statement: Mapped[str] = mapped_column(ScreenedText(400))
    demand: Mapped[str] = mapped_column(ScreenedText(400), default="")
    owner_name: Mapped[str] = mapped_column(ScreenedText(60), default="")
    found_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[FindingState] = mapped_column(default=FindingState.OPEN)
    measures: Mapped[str] = mapped_column(ScreenedText(), default="")
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    proof_link: Mapped[str] = mapped_column(ScreenedLink(300), default="")
    proved_on: Mapped[date | None]
    proved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    proved_by_name: Mapped[str] = mapped_column(String(60), default="")
    verdict: Mapped[str] = mapped_column(ScreenedText(300), default="")
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    closed_by_name: Mapped[str] = mapped_column(String(60), default="")
    entered_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    inspection: Mapped[Inspection | None] = relationship(back_populates="findings")
    item: Mapped[CatalogueItem | None] = relationship()
    proof: Mapped[Attachment | None] = relationship()

    @property
    def path(self) -> str:
        return self.unit.path


class RectificationReport(Model):
    """A 整改报告 sent up: on which day, to whom."""

    __tablename__ = "rectification_report"
    __table_args__ = (Index("ix_rectification_report_township", "township_id", "submitted_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    submitted_on: Mapped[date]
    recipient: Mapped[str] = mapped_column(ScreenedText(80))
    title: Mapped[str] = mapped_column(ScreenedText(200))
    entered_at: Mapped[datetime]
