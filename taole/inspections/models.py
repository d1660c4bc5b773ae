"""Inspections, findings with their rectification, and the reports sent up about them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.attachments.models import Attachment
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem
from taole.core.database import Model
from taole.core.ids import new_id
from taole.inspections.workflow import (
    BodyLevel,
    Direction,
    FindingState,
    InspectionKind,
    SelfCheckAnswer,
    Severity,
)
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedLink, ScreenedText


class Inspection(Model):
    """A visit made or received: who came, at which level, to which units, with what result.

    ``until_on``: its last day when it took several. ``people``: who looked. ``follows_id``: the
    circular because of which the villages check themselves (自查).
    """

    __tablename__ = "inspection"
    __table_args__ = (Index("ix_inspection_township", "township_id", "held_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    direction: Mapped[Direction]
    kind: Mapped[InspectionKind]
    body: Mapped[str] = mapped_column(ScreenedText(80))
    body_level: Mapped[BodyLevel]
    held_on: Mapped[date]
    until_on: Mapped[date | None]
    people: Mapped[str] = mapped_column(ScreenedText(120), default="")
    document: Mapped[str] = mapped_column(ScreenedText(200), default="")
    result: Mapped[str] = mapped_column(ScreenedText(), default="")
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspection.id"))
    entered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]

    township: Mapped[Unit] = relationship()
    visits: Mapped[list[InspectionVisit]] = relationship(back_populates="inspection")
    findings: Mapped[list[Finding]] = relationship(back_populates="inspection")

    @property
    def path(self) -> str:
        return self.township.path


class InspectionVisit(Model):
    """A unit that an inspection went to, or that has to check itself by ``due_on``."""

    __tablename__ = "inspection_visit"

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[date | None]
    answer: Mapped[SelfCheckAnswer | None]
    answered_on: Mapped[date | None]
    answered_by_name: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(ScreenedText(400), default="")

    inspection: Mapped[Inspection] = relationship(back_populates="visits")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])

    @property
    def path(self) -> str:
        return self.unit.path


_OPEN = text("subject <> '' AND closed_on IS NULL")


class Finding(Model):
    """A problem of a unit, from whatever source, with its rectification to 销号.

    ``subject`` names what it is about (``obligation:<id>``, ``posting:<id>:early``): never two
    open ones about the same. ``due_on`` is the day it was first given, by which being on time is
    counted; ``extended_to`` the later day that the leader granted. ``recurs_id``: the first
    finding of the same problem, closed before this one came (反弹). ``basis``: the rule broken.
    ``mended_photos``: the ids of the files that show the mending; its other files show the problem.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("township_id", "year", "number"),
        Index("ix_finding_township_state", "township_id", "state", "due_on"),
        Index("ix_finding_township_found", "township_id", "found_on"),
        Index("ix_finding_unit", "unit_id", "state"),
        Index("ix_finding_recurs", "recurs_id"),
        Index(
            "uq_finding_open_subject",
            "unit_id",
            "subject",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspection.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalogue_item.id"))
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("check_line.id"))
    recurs_id: Mapped[UUID | None] = mapped_column(ForeignKey("finding.id"))
    year: Mapped[int]
    number: Mapped[int]
    source: Mapped[InspectionKind]
    subject: Mapped[str] = mapped_column(String(120), default="")
    channel: Mapped[Channel | None]
    problem_kind: Mapped[str] = mapped_column(ScreenedText(40), default="")
    severity: Mapped[Severity]
    statement: Mapped[str] = mapped_column(ScreenedText(400))
    basis: Mapped[str] = mapped_column(ScreenedText(200), default="")
    evidence_link: Mapped[str] = mapped_column(ScreenedLink(300), default="")
    demand: Mapped[str] = mapped_column(ScreenedText(400), default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    owner_name: Mapped[str] = mapped_column(ScreenedText(60), default="")
    found_on: Mapped[date]
    due_on: Mapped[date]
    extended_to: Mapped[date | None]
    state: Mapped[FindingState] = mapped_column(default=FindingState.OPEN)
    measures: Mapped[str] = mapped_column(ScreenedText(), default="")
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    proof_link: Mapped[str] = mapped_column(ScreenedLink(300), default="")
    mended_photos: Mapped[list[str]] = mapped_column(default=list)
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
    recurs: Mapped[Finding | None] = relationship(remote_side=[id], foreign_keys=[recurs_id])

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def is_of_a_due_matter(self) -> bool:
        """Opened by the system because something due is missing: reminders tell of that already."""
        return self.source is InspectionKind.SYSTEM and self.subject.startswith("obligation:")

    @property
    def mend_until(self) -> date:
        """The last day to mend: the extended one where the leader granted it."""
        return self.extended_to or self.due_on


class FindingExtension(Model):
    """More time asked for a finding, with a reason, and the leader's word (None: not yet given)."""

    __tablename__ = "finding_extension"
    __table_args__ = (
        Index(
            "uq_finding_extension_open",
            "finding_id",
            unique=True,
            sqlite_where=text("is_granted IS NULL"),
            postgresql_where=text("is_granted IS NULL"),
        ),
        Index("ix_finding_extension_finding", "finding_id", "asked_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("finding.id"))
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(ScreenedText(300))
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    asked_by_name: Mapped[str] = mapped_column(String(60))
    asked_on: Mapped[date]
    is_granted: Mapped[bool | None]
    decided_by_name: Mapped[str] = mapped_column(String(60), default="")
    decided_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(ScreenedText(300), default="")

    finding: Mapped[Finding] = relationship()

    @property
    def path(self) -> str:
        return self.finding.path
