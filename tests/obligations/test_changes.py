"""Changing the catalogue and the calendar: the future follows, the past stays."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from village_catalogue import build_catalogue

from taole.core.calendar_store import EnteredDay
from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.periods import Frequency
from taole.core.transactions import transaction
from taole.obligations.actions import (
    answer,
    change_item,
    enter_calendar_year,
    mark_in_review,
    open_obligations,
    preview_calendar_year,
    preview_item_change,
    record_event,
    retire_item,
)
from taole.obligations.calendar_text import read_year, write_year
from taole.obligations.item_changes import Preview
from taole.obligations.models import Obligation
from taole.obligations.queries import list_for_period
from taole.organisation.actions import SYSTEM
from taole.trail.queries import list_lines_of

JULY = date(2023, 7, 1)
MAY = noon(date(2023, 5, 3))


@pytest.fixture
def catalogue(town, monkeypatch):
    monkeypatch.setattr("taole.obligations.item_changes.today", lambda: date(2023, 5, 3))
    monkeypatch.setattr("taole.obligations.opening.today", lambda: date(2023, 5, 3))
    made = build_catalogue(town)
    with transaction():
        open_obligations(town.township, through=date(2024, 1, 31), by=SYSTEM)
    return made


def slots(town, code, village=0):
    found = select(Obligation).where(
        Obligation.unit_id == town.villages[village].id, Obligation.item_code == code
    )
    return list(db.session.scalars(found.order_by(Obligation.period_key)))


def test_retiring_an_item_removes_future_slots_and_no_past_one(town, catalogue):
    assert preview_item_change(catalogue.accounts, JULY) == Preview(5, 10)
    done = retire_item(catalogue.accounts, from_on=JULY, by=town.li, at=MAY)
    assert (done.removed, done.followed, done.kept) == (10, 0, 0)
    assert [each.period_key for each in slots(town, "CW-01")] == ["2023Q1", "2023Q2"]


def test_what_is_answered_or_under_review_stays_when_an_item_is_retired(town, catalogue):
    third, fourth = slots(town, "CW-01")[2:]
    answer(third, notice_id=new_id(), answered_on=date(2023, 7, 2), by=town.chen)
    mark_in_review([fourth], MAY)
    assert preview_item_change(catalogue.accounts, JULY) == Preview(4, 8, 2)
    retire_item(catalogue.accounts, from_on=JULY, by=town.li, at=MAY)
    assert len(slots(town, "CW-01")) == 4
    assert len(slots(town, "CW-01", village=1)) == 2


def test_a_later_due_day_moves_future_slots_and_no_past_one(town, catalogue):
    before = {each.period_key: (each.id, each.due_on) for each in slots(town, "CW-01")}
    change_item(
        catalogue.accounts,
        from_on=JULY,
        by=town.li,
        at=MAY,
        deadline={"rule": "quarter_day", "month_of_quarter": 1, "day": 25},
    )
    after = {each.period_key: (each.id, each.due_on) for each in slots(town, "CW-01")}
    assert after["2023Q2"] == before["2023Q2"]
    assert after["2023Q3"] == (before["2023Q3"][0], date(2023, 10, 25))


def test_a_quarterly_matter_made_monthly_is_owed_by_the_month_from_then_on(town, catalogue):
    change_item(
        catalogue.accounts,
        from_on=JULY,
        by=town.li,
        at=MAY,
        frequency=Frequency.MONTHLY,
        deadline={"rule": "month_day", "day": 10},
    )
    keys = [each.period_key for each in slots(town, "CW-01")]
    assert [key for key in keys if "Q" in key] == ["2023Q1", "2023Q2"]
    assert [key for key in keys if "-" in key][:2] == ["2023-07", "2023-08"]
    assert list_for_period(town.villages[0].id, "CW-01", "2023-07")[0].due_on == date(2023, 8, 10)


def test_a_new_holiday_moves_the_open_deadlines_after_it_on_confirmation(town, catalogue):
    event = record_event(
        town.villages[0],
        catalogue.dibao,
        happens_on=date(2023, 9, 4),
        title="低保初审",
        by=town.chen,
    )
    assert event.due_on == date(2023, 9, 18)
    holiday = [EnteredDay(date(2023, 9, 5), False, "本县纪念日")]
    on = date(2023, 9, 5)
    moves = preview_calendar_year(2023, holiday, on=on)
    assert [(move.before, move.after) for move in moves] == [(date(2023, 9, 18), date(2023, 9, 19))]
    assert event.due_on == date(2023, 9, 18)
    enter_calendar_year(2023, holiday, by=town.li, on=on)
    assert event.due_on == date(2023, 9, 19)
    assert list_lines_of(event.id)[-1].before == {"due_on": "2023-09-18"}
    assert preview_calendar_year(2023, holiday, on=on) == []


def test_answered_and_overdue_deadlines_do_not_move(town, catalogue):
    event = record_event(
        town.villages[0],
        catalogue.dibao,
        happens_on=date(2023, 9, 4),
        title="低保初审",
        by=town.chen,
    )
    holiday = [EnteredDay(date(2023, 9, 5), False)]
    assert preview_calendar_year(2023, holiday, on=date(2023, 9, 20)) == []
    answer(event, notice_id=new_id(), answered_on=date(2023, 9, 6), by=town.chen)
    assert preview_calendar_year(2023, holiday, on=date(2023, 9, 5)) == []


def test_a_year_is_typed_one_line_a_day_or_a_stretch():
    days = read_year(2027, "2027-02-05至2027-02-07 休 春节\n\n2027-02-14 班 春节\n2027年5月1日 休")
    assert [each.day.day for each in days] == [5, 6, 7, 14, 1]
    assert [each.is_workday for each in days] == [False, False, False, True, False]
    assert read_year(2027, write_year(days)) == days


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("春节放假", "第1行看不懂"),
        ("2027-02-05 休 春节\n2027-13-01 休", "第2行：日期"),
        ("2026-02-05 休 春节", "第1行：日期不在2027年里"),
        ("2027-02-07至2027-02-05 休", "第1行：起止日期写反了"),
        ("2027-02-05 休\n2027-02-05 班", "第2行：2027-02-05已经写过"),
    ],
)
def test_a_wrong_line_of_the_calendar_is_named(lines, fault):
    with pytest.raises(Refused) as refused:
        read_year(2027, lines)
    assert fault in str(refused.value)
