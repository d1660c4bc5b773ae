"""Working days as the State Council gave them, and periods counted by the Civil Code."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.core.workdays import (
    DAY_UNIT_LABELS,
    DayUnit,
    UnknownYear,
    WorkCalendar,
    notice_period_end,
)

CALENDAR = WorkCalendar.from_library()
DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))
COUNTS = st.integers(0, 40)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2023, 9, 28), True),
        (date(2023, 9, 29), False),
        (date(2023, 10, 6), False),
        (date(2023, 10, 7), True),
        (date(2023, 10, 8), True),
        (date(2023, 1, 20), True),
        (date(2023, 1, 21), False),
        (date(2023, 1, 27), False),
        (date(2023, 1, 28), True),
        (date(2023, 1, 29), True),
        (date(2024, 2, 9), True),
        (date(2024, 2, 10), False),
        (date(2024, 2, 17), False),
        (date(2024, 2, 18), True),
        (date(2024, 2, 4), True),
        (date(2023, 9, 16), False),
    ],
)
def test_holidays_weekends_and_make_up_days_are_known(day, worked):
    assert CALENDAR.is_workday(day) is worked


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2023, 9, 28), 1, date(2023, 10, 7)),
        (date(2023, 9, 28), 2, date(2023, 10, 8)),
        (date(2023, 9, 28), 3, date(2023, 10, 9)),
        (date(2023, 9, 20), 10, date(2023, 10, 10)),
        (date(2023, 10, 9), -1, date(2023, 10, 8)),
        (date(2023, 10, 7), -1, date(2023, 9, 28)),
        (date(2023, 1, 18), 5, date(2023, 1, 30)),
        (date(2024, 2, 9), 1, date(2024, 2, 18)),
        (date(2023, 10, 1), 0, date(2023, 10, 1)),
    ],
)
def test_working_days_are_counted_by_hand(day, n, expected):
    assert CALENDAR.add(day, n) == expected


def test_a_day_off_moves_to_the_next_working_day_and_a_working_day_stays():
    assert CALENDAR.on_or_after(date(2023, 9, 29)) == date(2023, 10, 7)
    assert CALENDAR.on_or_after(date(2023, 10, 7)) == date(2023, 10, 7)


def test_the_days_of_the_national_holiday_hold_no_working_day():
    assert CALENDAR.count(date(2023, 9, 29), date(2023, 10, 6)) == 0
    assert CALENDAR.count(date(2023, 9, 28), date(2023, 10, 8)) == 3
    assert CALENDAR.count(date(2023, 10, 9), date(2023, 10, 8)) == 0


@given(DAYS, DAYS, COUNTS)
def test_who_starts_later_never_ends_earlier(one, other, n):
    first, second = sorted((one, other))
    assert CALENDAR.add(first, n) <= CALENDAR.add(second, n)


@given(DAYS, st.integers(1, 40), st.sampled_from([1, -1]))
def test_a_counted_day_is_a_working_day(day, n, direction):
    assert CALENDAR.is_workday(CALENDAR.add(day, direction * n))


@given(DAYS, COUNTS, COUNTS, st.sampled_from([1, -1]))
def test_counting_in_two_steps_is_counting_in_one(day, a, b, direction):
    a, b = a * direction, b * direction
    assert CALENDAR.add(CALENDAR.add(day, a), b) == CALENDAR.add(day, a + b)


@given(DAYS, COUNTS)
def test_counting_the_days_added_gives_their_number(day, n):
    assert CALENDAR.count(day + timedelta(days=1), CALENDAR.add(day, n)) == n


@given(DAYS, COUNTS)
def test_going_back_undoes_going_forth_from_a_working_day(day, n):
    workday = CALENDAR.on_or_after(day)
    assert CALENDAR.add(CALENDAR.add(workday, n), -n) == workday


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar: calendar.is_workday(date(2030, 5, 1)),
        lambda calendar: calendar.add(date(2029, 12, 31), 1),
        lambda calendar: calendar.add(date(2030, 1, 1), -1),
        lambda calendar: calendar.on_or_after(date(2030, 5, 1)),
        lambda calendar: calendar.count(date(2030, 5, 1), date(2030, 5, 2)),
    ],
)
def test_a_year_that_nobody_confirmed_is_said_and_not_guessed(ask):
    with pytest.raises(
        UnknownYear, match="年的放假安排尚未确认：请先在“工作日历”里填好"
    ) as refusal:
        ask(CALENDAR)
    assert str(refusal.value.year) in str(refusal.value)
    assert refusal.value.year in (2029, 2030)


def test_the_library_covers_its_years_and_no_more():
    assert set(range(2004, 2027)) <= CALENDAR.confirmed_years
    assert 2003 not in CALENDAR.confirmed_years
    assert WorkCalendar.from_library() is CALENDAR


def test_the_townships_table_confirms_a_year_and_overrides_the_library():
    changed = CALENDAR.with_changes(
        {date(2030, 5, 1): False, date(2030, 5, 4): True, date(2023, 9, 28): False}, {2030}
    )
    assert not changed.is_workday(date(2030, 5, 1))
    assert changed.is_workday(date(2030, 5, 4))  # a Saturday
    assert changed.add(date(2023, 9, 27), 1) == date(2023, 10, 7)
    assert CALENDAR.is_workday(date(2023, 9, 28))


def test_a_changed_day_alone_does_not_confirm_its_year():
    with pytest.raises(UnknownYear):
        CALENDAR.with_changes({date(2030, 5, 1): False}).is_workday(date(2030, 5, 1))


def test_equal_calendars_are_interchangeable_as_keys():
    assert hash(CALENDAR.with_changes({})) == hash(CALENDAR)
    assert CALENDAR.with_changes({}) == CALENDAR


@pytest.mark.parametrize(
    ("posted", "days", "unit", "ends"),
    [
        (date(2023, 9, 11), 7, DayUnit.CALENDAR, date(2023, 9, 18)),
        (date(2023, 9, 11), 7, DayUnit.WORKING, date(2023, 9, 20)),
        (date(2023, 9, 25), 7, DayUnit.CALENDAR, date(2023, 10, 7)),
        (date(2023, 9, 25), 7, DayUnit.WORKING, date(2023, 10, 10)),
        (date(2023, 9, 8), 1, DayUnit.CALENDAR, date(2023, 9, 11)),
    ],
)
def test_a_notice_period_begins_the_day_after_posting(posted, days, unit, ends):
    assert notice_period_end(posted, days, unit, CALENDAR) == ends


@given(DAYS, st.integers(1, 40), st.sampled_from(DayUnit))
def test_a_notice_period_ends_on_a_working_day_and_is_never_short(posted, days, unit):
    ends = notice_period_end(posted, days, unit, CALENDAR)
    assert CALENDAR.is_workday(ends)
    assert ends >= posted + timedelta(days=days)


def test_a_notice_period_without_a_day_is_refused():
    with pytest.raises(Refused, match="至少应为1天"):
        notice_period_end(date(2023, 9, 11), 0, DayUnit.CALENDAR, CALENDAR)


def test_both_units_have_a_name_for_people():
    assert set(DAY_UNIT_LABELS) == set(DayUnit)
