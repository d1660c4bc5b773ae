"""What a home and an overview ask: a fixed number of statements, however many the villages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from taole.catalogue.models import CatalogueItem
from taole.core.clock import SHANGHAI
from taole.core.database import db
from taole.core.figures import REGISTRY, Figure, Scope, Value, evaluate
from taole.core.periods import Period
from taole.dashboard.home_rules import NoticeAtWork, Problem, Slot
from taole.dashboard.rules import PressingFinding
from taole.dashboard.tallies import Ahead, Review, Tally, VillageNow
from taole.inspections.models import Finding
from taole.inspections.queries import MEND_UNTIL, list_findings_open_on
from taole.inspections.workflow import FindingState
from taole.notices.models import Notice, NoticeAnswer
from taole.notices.workflow import IN_REVIEW, NoticeState
from taole.obligations.completeness_queries import counted, sum_of
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer, Completeness
from taole.obligations.slot_rules import is_event_driven
from taole.organisation.models import Unit
from taole.organisation.rules import GRASSROOTS

LOOK_BACK = timedelta(days=366)
"""How far back the overview looks for what was never published."""


def list_slots(unit: Unit, on: date, since: date, until: date) -> list[Slot]:
    """What a village owes up to ``until`` and has not answered, or has to do with since ``since``.

    With item and event, earliest first; what is excused is left out.
    """
    unanswered = or_(Obligation.answer.is_(None), Obligation.answered_on > on)
    found = (
        select(Obligation)
        .join(Obligation.item)
        .options(contains_eager(Obligation.item), joinedload(Obligation.event))
        .where(
            Obligation.unit_id == unit.id,
            Obligation.due_on <= until,
            Obligation.answer.is_distinct_from(Answer.EXCUSED),
            or_(unanswered, Obligation.due_on >= since, Obligation.answered_on >= since),
        )
        .order_by(Obligation.due_on, CatalogueItem.position)
    )
    return [_slot(each) for each in db.session.scalars(found)]


def _slot(owed: Obligation) -> Slot:
    item = owed.item
    return Slot(
        owed.id,
        item,
        owed.period,
        owed.due_on,
        owed.facts,
        is_confirmation=owed.event_id is None and is_event_driven(item.frequency, item.rule),
        event=owed.event.title if owed.event else "",
    )


def list_notices_at_work(unit: Unit) -> list[NoticeAtWork]:
    """A village's notices on their way, and posted ones that still lack a compulsory channel."""
    on_the_way = (
        NoticeState.DRAFT,
        *IN_REVIEW,
        NoticeState.RETURNED,
        NoticeState.APPROVED,
    )
    found = (
        select(Notice.id, Notice.state, Notice.title, Notice.return_reason, Obligation.id)
        .outerjoin(NoticeAnswer, NoticeAnswer.notice_id == Notice.id)
        .outerjoin(
            Obligation,
            and_(Obligation.id == NoticeAnswer.obligation_id, Obligation.answer.is_(None)),
        )
        .where(
            Notice.unit_id == unit.id,
            or_(
                Notice.state.in_(on_the_way),
                and_(Notice.state == NoticeState.POSTED, Obligation.id.is_not(None)),
            ),
        )
        .order_by(Notice.written_at)
    )
    rows: dict[UUID, NoticeAtWork] = {}
    for notice_id, state, title, reason, obligation_id in db.session.execute(found):
        answered = rows[notice_id].obligations if notice_id in rows else frozenset()
        answered |= {obligation_id} if obligation_id else set()
        rows[notice_id] = NoticeAtWork(notice_id, state, title, reason, frozenset(answered))
    return list(rows.values())


def list_villages_now(township: Unit, on: date) -> list[VillageNow]:
    """The villages and communities open on a day, with what is overdue and the latest notice."""
    latest = (
        select(Notice.unit_id, func.max(Notice.first_posted_on).label("on"))
        .where(
            Notice.township_id == township.id,
            Notice.first_posted_on.between(on - LOOK_BACK, on),
        )
        .group_by(Notice.unit_id)
        .subquery()
    )
    overdue = (
        select(
            Obligation.unit_id,
            func.count().label("count"),
            func.min(Obligation.due_on).label("since"),
        )
        .where(
            Obligation.township_id == township.id,
            Obligation.due_on.between(on - LOOK_BACK, on - timedelta(days=1)),
            or_(Obligation.answer.is_(None), Obligation.answered_on > on),
            Obligation.answer.is_distinct_from(Answer.EXCUSED),
        )
        .group_by(Obligation.unit_id)
        .subquery()
    )
    found = (
        select(Unit.id, Unit.code, Unit.name, latest.c.on, overdue.c.count, overdue.c.since)
        .outerjoin(latest, latest.c.unit_id == Unit.id)
        .outerjoin(overdue, overdue.c.unit_id == Unit.id)
        .where(
            Unit.township_id == township.id,
            Unit.kind.in_(GRASSROOTS),
            or_(Unit.opened_on.is_(None), Unit.opened_on <= on),
            or_(Unit.closed_on.is_(None), Unit.closed_on > on),
        )
        .order_by(Unit.kind.desc(), Unit.path)
    )
    return [
        VillageNow(row[0], row[1], row[2], row[3], row[4] or 0, row[5])
        for row in db.session.execute(found)
    ]


