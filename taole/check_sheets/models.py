"""Check sheets (检查表), their ties to the catalogue, and what inspectors marked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.attachments.models import Attachment
from taole.check_sheets.workflow import LineResult, Relation
from taole.core.database import Model
from taole.core.ids import new_id
from taole.inspections.models import Inspection
from taole.organisation.models import Unit
from taole.privacy.screened import ScreenedText


class CheckSheet(Model):
    """A table by which villages are inspected (检查表), in force from a day on.

    ``file_id``: the county's own workbook, which is printed filled; ``places`` says where its
    parts stand in it (sheet, head row, the column of each field).
    """

    __tablename__ = "check_sheet"
    __table_args__ = (Index("ix_check_sheet_township", "township_id", "from_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(ScreenedText(120))
    source: Mapped[str] = mapped_column(ScreenedText(200), default="")
    from_on: Mapped[date]
    fingerprint: Mapped[str] = mapped_column(String(64))
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    loaded_at: Mapped[datetime]
    loaded_by_name: Mapped[str] = mapped_column(String(60))

    township: Mapped[Unit] = relationship()
    file: Mapped[Attachment | None] = relationship()
    lines: Mapped[list[CheckLine]] = relationship(
        back_populates="sheet", order_by="CheckLine.position"
    )

    @property
    def path(self) -> str:
        return self.township.path


class CheckLine(Model):
    """One line of a check sheet: what is looked at, its weight in points, whether it vetoes.

    ``row`` is its row in the county's workbook (0: none); ``problem_kind`` the kind of problem
    that it looks for, where it is one of the house's.
    """

    __tablename__ = "check_line"
    __table_args__ = (UniqueConstraint("sheet_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("check_sheet.id"))
    position: Mapped[int]
    row: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(String(24), default="")
    group: Mapped[str] = mapped_column(ScreenedText(80), default="")
    title: Mapped[str] = mapped_column(ScreenedText(200))
    problem_kind: Mapped[str] = mapped_column(String(40), default="")
    weight: Mapped[Decimal] = mapped_column(Numeric(6, 2), default=Decimal(0))
    is_veto: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(ScreenedText(400), default="")

    sheet: Mapped[CheckSheet] = relationship(back_populates="lines")
    ties: Mapped[list[CheckLineTie]] = relationship(
        back_populates="line", order_by="CheckLineTie.item_code"
    )


class CheckLineTie(Model):
    """How a line is tied to an item of the catalogue."""

    __tablename__ = "check_line_tie"

    line_id: Mapped[UUID] = mapped_column(ForeignKey("check_line.id"), primary_key=True)
    item_code: Mapped[str] = mapped_column(String(24), primary_key=True)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    relation: Mapped[Relation]

    line: Mapped[CheckLine] = relationship(back_populates="ties")


class CheckMark(Model):
    """What an inspector noted on a line for a unit; ``proof`` is the number of what proves it."""

    __tablename__ = "check_mark"

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("check_line.id"), primary_key=True)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    result: Mapped[LineResult]
    points: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    note: Mapped[str] = mapped_column(ScreenedText(400), default="")
    proof: Mapped[str] = mapped_column(ScreenedText(80), default="")
    finding_id: Mapped[UUID | None] = mapped_column(ForeignKey("finding.id"))

    inspection: Mapped[Inspection] = relationship()
    line: Mapped[CheckLine] = relationship()
