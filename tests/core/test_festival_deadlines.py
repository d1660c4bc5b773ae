"""Deadlines around National Day and Spring Festival, by a table that was counted by hand.

The days off and the make-up days are those of the State Council's yearly notices for 2023 to 2026;
each date below was counted on a wall calendar.
"""

from datetime import date

import pytest

from taole.core.calendar_store import EnteredDay, enter_year, work_calendar
from taole.core.transactions import transaction
from taole.core.workdays import UnknownYear, WorkCalendar

# from · working days · due
BY_HAND = """
2023-01-19  5 2023-01-31   春节 1月21—27日休，28、29日上班
2023-01-19 20 2023-02-21
2023-09-25 10 2023-10-13   中秋国庆 9月29日—10月6日休，7、8日上班
2023-09-28  5 2023-10-11
2024-02-02  5 2024-02-08   春节 2月10—17日休，4、18日上班（除夕9日不放假）
2024-02-02 10 2024-02-21
2024-09-27  5 2024-10-10   国庆 10月1—7日休，9月29日、10月12日上班
2024-09-27 10 2024-10-16
2025-01-24  5 2025-02-07   春节 1月28日—2月4日休，1月26日、2月8日上班
2025-01-24 10 2025-02-13
2025-09-26  5 2025-10-10   国庆中秋 10月1—8日休，9月28日、10月11日上班
2025-09-26 10 2025-10-16
2026-02-12  5 2026-02-26   春节 2月15—23日休，14、28日上班
2026-02-12 10 2026-03-04
2026-09-18  5 2026-09-24   国庆 10月1—7日休，9月20日、10月10日上班；中秋 9月25—27日休
2026-09-18 20 2026-10-22
"""
LAST_DAY_ON_A_HOLIDAY = """
2023-01-24 2023-01-28
2023-10-01 2023-10-07
2024-02-12 2024-02-18
2024-10-06 2024-10-08
2025-01-30 2025-02-05
2025-10-05 2025-10-09
2026-02-20 2026-02-24
2026-10-03 2026-10-08
"""
OF_2027 = [
    *(EnteredDay(date(2027, 2, day), False, "春节") for day in range(5, 12)),
    EnteredDay(date(2027, 1, 31), True, "调休上班"),
    EnteredDay(date(2027, 2, 14), True, "调休上班"),
]


def lines(table):
    return [line.split()[: 3 if table is BY_HAND else 2] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("start", "days", "due"), lines(BY_HAND))
def test_a_deadline_of_working_days_is_the_one_counted_by_hand(start, days, due):
    calendar = WorkCalendar.from_library()
    assert calendar.add(date.fromisoformat(start), int(days)) == date.fromisoformat(due)


@pytest.mark.parametrize(("last", "due"), lines(LAST_DAY_ON_A_HOLIDAY))
def test_a_last_day_in_the_holidays_moves_to_the_first_working_day(last, due):
    calendar = WorkCalendar.from_library()
    assert calendar.on_or_after(date.fromisoformat(last)) == date.fromisoformat(due)


def test_2027_is_refused_until_its_table_is_entered_and_then_equals_it(app):
    with pytest.raises(UnknownYear):
        work_calendar().add(date(2027, 2, 3), 5)
    with pytest.raises(UnknownYear):
        work_calendar().add(date(2026, 12, 28), 10)
    with transaction():
        enter_year(2027, OF_2027)
    calendar = work_calendar()
    assert calendar.add(date(2027, 2, 3), 5) == date(2027, 2, 16)
    assert calendar.add(date(2026, 12, 28), 10) == date(2027, 1, 11)
    assert calendar.on_or_after(date(2027, 2, 6)) == date(2027, 2, 12)
    with pytest.raises(UnknownYear):
        calendar.add(date(2027, 12, 30), 5)
