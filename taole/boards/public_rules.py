"""What the page behind a sheet's code says of a notice: pure, given the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum, auto

from taole.core.words import N_, Sentence, sentence
from taole.notices.workflow import (
    IN_REVIEW,
    REVIEW_LABELS,
    NoticeState,
    ReviewStep,
)


class PublicState(StrEnum):
    UP = auto()
    AHEAD = auto()  # up ahead of its review, as the township permits for urgent matters
    OVER = auto()
    ENDED = auto()
    WITHDRAWN = auto()
    CORRECTED = auto()
    HELD = auto()  # being mended, or personal data in it waits for a decision


SHOWS_ROWS = frozenset({PublicState.UP, PublicState.AHEAD, PublicState.OVER})
"""Names are shown while the notice hangs, not for ever after (个人信息保护法 arts 6, 19)."""

SHOWS_TOTALS = SHOWS_ROWS | {PublicState.ENDED}


def public_state(
    state: NoticeState, *, is_up: bool, is_resolved: bool, until: date | None, today: date
) -> PublicState:
    """How a notice that was posted stands towards the public on a day."""
    match state:
        case NoticeState.WITHDRAWN:
            return PublicState.WITHDRAWN
        case NoticeState.CORRECTED:
            return PublicState.CORRECTED
    if not is_resolved or state in (NoticeState.DRAFT, NoticeState.RETURNED):
        return PublicState.HELD
    if state is NoticeState.ENDED or not is_up:
        return PublicState.ENDED
    if until is not None and until < today:
        return PublicState.OVER
    return PublicState.AHEAD if state in IN_REVIEW else PublicState.UP


def reviews_passed(steps: Sequence[str], state: PublicState, by: date | None) -> Sentence | None:
    """That the reviews were passed, without anybody's name; None where nothing can be said."""
    if state is PublicState.AHEAD:
        if by is None:
            return sentence(N_("先公示后审核：审核还没有做完。"))
        return sentence(N_("先公示后审核：%(day)s前由另一个人审完。"), day=by.isoformat())
    if state not in SHOWS_TOTALS:
        return None
    named = [REVIEW_LABELS[ReviewStep(step)] for step in steps if step in set(ReviewStep)]
    match len(named):
        case 0:
            return sentence(N_("已经审核通过。"))
        case 1:
            return sentence(N_("审核：%(first)s已通过"), first=sentence(named[0]))
        case 2:
            return sentence(
                N_("审核：%(first)s、%(second)s均已通过"),
                first=sentence(named[0]),
                second=sentence(named[1]),
            )
        case _:
            return sentence(N_("审核：初审初校、复审复校、终审终校均已通过"))
