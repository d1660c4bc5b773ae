"""What hangs on public channels and should not: for the monthly clearing (每月清理)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from taole.catalogue.channels import Channel
from taole.core.database import db
from taole.core.figures import Record, Scope, list_records
from taole.core.settings_store import find_setting
from taole.core.words import Sentence
from taole.notices.models import Notice, NoticeKind, Posting
from taole.notices.workflow import NoticeState
from taole.organisation.models import Unit
from taole.oversight.clearing_rules import Hanging, Why, in_words, why_to_clear
from taole.oversight.figures import CLEARED

LIMIT = "website-clearing"
WEBSITE = (Channel.WEBSITE,)
PLACES: dict[str, tuple[Channel, ...]] = {
    "": WEBSITE,
    "media": (Channel.WECHAT, Channel.WEIBO),
    "screens": (Channel.VILLAGE_APP, Channel.KIOSK),
}
"""What is cleared together; the paper on the boards has a page of its own (notices.showing)."""


@dataclass(frozen=True)
class ToClear:
    """A posting that should come down, and why."""

    posting: Posting
    hanging: Hanging
    why: Why
    on: date

    @property
    def notice(self) -> Notice:
        return self.posting.notice

    @property
    def sentence(self) -> Sentence:
        return in_words(self.why, self.hanging, self.on)


def hanging_of(posting: Posting) -> Hanging:
    """A posting as the rules of clearing see it."""
    notice = posting.notice
    return Hanging(
        posting.posted_on,
        posting.until_on,
        is_withdrawn=notice.state is NoticeState.WITHDRAWN,
        is_corrected=notice.state is NoticeState.CORRECTED,
        is_page=notice.kind is NoticeKind.PAGE_UPDATE,
    )


def find_limit(township_id: UUID) -> int | None:
    """After how many days content is stale by the township's word; None when it has not said."""
    kept = find_setting(LIMIT, township_id)
    days = kept.get("stale_after_days") if kept else None
    return days if isinstance(days, int) else None


def select_to_clear(
    township: Unit, on: date, channels: Sequence[Channel], stale_after: int | None
) -> Select[Posting]:
    """What should come down by a day, the longest up first, as ``why_to_clear`` decides; to be
    cut into pages."""
    reasons = [
        Posting.until_on < on,
        Notice.state.in_((NoticeState.WITHDRAWN, NoticeState.CORRECTED)),
    ]
    if stale_after is not None:
        is_old = Posting.posted_on < on - timedelta(stale_after)
        reasons.append(and_(is_old, Notice.kind != NoticeKind.PAGE_UPDATE))
    return (
        select(Posting)
        .join(Posting.notice)
        .join(Notice.unit)
        .where(
            Posting.township_id == township.id,
            Posting.channel.in_(channels),
            Posting.posted_on <= on,
            or_(Posting.taken_down_on.is_(None), Posting.taken_down_on > on),
            or_(*reasons),
        )
        .options(contains_eager(Posting.notice).contains_eager(Notice.unit))
        .order_by(Posting.posted_on, Posting.id)
    )


def with_reasons(postings: Iterable[Posting], on: date, stale_after: int | None) -> list[ToClear]:
    """Each of these postings with why it should come down; those that may stay are left out."""
    listed = []
    for posting in postings:
        hanging = hanging_of(posting)
        why = why_to_clear(hanging, on, stale_after=stale_after)
        if why is not None:
            listed.append(ToClear(posting, hanging, why, on))
    return listed


def list_to_clear(township: Unit, on: date, channels: Sequence[Channel] = WEBSITE) -> list[ToClear]:
    """What should come down by a day: withdrawn or corrected, ended, stale; the longest up first.

    Two statements, however many there are.
    """
    stale_after = find_limit(township.id)
    found = select_to_clear(township, on, channels, stale_after)
    return with_reasons(db.session.scalars(found), on, stale_after)


def count_to_clear(township: Unit, on: date) -> int:
    """How many of ``list_to_clear``."""
    found = select_to_clear(township, on, WEBSITE, find_limit(township.id))
    counted = select(func.count()).select_from(found.order_by(None).subquery())
    return db.session.scalar(counted) or 0


def hold_postings(township: Unit, ids: Collection[UUID]) -> list[Posting]:
    """These postings of a township, with their notices held until the end of the transaction.

    Who clears at the same time waits here, and then sees what has come down meanwhile.
    """
    held = (
        select(Notice)
        .where(
            Notice.township_id == township.id,
            Notice.id.in_(select(Posting.notice_id).where(Posting.id.in_(ids))),
        )
        .options(selectinload(Notice.postings))
        .order_by(Notice.id)
        .with_for_update(of=Notice)
        .execution_options(populate_existing=True)
    )
    notices = db.session.scalars(held).all()
    wanted = set(ids)
    return [each for notice in notices for each in notice.postings if each.id in wanted]


def list_cleared(township: Unit, start: date, end: date) -> tuple[Record, ...]:
    """What came down from the website in these days: the records of the figure W-cleared."""
    return list_records(CLEARED, Scope(township.id, township.path, start, end))
