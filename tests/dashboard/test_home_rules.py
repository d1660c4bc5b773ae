"""What a secretary's home says on a day, without a database."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.periods import Frequency, Period, label, period_containing
from taole.core.workdays import WorkCalendar
from taole.dashboard.home_rules import Doing, NoticeAtWork, Problem, Slot, arrange_home
from taole.dashboard.rules import (
    FORTNIGHT_ANCHOR,
    Press,
    PressingFinding,
    fortnight_of,
    last_fortnights,
    period_shown,
    pressing,
    soon,
)
from taole.dashboard.tallies import (
    Ahead,
    Review,
    Tally,
    VillageNow,
    by_section,
    by_village,
    first_and_last,
    total,
    trend_of,
)
from taole.notices.workflow import NoticeState
from taole.obligations.rules import Answer, Completeness, Facts

ON = date(2023, 9, 20)
AUGUST = period_containing(Frequency.MONTHLY, date(2023, 8, 1))
QUARTER = period_containing(Frequency.QUARTERLY, date(2023, 6, 1))
ITEM = SimpleNamespace(title="村级财务收支明细", title_en="", section="财务管理")


def slot(
    due_on: date,
    *,
    answered_on: date | None = None,
    answer: Answer | None = None,
    in_review: bool = False,
    is_confirmation: bool = False,
    period: Period = AUGUST,
) -> Slot:
    answer = answer or (Answer.NOTICE if answered_on else None)
    facts = Facts(due_on, answer, answered_on, in_review)
    return Slot(uuid4(), ITEM, period, due_on, facts, is_confirmation)


def home(*slots, notices=(), problems=(), on=ON):
    return arrange_home(slots, notices, problems, on)


def notice(state: NoticeState, *slots: Slot, reason: str = "") -> NoticeAtWork:
    answered = frozenset(each.id for each in slots)
    return NoticeAtWork(uuid4(), state, "东园村2023年8月财务收支", reason, answered)


def test_the_nineteenth_fortnight_of_2023_begins_on_the_eleventh_of_september():
    found = fortnight_of(ON)
    assert (found.start, found.end) == (FORTNIGHT_ANCHOR, date(2023, 9, 24))
    assert str(label(found)) == "2023年第19期"


def test_the_last_fortnights_follow_each_other_without_a_gap():
    found = last_fortnights(ON, 12)
    assert found[-1] == fortnight_of(ON)
    assert all(a.end + timedelta(days=1) == b.start for a, b in itertools.pairwise(found))


def test_what_was_due_yesterday_is_overdue_and_what_is_due_today_is_not():
    found = home(slot(date(2023, 9, 19)), slot(ON))
    assert [task.due_on for task in found.overdue] == [date(2023, 9, 19)]
    assert [task.due_on for task in found.due_now] == [ON]
    assert (found.to_do, found.late) == (2, 1)


def test_what_falls_due_after_the_fortnight_is_still_to_come():
    found = home(slot(date(2023, 9, 24)), slot(date(2023, 9, 25)))
    assert len(found.due_now) == len(found.coming) == 1
    assert found.to_do == 1


def test_a_returned_notice_is_listed_once_with_its_reason():
    owed = slot(date(2023, 9, 15))
    found = home(owed, notices=[notice(NoticeState.RETURNED, owed, reason="合计与明细对不上")])
    assert found.overdue == []
    (task,) = found.to_correct
    assert (task.doing, task.reason) == (Doing.CORRECT, "合计与明细对不上")
    assert found.late == 1


def test_a_returned_notice_that_answers_nothing_is_corrected_too():
    found = home(notices=[notice(NoticeState.RETURNED, reason="没有照片")])
    assert [task.text for task in found.to_correct] == ["东园村2023年8月财务收支"]


def test_a_notice_in_review_waits_for_the_township_even_when_overdue():
    owed = slot(date(2023, 9, 15), in_review=True)
    found = home(owed, notices=[notice(NoticeState.SECOND_REVIEW, owed)])
    assert found.to_do == 0
    assert [task.doing for task in found.waiting] == [Doing.WAIT]


@pytest.mark.parametrize(
    ("state", "doing"),
    [
        (NoticeState.DRAFT, Doing.GO_ON),
        (NoticeState.APPROVED, Doing.PUT_UP),
        (NoticeState.POSTED, Doing.PUT_UP),
    ],
)
def test_a_row_opens_the_notice_that_is_on_its_way(state, doing):
    owed = slot(date(2023, 9, 22))
    at_work = notice(state, owed)
    (task,) = home(owed, notices=[at_work]).due_now
    assert (task.doing, task.notice_id) == (doing, at_work.id)


def test_a_notice_that_answers_seven_matters_is_one_row_with_the_earliest_day():
    owed = [slot(date(2023, 9, 21) + timedelta(days=n)) for n in range(3)]
    (task,) = home(*owed, notices=[notice(NoticeState.DRAFT, *owed)]).due_now
    assert task.due_on == date(2023, 9, 21)


def test_thirty_six_confirmations_are_one_row():
    day = date(2023, 9, 22)
    many = [slot(day, is_confirmation=True, period=QUARTER) for _ in range(36)]
    found = home(*many, slot(day))
    confirm = [task for task in found.due_now if task.doing is Doing.CONFIRM]
    assert [(task.count, task.period) for task in confirm] == [(36, QUARTER)]
    assert found.to_do == 2
    assert found.in_fortnight == 2


def test_confirmations_that_are_half_done_still_wait_as_one():
    day = date(2023, 9, 22)
    done = slot(day, is_confirmation=True, answered_on=ON, answer=Answer.NOTHING)
    found = home(done, slot(day, is_confirmation=True))
    assert [task.count for task in found.due_now] == [1]
    assert found.ticks == [("wait", 1)]
    assert [task.count for task in found.done] == [1]


def test_a_finding_is_to_be_mended_by_its_day():
    found = home(problems=[Problem(UUID(int=1), "公示栏没写监督电话", "补上", date(2023, 9, 22))])
    (task,) = found.to_correct
    assert (task.doing, task.finding_id) == (Doing.MEND, UUID(int=1))


def test_what_was_posted_later_was_still_open_on_that_day():
    owed = slot(date(2023, 9, 19), answered_on=date(2023, 9, 21))
    assert home(owed).late == 1
    assert home(owed, on=date(2023, 9, 21)).to_do == 0


def test_everything_done_leaves_nothing_to_do_and_green_ticks():
    found = home(*(slot(date(2023, 9, 22), answered_on=date(2023, 9, 14)) for _ in range(12)))
    assert found.to_do == 0
    assert found.ticks == [("ok", 12)]
    assert len(found.done) == 12


def test_what_the_township_excused_is_nobodys_to_do():
    found = home(slot(date(2023, 9, 15), answer=Answer.EXCUSED, answered_on=ON))
    assert (found.to_do, found.in_fortnight) == (0, 0)


days = st.dates(date(2023, 8, 1), date(2023, 10, 31))
slots = st.builds(
    lambda due, answered, review, confirm: slot(
        due, answered_on=answered, in_review=review and not answered, is_confirmation=confirm
    ),
    days,
    st.none() | days,
    st.booleans(),
    st.booleans(),
)


@given(st.lists(slots, max_size=12), days)
def test_no_matter_is_lost_or_shown_twice(owed, on):
    found = home(*owed, on=on)
    shown = [*found.overdue, *found.due_now, *found.coming, *found.waiting]
    ids = [task.obligation_id for task in shown if task.obligation_id]
    confirmed = sum(task.count for task in shown if task.doing is Doing.CONFIRM)
    assert len(ids) == len(set(ids))
    assert len(ids) + confirmed == sum(not each.facts.answered_by(on) for each in owed)


@given(st.lists(slots, max_size=12), days)
def test_there_is_a_tick_for_each_matter_of_the_fortnight(owed, on):
    found = home(*owed, on=on)
    assert sum(count for _kind, count in found.ticks) == found.in_fortnight
    assert found.late <= found.to_do


def village(name: str, overdue: int = 0, since: date | None = None) -> VillageNow:
    return VillageNow(uuid4(), "640221106201", name, None, overdue, since)


def test_what_presses_begins_with_what_hangs_unjudged_and_the_overdue_and_has_one_first_thing():
    rows = pressing(
        [village("东园村"), village("马太沟村", 2, date(2023, 9, 10))],
        [
            PressingFinding("庙庙湖村", "财务收支未公示", date(2023, 9, 18), False),
            PressingFinding("马太沟村", "没写监督电话", date(2023, 9, 22), False),
        ],
        Review(7, None, "高龄津贴发放", "东园村"),
        ON,
        Ahead(1, date(2023, 9, 18), "救灾资金发放", "东园村"),
    )
    assert [row.why for row in rows] == [
        Press.AHEAD,
        Press.OVERDUE,
        Press.FINDING_LATE,
        Press.REVIEW,
        Press.FINDING_SOON,
    ]
    assert [row.why for row in rows if row.is_first] == [Press.REVIEW]
    ahead, overdue = rows[:2]
    assert (ahead.count, ahead.days) == (1, 2)
    assert (overdue.count, overdue.days) == (2, 10)
    assert [each.name for each in overdue.villages] == ["马太沟村"]


def test_nothing_presses_when_everything_is_done():
    assert pressing([village("东园村")], [], Review(), ON) == []


def test_soon_is_the_third_working_day_and_passes_over_the_holiday():
    calendar = WorkCalendar.from_library()
    assert soon(date(2023, 9, 28), calendar) == date(2023, 10, 9)
    assert soon(date(2099, 9, 28), calendar) == date(2099, 10, 1)


def test_the_period_shown_is_the_quarter_or_the_fortnight():
    assert period_shown(ON, Frequency.QUARTERLY).key == "2023Q3"
    assert period_shown(ON, Frequency.INTERVAL).key == "2023F19"


def test_villages_sections_and_the_whole_add_up():
    east, west = village("东园村"), village("马太沟村")
    cells = {
        (east.id, "财务管理"): Tally(Completeness(3, 3, 2), 1, 4),
        (east.id, "社会保障"): Tally(Completeness(2, 1, 1), 0, 1),
        (west.id, "社会保障"): Tally(Completeness(5, 4, 4), 2, 0),
    }
    series = {(east.id, 11): Completeness(2, 1, 1), (west.id, 11): Completeness(2, 2, 1)}
    rows = by_village([east, west], cells, series, fortnights=12)
    assert total(row.tally for row in rows) == total(cells.values())
    assert [row.rates[-1] for row in rows] == [0.5, 1.0]
    assert rows[0].rates[:5] == [None] * 5
    sections = by_section(cells, ("社会保障", "强农惠农", "财务管理"))
    assert [name for name, _tally in sections] == ["社会保障", "财务管理"]
    trend = trend_of(series, last_fortnights(ON, 12))
    assert trend.completeness[-1] == 0.75
    assert trend.timeliness[0] is None


def test_the_years_figures_are_counted_to_the_day_shown():
    assert first_and_last(2023, ON) == (date(2023, 1, 1), ON)
    assert first_and_last(2022, ON) == (date(2022, 1, 1), date(2022, 12, 31))
    assert first_and_last(99999, ON) == (date(2023, 1, 1), ON)
