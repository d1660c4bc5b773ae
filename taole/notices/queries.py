"""What can be asked about notices and postings. Reach is always a range of paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from taole.access.permissions import Grant, reach
from taole.attachments.models import Attachment
from taole.catalogue.models import CatalogueItem
from taole.core.database import db, under
from taole.core.errors import NotFound
from taole.notices.models import Notice, NoticeAnswer, Posting
from taole.notices.workflow import (
    IN_REVIEW,
    REVIEW_PERMISSIONS,
    REVIEW_STATES,
    STEP_OF_STATE,
    NoticeState,
)
from taole.obligations.models import Obligation
from taole.organisation.models import Unit
from taole.organisation.rules import UnitKind
from taole.trail.models import TrailLine

WRITTEN_BY = ("write_notice", "revise_notice", "submit_notice", "correct_notice", "post_ahead")
"""The acts after which somebody does not judge the notice."""
LONGEST_QUEUE = 500
MOST_UNITS = 200
"""Of how many units a form lets choose."""


def get_notice(notice_id: UUID) -> Notice:
    """One notice with its unit, item, postings and what it answers; NotFound if there is none.

    The obligations by an outer join: an inner one inside an outer makes SQLite read all answers.
    """
    found = (
        select(Notice)
        .where(Notice.id == notice_id)
        .options(
            joinedload(Notice.unit, innerjoin=True),
            joinedload(Notice.item, innerjoin=True).joinedload(CatalogueItem.edition),
            joinedload(Notice.answers).joinedload(NoticeAnswer.obligation),
            selectinload(Notice.postings).joinedload(Posting.proof),
        )
    )
    notice = db.session.scalars(found).unique().one_or_none()
    if notice is None:
        raise NotFound(notice_id)
    return notice


def find_notice(notice_id: UUID) -> Notice | None:
    return db.session.get(Notice, notice_id)


def get_posting(posting_id: UUID) -> Posting:
    """One posting with its notice; NotFound when there is none."""
    found = (
        select(Posting)
        .where(Posting.id == posting_id)
        .options(joinedload(Posting.notice, innerjoin=True).joinedload(Notice.unit))
    )
    posting = db.session.scalar(found)
    if posting is None:
        raise NotFound(posting_id)
    return posting


def list_answered(notice: Notice) -> list[Obligation]:
    """The obligations to which a notice is the answer, or will be once it is posted."""
    return [each.obligation for each in notice.answers]


def list_open_answers(notice: Notice) -> list[Obligation]:
    """Those of ``list_answered`` that nothing has answered yet."""
    return [each for each in list_answered(notice) if each.answer is None]


def find_open_correction(notice: Notice) -> Notice | None:
    """The correction of a notice that is still on its way."""
    over = (NoticeState.POSTED, NoticeState.ENDED, NoticeState.WITHDRAWN, NoticeState.CORRECTED)
    found = select(Notice).where(Notice.corrects_id == notice.id, Notice.state.not_in(over))
    return db.session.scalar(found.limit(1))


def is_author(notice: Notice, person_id: UUID | None) -> bool:
    """Whether this person wrote or changed the notice, added a file to it, handed it in, or put
    it up ahead of its review (the system is nobody)."""
    if person_id is None:
        return False
    if notice.author_id == person_id:
        return True
    handled = select(Notice.id).where(Notice.id == notice.id, _handled_by(person_id))
    return db.session.scalar(handled) is not None


def _handled_by(person_id: UUID | None) -> ColumnElement[bool]:
    told = exists().where(
        TrailLine.object_id == Notice.id,
        TrailLine.actor_id == person_id,
        TrailLine.verb.in_(WRITTEN_BY),
    )
    added = exists().where(Attachment.owner_id == Notice.id, Attachment.uploaded_by_id == person_id)
    return or_(told, added)


def find_last_change(notice: Notice) -> TrailLine | None:
    """The latest line of the trail about a notice: who did what to it, and when."""
    found = select(TrailLine).where(TrailLine.object_id == notice.id)
    return db.session.scalar(found.order_by(TrailLine.number.desc()).limit(1))


def list_corrected(notice: Notice) -> list[Notice]:
    """The notices whose place this one takes, the latest first; none for a first version."""
    found: list[Notice] = []
    earlier = notice.corrects
    while earlier is not None:
        found.append(earlier)
        earlier = earlier.corrects
    return found


def find_correction(notice: Notice) -> Notice | None:
    """The correction that took this notice's place."""
    if notice.state is not NoticeState.CORRECTED:
        return None
    up = (NoticeState.DRAFT, NoticeState.RETURNED, NoticeState.APPROVED)
    found = select(Notice).where(Notice.corrects_id == notice.id, Notice.state.not_in(up))
    return db.session.scalar(found.order_by(Notice.first_posted_on.desc()).limit(1))


@dataclass(frozen=True)
class NoticeFilter:
    """What a list of notices is narrowed to; empty values narrow nothing."""

    unit_code: str = ""
    section: str = ""
    state: NoticeState | None = None
    period_key: str = ""
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.unit_code or self.section or self.state or self.period_key or self.text)


