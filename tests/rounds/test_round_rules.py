"""When a collection opens and is due: every fortnight, never on a day off, counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.core.workdays import WorkCalendar
from taole.rounds.rules import (
    MOST_REMINDERS,
    AskFacts,
    RoundSetting,
    automatic_step,
    counts_of,
    due_day,
    next_scheduled,
    number_of,
    opening_day,
    scheduled_days,
)

CALENDAR = WorkCalendar.from_library()
USUAL = RoundSetting(is_on=True, since=date(2023, 1, 1))
YEARS = st.dates(date(2023, 1, 1), date(2026, 8, 31))
SECTIONS = st.lists(st.sampled_from(["社会保障", "财务管理"]))

# scheduled · number · opens · due (counted on a wall calendar)
BY_HAND = """
2023-01-02 2023-1  2023-01-03 2023-01-13
2023-01-16 2023-2  2023-01-16 2023-01-20
2023-01-30 2023-3  2023-01-30 2023-02-10
2023-09-11 2023-19 2023-09-11 2023-09-22
2023-09-25 2023-20 2023-09-25 2023-09-28
2024-02-12 2024-4  2024-02-18 2024-02-23
2024-09-23 2024-20 2024-09-23 2024-09-30
2025-01-27 2025-3  2025-01-27 2025-02-07
2025-10-06 2025-21 2025-10-09 2025-10-17
2026-02-09 2026-4  2026-02-09 2026-02-14
2026-09-21 2026-20 2026-09-21 2026-09-30
"""


@pytest.mark.parametrize(
    ("scheduled", "number", "opens", "due"), [line.split() for line in BY_HAND.split("\n")[1:-1]]
)
def test_rounds_around_the_festivals_open_and_end_as_counted_by_hand(scheduled, number, opens, due):
    day = date.fromisoformat(scheduled)
    assert f"{number_of(USUAL, day)[0]}-{number_of(USUAL, day)[1]}" == number
    assert scheduled_days(USUAL, day, day) == [day]
    assert opening_day(day, CALENDAR) == date.fromisoformat(opens)
    assert due_day(USUAL, day, CALENDAR) == date.fromisoformat(due)


@given(YEARS, st.integers(1, 8), st.integers(0, 4))
def test_the_schedule_has_no_gap_and_opens_on_working_days_only(day, weeks, weekday):
    setting = RoundSetting(every_weeks=weeks, weekday=weekday, due_after=weeks * 7 - 2)
    upcoming = next_scheduled(setting, day)
    assert day < upcoming <= day + timedelta(weeks=weeks)
    assert upcoming.weekday() == weekday
    assert next_scheduled(setting, upcoming) - upcoming == timedelta(weeks=weeks)
    opens = opening_day(upcoming, CALENDAR)
    assert CALENDAR.is_workday(opens)
    assert due_day(setting, upcoming, CALENDAR) > opens
    assert CALENDAR.is_workday(due_day(setting, upcoming, CALENDAR))


@given(YEARS)
def test_numbers_follow_each_other_within_a_year(day):
    first = next_scheduled(USUAL, day)
    (year, number), after = number_of(USUAL, first), number_of(USUAL, next_scheduled(USUAL, first))
    assert after in ((year, number + 1), (year + 1, 1))


def test_in_a_year_whose_holidays_nobody_entered_the_round_opens_on_its_own_day():
    day = next_scheduled(USUAL, date(2027, 2, 1))
    assert opening_day(day, CALENDAR) == day


@pytest.mark.parametrize("fault", [{"every_weeks": 0}, {"every_weeks": 9}, {"due_after": 14}])
def test_a_schedule_that_overtakes_itself_is_refused(fault):
    with pytest.raises(Refused):
        RoundSetting(**fault)


@given(st.lists(st.builds(AskFacts, st.booleans(), st.booleans(), SECTIONS)))
def test_what_was_asked_is_what_came_what_had_nothing_and_what_is_missing(asks):
    counts = counts_of(asks)
    assert counts.content + counts.nothing + counts.missing == counts.asked == len(asks)
    assert counts.items == sum(counts.by_section.values())


@given(YEARS, st.integers(0, 5), st.integers(-20, 10))
def test_after_two_reminders_the_clock_says_nothing_more(due_on, reminders, days):
    step = automatic_step(due_on + timedelta(days=days), due_on, reminders)
    if days >= -2 and reminders >= MOST_REMINDERS:
        assert step == ""
    elif days < -2:
        assert step == "open"
    else:
        assert step == ("reminder-before" if days < 0 else "reminder-due")
