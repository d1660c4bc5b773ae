"""The life of a notice as a table of states and moves.

One approving step for now. 初审, 复审 and 终审 are three rows of the same table when they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from taole.access.permissions import Permission
from taole.core.words import N_


class NoticeState(StrEnum):
    DRAFT = auto()
    IN_REVIEW = auto()
    RETURNED = auto()
    APPROVED = auto()
    POSTED = auto()
    ENDED = auto()
    WITHDRAWN = auto()


NOTICE_STATE_LABELS = {
    NoticeState.DRAFT: N_("草稿"),
    NoticeState.IN_REVIEW: N_("审核中"),
    NoticeState.RETURNED: N_("已退回"),
    NoticeState.APPROVED: N_("待公示"),
    NoticeState.POSTED: N_("公示中"),
    NoticeState.ENDED: N_("公示结束"),
    NoticeState.WITHDRAWN: N_("已撤回"),
}


class Step(StrEnum):
    SUBMIT = auto()
    APPROVE = auto()
    RETURN = auto()
    POST = auto()
    END = auto()
    WITHDRAW = auto()


STEP_LABELS = {
    Step.SUBMIT: N_("提交审核"),
    Step.APPROVE: N_("审核通过"),
    Step.RETURN: N_("退回修改"),
    Step.POST: N_("登记公示"),
    Step.END: N_("结束公示"),
    Step.WITHDRAW: N_("撤回"),
}


@dataclass(frozen=True)
class Move:
    """One permitted step: from which states, to which, by whom."""

    sources: frozenset[NoticeState]
    target: NoticeState
    permission: Permission
    forbids_author: bool = False
    needs_reason: bool = False


MOVES: dict[Step, Move] = {
    Step.SUBMIT: Move(
        frozenset({NoticeState.DRAFT, NoticeState.RETURNED}),
        NoticeState.IN_REVIEW,
        Permission.WRITE_NOTICE,
    ),
    Step.APPROVE: Move(
        frozenset({NoticeState.IN_REVIEW}),
        NoticeState.APPROVED,
        Permission.REVIEW_NOTICE,
        forbids_author=True,
    ),
    Step.RETURN: Move(
        frozenset({NoticeState.IN_REVIEW}),
        NoticeState.RETURNED,
        Permission.REVIEW_NOTICE,
        forbids_author=True,
        needs_reason=True,
    ),
    Step.POST: Move(
        frozenset({NoticeState.APPROVED, NoticeState.POSTED}),
        NoticeState.POSTED,
        Permission.POST_NOTICE,
    ),
    Step.END: Move(frozenset({NoticeState.POSTED}), NoticeState.ENDED, Permission.POST_NOTICE),
    Step.WITHDRAW: Move(
        frozenset({NoticeState.APPROVED, NoticeState.POSTED}),
        NoticeState.WITHDRAWN,
        Permission.REVIEW_NOTICE,
        needs_reason=True,
    ),
}

EDITABLE = frozenset({NoticeState.DRAFT, NoticeState.RETURNED})
