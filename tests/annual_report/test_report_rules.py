"""Years, due days, and what a failed check points at."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_factory import figures, report_of_2023

from taole.annual_report.rules import (
    check,
    draft_year,
    due_on,
    has_errors,
    questioned_figures,
    questioned_parts,
    year_fault,
)

DAYS = st.dates(min_value=date(2009, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS)
def test_the_year_being_written_is_always_one_that_can_be_reported(day):
    assert year_fault(draft_year(day), day) is None


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2024, 1, 1), 2023), (date(2024, 3, 31), 2023), (date(2024, 4, 1), 2024)],
)
def test_until_the_end_of_march_last_years_report_is_written(day, year):
    assert draft_year(day) == year


@pytest.mark.parametrize(("year", "fits"), [(2007, False), (2008, True), (2024, True)])
def test_a_report_is_of_a_year_since_the_regulation_came_into_force(year, fits):
    assert (year_fault(year, date(2024, 5, 1)) is None) is fits


def test_next_year_has_no_report_yet():
    assert year_fault(2025, date(2024, 12, 31)) is not None


def test_the_report_of_2023_is_due_at_the_end_of_january_2024():
    assert due_on(2023) == date(2024, 1, 31)


def test_a_right_report_questions_nothing():
    checks = check(report_of_2023())
    assert not has_errors(checks)
    assert questioned_figures(checks) == questioned_parts(checks) == frozenset()


def test_a_wrong_total_questions_its_figure_and_its_part():
    checks = check(report_of_2023(values=figures(P6_board=426)))
    assert has_errors(checks)
    assert questioned_figures(checks) == {"P6-board"}
    assert questioned_parts(checks) == {6}


def test_a_rate_that_does_not_agree_is_to_be_looked_at_but_no_error():
    checks = check(report_of_2023(values=figures(P1_inquiry_rate=99)))
    assert not has_errors(checks)
    assert questioned_figures(checks) == {"P1-inquiry-rate"}
    assert questioned_parts(checks) == {1}


def test_requests_that_disagree_with_table_three_question_the_words():
    checks = check(report_of_2023(values=figures(P1_request=2)))
    assert "P1-request" in questioned_figures(checks)
    assert 1 in questioned_parts(checks)


def test_missing_problems_question_part_five():
    checks = check(report_of_2023(lists={"problems": [], "measures": []}))
    assert 5 in questioned_parts(checks)
