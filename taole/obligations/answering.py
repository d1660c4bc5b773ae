"""The three ways to answer an obligation, and taking an answer back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from taole.access.permissions import Actor
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.obligations.slot_rules import is_event_driven
from taole.trail.actions import record

LONGEST_REASON = 200


def answer(
    obligation: Obligation,
    *,
    notice_id: UUID,
    answered_on: date,
    by: Actor,
    at: datetime | None = None,
) -> None:
    """A notice answers it, on the day on which its last compulsory channel went up.

    Of two notices the earlier one counts. A notice takes the place of a signed 无此事项.
    """
    if obligation.answer is Answer.NOTICE and obligation.answer_id != notice_id:
        if obligation.answered_on is not None and obligation.answered_on <= answered_on:
            return
    elif obligation.answer is Answer.NOTICE and obligation.answered_on == answered_on:
        return
    before = _told(obligation)
    obligation.answer = Answer.NOTICE
    obligation.answer_id = notice_id
    obligation.answered_on = answered_on
    _sign(obligation, by=by, at=at, reason="")
    _record("answer", obligation, before, by=by)


def unanswer(obligation: Obligation, *, by: Actor, reason: str) -> None:
    """The answer is taken back (a withdrawn notice, a mistaken 无此事项): it is owed again."""
    if obligation.answer is None:
        return
    before = _told(obligation)
    obligation.answer = None
    obligation.answer_id = None
    obligation.answered_on = None
    obligation.answered_by_id = None
    obligation.entered_at = None
    obligation.reason = ""
    obligation.review_since = None
    _record("unanswer", obligation, before, by=by, reason=reason)


def mark_in_review(obligations: Sequence[Obligation], since: datetime | None) -> None:
    """A notice for these was handed in for review, or came back (None).

    The notice's own line in the trail tells it.
    """
    for obligation in obligations:
        obligation.review_since = since
    db.session.flush()


def declare_nothing(
    obligations: Sequence[Obligation],
    *,
    on: date,
    reason: str,
    by: Actor,
    at: datetime | None = None,
) -> None:
    """A signed 无此事项: there was nothing to publish. Counts as answered on ``on``.

    Refused without a reason; for what is answered or under review; and for an event-driven matter
    whose period is not over, or of which something was recorded in that period.
    """
    if not obligations:
        raise Refused(N_("没有选中任何事项：请勾选本期没有发生的事项。"))
    reason = checked_reason(reason, N_("请写明为什么没有要公示的，如“本季度没有发生”。"))
    with_events = _slots_with_events(obligations)
    for obligation in obligations:
        _refuse_nothing(obligation, on, with_events)
    for obligation in obligations:
        before = _told(obligation)
        obligation.answer = Answer.NOTHING
        obligation.answered_on = on
        _sign(obligation, by=by, at=at, reason=reason)
        _record("declare_nothing", obligation, before, by=by)


def excuse(
    obligation: Obligation, *, reason: str, by: Actor, on: date, at: datetime | None = None
) -> None:
    """The township says that a unit need not answer, and why: it counts nowhere any more."""
    if obligation.answer is Answer.NOTICE:
        raise Refused(
            sentence(N_("“%(item)s”已经公示了，不用再标为不适用。"), item=obligation.item.title)
        )
    reason = checked_reason(reason, N_("请写明为什么不适用，如“本村没有集体林地”。"))
    before = _told(obligation)
    obligation.answer = Answer.EXCUSED
    obligation.answered_on = on
    _sign(obligation, by=by, at=at, reason=reason)
    _record("excuse", obligation, before, by=by)


def checked_reason(reason: str, missing: str) -> str:
    """A reason on one line; Refused (``missing``) when empty, or when it is too long."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(missing)
    if len(reason) > LONGEST_REASON:
        raise Refused(sentence(N_("理由太长了：请缩短到%(most)s字以内。"), most=LONGEST_REASON))
    return reason


def _refuse_nothing(
    obligation: Obligation, on: date, with_events: set[tuple[UUID, str, date, date]]
) -> None:
    item = obligation.item
    if obligation.answer is not None:
        raise Refused(sentence(N_("“%(item)s”这一期已经有结果了。"), item=item.title))
    if obligation.review_since is not None:
        raise Refused(
            sentence(
                N_("“%(item)s”这一期的公示正在审核：请先撤回，再报无此事项。"), item=item.title
            )
        )
    if obligation.event_id is not None:
        raise Refused(
            sentence(
                N_("“%(item)s”登记过这件事，应当公示；不用公示的请由镇里标为不适用。"),
                item=item.title,
            )
        )
    if not is_event_driven(item.frequency, item.rule):
        return
    if on < obligation.period_end:
        raise Refused(
            sentence(
                N_("“%(item)s”这一期到%(day)s才结束：过完了再报无此事项。"),
                item=item.title,
                day=obligation.period_end,
            )
        )
    if _place(obligation) in with_events:
        raise Refused(
            sentence(
                N_("“%(item)s”这一期登记过事件，不能报无此事项：请登记公示。"), item=item.title
            )
        )


def _place(obligation: Obligation) -> tuple[UUID, str, date, date]:
    return (
        obligation.unit_id,
        obligation.item_code,
        obligation.period_start,
        obligation.period_end,
    )


def _slots_with_events(obligations: Sequence[Obligation]) -> set[tuple[UUID, str, date, date]]:
    """Unit, item and period of those slots in which an event was recorded and not excused."""
    columns = (
        Obligation.unit_id,
        Obligation.item_code,
        Obligation.period_start,
        Obligation.period_end,
    )
    found = select(*columns).where(
        Obligation.event_id.is_not(None),
        Obligation.answer.is_distinct_from(Answer.EXCUSED),
        tuple_(*columns).in_([_place(each) for each in obligations]),
    )
    return {(row[0], row[1], row[2], row[3]) for row in db.session.execute(found)}


def _sign(obligation: Obligation, *, by: Actor, at: datetime | None, reason: str) -> None:
    obligation.answered_by_id = by.id
    obligation.entered_at = at or now()
    obligation.reason = reason
    obligation.review_since = None


def _told(obligation: Obligation) -> dict[str, Any]:
    return {
        "answer": obligation.answer,
        "answered_on": obligation.answered_on,
        "notice": obligation.answer_id,
        "reason": obligation.reason,
    }


def _record(
    verb: str, obligation: Obligation, before: dict[str, Any], *, by: Actor, reason: str = ""
) -> None:
    after = _told(obligation)
    if reason:
        after["reason"] = reason
    record(
        verb,
        "obligation",
        obligation.id,
        by=by,
        township_id=obligation.township_id,
        before=before,
        after=after,
    )
