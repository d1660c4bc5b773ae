"""How long a sheet of a village has to hang, and what the system sees about it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.catalogue.channels import Channel
from taole.notices.showing_rules import (
    PROBLEM_LABELS,
    Showing,
    ShowingProblem,
    in_words,
    period_fault,
    problems,
    worst,
)

POSTED = date(2023, 9, 20)
OWED = date(2023, 9, 27)
"""Seven days after 20 September, the day of posting not counted (民法典 art 201)."""


def sheet(**values):
    return Showing(
        Channel.BOARD,
        POSTED,
        **{"until_on": OWED, "owed_until": OWED, "has_photograph": True, **values},
    )


def test_a_sheet_in_its_time_with_a_photograph_is_left_in_peace():
    assert problems(sheet(), date(2023, 9, 25)) == []
    assert problems(sheet(), OWED) == []


def test_a_seven_day_notice_removed_on_day_five_is_seen():
    early = sheet(taken_down_on=date(2023, 9, 25))
    assert problems(early, date(2023, 9, 25)) == [ShowingProblem.TAKEN_DOWN_EARLY]
    said = str(in_words(ShowingProblem.TAKEN_DOWN_EARLY, early, date(2023, 9, 25)))
    assert "少了2天" in said
    assert "9月27日" in said


def test_a_sheet_that_comes_down_on_its_last_day_is_right():
    assert problems(sheet(taken_down_on=OWED), date(2023, 10, 8)) == []


def test_the_day_after_its_end_a_sheet_can_come_down_and_later_it_is_overdue():
    assert problems(sheet(), date(2023, 9, 28)) == [ShowingProblem.COMES_DOWN]
    assert problems(sheet(), date(2023, 9, 30)) == [ShowingProblem.STILL_UP]
    assert "超3天" in str(in_words(ShowingProblem.STILL_UP, sheet(), date(2023, 9, 30)))


def test_a_sheet_that_was_seen_hanging_after_its_end_is_still_up_at_once():
    seen = sheet(seen_up_on=date(2023, 9, 28))
    assert problems(seen, date(2023, 9, 28)) == [ShowingProblem.STILL_UP]


def test_a_sheet_without_a_photograph_is_asked_about_the_next_day_and_not_before():
    bare = sheet(has_photograph=False)
    assert problems(bare, POSTED) == []
    assert problems(bare, POSTED + timedelta(days=1)) == [ShowingProblem.NO_PHOTOGRAPH]
    assert problems(sheet(has_photograph=False, taken_down_on=OWED), date(2023, 10, 9)) == []


def test_an_announced_period_shorter_than_the_rule_is_too_short():
    short = sheet(until_on=date(2023, 9, 23))
    assert problems(short, date(2023, 9, 22)) == [ShowingProblem.TOO_SHORT]
    fault = period_fault(POSTED, date(2023, 9, 23), OWED)
    assert str(fault) == "公示期只有3天，少4天：公示止不能早于2023-09-27。"
    assert period_fault(POSTED, OWED, OWED) is None
    assert period_fault(POSTED, None, OWED) is None


@pytest.mark.parametrize("channel", [each for each in Channel if each is not Channel.BOARD])
def test_what_is_not_paper_is_neither_photographed_nor_taken_down(channel):
    shown = Showing(channel, POSTED, OWED, OWED)
    assert problems(shown, date(2023, 12, 1)) == []


def test_the_worst_of_several_problems_is_named_first():
    assert worst([ShowingProblem.NO_PHOTOGRAPH, ShowingProblem.STILL_UP]) is ShowingProblem.STILL_UP
    assert worst([]) is None


days = st.none() | st.dates(date(2023, 9, 1), date(2023, 12, 31))


@given(days, days, days, days, st.booleans(), st.dates(POSTED, date(2023, 12, 31)))
def test_every_problem_can_be_said_and_a_sheet_that_is_down_never_has_to_come_down(
    until, owed, down, seen, photographed, today
):
    showing = Showing(Channel.BOARD, POSTED, until, owed, down, seen, photographed)
    found = problems(showing, today)
    assert len(found) == len(set(found))
    for each in found:
        assert each in PROBLEM_LABELS
        assert "%" not in str(in_words(each, showing, today))
    if down is not None:
        assert not {ShowingProblem.STILL_UP, ShowingProblem.COMES_DOWN} & set(found)
