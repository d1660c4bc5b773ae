"""What is wrong on the board: taken back with its reason, or corrected. Nothing here commits."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from taole.access.permissions import Actor
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_
from taole.notices.gate import screen
from taole.notices.holding import hold
from taole.notices.models import Notice
from taole.notices.queries import (
    find_open_correction,
    list_answered,
    list_corrected,
    list_open_answers,
)
from taole.notices.rules import next_state
from taole.notices.telling import tell
from taole.notices.workflow import NoticeState, Step
from taole.obligations.actions import mark_in_review, unanswer
from taole.privacy.rules import mask_secrets


def withdraw(notice: Notice, *, reason: str, by: Actor, at: datetime | None = None) -> None:
    """Take back an approved or posted notice: it answers nothing any more and counts nowhere.

    With a correction that has gone up falls what it corrected: the matter is told no more. The
    reason is public.
    """
    hold(notice)
    reason = mask_secrets(reason.strip())
    day = local(at or now()).date()
    versions = [notice]
    versions += [each for each in list_corrected(notice) if each.state is NoticeState.CORRECTED]
    told_by = {each.id for each in versions}
    _take_off(notice, Step.WITHDRAW, reason=reason, day=day, by=by)
    for each in versions[1:]:
        _take_off(each, Step.FALL, reason=reason, day=day, by=by)
    for each in versions:
        for obligation in list_answered(each):
            if obligation.answer_id in told_by:
                unanswer(obligation, by=by, reason=reason)
        mark_in_review(list_open_answers(each), None)
    db.session.flush()


def _take_off(notice: Notice, step: Step, *, reason: str, day: date, by: Actor) -> None:
    before = notice.state
    notice.state = next_state(step, notice.state, is_up=bool(notice.postings), reason=reason)
    notice.review_by_on = None
    notice.return_reason = reason
    for posting in notice.postings:
        if posting.taken_down_on is None:
            posting.taken_down_on = max(day, posting.posted_on)
    tell(
        notice,
        "withdraw_notice",
        by=by,
        before={"state": before},
        after={"state": notice.state, "reason": reason},
    )


def correct(
    notice: Notice,
    *,
    reason: str,
    by: Actor,
    at: datetime | None = None,
    notice_id: UUID | None = None,
) -> Notice:
    """Begin a correction (更正): a draft with what the posted notice says, to be changed.

    It passes the reviews like any notice. When it goes up the corrected one is CORRECTED, stays
    readable and names it; the matter is counted once. ``notice_id`` is the token of a form: the
    same form sent again gives the correction that it made.
    """
    hold(notice)
    known = db.session.get(Notice, notice_id) if notice_id else None
    if known is not None and known.corrects_id == notice.id:
        return known
    reason = mask_secrets(reason.strip())
    next_state(Step.CORRECT, notice.state, reason=reason)
    if find_open_correction(notice) is not None:
        raise Refused(N_("这件公示已经有一份更正在办：请先办完那一份。"))
    correction = Notice(
        id=notice_id or new_id(),
        township_id=notice.township_id,
        unit=notice.unit,
        item=notice.item,
        section=notice.section,
        kind=notice.kind,
        period_key=notice.period_key,
        title=notice.title,
        template=notice.template,
        head=dict(notice.head),
        body=notice.body,
        columns=list(notice.columns),
        rows=[list(row) for row in notice.rows],
        fiscal_year=notice.fiscal_year,
        formed_on=notice.formed_on,
        author_id=by.id,
        author_name=by.name,
        written_at=at or now(),
        is_on_behalf=notice.is_on_behalf,
        corrects_id=notice.id,
        correction_reason=reason,
        revision=notice.revision + 1,
        answers=[],
        postings=[],
        reviews=[],
    )
    db.session.add(correction)
    screen(correction)
    db.session.flush()
    tell(
        correction,
        "correct_notice",
        by=by,
        before={"notice": notice.id, "number": notice.number},
        after={"title": notice.title, "reason": reason, "revision": correction.revision},
    )
    return correction