def notices_within(paths: Sequence[str], narrowed: NoticeFilter) -> Select[Notice]:
    """The notices of these subtrees, latest written first; to be cut into pages."""
    wanted: list[ColumnElement[bool]] = [under(Unit.path, paths)]
    if narrowed.unit_code:
        wanted.append(Unit.code == narrowed.unit_code)
    if narrowed.section:
        wanted.append(Notice.section == narrowed.section)
    if narrowed.state is not None:
        wanted.append(Notice.state == narrowed.state)
    if narrowed.period_key:
        wanted.append(Notice.period_key == narrowed.period_key)
    if narrowed.text:
        wanted.append(Notice.title.contains(narrowed.text, autoescape=True))
    return (
        select(Notice)
        .join(Notice.unit)
        .where(*wanted)
        .options(
            contains_eager(Notice.unit),
            joinedload(Notice.item, innerjoin=True),
            selectinload(Notice.postings),
        )
        .order_by(Notice.written_at.desc(), Notice.id.desc())
    )


def waiting_for(grants: Iterable[Grant], person_id: UUID | None) -> Select[Notice]:
    """The notices that this person can judge now; to be cut into pages, with unit and item.

    In a review that they hold, where they hold it; never what they wrote or changed themselves.
    What hangs ahead of its review comes first, by the day its review is due, then the longest
    waiting.
    """
    held = tuple(grants)
    mine = [
        and_(Notice.state == state, under(Unit.path, paths))
        for step, state in REVIEW_STATES.items()
        if (paths := reach(held, REVIEW_PERMISSIONS[step]))
    ]
    return (
        select(Notice)
        .join(Notice.unit)
        .where(
            Notice.state.in_(STEP_OF_STATE),
            or_(*mine) if mine else false(),
            Notice.author_id.is_distinct_from(person_id),
            ~_handled_by(person_id),
        )
        .options(contains_eager(Notice.unit), joinedload(Notice.item, innerjoin=True))
        .order_by(
            Notice.review_by_on.is_(None), Notice.review_by_on, Notice.submitted_at, Notice.id
        )
    )


def find_next_to_review(
    grants: Iterable[Grant], person_id: UUID | None, after: Notice
) -> Notice | None:
    """The next notice that waits for this person, but this one."""
    return db.session.scalar(waiting_for(grants, person_id).where(Notice.id != after.id).limit(1))


@dataclass(frozen=True)
class PlaceInQueue:
    """Where a notice stands among those that wait for a person: the third of seven."""

    number: int
    total: int
    before: UUID | None
    after: UUID | None


def find_place_in_queue(
    grants: Iterable[Grant], person_id: UUID | None, notice: Notice
) -> PlaceInQueue | None:
    """None when the notice does not wait for this person."""
    found = waiting_for(grants, person_id).with_only_columns(Notice.id)
    ids = list(db.session.scalars(found.limit(LONGEST_QUEUE)))
    if notice.id not in ids:
        return None
    at = ids.index(notice.id)
    following = ids[at + 1] if at + 1 < len(ids) else None
    return PlaceInQueue(at + 1, len(ids), ids[at - 1] if at else None, following)


def count_waiting_for(grants: Iterable[Grant], person_id: UUID | None) -> int:
    """How many notices this person can judge now."""
    found = waiting_for(grants, person_id).order_by(None).with_only_columns(Notice.id)
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def list_unfinished(unit: Unit) -> list[Notice]:
    """A unit's drafts and returned notices, and those approved that are still to go up."""
    found = (
        select(Notice)
        .where(
            Notice.unit_id == unit.id,
            Notice.state.in_((NoticeState.RETURNED, NoticeState.APPROVED, NoticeState.DRAFT)),
        )
        .options(joinedload(Notice.item, innerjoin=True))
        .order_by(Notice.written_at)
    )
    return list(db.session.scalars(found))


def find_at_work(obligation_id: UUID) -> UUID | None:
    """The newest notice for an obligation that is being written, judged or is still to go up."""
    found = (
        select(Notice.id)
        .join(NoticeAnswer, NoticeAnswer.notice_id == Notice.id)
        .where(
            NoticeAnswer.obligation_id == obligation_id,
            Notice.state.in_(
                (NoticeState.RETURNED, NoticeState.APPROVED, NoticeState.DRAFT, *IN_REVIEW)
            ),
        )
        .order_by(Notice.written_at.desc(), Notice.id.desc())
        .limit(1)
    )
    return db.session.scalar(found)


def list_writing_units(paths: Sequence[str]) -> list[Unit]:
    """The villages, communities and offices of these subtrees, for a choice in a form."""
    kinds = (UnitKind.VILLAGE, UnitKind.COMMUNITY, UnitKind.OFFICE)
    found = (
        select(Unit)
        .where(under(Unit.path, paths), Unit.kind.in_(kinds))
        .order_by(Unit.kind.desc(), Unit.path)
        .limit(MOST_UNITS)
    )
    return list(db.session.scalars(found))
