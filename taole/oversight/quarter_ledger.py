"""The quarterly ledger that goes to the county: as workbook and paper, handed in once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.periods import Period, label
from taole.core.words import N_, sentence
from taole.documents.official import OfficialDocument, TableCell
from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook
from taole.organisation.models import Unit
from taole.oversight.quarter_tables import LedgerTable
from taole.registers.actions import enter
from taole.registers.models import LedgerSubmission

_FONT_PT = 10.5


def sheet_of(township: Unit, quarter: Period, tables: Sequence[LedgerTable], on: date) -> bytes:
    """The ledger as a workbook, one sheet a table."""
    return write_workbook(
        [
            SheetOut(
                name=table.name.partition("、")[2],
                title=f"{_title(township, quarter)}：{table.name.partition('、')[2]}",
                subtitle=f"{township.name}　截至{_day(on)}",
                columns=[ColumnOut(head, width) for head, width, _mm in table.heads],
                rows=table.rows,
            )
            for table in tables
        ]
    )


def paper_of(
    township: Unit, quarter: Period, tables: Sequence[LedgerTable], on: date, office: str
) -> bytes:
    """The ledger as a .docx in the official layout."""
    paper = OfficialDocument(_title(township, quarter))
    paper.title(_title(township, quarter))
    for table in tables:
        paper.heading(1, table.name)
        if not table.rows:
            paper.paragraph(f"{table.empty}。")
            continue
        paper.table(
            [
                [TableCell(head, bold=True) for head, _width, _mm in table.heads],
                *([TableCell(_said(cell)) for cell in row] for row in table.rows),
            ],
            widths_mm=[mm for _head, _width, mm in table.heads],
            font_pt=_FONT_PT,
        )
    paper.gap()
    paper.paragraph(f"{office}　{_day(on)}")
    return paper.save()


def submit_ledger(
    township: Unit, quarter: Period, *, recipient: str, on: date, by: Actor, at: datetime
) -> None:
    """Record that the quarter's ledger was handed in; Refused the second time."""
    year, place = quarter.start.year, int(quarter.key[-1])
    known = db.session.scalar(
        select(LedgerSubmission.submitted_on).where(
            LedgerSubmission.township_id == township.id,
            LedgerSubmission.year == year,
            LedgerSubmission.quarter == place,
        )
    )
    if known is not None:
        raise Refused(
            sentence(
                N_("%(quarter)s的台账 %(day)s 已经报送过了。"),
                quarter=str(label(quarter)),
                day=known,
            )
        )
    enter(
        "ledger_submissions",
        township,
        {
            "recipient": recipient,
            "submitted_on": on,
            "year": year,
            "quarter": place,
            "title": _title(township, quarter),
        },
        by=by,
        at=at,
    )


def find_submission(township: Unit, quarter: Period) -> LedgerSubmission | None:
    return db.session.scalar(
        select(LedgerSubmission).where(
            LedgerSubmission.township_id == township.id,
            LedgerSubmission.year == quarter.start.year,
            LedgerSubmission.quarter == int(quarter.key[-1]),
        )
    )


def _title(township: Unit, quarter: Period) -> str:
    return f"{township.name}{label(quarter)}村务公开工作台账"


def _said(cell: str | int | float | date | None) -> str:
    if cell is None or cell == "":
        return "–"
    return f"{cell:%-m月%-d日}" if isinstance(cell, date) else str(cell)


def _day(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"
