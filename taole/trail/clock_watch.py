"""The host's clock against what was recorded; a person's word when the two disagree."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from taole.access.permissions import Actor
from taole.core.database import db
from taole.core.jobs import find_last_tick, forget_lead
from taole.core.models import ClockMark
from taole.trail.actions import record
from taole.trail.clock_rules import ClockVerdict, judge_clock
from taole.trail.models import TrailLine

CONFIRMED, FORGIVEN = "confirmed", "forgiven"


def look_at_clock(at: datetime) -> ClockVerdict:
    """Whether this moment agrees with the last tick and with the line written last."""
    return judge_clock(at, last_tick=find_last_tick(), newest_record=_newest_record())


def confirm_clock(at: datetime, *, by: Actor) -> ClockVerdict:
    """A person says that the clock is right: what was recorded after ``at`` counts as mistaken."""
    verdict = look_at_clock(at)
    if verdict.is_right:
        return verdict
    newest = max(filter(None, (verdict.against, _newest_record(), at)))
    _mark(CONFIRMED, at)
    _mark(FORGIVEN, newest)
    forget_lead()
    record(
        "confirm_clock",
        "clock",
        None,
        by=by,
        township_id=None,
        before={"against": verdict.against},
        after={"at": at},
    )
    db.session.flush()
    return look_at_clock(at)


def _newest_record() -> datetime | None:
    """When the line written last was written; lines that a person called mistaken do not count.

    By id, which follows the order of writing and has an index.
    """
    found = select(TrailLine.at).order_by(TrailLine.id.desc()).limit(1)
    marks = {mark.name: mark.at for mark in db.session.scalars(select(ClockMark))}
    if CONFIRMED in marks and FORGIVEN in marks:
        found = found.where(or_(TrailLine.at <= marks[CONFIRMED], TrailLine.at > marks[FORGIVEN]))
    return db.session.scalar(found)


def _mark(name: str, at: datetime) -> None:
    mark = db.session.get(ClockMark, name)
    if mark is None:
        db.session.add(ClockMark(name=name, at=at))
    else:
        mark.at = at
