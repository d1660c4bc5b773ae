"""Who is told of the notice to come, once a quarter, and of the week's brief, once a week."""

from datetime import date, datetime, time

import pytest
import time_machine
from cast import build_town
from sqlalchemy import select

from taole.core.clock import SHANGHAI
from taole.core.database import db
from taole.core.transactions import transaction
from taole.notifications.models import Message
from taole.notifications.plan import Plan
from taole.notifications.settings import keep_plan
from taole.obligations.actions import open_obligations
from taole.organisation.actions import SYSTEM
from taole.oversight.brief_jobs import send_briefs
from taole.oversight.circular_jobs import draft_circulars
from taole.schedule.timetable import TIMETABLE
from tests.obligations.village_catalogue import build_catalogue

one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def on(day, job):
    with time_machine.travel(datetime.combine(day, time(9), SHANGHAI), tick=False):
        return job()


@pytest.fixture
def autumn(app):
    """陶乐镇 in September 2023, reminders on; its villages have posted nothing."""
    with time_machine.travel("2023-09-01T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
        build_catalogue(town)
        with transaction():
            open_obligations(town.township, through=date(2023, 12, 31), by=SYSTEM)
            keep_plan(town.township, Plan(is_on=True, since=date(2023, 9, 1)), by=SYSTEM)
    return town


def messages(key):
    found = db.session.scalars(select(Message).where(Message.key.startswith(key)))
    return sorted(found, key=lambda each: each.day)


def test_clerk_and_leader_are_told_once_in_the_last_ten_days_of_a_quarter(autumn):
    assert on(date(2023, 9, 20), draft_circulars) == "还没到时候"
    assert on(date(2023, 9, 21), draft_circulars) == "告诉 2 人"
    assert on(date(2023, 9, 21), draft_circulars) == "告诉 0 人"
    assert on(date(2023, 9, 30), draft_circulars) == "告诉 0 人"
    assert on(date(2023, 10, 1), draft_circulars) == "还没到时候"
    told = messages("circular:2023Q3")
    assert {each.person_id for each in told} == {autumn.li.id, autumn.zhao.id}
    assert all(len(each.text) < 500 for each in told)
    assert "【2023年第三季度通报预估】" in told[0].text
    assert "东园村2023年6月补贴发放应于7月15日前公示，至9月21日未公示，超期68天" in told[0].text
    assert on(date(2023, 12, 25), draft_circulars) == "告诉 2 人", "the next quarter has its own"


@one_engine
def test_nobody_is_told_where_reminders_are_off(autumn):
    with transaction():
        keep_plan(autumn.township, Plan(is_on=False), by=SYSTEM)
    assert on(date(2023, 9, 25), draft_circulars) == "告诉 0 人"
    assert on(date(2023, 9, 25), send_briefs) == "告诉 0 人"
    assert messages("circular") == messages("brief") == []


@one_engine
def test_a_leader_gets_one_brief_of_each_week(autumn):
    assert on(date(2023, 9, 18), send_briefs) == "告诉 1 人"
    assert on(date(2023, 9, 18), send_briefs) == "告诉 0 人"
    assert on(date(2023, 9, 24), send_briefs) == "告诉 0 人", "a late run tells of the same week"
    assert on(date(2023, 9, 25), send_briefs) == "告诉 1 人"
    told = messages("brief")
    assert [each.key for each in told] == ["brief:2023-09-17", "brief:2023-09-24"]
    assert {each.person_id for each in told} == {autumn.zhao.id}
    assert "最多的是" in told[0].text
    assert "2023-09-17" in told[0].text
    assert all(len(each.text) < 500 for each in told)


def test_both_stand_in_the_timetable():
    jobs = {task.run for task in TIMETABLE}
    assert {send_briefs, draft_circulars} <= jobs
