"""三审三校: a notice is handed in, judged in up to three reviews, returned, or taken back.

The table of moves in ``workflow`` is the only law of its states. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from taole.access.permissions import Actor
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.numbering import next_number
from taole.core.words import N_, sentence
from taole.notices.answers import answerable, tie
from taole.notices.models import Notice, NoticeReview, ReviewSetting
from taole.notices.queries import find_review_setting, is_author, list_open_answers
from taole.notices.rules import next_state
from taole.notices.telling import tell
from taole.notices.workflow import (
    ALL_STEPS,
    IN_REVIEW,
    REVIEW_LABELS,
    STEP_OF_STATE,
    NoticeState,
    ReviewStep,
    Step,
    Verdict,
)
from taole.obligations.actions import mark_in_review
from taole.organisation.models import Unit
from taole.trail.actions import record

OFFLINE = N_("台账导入：在系统外审核过")


@dataclass(frozen=True)
class Mark:
    """What a reviewer wants changed, and where (a row, a column, the title)."""

    where: str
    what: str


def submit(notice: Notice, *, by: Actor, at: datetime | None = None) -> None:
    """Hand a draft to the reviewers; what it answers stands as 审核中 until it is due.

    The reviews that it has to pass are those the township set for its item on that day.
    """
    moment = at or now()
    notice.review_steps = list(review_plan(notice, local(moment).date()).steps)
    _move(notice, Step.SUBMIT)
    notice.submitted_at = moment
    notice.return_reason = ""
    notice.review_round += 1
    notice.number = notice.number or _number(notice, local(moment).date())
    if not notice.answers:
        tie(notice, answerable(notice))
    mark_in_review(list_open_answers(notice), moment)
    tell(notice, "submit_notice", by=by, after={"state": notice.state})
    db.session.flush()


def recall(notice: Notice, *, by: Actor) -> None:
    """The village takes a notice back before anybody judged it, to change it."""
    if _verdicts_of_round(notice):
        raise Refused(N_("已经有人审过这件公示，不能再撤回修改：请让审核人退回。"))
    _move(notice, Step.RECALL)
    mark_in_review(list_open_answers(notice), None)
    tell(notice, "recall_notice", by=by, after={"state": notice.state})
    db.session.flush()


def approve(
    notice: Notice,
    *,
    by: Actor,
    step: ReviewStep | None = None,
    comment: str = "",
    at: datetime | None = None,
) -> None:
    """Pass a notice in the review that waits; never by who wrote or changed it.

    ``step``: the review that the person had before them; Refused when another waits by now, so
    that a button pressed twice, or two people at once, give one verdict.
    """
    _judge(notice, Step.APPROVE, Verdict.PASSED, by=by, step=step, comment=comment, at=at)


def send_back(
    notice: Notice,
    *,
    reason: str,
    by: Actor,
    step: ReviewStep | None = None,
    marks: Sequence[Mark] = (),
    at: datetime | None = None,
) -> None:
    """Return a notice to its writer with the reason, and with what is wrong where."""
    _judge(
        notice, Step.RETURN, Verdict.RETURNED, by=by, step=step, comment=reason, marks=marks, at=at
    )
    notice.return_reason = reason.strip()
    db.session.flush()


def admit(notice: Notice, *, by: Actor, at: datetime | None = None) -> None:
    """Take a notice from an old ledger as reviewed outside the house: one line says so."""
    notice.state = NoticeState.APPROVED
    notice.reviewed_by_id, notice.reviewed_by_name = by.id, by.name
    notice.reviewed_at = at or now()
    mark_in_review(list_open_answers(notice), None)
    tell(notice, "admit_notice", by=by, after={"state": notice.state, "reason": OFFLINE})
    db.session.flush()


@dataclass(frozen=True)
class ReviewPlan:
    """The reviews an item asks for, and whether it may go up ahead of them."""

    steps: tuple[ReviewStep, ...] = ALL_STEPS
    is_urgent: bool = False


def review_plan(notice: Notice, on: date) -> ReviewPlan:
    return plan_for(notice.township_id, notice.item.code, on)


def plan_for(township_id: UUID, item_code: str, on: date) -> ReviewPlan:
    """What the township set for an item on a day; all three reviews where it set nothing."""
    setting = find_review_setting(township_id, item_code, on)
    if setting is None:
        return ReviewPlan()
    return ReviewPlan(tuple(ReviewStep(step) for step in setting.steps), setting.is_urgent)


def set_reviews(
    township: Unit,
    *,
    steps: Sequence[ReviewStep],
    from_on: date,
    by: Actor,
    item_code: str = "",
    is_urgent: bool = False,
    at: datetime | None = None,
) -> ReviewSetting:
    """The township settles which reviews an item passes (all items: no code), from a day on."""
    chosen = [step for step in ALL_STEPS if step in steps]
    if not chosen:
        raise Refused(N_("至少要留一审：请在初审、复审、终审里勾选一到三项。"))
    setting = ReviewSetting(
        id=new_id(),
        township_id=township.id,
        item_code=item_code,
        from_on=from_on,
        steps=[str(step) for step in chosen],
        is_urgent=is_urgent,
        set_by_id=by.id,
        set_by_name=by.name,
        set_at=at or now(),
    )
    db.session.add(setting)
    db.session.flush()
    record(
        "set_reviews",
        "review_setting",
        setting.id,
        by=by,
        township_id=township.id,
        after={"item": item_code, "steps": setting.steps, "urgent": is_urgent, "from": from_on},
    )
    return setting


def _judge(
    notice: Notice,
    move: Step,
    verdict: Verdict,
    *,
    by: Actor,
    step: ReviewStep | None,
    comment: str,
    marks: Sequence[Mark] = (),
    at: datetime | None,
) -> None:
    waiting = STEP_OF_STATE.get(notice.state)
    if step is not None and waiting is not step:
        raise Refused(
            sentence(
                N_("%(step)s已经有人审过了：请刷新页面看看最新情况。"),
                step=sentence(REVIEW_LABELS[step]),
            )
        )
    before = notice.state
    _move(notice, move, by_author=is_author(notice, by.id), reason=comment)
    moment = at or now()
    notice.reviews.append(
        NoticeReview(
            id=new_id(),
            township_id=notice.township_id,
            round=notice.review_round,
            step=waiting,
            verdict=verdict,
            comment=comment.strip(),
            marks=[{"where": mark.where, "what": mark.what} for mark in marks],
            by_id=by.id,
            by_name=by.name,
            at=moment,
        )
    )
    notice.reviewed_by_id, notice.reviewed_by_name, notice.reviewed_at = by.id, by.name, moment
    if notice.state not in IN_REVIEW:
        mark_in_review(list_open_answers(notice), None)
    tell(
        notice,
        "approve_notice" if verdict is Verdict.PASSED else "return_notice",
        by=by,
        before={"state": before},
        after={"state": notice.state, "step": waiting}
        | ({"reason": comment.strip()} if comment.strip() else {}),
    )
    db.session.flush()


def _move(notice: Notice, step: Step, *, by_author: bool = False, reason: str = "") -> None:
    notice.state = next_state(
        step,
        notice.state,
        steps=[ReviewStep(each) for each in notice.review_steps],
        is_author=by_author,
        is_up=bool(notice.postings),
        reason=reason,
    )


def _verdicts_of_round(notice: Notice) -> list[NoticeReview]:
    return [each for each in notice.reviews if each.round == notice.review_round]


def _number(notice: Notice, on: date) -> str:
    """东园村's 14th notice of September 2023 is 201-2309-014: the last signs of its code first."""
    month = f"{on:%y%m}"
    place = (
        notice.unit.code.rsplit("-", 1)[-1][-4:]
        if "-" in notice.unit.code
        else (notice.unit.code[-3:])
    )
    return f"{place}-{month}-{next_number(f'notice/{notice.unit_id}/{month}'):03d}"
