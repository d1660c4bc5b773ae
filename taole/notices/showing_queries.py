"""Which sheets have to come down, came down too early, or have no photograph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from taole.core.calendar_store import work_calendar
from taole.core.database import db, under
from taole.core.workdays import WorkCalendar
from taole.notices.models import Notice, Posting
from taole.notices.posting import owed_until
from taole.notices.showing_rules import (
    LOOK_BACK,
    PAPER,
    Showing,
    ShowingProblem,
    problems,
)
from taole.notices.workflow import NoticeState
from taole.organisation.models import Unit

_OVER = (NoticeState.WITHDRAWN, NoticeState.CORRECTED)


@dataclass(frozen=True)
class ShownSheet:
    """A sheet with what is wrong about it."""

    posting: Posting
    showing: Showing
    problems: tuple[ShowingProblem, ...]

    @property
    def notice(self) -> Notice:
        return self.posting.notice


def showing_of(posting: Posting, calendar: WorkCalendar) -> Showing:
    """A posting as the rules look at it."""
    return Showing(
        posting.channel,
        posting.posted_on,
        posting.until_on,
        owed_until(posting.notice.item, posting.posted_on, calendar),
        posting.taken_down_on,
        posting.seen_up_on,
        has_photograph=posting.proof_id is not None or bool(posting.proof_link),
    )


def list_sheets_in_trouble(paths: Sequence[str], on: date) -> list[ShownSheet]:
    """The sheets of these subtrees that somebody has to see to, by the end of their time.

    Of the last ninety days; what ended before that is history. For a village or a township.
    """
    found = (
        select(Posting)
        .join(Posting.notice)
        .join(Notice.unit)
        .where(
            under(Unit.path, paths),
            Posting.channel.in_(PAPER),
            Posting.repeats_id.is_(None),
            Posting.posted_on.between(on - LOOK_BACK, on),
            Notice.state.not_in(_OVER),
        )
        .options(
            contains_eager(Posting.notice).contains_eager(Notice.unit),
            contains_eager(Posting.notice).joinedload(Notice.item, innerjoin=True),
            joinedload(Posting.proof),
        )
        .order_by(Posting.until_on, Posting.posted_on, Posting.id)
    )
    calendar, sheets = work_calendar(), []
    for posting in db.session.scalars(found):
        showing = showing_of(posting, calendar)
        wrong = problems(showing, on)
        if wrong:
            sheets.append(ShownSheet(posting, showing, tuple(wrong)))
    return sheets
