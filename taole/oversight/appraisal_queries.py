"""The figures behind the yearly 效能 sheet: one statement for each column of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from taole.core.clock import SHANGHAI
from taole.core.database import db
from taole.inspections.models import Finding
from taole.notices.models import Notice, NoticeKind, NoticeReview
from taole.notices.workflow import Verdict
from taole.obligations.completeness_queries import Grouping, completeness, sum_of
from taole.organisation.models import Unit
from taole.organisation.queries import list_grassroots
from taole.oversight.appraisal_rules import VillageYear
from taole.rounds.models import CollectionRound, RoundAsk


def list_village_years(township: Unit, year: int, on: date) -> list[VillageYear]:
    """Each village and community open on the day, in order of code, with its year up to ``on``."""
    start, end = date(year, 1, 1), min(date(year, 12, 31), on)
    if end < start:
        return []
    counts = {
        row.key: row.counts
        for row in completeness(township.path, start=start, end=end, on=end, by=Grouping.UNIT)
    }
    notices = _count(
        select(Notice.unit_id, func.count()).where(
            Notice.township_id == township.id,
            Notice.kind == NoticeKind.NOTICE,
            Notice.corrects_id.is_(None),
            Notice.first_posted_on.between(start, end),
        ),
        Notice.unit_id,
    )
    corrected = _count(
        select(Notice.unit_id, func.count()).where(
            Notice.township_id == township.id,
            Notice.corrects_id.is_not(None),
            Notice.first_posted_on.between(start, end),
        ),
        Notice.unit_id,
    )
    returned = _count(
        select(Notice.unit_id, func.count())
        .join(NoticeReview, NoticeReview.notice_id == Notice.id)
        .where(
            Notice.township_id == township.id,
            NoticeReview.verdict == Verdict.RETURNED,
            NoticeReview.at.between(_begin(start), _begin_after(end)),
        ),
        Notice.unit_id,
    )
    mended = _pairs(
        select(
            Finding.unit_id,
            func.count(),
            sum_of(and_(Finding.closed_on.is_not(None), Finding.proved_on <= Finding.due_on)),
        )
        .where(
            Finding.township_id == township.id,
            Finding.due_on >= start,
            or_(Finding.due_on < end, Finding.closed_on <= end),
            Finding.due_on <= date(year, 12, 31),
        )
        .group_by(Finding.unit_id)
    )
    rounds = _pairs(
        select(
            RoundAsk.unit_id,
            func.count(),
            sum_of(and_(RoundAsk.answer.is_not(None), RoundAsk.answered_at <= RoundAsk.due_at)),
        )
        .join(CollectionRound, CollectionRound.id == RoundAsk.round_id)
        .where(
            RoundAsk.township_id == township.id,
            CollectionRound.opens_on.between(start, end),
            or_(RoundAsk.answer.is_not(None), RoundAsk.due_at < _begin_after(end)),
        )
        .group_by(RoundAsk.unit_id)
    )
    return [
        VillageYear(
            unit.id,
            unit.code,
            unit.name,
            counts=counts[unit.code],
            notices=notices.get(unit.id, 0),
            corrected=corrected.get(unit.id, 0),
            returned=returned.get(unit.id, 0),
            findings_due=mended.get(unit.id, (0, 0))[0],
            mended_in_time=mended.get(unit.id, (0, 0))[1],
            asked=rounds.get(unit.id, (0, 0))[0],
            answered_in_time=rounds.get(unit.id, (0, 0))[1],
        )
        for unit in list_grassroots(township.id, end)
    ]


def _count(found: Select[UUID, int], key: InstrumentedAttribute[UUID]) -> Mapping[UUID, int]:
    return {row[0]: row[1] for row in db.session.execute(found.group_by(key))}


def _pairs(found: Select[UUID, int, int]) -> Mapping[UUID, tuple[int, int]]:
    return {row[0]: (row[1], row[2] or 0) for row in db.session.execute(found)}


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)


def _begin_after(day: date) -> datetime:
    return datetime.combine(day, time.max, SHANGHAI).astimezone(UTC)
