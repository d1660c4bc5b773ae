"""三审三校: a notice is handed in, judged in up to three reviews, returned, or taken back.

The table of moves in ``workflow`` is the only law of its states. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from taole.access.permissions import Actor
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.numbering import next_number
from taole.core.words import N_
from taole.notices.answers import answerable, tie
from taole.notices.faults import refuse_faulty
from taole.notices.following import submitted
from taole.notices.gate import refuse_unresolved
from taole.notices.holding import Overtaken, hold
from taole.notices.models import Notice, NoticeReview
from taole.notices.queries import is_author, list_open_answers
from taole.notices.reminding import tell_author
from taole.notices.review_plans import review_plan
from taole.notices.review_queries import find_verdict
from taole.notices.rules import Judged, next_state, overtaken_words
from taole.notices.telling import tell
from taole.notices.workflow import (
    IN_REVIEW,
    STEP_OF_STATE,
    NoticeState,
    ReviewStep,
    Step,
    Verdict,
)
from taole.obligations.actions import mark_in_review
from taole.privacy.rules import mask_secrets

OFFLINE = N_("台账导入：在系统外审核过")


@dataclass(frozen=True)
class Mark:
    """What a reviewer wants changed, and where: a place as ``marking`` names it."""

    where: str
    what: str


def submit(notice: Notice, *, by: Actor, at: datetime | None = None) -> None:
    """Hand a draft to the reviewers; what it answers stands as 审核中 until it is due.

    The reviews that it has to pass are those the township set for its item on that day.
    """
    hold(notice)
    refuse_faulty(notice)
    refuse_unresolved(notice, waits_for_files=False)
    moment, before = at or now(), notice.state
    steps = review_plan(notice, local(moment).date()).steps
    notice.state = next_state(Step.SUBMIT, before, steps=steps, is_up=bool(notice.postings))
    notice.review_steps = [str(step) for step in steps]
    notice.submitted_at = moment
    notice.return_reason = ""
    notice.review_round += 1
    notice.number = notice.number or _number(notice, local(moment).date())
    if not notice.answers:
        tie(notice, answerable(notice))
    mark_in_review(list_open_answers(notice), moment)
    tell(
        notice,
        "submit_notice",
        by=by,
        before={"state": before},
        after={"state": notice.state, "round": notice.review_round, "number": notice.number},
    )
    db.session.flush()
    submitted(notice, moment)


def recall(notice: Notice, *, by: Actor) -> None:
    """The village takes a notice back before anybody judged it, to change it."""
    hold(notice)
    before = notice.state
    if before in IN_REVIEW and _is_judged(notice):
        raise Refused(N_("已经有人审过这件公示，不能再撤回修改：请让审核人退回。"))
    _move(notice, Step.RECALL)
    mark_in_review(list_open_answers(notice), None)
    tell(notice, "recall_notice", by=by, before={"state": before}, after={"state": notice.state})
    db.session.flush()


def approve(
    notice: Notice,
    *,
    by: Actor,
    step: ReviewStep | None = None,
    version: int | None = None,
    comment: str = "",
    at: datetime | None = None,
) -> None:
    """Pass a notice in the review that waits; never by who wrote or changed it.

    ``step`` and ``version``: the review and the notice that the person had before them. Overtaken
    when another review waits by now or the notice was changed, so that a button pressed twice, or
    two people at once, give one verdict. Refused while personal data waits for a decision.
    """
    refuse_unresolved(notice)
    _judge(
        notice,
        Step.APPROVE,
        Verdict.PASSED,
        by=by,
        step=step,
        version=version,
        comment=comment,
        at=at,
    )


def send_back(
    notice: Notice,
    *,
    reason: str,
    by: Actor,
    step: ReviewStep | None = None,
    version: int | None = None,
    marks: Sequence[Mark] = (),
    at: datetime | None = None,
) -> None:
    """Return a notice to its writer with the reason, and with what is wrong where."""
    _judge(
        notice,
        Step.RETURN,
        Verdict.RETURNED,
        by=by,
        step=step,
        version=version,
        comment=reason,
        marks=marks,
        at=at,
    )
    notice.return_reason = mask_secrets(reason.strip())
    db.session.flush()
    tell_author(notice, at or now())


def admit(notice: Notice, *, by: Actor, at: datetime | None = None) -> None:
    """Take a notice from an old ledger as reviewed outside the house: one line says so."""
    before = notice.state
    notice.state = NoticeState.APPROVED
    notice.reviewed_by_id, notice.reviewed_by_name = by.id, by.name
    notice.reviewed_at = at or now()
    mark_in_review(list_open_answers(notice), None)
    tell(
        notice,
        "admit_notice",
        by=by,
        before={"state": before},
        after={"state": notice.state, "reason": OFFLINE},
    )
    db.session.flush()


def _judge(
    notice: Notice,
    move: Step,
    verdict: Verdict,
    *,
    by: Actor,
    step: ReviewStep | None,
    version: int | None,
    comment: str,
    marks: Sequence[Mark] = (),
    at: datetime | None,
) -> None:
    hold(notice)
    _refuse_overtaken(notice, by, step, version)
    before, waiting = notice.state, STEP_OF_STATE.get(notice.state)
    _move(notice, move, by_author=is_author(notice, by.id), reason=comment)
    moment, said = at or now(), mask_secrets(comment.strip())
    told = [{"where": mark.where, "what": mask_secrets(mark.what)} for mark in marks]
    notice.reviews.append(
        NoticeReview(
            id=new_id(),
            township_id=notice.township_id,
            round=notice.review_round,
            step=waiting,
            verdict=verdict,
            comment=said,
            marks=told,
            by_id=by.id,
            by_name=by.name,
            at=moment,
        )
    )
    notice.reviewed_by_id, notice.reviewed_by_name, notice.reviewed_at = by.id, by.name, moment
    if notice.state is NoticeState.POSTED:
        notice.review_by_on = None
    if notice.state not in IN_REVIEW:
        mark_in_review(list_open_answers(notice), None)
    tell(
        notice,
        "approve_notice" if verdict is Verdict.PASSED else "return_notice",
        by=by,
        before={"state": before},
        after={"state": notice.state, "step": waiting}
        | ({"reason": said} if said else {})
        | ({"marks": told} if told else {}),
    )
    db.session.flush()


def _refuse_overtaken(
    notice: Notice, by: Actor, step: ReviewStep | None, version: int | None
) -> None:
    if step is not None and STEP_OF_STATE.get(notice.state) is not step:
        last = find_verdict(notice, step)
        judged = None
        if last is not None and last.round == notice.review_round:
            judged = Judged(last.by_name, last.verdict, is_mine=last.by_id == by.id)
        raise Overtaken(overtaken_words(step, notice.state, judged))
    if version is not None and version != notice.version:
        raise Overtaken(N_("这件公示在您打开以后有了变化：请看过现在的内容再审。"))


def _move(notice: Notice, step: Step, *, by_author: bool = False, reason: str = "") -> None:
    notice.state = next_state(
        step,
        notice.state,
        steps=[ReviewStep(each) for each in notice.review_steps],
        is_author=by_author,
        is_up=bool(notice.postings),
        reason=reason,
    )


def _is_judged(notice: Notice) -> bool:
    last = find_verdict(notice)
    return last is not None and last.round == notice.review_round


def _number(notice: Notice, on: date) -> str:
    """东园村's 14th notice of September 2023 is 201-2309-014: the last signs of its code first."""
    month = f"{on:%y%m}"
    place = (
        notice.unit.code.rsplit("-", 1)[-1][-4:]
        if "-" in notice.unit.code
        else (notice.unit.code[-3:])
    )
    return f"{place}-{month}-{next_number(f'notice/{notice.unit_id}/{month}'):03d}"
