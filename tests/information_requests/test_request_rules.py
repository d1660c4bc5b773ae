"""Deadlines and table three, decided without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.workdays import UnknownYear, WorkCalendar
from taole.information_requests.rules import (
    DECISION_GROUPS,
    DECISION_LABELS,
    ApplicantKind,
    Decision,
    Handled,
    count_grid,
    decision_fault,
    receipt_fault,
    reply_due_on,
)

DAYS = st.dates(date(2021, 1, 1), date(2025, 12, 31))


@st.composite
def requests(draw: st.DrawFn) -> Handled:
    applicant = draw(st.sampled_from(ApplicantKind))
    received = draw(DAYS)
    if draw(st.booleans()):
        return Handled(applicant, received, None, None)
    decided = received + timedelta(days=draw(st.integers(0, 800)))
    return Handled(applicant, received, draw(st.sampled_from(Decision)), decided)


@given(asked=st.lists(requests(), max_size=40), year=st.integers(2020, 2026))
def test_what_came_and_was_carried_in_is_what_was_decided_and_carried_out(
    asked: list[Handled], year: int
) -> None:
    grid = count_grid(asked, year)
    for applicant in ApplicantKind:
        decided = sum(n for (_, kind), n in grid.decisions.items() if kind == applicant)
        came = grid.new.get(applicant, 0) + grid.carried_in.get(applicant, 0)
        assert came == decided + grid.carried_out.get(applicant, 0)


@given(asked=st.lists(requests(), max_size=40), year=st.integers(2020, 2025))
def test_what_one_year_carries_out_the_next_carries_in(asked: list[Handled], year: int) -> None:
    assert count_grid(asked, year).carried_out == count_grid(asked, year + 1).carried_in


def test_a_request_answered_on_new_years_day_is_carried_over() -> None:
    asked = Handled(ApplicantKind.NATURAL, date(2023, 12, 31), Decision.GRANTED, date(2024, 1, 1))
    old, new = count_grid([asked], 2023), count_grid([asked], 2024)
    assert (old.new, old.carried_out, old.decisions) == ({"natural": 1}, {"natural": 1}, {})
    assert (new.new, new.carried_in) == ({}, {"natural": 1})
    assert new.decisions == {("granted", "natural"): 1}
    assert count_grid([asked], 2025).carried_in == {}


def test_twenty_working_days_reach_over_the_october_holidays_to_a_make_up_saturday() -> None:
    calendar = WorkCalendar.from_library()
    assert reply_due_on(date(2023, 9, 1), calendar) == date(2023, 10, 7)
    assert calendar.count(date(2023, 9, 2), date(2023, 10, 7)) == 20


def test_a_deadline_in_a_year_without_known_holidays_is_not_guessed() -> None:
    calendar = WorkCalendar({}, frozenset({2023}))
    with pytest.raises(UnknownYear):
        reply_due_on(date(2023, 12, 20), calendar)


def test_a_request_that_will_come_tomorrow_is_a_fault() -> None:
    assert receipt_fault(date(2023, 9, 21), date(2023, 9, 20)) is not None
    assert receipt_fault(date(2023, 9, 20), date(2023, 9, 20)) is None


def test_an_answer_before_the_request_or_ahead_of_today_is_a_fault() -> None:
    today = date(2023, 9, 20)
    assert "早于“收到日期”" in str(decision_fault(date(2023, 9, 2), date(2023, 9, 1), today))
    assert "还没到" in str(decision_fault(date(2023, 9, 2), date(2023, 9, 21), today))
    assert decision_fault(date(2023, 9, 2), date(2023, 9, 2), today) is None


def test_every_decision_stands_under_one_heading_with_a_label() -> None:
    grouped = [each for group in DECISION_GROUPS.values() for each in group]
    assert grouped == list(Decision)
    assert set(DECISION_LABELS) == set(Decision)
