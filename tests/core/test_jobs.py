"""The clock: each due moment runs once, whoever wakes up, and a missed one is caught up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from taole.core import jobs
from taole.core.database import db
from taole.core.jobs import (
    Job,
    ask_for,
    for_each,
    forget_runs,
    keep_lead,
    last_due,
    lead,
    next_due,
    run_due,
    run_once,
)
from taole.core.models import JobRun
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM

NIGHT = datetime(2023, 9, 20, 17, 10, tzinfo=UTC)  # 01:10 on the 21st in Shanghai


@pytest.fixture
def told():
    return []


@pytest.fixture
def nightly(told):
    def run():
        told.append("ran")
        return "opened 3"

    return Job("nightly", "每夜", "10 1 * * *", run)


def test_the_nightly_job_is_due_at_ten_past_one_in_shanghai(nightly):
    assert last_due(nightly, NIGHT) == NIGHT
    assert last_due(nightly, NIGHT - timedelta(seconds=1)) == NIGHT - timedelta(days=1)
    assert next_due(nightly, NIGHT + timedelta(minutes=1)) == NIGHT + timedelta(days=1)


def test_a_job_of_every_minute_is_due_at_the_last_full_minute():
    job = Job("often", "每分钟", "* * * * *", lambda: "")
    assert last_due(job, NIGHT + timedelta(seconds=59)) == NIGHT


def test_a_job_of_one_day_in_the_week_is_still_found():
    job = Job("weekly", "每周", "0 3 * * thu", lambda: "")
    assert last_due(job, NIGHT) == NIGHT.replace(hour=19, minute=0) - timedelta(days=7)


def test_a_due_moment_runs_once_however_often_the_clock_ticks(app, nightly, told):
    for seconds in (0, 20, 40, 3600):
        run_due((nightly,), NIGHT + timedelta(seconds=seconds))
    assert told == ["ran"]


def test_a_missed_night_is_caught_up_once(app, nightly, told):
    run_due((nightly,), NIGHT)
    run_due((nightly,), NIGHT + timedelta(days=3, hours=5))
    run_due((nightly,), NIGHT + timedelta(days=3, hours=6))
    assert told == ["ran", "ran"]


def test_a_second_host_runs_nothing_while_the_first_leads(app, nightly, told, monkeypatch):
    assert lead(NIGHT)
    monkeypatch.setattr(jobs, "me", lambda: "another-host:1")
    assert run_due((nightly,), NIGHT) == []
    assert told == []
    assert run_due((nightly,), NIGHT + timedelta(minutes=5)), "the lease has run out"


def test_two_leaders_at_once_still_run_a_moment_once(app, nightly, told):
    assert run_once(nightly, NIGHT) is not None
    assert run_once(nightly, NIGHT) is None
    assert told == ["ran"]


def test_what_a_killed_leader_began_is_run_by_the_next_one(app, nightly, told, monkeypatch):
    def killed():
        raise SystemExit

    with pytest.raises(SystemExit):
        run_due((replace(nightly, run=killed),), NIGHT)
    monkeypatch.setattr(jobs, "me", lambda: "another-host:1:b")
    assert run_due((nightly,), NIGHT + timedelta(minutes=1)) == [], "the lease still runs"
    (run,) = run_due((nightly,), NIGHT + timedelta(minutes=3))
    assert (told, run.result) == (["ran"], "opened 3")
    assert run_due((nightly,), NIGHT + timedelta(minutes=4)) == []
    assert db.session.query(JobRun).count() == 1


def test_a_leader_does_not_take_over_what_it_is_running_itself(app, nightly, told):
    run_once(replace(nightly, run=lambda: f"{len(run_due((nightly,), NIGHT))} ran"), NIGHT)
    assert told == []


def test_a_long_job_keeps_its_leader_in_the_lead(app, monkeypatch):
    assert lead(NIGHT)
    keep_lead(NIGHT + timedelta(seconds=90))
    monkeypatch.setattr(jobs, "me", lambda: "another-host:1:b")
    assert not lead(NIGHT + timedelta(minutes=3))
    keep_lead(NIGHT + timedelta(hours=1))
    assert lead(NIGHT + timedelta(minutes=4)), "who does not lead renews nothing"


def test_a_job_asked_for_runs_once_at_the_next_tick_and_keeps_its_own_time(app, nightly, told):
    run_due((nightly,), NIGHT)
    for _ in range(2):
        with transaction():
            ask_for(nightly, by=SYSTEM, at=NIGHT + timedelta(hours=5))
    run_due((nightly,), NIGHT + timedelta(hours=5, seconds=20))
    run_due((nightly,), NIGHT + timedelta(hours=5, seconds=40))
    assert told == ["ran", "ran"]
    run_due((nightly,), NIGHT + timedelta(days=1))
    assert told == ["ran"] * 3


def test_a_village_that_fails_does_not_stop_the_others_and_is_named(app, told):
    def open_one(village):
        if village == "马太沟村":
            raise ValueError("身份证 640221190001010000")
        told.append(village)

    def run():
        return f"{for_each(['东园村', '马太沟村', '庙庙湖村'], open_one, name=str)} opened"

    run = run_once(Job("villages", "各村", "10 1 * * *", run), NIGHT)
    assert told == ["东园村", "庙庙湖村"]
    assert run.error == "完成 2 处，1 处没成功：马太沟村 ValueError"


def test_old_runs_are_forgotten_but_the_latest_of_each_job(app, nightly):
    for days in range(4):
        run = run_once(nightly, NIGHT + timedelta(days=days))
        with transaction():
            db.session.get_one(JobRun, run.id).started_at = NIGHT + timedelta(days=days)
    with transaction():
        assert forget_runs(before=NIGHT + timedelta(days=2), of=["nightly"]) == 2
        assert forget_runs(before=NIGHT + timedelta(days=9)) == 1
    assert [run.due_at for run in db.session.query(JobRun)] == [NIGHT + timedelta(days=3)]


def test_a_job_that_breaks_is_recorded_by_kind_and_the_others_still_run(app, nightly, told):
    def break_down():
        raise ValueError("身份证 640221200001010000")

    broken = Job("broken", "坏的", "10 1 * * *", break_down)
    run_due((broken, nightly), NIGHT)
    assert told == ["ran"]
    run = db.session.query(JobRun).filter_by(job="broken").one()
    assert run.error == "ValueError"
    assert "640221" not in f"{run.error}{run.result}"
