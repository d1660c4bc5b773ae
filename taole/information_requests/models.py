"""Requests for information. Applicants' names are not kept here (they come encrypted, later)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.core.database import Model
from taole.core.ids import new_id
from taole.information_requests.rules import ApplicantKind, Decision, RequestChannel
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText


class InformationRequest(Model):
    __tablename__ = "information_request"
    __table_args__ = (Index("ix_information_request_received", "township_id", "received_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    received_on: Mapped[date]
    channel: Mapped[RequestChannel]
    applicant_kind: Mapped[ApplicantKind]
    subject: Mapped[str] = mapped_column(ScreenedText(200))
    due_on: Mapped[date]
    decision: Mapped[Decision | None]
    decided_on: Mapped[date | None]
    entered_at: Mapped[datetime]

    township: Mapped[Unit] = relationship()

    @property
    def path(self) -> str:
        return self.township.path
