"""Information is disclosed within twenty working days of its making (条例 art 26)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from taole.core.workdays import UnknownYear, WorkCalendar
from taole.notices.workflow import NoticeState
from taole.oversight.disclosure_queries import list_late_disclosures, list_pressing
from taole.oversight.disclosure_rules import Disclosure, Timeliness, last_day
from tests.oversight.website_factory import adopt_columns, put_online

CALENDAR = WorkCalendar.from_library()


@pytest.mark.parametrize(
    ("formed", "due"),
    [
        # counted by hand on the State Council's announcements
        (date(2023, 9, 1), date(2023, 10, 7)),  # 29 September to 6 October off, 7 October worked
        (date(2023, 1, 10), date(2023, 2, 10)),  # 21 to 27 January off, 28 and 29 worked
        (date(2024, 2, 1), date(2024, 3, 5)),  # 10 to 17 February off, 4 and 18 worked
        (date(2025, 6, 2), date(2025, 6, 30)),  # formed on a day off
    ],
)
def test_the_twentieth_working_day_is_counted_over_holidays(formed, due):
    assert last_day(formed, CALENDAR) == due


def test_a_year_without_a_calendar_is_said_and_never_guessed():
    last_known = max(CALENDAR.confirmed_years)
    formed = date(last_known, 12, 20)
    with pytest.raises(UnknownYear):
        last_day(formed, CALENDAR)
    unknown = Disclosure.of(formed, None, CALENDAR)
    assert unknown.timeliness(formed) is Timeliness.UNKNOWN
    assert unknown.days_over(formed) == 0
    assert f"{last_known + 1}年的放假安排没有确认" in str(unknown.in_words(formed))


def test_what_is_disclosed_after_its_last_day_is_late_by_so_many_days():
    due = last_day(date(2023, 3, 1), CALENDAR)
    late = Disclosure.of(date(2023, 3, 1), due + timedelta(3), CALENDAR)
    assert late.timeliness(due) is Timeliness.WAITING
    assert late.timeliness(due + timedelta(1)) is Timeliness.OVERDUE
    assert late.timeliness(due + timedelta(9)) is Timeliness.LATE
    assert late.days_over(due + timedelta(9)) == 3
    assert "迟3天" in str(late.in_words(due + timedelta(9)))
    assert "超1天还没有公开" in str(late.in_words(due + timedelta(1)))
    assert "剩0天" in str(late.in_words(due))
    in_time = Disclosure.of(date(2023, 3, 1), due, CALENDAR)
    assert in_time.timeliness(due) is Timeliness.IN_TIME
    assert "没有超过" in str(in_time.in_words(due))


@pytest.fixture
def columns(town):
    return adopt_columns(town.township)


def test_the_late_the_overdue_and_the_waiting_are_told_apart(town, columns):
    paper, on = columns["WZ-01"], date(2023, 6, 30)
    put_online(town.office, paper, date(2023, 4, 10), "按时的", formed_on=date(2023, 4, 3))
    put_online(town.office, paper, date(2023, 6, 1), "迟的", formed_on=date(2023, 4, 3))
    put_online(town.office, paper, date(2023, 7, 9), "还没公开的", formed_on=date(2023, 4, 4))
    put_online(town.office, paper, date(2023, 7, 9), "等公开的", formed_on=date(2023, 6, 28))
    put_online(
        town.office,
        paper,
        date(2023, 6, 1),
        "撤回的",
        formed_on=date(2023, 4, 3),
        state=NoticeState.WITHDRAWN,
    )
    put_online(town.office, paper, date(2023, 6, 1), "没填日期的")
    late = list_late_disclosures(town.township, date(2023, 4, 1), date(2023, 6, 30))
    assert [each.notice.title for each in late] == ["迟的", "还没公开的"]
    pressing = list_pressing(town.township, on)
    assert [(each.notice.title, each.timeliness) for each in pressing] == [
        ("还没公开的", Timeliness.OVERDUE),
        ("等公开的", Timeliness.WAITING),
    ]
    assert list_late_disclosures(town.township, date(2023, 7, 1), date(2023, 9, 30)) == []


def test_the_page_names_what_waits_and_what_was_late(town, columns, sign_in):
    paper = columns["WZ-01"]
    put_online(town.office, paper, date(2023, 6, 1), "迟公开的文件", formed_on=date(2023, 4, 3))
    li = sign_in("li")
    shown = li.get("/website-duty/640221106/disclosures?on=2023-06-30").get_data(as_text=True)
    assert "没有等公开的信息" in shown
    assert "2023年公开的：按时 0 件，迟 1 件" in shown
    assert "迟公开的文件" in shown
    earlier = li.get("/website-duty/640221106/disclosures?on=2023-05-20").get_data(as_text=True)
    assert "1 件等公开，其中 1 件已超过20个工作日" in earlier
