"""The standing of what a village owes, and the two rates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.obligations.rules import (
    Answer,
    Completeness,
    Facts,
    Standing,
    completeness_of,
    is_late_entry,
    standing,
)

DUE = date(2023, 10, 20)
DAY = timedelta(days=1)

days = st.dates(date(2023, 1, 1), date(2024, 12, 31))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    answer = draw(st.sampled_from([None, *Answer]))
    answered_on = None if answer is None else draw(days)
    return Facts(draw(days), answer, answered_on, draw(st.booleans()))


def test_a_notice_posted_on_the_due_day_is_on_time():
    assert standing(Facts(DUE, Answer.NOTICE, DUE), DUE + DAY) is Standing.ON_TIME


def test_a_notice_posted_after_the_due_day_is_late():
    assert standing(Facts(DUE, Answer.NOTICE, DUE + DAY), DUE + 9 * DAY) is Standing.LATE


def test_what_is_not_up_the_day_after_it_was_due_is_missing():
    assert standing(Facts(DUE), DUE + DAY) is Standing.MISSING


def test_what_is_due_today_is_still_waited_for():
    assert standing(Facts(DUE), DUE) is Standing.WAITING


def test_a_draft_under_review_before_the_due_day_is_in_review():
    assert standing(Facts(DUE, in_review=True), DUE) is Standing.IN_REVIEW


def test_an_overdue_draft_is_missing_however_far_its_review_has_come():
    assert standing(Facts(DUE, in_review=True), DUE + DAY) is Standing.MISSING


def test_a_signed_nothing_to_publish_is_an_answer():
    signed = Facts(DUE, Answer.NOTHING, DUE)
    assert standing(signed, DUE) is Standing.NOTHING
    assert completeness_of([signed], DUE) == Completeness(due=1, answered=1, on_time=1, nothing=1)


def test_what_the_township_excused_counts_nowhere():
    excused = Facts(DUE, Answer.EXCUSED, DUE)
    assert standing(excused, DUE + DAY) is Standing.NOT_APPLICABLE
    assert completeness_of([excused], DUE + DAY) == Completeness(excused=1)


def test_before_the_day_it_was_posted_a_notice_does_not_count():
    posted = Facts(DUE, Answer.NOTICE, DUE + 3 * DAY)
    assert standing(posted, DUE + DAY) is Standing.MISSING
    assert completeness_of([posted], DUE + DAY) == Completeness(due=1)


def test_a_notice_posted_early_counts_as_due_and_answered_before_the_due_day():
    early = Facts(DUE, Answer.NOTICE, DUE - 30 * DAY)
    assert completeness_of([early], DUE - 20 * DAY) == Completeness(due=1, answered=1, on_time=1)


def test_a_notice_posted_in_time_and_entered_two_months_later_is_on_time_and_a_late_entry():
    entered = DUE + 60 * DAY
    assert standing(Facts(DUE, Answer.NOTICE, DUE), entered) is Standing.ON_TIME
    assert is_late_entry(DUE, entered)


def test_a_notice_posted_late_and_entered_the_same_week_is_late_and_no_late_entry():
    posted = DUE + 5 * DAY
    assert standing(Facts(DUE, Answer.NOTICE, posted), posted + 7 * DAY) is Standing.LATE
    assert not is_late_entry(posted, posted + 7 * DAY)


def test_when_nothing_is_due_there_is_no_rate_rather_than_a_full_one():
    nothing_due = completeness_of([Facts(DUE)], DUE)
    assert nothing_due.completeness is None
    assert nothing_due.timeliness is None


def test_half_published_and_half_of_that_late():
    many = [
        Facts(DUE, Answer.NOTICE, DUE),
        Facts(DUE, Answer.NOTICE, DUE + DAY),
        Facts(DUE),
        Facts(DUE, in_review=True),
        Facts(DUE, Answer.EXCUSED, DUE),
    ]
    counts = completeness_of(many, DUE + 10 * DAY)
    assert (counts.due, counts.answered, counts.late, counts.missing) == (4, 2, 1, 2)
    assert counts.completeness == pytest.approx(0.5)
    assert counts.timeliness == pytest.approx(0.5)


@given(st.lists(facts()), days)
def test_every_count_adds_up_and_every_rate_lies_between_none_and_all(many, on):
    counts = completeness_of(many, on)
    assert counts.due == counts.answered + counts.missing
    assert counts.answered == counts.on_time + counts.late
    assert 0 <= counts.nothing <= counts.answered <= counts.due <= len(many) - counts.excused
    for rate, divisor in (
        (counts.completeness, counts.due),
        (counts.timeliness, counts.answered),
    ):
        assert rate is None if divisor == 0 else rate is not None and 0 <= rate <= 1


@given(st.lists(facts()), st.lists(facts()), days)
def test_the_counts_of_two_villages_are_the_sum_of_their_counts(one, other, on):
    together = completeness_of([*one, *other], on)
    assert together == completeness_of(one, on) + completeness_of(other, on)


@given(st.lists(facts()), days, st.integers(0, 400))
def test_as_days_pass_what_is_due_and_what_is_answered_never_becomes_less(many, on, later):
    before, after = completeness_of(many, on), completeness_of(many, on + later * DAY)
    assert before.due <= after.due
    assert before.answered <= after.answered


@given(facts(), days)
def test_the_standing_and_the_counts_tell_the_same(one, on):
    counts = completeness_of([one], on)
    told = standing(one, on)
    assert counts.missing == (told is Standing.MISSING)
    assert counts.excused == (told is Standing.NOT_APPLICABLE)
    assert counts.nothing == (told is Standing.NOTHING)
    assert counts.due == (
        told in (Standing.ON_TIME, Standing.LATE, Standing.MISSING, Standing.NOTHING)
    )
    if told is Standing.LATE:
        assert counts.late == 1
