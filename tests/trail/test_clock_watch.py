"""A clock that contradicts what was recorded is noticed, said, and stops the timetable."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from taole.core.jobs import lead
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM
from taole.schedule import commands
from taole.schedule.commands import tick
from taole.trail.actions import record
from taole.trail.clock_rules import LONGEST_REST, TOLERANCE, ClockState, judge_clock
from taole.trail.clock_watch import confirm_clock, look_at_clock

MORNING = datetime(2023, 9, 20, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@given(st.integers(-400 * 86400, 400 * 86400).map(lambda n: timedelta(seconds=n)))
def test_a_clock_is_right_from_just_before_the_last_tick_to_a_month_after(away):
    verdict = judge_clock(MORNING + away, last_tick=MORNING, newest_record=None)
    assert verdict.is_right == (-TOLERANCE <= away <= LONGEST_REST)


def test_a_new_house_trusts_its_clock():
    assert judge_clock(MORNING, last_tick=None, newest_record=None).is_right


def write_a_line(at):
    with time_machine.travel(at, tick=False), transaction():
        record("found_unit", "unit", None, by=SYSTEM, township_id=None)


def test_a_clock_set_back_a_day_is_behind_the_newest_record(app):
    write_a_line(MORNING)
    verdict = look_at_clock(MORNING - DAY)
    assert (verdict.state, verdict.against) == (ClockState.BEHIND, MORNING)
    assert look_at_clock(MORNING + DAY).is_right


@pytest.fixture
def ran(monkeypatch):
    """The moments at which the timetable was looked at."""
    moments = []

    def note(_jobs, at):
        lead(at)
        moments.append(at)
        return []

    monkeypatch.setattr(commands, "run_due", note)
    return moments


def test_nothing_runs_while_the_clock_is_a_day_behind_or_a_year_ahead(app, ran):
    for at in (MORNING, MORNING - DAY, MORNING + 365 * DAY, MORNING + timedelta(minutes=1)):
        tick(at)
    assert ran == [MORNING, MORNING + timedelta(minutes=1)]


def test_three_days_without_power_are_no_reason_to_doubt_the_clock(app, ran):
    tick(MORNING)
    tick(MORNING + 3 * DAY)
    assert len(ran) == 2


def test_a_person_who_says_the_clock_is_right_lets_the_timetable_go_on(app, ran):
    tick(MORNING)
    tick(MORNING + 60 * DAY)
    with time_machine.travel(MORNING + 60 * DAY, tick=False), transaction():
        assert confirm_clock(MORNING + 60 * DAY, by=SYSTEM).is_right
    tick(MORNING + 60 * DAY)
    assert ran == [MORNING, MORNING + 60 * DAY]


def test_lines_written_under_a_clock_a_year_ahead_are_forgiven_by_a_person(app, ran):
    tick(MORNING)
    write_a_line(MORNING + 365 * DAY)
    today = MORNING + DAY
    tick(today)
    assert ran == [MORNING]
    with time_machine.travel(today, tick=False), transaction():
        assert confirm_clock(today, by=SYSTEM).is_right
    tick(today)
    write_a_line(today + DAY)
    tick(today + 2 * DAY)
    assert ran == [MORNING, today, today + 2 * DAY]
    assert look_at_clock(MORNING).state is ClockState.BEHIND
