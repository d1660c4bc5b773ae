"""The timetable's page: what ran, what failed, whether anybody keeps it, and run now."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cast import build_town

from taole.core.database import db
from taole.core.jobs import lead, run_due
from taole.core.models import JobAsk, JobRun
from taole.core.transactions import transaction
from taole.schedule.jobs import tidy_runs
from taole.schedule.timetable import BY_NAME, TIMETABLE

MORNING = datetime(2023, 9, 20, 1, tzinfo=UTC)


@pytest.fixture
def clerk(app, sign_in):
    with time_machine.travel(MORNING, tick=False):
        with transaction():
            build_town()
        yield sign_in("li")


def page(client, address="/schedule"):
    return client.get(address).get_data(as_text=True)


def test_the_clerk_is_told_when_nobody_keeps_the_timetable(clerk):
    said = page(clerk)
    assert "定时任务没有在运行" in said
    assert "请在服务器上启动 taole serve" in said


def test_a_kept_timetable_shows_each_job_with_its_last_and_next_run(clerk):
    run_due(tuple(job for job in TIMETABLE if job.name == "end-notices"), MORNING)
    said = page(clerk)
    assert "定时任务都正常" in said
    assert "结束 0 件" in said
    for job in TIMETABLE:
        assert job.label in said, job.name


def test_a_job_that_failed_stands_in_the_first_sentence_and_in_the_log(clerk):
    lead(MORNING)
    with transaction():
        db.session.add(
            JobRun(
                job="end-notices",
                due_at=MORNING - timedelta(hours=8),
                host="taole:1:a",
                started_at=MORNING - timedelta(hours=8),
                ended_at=MORNING - timedelta(hours=8),
                error="完成 2 处，1 处没成功：陶乐镇 ValueError",
            )
        )
    assert "1 项定时任务上次没有成功" in page(clerk)
    for address in ("/schedule/runs?troubled=1", "/schedule/runs?job=end-notices"):
        assert "陶乐镇 ValueError" in page(clerk, address)
    assert "没有运行记录" in page(clerk, "/schedule/runs?job=verify-trail")


def test_run_now_is_asked_once_and_taken_by_the_leader(clerk):
    for _ in range(2):
        assert clerk.post("/schedule/end-notices/run").status_code == 302
    assert [ask.asked_by_name for ask in db.session.query(JobAsk)] == ["李某"]
    run_due((BY_NAME["end-notices"],), MORNING)
    assert db.session.query(JobAsk).count() == 0
    moments = sorted(run.due_at for run in db.session.query(JobRun).filter_by(job="end-notices"))
    assert moments[-1] == MORNING, "the moment of the asking, beside the night's own run"


def test_a_job_that_does_not_exist_cannot_be_asked_for(clerk):
    assert clerk.post("/schedule/no-such-job/run").status_code == 404


def test_a_clock_set_back_is_said_with_both_moments_and_confirmed_by_a_button(clerk):
    lead(MORNING + timedelta(days=1))
    said = page(clerk)
    assert "本机时钟不对，定时任务停着" in said
    assert "9月20日" in said
    assert "9月21日" in said
    clerk.post("/schedule/clock")
    assert "本机时钟不对" not in page(clerk)


def test_the_log_of_every_minute_is_kept_for_two_days(app):
    def ran(name, at):
        return JobRun(job=name, due_at=at, host="taole:1:a", started_at=at, ended_at=at)

    with transaction():
        for days in (1, 3, 5):
            for name in ("scan-files", "end-notices"):
                db.session.add(ran(name, MORNING - timedelta(days=days)))
    with time_machine.travel(MORNING, tick=False):
        assert tidy_runs() == "清理 2 条"
    assert db.session.query(JobRun).filter_by(job="end-notices").count() == 3
