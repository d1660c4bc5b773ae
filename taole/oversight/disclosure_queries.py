"""What was disclosed late after it was formed, and what has to be disclosed soon (条例 art 26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from taole.core.calendar_store import work_calendar
from taole.core.database import db
from taole.notices.models import Notice
from taole.notices.workflow import NoticeState
from taole.organisation.models import Unit
from taole.oversight.disclosure_rules import Disclosure, Timeliness

LONGEST = timedelta(days=60)
"""Twenty working days never take longer, two long holidays among them."""
LATE = (Timeliness.LATE, Timeliness.OVERDUE)
PRESSING = (Timeliness.OVERDUE, Timeliness.WAITING, Timeliness.UNKNOWN)


@dataclass(frozen=True)
class DisclosedNotice:
    notice: Notice
    disclosure: Disclosure
    on: date

    @property
    def timeliness(self) -> Timeliness:
        return self.disclosure.timeliness(self.on)


def list_disclosures(township: Unit, start: date, end: date, on: date) -> list[DisclosedNotice]:
    """What was formed from ``start`` to ``end``, as it stands on a day, the oldest first."""
    return _listed(township, on, Notice.formed_on.between(start, end))


def list_pressing(township: Unit, on: date) -> list[DisclosedNotice]:
    """What is not disclosed yet: overdue, to be disclosed soon, or with a last day not known."""
    not_yet = or_(Notice.first_posted_on.is_(None), Notice.first_posted_on > on)
    found = _listed(township, on, Notice.formed_on <= on, not_yet)
    return [each for each in found if each.timeliness in PRESSING]


def list_late_disclosures(
    township: Unit, start: date, end: date, on: date | None = None
) -> list[DisclosedNotice]:
    """What was due from ``start`` to ``end`` and was late, or is overdue on a day (``end``)."""
    return [
        each
        for each in list_disclosures(township, start - LONGEST, end, on or end)
        if each.disclosure.due_on is not None
        and start <= each.disclosure.due_on <= end
        and each.timeliness in LATE
    ]


def _listed(township: Unit, on: date, *wanted: ColumnElement[bool]) -> list[DisclosedNotice]:
    """A correction is the same information again, what was withdrawn is none."""
    found = (
        select(Notice)
        .where(
            Notice.township_id == township.id,
            Notice.formed_on.is_not(None),
            Notice.corrects_id.is_(None),
            Notice.state != NoticeState.WITHDRAWN,
            *wanted,
        )
        .options(joinedload(Notice.unit, innerjoin=True))
        .order_by(Notice.formed_on, Notice.id)
    )
    calendar = work_calendar()
    return [
        DisclosedNotice(
            notice, Disclosure.of(notice.formed_on, notice.first_posted_on, calendar), on
        )
        for notice in db.session.scalars(found)
        if notice.formed_on is not None
    ]
