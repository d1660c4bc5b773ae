"""How a posted notice stands towards the public, in each of its states."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.boards.public_rules import SHOWS_ROWS, PublicState, public_state, reviews_passed
from taole.notices.workflow import NoticeState

TODAY = date(2026, 3, 10)
HIDDEN = (NoticeState.WITHDRAWN, NoticeState.CORRECTED, NoticeState.ENDED, NoticeState.RETURNED)


@pytest.mark.parametrize(
    ("state", "until", "told"),
    [
        (NoticeState.POSTED, date(2026, 3, 10), PublicState.UP),
        (NoticeState.POSTED, None, PublicState.UP),
        (NoticeState.POSTED, date(2026, 3, 9), PublicState.OVER),
        (NoticeState.SECOND_REVIEW, date(2026, 3, 12), PublicState.AHEAD),
        (NoticeState.RETURNED, date(2026, 3, 12), PublicState.HELD),
        (NoticeState.ENDED, date(2026, 3, 9), PublicState.ENDED),
        (NoticeState.WITHDRAWN, None, PublicState.WITHDRAWN),
        (NoticeState.CORRECTED, None, PublicState.CORRECTED),
    ],
)
def test_each_state_is_told_in_its_own_words(state, until, told):
    assert public_state(state, is_up=True, is_resolved=True, until=until, today=TODAY) is told


@given(
    state=st.sampled_from(list(NoticeState)),
    is_up=st.booleans(),
    is_resolved=st.booleans(),
    until=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_names_are_shown_only_while_it_hangs_and_nothing_is_open(state, is_up, is_resolved, until):
    told = public_state(state, is_up=is_up, is_resolved=is_resolved, until=until, today=TODAY)
    if state in HIDDEN or not is_up or not is_resolved:
        assert told not in SHOWS_ROWS


def test_it_says_that_the_reviews_were_passed_and_by_whom_never():
    three = reviews_passed(["first", "second", "final"], PublicState.UP, None)
    assert str(three) == "审核：初审初校、复审复校、终审终校均已通过"
    assert str(reviews_passed(["first"], PublicState.UP, None)) == "审核：初审已通过"
    assert str(reviews_passed([], PublicState.UP, None)) == "已经审核通过。"
    assert reviews_passed(["first"], PublicState.WITHDRAWN, None) is None
    ahead = reviews_passed(["first"], PublicState.AHEAD, date(2026, 3, 11))
    assert str(ahead) == "先公示后审核：2026-03-11前由另一个人审完。"
