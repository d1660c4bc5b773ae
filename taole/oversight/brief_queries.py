"""What the leader's brief asks: a fixed number of statements, however many the villages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from taole.catalogue.models import CatalogueItem
from taole.core.clock import local
from taole.core.database import db
from taole.core.periods import label
from taole.core.words import N_, sentence
from taole.inspections.models import Finding
from taole.inspections.workflow import FindingState
from taole.notices.models import Notice, NoticeKind
from taole.notices.workflow import NoticeState
from taole.obligations.completeness_queries import Grouping, completeness, total_of
from taole.obligations.models import Event, Obligation
from taole.obligations.rules import Answer, Completeness
from taole.organisation.models import Unit
from taole.oversight.brief_rules import (
    LOOK_BACK,
    WEEKS_SHOWN,
    WINDOW,
    Decision,
    MissingMatter,
    PublishedNotice,
)

_WEEK = timedelta(days=7)


def list_missing(township: Unit, on: date) -> list[MissingMatter]:
    """What should hang on a day and does not, of the last year, by village and due day."""
    found = (
        select(Obligation, Unit.name, CatalogueItem.title, Event.title)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(CatalogueItem, CatalogueItem.id == Obligation.item_id)
        .outerjoin(Event, Event.id == Obligation.event_id)
        .where(
            Obligation.township_id == township.id,
            Obligation.due_on.between(on - LOOK_BACK, on - timedelta(days=1)),
            or_(Obligation.answer.is_(None), Obligation.answered_on > on),
            Obligation.answer.is_distinct_from(Answer.EXCUSED),
        )
        .order_by(Unit.path, Obligation.due_on, CatalogueItem.position)
    )
    return [
        MissingMatter(
            village,
            item,
            event or str(label(owed.period)),
            owed.due_on,
            f"/obligations/{owed.id}",
        )
        for owed, village, item, event in db.session.execute(found)
    ]


def list_decisions(township: Unit) -> list[Decision]:
    """What waits for the leader: notices in their last review, and proof to be looked at again."""
    reviews = db.session.execute(
        select(Notice.id, Notice.title, Notice.submitted_at, Notice.written_at, Unit.name)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(Notice.township_id == township.id, Notice.state == NoticeState.FINAL_REVIEW)
        .order_by(Notice.submitted_at, Notice.id)
    ).all()
    proofs = db.session.execute(
        select(Finding.id, Finding.statement, Finding.proved_on, Finding.found_on, Unit.name)
        .join(Unit, Unit.id == Finding.unit_id)
        .where(Finding.township_id == township.id, Finding.state == FindingState.PROOFED)
        .order_by(Finding.proved_on, Finding.id)
    ).all()
    waiting = [
        Decision(
            sentence(N_("%(unit)s《%(title)s》等终审"), unit=unit, title=title),
            local(submitted or written).date(),
            f"/notices/{notice_id}",
        )
        for notice_id, title, submitted, written, unit in reviews
    ]
    waiting += [
        Decision(
            sentence(
                N_("%(unit)s“%(statement)s”已改，等复核"), unit=unit, statement=statement[:40]
            ),
            proved or found,
            f"/findings/{finding_id}",
        )
        for finding_id, statement, proved, found, unit in proofs
    ]
    return sorted(waiting, key=lambda each: each.since)


def list_published(township: Unit, start: date, end: date) -> list[PublishedNotice]:
    """The notices that first went up in these days, the latest first; no page updates."""
    found = (
        select(Notice.id, Notice.title, Notice.section, Notice.first_posted_on, Unit.name)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(
            Notice.township_id == township.id,
            Notice.kind == NoticeKind.NOTICE,
            Notice.first_posted_on.between(start, end),
            Notice.corrects_id.is_(None),
        )
        .order_by(Notice.first_posted_on.desc(), Unit.path, Notice.id)
    )
    return [
        PublishedNotice(unit, title, section, posted_on, f"/notices/{notice_id}")
        for notice_id, title, section, posted_on, unit in db.session.execute(found)
        if posted_on is not None
    ]


def count_weeks(township: Unit, on: date, window: timedelta = WINDOW) -> Sequence[Completeness]:
    """The counts at the end of each of the last weeks, oldest first, of what fell due within
    ``window`` before each."""
    days = [on - _WEEK * back for back in range(WEEKS_SHOWN - 1, -1, -1)]
    return [
        total_of(
            completeness(township.path, start=day - window, end=day, on=day, by=Grouping.SECTION)
        )
        for day in days
    ]
