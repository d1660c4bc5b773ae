"""A notice whose time has passed everywhere is over. Nothing here commits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, or_, select

from taole.access.permissions import Actor
from taole.core.database import db
from taole.notices.models import Notice, Posting
from taole.notices.rules import next_state
from taole.notices.workflow import NoticeState, Step
from taole.organisation.models import Unit
from taole.trail.actions import record


def end_expired(township: Unit, *, on: date, by: Actor) -> int:
    """End the notices of which no posting hangs any more on a day; how many ended.

    A posting without a last day hangs until somebody takes it down.
    """
    hangs = exists().where(
        Posting.notice_id == Notice.id,
        Posting.taken_down_on.is_(None),
        or_(Posting.until_on.is_(None), Posting.until_on >= on),
    )
    over = db.session.scalars(
        select(Notice)
        .where(Notice.township_id == township.id, Notice.state == NoticeState.POSTED, ~hangs)
        .order_by(Notice.id)
    ).all()
    for notice in over:
        notice.state = next_state(Step.END, notice.state)
        record("end_notice", "notice", notice.id, by=by, township_id=notice.township_id)
    return len(over)