def tally_cells(
    township: Unit, *, start: date, end: date, on: date
) -> dict[tuple[UUID, str], Tally]:
    """Counts by (village, section) of what falls due from ``start`` to ``end``. One statement."""
    is_open = and_(
        Obligation.due_on >= on,
        or_(Obligation.answer.is_(None), Obligation.answered_on > on),
        Obligation.answer.is_distinct_from(Answer.EXCUSED),
    )
    in_review = Obligation.review_since.is_not(None)
    found = (
        select(
            Obligation.unit_id,
            Obligation.section,
            *counted(on),
            sum_of(and_(is_open, in_review)),
            sum_of(and_(is_open, ~in_review)),
        )
        .where(Obligation.township_id == township.id, Obligation.due_on.between(start, end))
        .group_by(Obligation.unit_id, Obligation.section)
    )
    return {
        (row[0], row[1]): Tally(Completeness(*map(int, row[2:7])), int(row[7]), int(row[8]))
        for row in db.session.execute(found)
    }


def count_by_fortnight(
    township: Unit, fortnights: Sequence[Period], on: date
) -> dict[tuple[UUID, int], Completeness]:
    """Counts by (village, place of the fortnight) of what fell due in each. One statement."""
    place = case(
        *((Obligation.due_on <= each.end, number) for number, each in enumerate(fortnights)),
        else_=len(fortnights),
    )
    found = (
        select(Obligation.unit_id, place, *counted(on))
        .where(
            Obligation.township_id == township.id,
            Obligation.due_on.between(fortnights[0].start, fortnights[-1].end),
        )
        .group_by(Obligation.unit_id, place)
    )
    return {(row[0], row[1]): Completeness(*map(int, row[2:])) for row in db.session.execute(found)}


def find_review(township: Unit, on: date) -> Review:
    """The notices that waited for a verdict at the end of a day, and the longest waiting."""
    end = datetime.combine(on, time.max, SHANGHAI)
    found = (
        select(func.count().over(), Notice.submitted_at, Notice.title, Unit.name)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(
            Notice.township_id == township.id,
            Notice.submitted_at <= end,
            or_(Notice.state.in_(IN_REVIEW), Notice.reviewed_at > end),
        )
        .order_by(Notice.submitted_at)
        .limit(1)
    )
    row = db.session.execute(found).first()
    return Review(*row) if row else Review()


def find_ahead(township: Unit, on: date) -> Ahead:
    """What went up by a day ahead of its review and is not judged yet, and the one due first."""
    found = (
        select(func.count().over(), Notice.review_by_on, Notice.title, Unit.name)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(
            Notice.township_id == township.id,
            Notice.review_by_on.is_not(None),
            Notice.first_posted_on <= on,
        )
        .order_by(Notice.review_by_on, Notice.id)
        .limit(1)
    )
    row = db.session.execute(found).first()
    return Ahead(*row) if row else Ahead()


def list_problems(unit: Unit, on: date) -> list[Problem]:
    """A village's findings that wait for its mending, by the day they are due."""
    return [
        Problem(each.id, each.statement, each.demand, each.mend_until)
        for each in list_findings_open_on(unit.path, on)
        if each.state is not FindingState.PROOFED and not each.is_of_a_due_matter
    ]


def list_pressing_findings(township: Unit, on: date, soon: date) -> list[PressingFinding]:
    """The findings that are open and due by ``soon``, earliest first."""
    found = (
        select(Unit.name, Finding.statement, MEND_UNTIL, Finding.state)
        .join(Unit, Unit.id == Finding.unit_id)
        .where(
            Finding.township_id == township.id,
            Finding.found_on <= on,
            soon >= MEND_UNTIL,
            or_(Finding.closed_on.is_(None), Finding.closed_on > on),
        )
        .order_by(MEND_UNTIL, Unit.path)
    )
    return [
        PressingFinding(unit, statement, due_on, state is FindingState.PROOFED)
        for unit, statement, due_on, state in db.session.execute(found)
    ]


def measure_many(keys: Iterable[str], scope: Scope) -> list[tuple[Figure, Value]]:
    """Figures with their values; all those that count in one statement."""
    figures = [REGISTRY[key] for key in keys if key in REGISTRY]
    plain = [each for each in figures if each.value is None and each.records is not None]
    values: dict[str, Value] = {}
    if plain:
        row = db.session.execute(
            select(
                *(
                    select(func.count())
                    .select_from(each.records(scope).subquery())
                    .scalar_subquery()
                    for each in plain
                    if each.records is not None
                )
            )
        ).one()
        values = dict(zip((each.key for each in plain), row, strict=True))
    return [
        (each, values[each.key] if each.key in values else evaluate(each, scope))
        for each in figures
    ]


def count_open_findings(township_id: UUID) -> int:
    """How many findings of a township are open."""
    found = (
        select(func.count())
        .select_from(Finding)
        .where(Finding.township_id == township_id, Finding.state != FindingState.CLOSED)
    )
    return db.session.scalar(found) or 0
