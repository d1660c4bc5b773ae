"""Papers on rectification: numbered by year, kept as issued, with recipient and day submitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update

from taole.access.permissions import Actor
from taole.attachments.actions import keep_file
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_, sentence
from taole.documents.paper import Paper, to_json
from taole.documents.paper_files import WRITERS
from taole.inspections.entries import at_most, not_later_than, required
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_by_id
from taole.organisation.rules import UnitKind
from taole.rectification_papers.composing import PaperOrder, check_order, compose_paper
from taole.rectification_papers.models import RectificationPaper
from taole.rectification_papers.queries import next_number
from taole.rectification_papers.rules import number_words
from taole.rectification_papers.workflow import PaperKind
from taole.trail.actions import record


def issue_paper(
    order: PaperOrder, *, by: Actor, id: UUID | None = None, at: datetime | None = None
) -> RectificationPaper:
    """Compose a paper, number it within its township, kind and year, and keep it as it is now.

    Its content and its three files stay as they were issued, whatever becomes of the findings.
    ``id`` was given out with the form, so that a form sent twice issues once. The order's day is
    the day of ``at``. Raises Refused for a paper that cannot be meant like this.
    """
    at = at or now()
    order = replace(order, on=local(at).date(), recipient=order.recipient.strip())
    check_order(order)
    township = get_unit_by_id(order.unit.township_id or order.unit.id)
    paper = RectificationPaper(
        id=id or new_id(),
        township_id=township.id,
        unit_id=order.unit.id,
        unit=order.unit,
        kind=order.kind,
        year=order.on.year,
        recipient=at_most(order.recipient, N_("报送对象"), 80),
        issued_on=order.on,
        issued_by_name=by.name,
        entered_at=at,
    )
    _number(paper, "issue", by)
    content = compose_paper(order, (paper.year, paper.number))
    paper.title, paper.recipient = content.title, content.recipient or paper.recipient
    paper.content = to_json(content)
    db.session.add(paper)
    db.session.flush()
    _keep_files(paper, content, by=by, at=at)
    return paper


def submit_paper(
    paper: RectificationPaper, *, on: date, recipient: str, by: Actor, at: datetime | None = None
) -> RectificationPaper:
    """Note the day on which a paper was sent, and to whom: once, for it counts in the report."""
    not_later_than(on, local(at or now()).date())
    if on < paper.issued_on:
        raise Refused(N_("报送日期早于印发日期，请检查日期"))
    recipient = required(recipient, N_("报送对象"), 80)
    noted = db.session.scalar(
        update(RectificationPaper)
        .where(RectificationPaper.id == paper.id, RectificationPaper.submitted_on.is_(None))
        .values(submitted_on=on, recipient=recipient)
        .returning(RectificationPaper.id)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(paper)
    if noted is None:
        raise Refused(
            sentence(
                N_(
                    "这份文书已经记过报送（%(year)s年%(month)s月%(day)s日报%(recipient)s），只记一次"
                ),
                year=paper.submitted_on.year if paper.submitted_on else "",
                month=paper.submitted_on.month if paper.submitted_on else "",
                day=paper.submitted_on.day if paper.submitted_on else "",
                recipient=paper.recipient,
            )
        )
    record(
        "submit",
        "rectification_paper",
        paper.id,
        by=by,
        township_id=paper.township_id,
        after={"submitted_on": on, "recipient": recipient},
    )
    db.session.flush()
    return paper


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
    _number(paper, "submit", by)
    db.session.add(paper)
    db.session.flush()
    return paper


def filename_of(title: str, number: str, suffix: str) -> str:
    """陶乐镇村务公开问题整改清单（2023年第3号）.docx."""
    stem = "".join(sign for sign in title if sign not in '\\/:*?"<>|\r\n\t')[:80]
    return f"{stem}（{number}）.{suffix}"


def _number(paper: RectificationPaper, verb: str, by: Actor) -> None:
    told = {"kind": paper.kind, "recipient": paper.recipient, "issued_on": paper.issued_on}
    if paper.submitted_on is not None:
        told["submitted_on"] = paper.submitted_on
    # the trail locks the head of the township's chain: from here on nobody else numbers
    record(
        verb,
        "rectification_paper",
        paper.id,
        by=by,
        township_id=paper.township_id,
        after=told,
    )
    paper.number = next_number(paper)


def _keep_files(paper: RectificationPaper, content: Paper, *, by: Actor, at: datetime) -> None:
    for suffix, write in WRITERS.items():
        name = filename_of(paper.title, number_words(paper.year, paper.number), suffix)
        keep_file(paper.unit, write(content), name, by=by, owner_id=paper.id, at=at)
