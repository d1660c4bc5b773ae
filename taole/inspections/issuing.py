"""Papers on rectification: numbered by year, kept as issued, with recipient and day submitted."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from taole.access.permissions import Actor
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_, sentence
from taole.inspections.entries import not_later_than, required
from taole.inspections.models import RectificationPaper
from taole.inspections.workflow import PaperKind
from taole.organisation.models import Unit
from taole.organisation.rules import UnitKind
from taole.trail.actions import record


def submit_report(
    township: Unit,
    *,
    submitted_on: date,
    recipient: str,
    title: str,
    by: Actor,
    at: datetime | None = None,
) -> RectificationPaper:
    """Record that a 整改报告 that was written elsewhere was sent up."""
    at = at or now()
    if township.kind is not UnitKind.TOWNSHIP:
        raise Refused(sentence(N_("“%(unit)s”不是乡镇，不能报送整改报告"), unit=township.name))
    not_later_than(submitted_on, local(at).date())
    paper = RectificationPaper(
        id=new_id(),
        township_id=township.id,
        unit_id=township.id,
        unit=township,
        kind=PaperKind.REPORT,
        year=submitted_on.year,
        title=required(title, N_("报告标题"), 200),
        recipient=required(recipient, N_("报送对象"), 80),
        issued_on=submitted_on,
        submitted_on=submitted_on,
        issued_by_name=by.name,
        entered_at=at,
    )
    # the trail locks the head of the township's chain: from here on nobody else numbers
    record(
        "submit",
        "rectification_paper",
        paper.id,
        by=by,
        township_id=township.id,
        after={"submitted_on": submitted_on, "recipient": paper.recipient},
    )
    paper.number = _next_number(paper)
    db.session.add(paper)
    db.session.flush()
    return paper


def _next_number(paper: RectificationPaper) -> int:
    last = db.session.scalar(
        select(func.max(RectificationPaper.number)).where(
            RectificationPaper.township_id == paper.township_id,
            RectificationPaper.kind == paper.kind,
            RectificationPaper.year == paper.year,
        )
    )
    return (last or 0) + 1
