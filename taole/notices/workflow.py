"""The life of a notice as a table of states and moves: draft, three reviews (三审三校), the board.

初审 is the village's 村务监督委员会 (for an office's notice its own head), 复审 the 综合办公室,
终审 the leader in charge; an item passes one to three of them, as the township set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from taole.access.permissions import Permission
from taole.core.words import N_


class ReviewStep(StrEnum):
    FIRST = auto()
    SECOND = auto()
    FINAL = auto()


REVIEW_LABELS = {
    ReviewStep.FIRST: N_("初审"),
    ReviewStep.SECOND: N_("复审"),
    ReviewStep.FINAL: N_("终审"),
}

REVIEW_PERMISSIONS = {
    ReviewStep.FIRST: Permission.REVIEW_FIRST,
    ReviewStep.SECOND: Permission.REVIEW_SECOND,
    ReviewStep.FINAL: Permission.REVIEW_FINAL,
}

ALL_STEPS: tuple[ReviewStep, ...] = tuple(ReviewStep)
"""What a notice passes where the township set nothing else."""


class Verdict(StrEnum):
    PASSED = auto()
    RETURNED = auto()


VERDICT_LABELS = {Verdict.PASSED: N_("通过"), Verdict.RETURNED: N_("退回")}


class NoticeState(StrEnum):
    DRAFT = auto()
    FIRST_REVIEW = auto()
    SECOND_REVIEW = auto()
    FINAL_REVIEW = auto()
    RETURNED = auto()
    APPROVED = auto()
    POSTED = auto()
    ENDED = auto()
    WITHDRAWN = auto()
    CORRECTED = auto()


NOTICE_STATE_LABELS = {
    NoticeState.DRAFT: N_("草稿"),
    NoticeState.FIRST_REVIEW: N_("等初审"),
    NoticeState.SECOND_REVIEW: N_("等复审"),
    NoticeState.FINAL_REVIEW: N_("等终审"),
    NoticeState.RETURNED: N_("已退回"),
    NoticeState.APPROVED: N_("待公示"),
    NoticeState.POSTED: N_("公示中"),
    NoticeState.ENDED: N_("公示结束"),
    NoticeState.WITHDRAWN: N_("已撤回"),
    NoticeState.CORRECTED: N_("已更正"),
}

REVIEW_STATES = {
    ReviewStep.FIRST: NoticeState.FIRST_REVIEW,
    ReviewStep.SECOND: NoticeState.SECOND_REVIEW,
    ReviewStep.FINAL: NoticeState.FINAL_REVIEW,
}
STEP_OF_STATE = {state: step for step, state in REVIEW_STATES.items()}
IN_REVIEW = frozenset(STEP_OF_STATE)


class Step(StrEnum):
    SUBMIT = auto()
    RECALL = auto()
    APPROVE = auto()
    RETURN = auto()
    POST = auto()
    POST_AHEAD = auto()
    END = auto()
    WITHDRAW = auto()
    CORRECT = auto()
    SUPERSEDE = auto()
    FALL = auto()


STEP_LABELS = {
    Step.SUBMIT: N_("提交审核"),
    Step.RECALL: N_("撤回修改"),
    Step.APPROVE: N_("审核通过"),
    Step.RETURN: N_("退回修改"),
    Step.POST: N_("登记公示"),
    Step.POST_AHEAD: N_("先公示后审核"),
    Step.END: N_("结束公示"),
    Step.WITHDRAW: N_("撤回"),
    Step.CORRECT: N_("更正"),
    Step.SUPERSEDE: N_("由更正代替"),
    Step.FALL: N_("随更正一起撤回"),
}


@dataclass(frozen=True)
class Move:
    """One permitted step: from which states, to which, by whom.

    ``target`` None: the rules of the reviews tell it (the next step that the item asks for), or
    the state stays as it is. ``permission`` None: the permission of the review that waits.
    """

    sources: frozenset[NoticeState]
    target: NoticeState | None
    permission: Permission | None
    forbids_author: bool = False
    needs_reason: bool = False


_UP = frozenset({NoticeState.APPROVED, NoticeState.POSTED})

MOVES: dict[Step, Move] = {
    Step.SUBMIT: Move(
        frozenset({NoticeState.DRAFT, NoticeState.RETURNED}), None, Permission.WRITE_NOTICE
    ),
    Step.RECALL: Move(IN_REVIEW, NoticeState.DRAFT, Permission.WRITE_NOTICE),
    Step.APPROVE: Move(IN_REVIEW, None, None, forbids_author=True),
    Step.RETURN: Move(
        IN_REVIEW, NoticeState.RETURNED, None, forbids_author=True, needs_reason=True
    ),
    Step.POST: Move(_UP, NoticeState.POSTED, Permission.POST_NOTICE),
    Step.POST_AHEAD: Move(IN_REVIEW, None, Permission.POST_NOTICE),
    Step.END: Move(frozenset({NoticeState.POSTED}), NoticeState.ENDED, Permission.POST_NOTICE),
    Step.WITHDRAW: Move(
        _UP | IN_REVIEW | {NoticeState.RETURNED},
        NoticeState.WITHDRAWN,
        Permission.WITHDRAW_NOTICE,
        needs_reason=True,
    ),
    Step.CORRECT: Move(
        frozenset({NoticeState.POSTED, NoticeState.ENDED}),
        None,
        Permission.WRITE_NOTICE,
        needs_reason=True,
    ),
    Step.SUPERSEDE: Move(
        frozenset({NoticeState.POSTED, NoticeState.ENDED}), NoticeState.CORRECTED, None
    ),
    Step.FALL: Move(
        frozenset({NoticeState.CORRECTED}), NoticeState.WITHDRAWN, None, needs_reason=True
    ),
}

PRINTABLE = frozenset({NoticeState.APPROVED, NoticeState.POSTED})
PREVIEWED = IN_REVIEW | {NoticeState.DRAFT, NoticeState.RETURNED}
"""Printed with "preview" across; what has ended is not printed any more."""

EDITABLE = frozenset({NoticeState.DRAFT, NoticeState.RETURNED})


def next_review(state: NoticeState, steps: Sequence[ReviewStep]) -> NoticeState:
    """Where a notice stands after this state when it has to pass these reviews, in their order.

    From a draft or a returned notice: the first of them; after the last: APPROVED.
    """
    done = STEP_OF_STATE.get(state)
    left = [step for step in ALL_STEPS if step in steps]
    if done is not None:
        left = [step for step in left if ALL_STEPS.index(step) > ALL_STEPS.index(done)]
    return REVIEW_STATES[left[0]] if left else NoticeState.APPROVED
