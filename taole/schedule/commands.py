"""``taole schedule``: the timetable looked at, one job run, the timetable kept."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from datetime import datetime

import click
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask
from sqlalchemy.exc import OperationalError
from structlog import get_logger

from taole.core.clock import SHANGHAI, local, now
from taole.core.commands import json_option, operates, print_json
from taole.core.database import db
from taole.core.jobs import keep_lead, run_due, run_once
from taole.core.models import JobRun
from taole.organisation.actions import SYSTEM
from taole.schedule.overview import jobs_at
from taole.schedule.timetable import BY_NAME, EVERY_SECONDS, RENEW_SECONDS, TIMETABLE
from taole.trail.clock_watch import confirm_clock as confirm
from taole.trail.clock_watch import look_at_clock

log = get_logger("taole")


@click.command("list")
@json_option
@operates()
def list_jobs(as_json: bool) -> None:
    """Every job: when it is next due, when it last ran, and how that went."""
    rows = [
        {
            "name": each.job.name,
            "label": each.job.label,
            "next": _said(each.next_at),
            "last": _said(each.latest.due_at) if each.latest else None,
            "took": each.took.total_seconds() if each.took else None,
            "result": each.latest.result if each.latest else None,
            "error": each.latest.error if each.latest else None,
        }
        for each in jobs_at(now())
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        done = row["error"] or row["result"] or "–"
        click.echo(f"{row['name']:<20} 下次 {row['next']}  上次 {row['last'] or '–'}  {done}")


@click.command("once")
@click.argument("name", type=click.Choice(sorted(BY_NAME)))
@operates()
def once(name: str) -> None:
    """Run one job now."""
    run = run_once(BY_NAME[name], now())
    if run is None or run.error:
        click.echo(f"{name}: {run.error if run else '正在运行'}", err=True)
        sys.exit(1)
    click.echo(run.result or "")


@click.command("confirm-clock")
@operates(writes=True)
def confirm_clock() -> None:
    """Say that this host's clock is right although records contradict it."""
    verdict = confirm(now(), by=SYSTEM)
    click.echo(str(verdict.state))


@click.command("run")
def run() -> None:
    """Keep the timetable in a process of its own, until stopped."""
    end_on_term()
    _keep(BlockingScheduler(timezone=SHANGHAI), _app())


def end_on_term() -> None:
    """Let SIGTERM end the process as Ctrl-C does: what runs is finished, all is closed."""

    def end(_signal: int, _frame: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)


def start_in_background(app: Flask) -> BaseScheduler:
    """Keep the timetable in a thread of this process (one machine: ``taole serve``)."""
    return _keep(BackgroundScheduler(timezone=SHANGHAI), app)


def keep_time(app: Flask) -> None:
    """Run what is due now; a database that is busy or gone is asked again at the next tick."""
    try:
        with app.app_context():
            tick(now())
    except OperationalError as error:
        log.error("timetable waits for the database", kind=type(error.orig).__name__)


def tick(at: datetime) -> list[JobRun]:
    """What is due at a moment, unless the host's clock contradicts what was recorded."""
    verdict = look_at_clock(at)
    db.session.rollback()
    if not verdict.is_right:
        log.error("timetable waits: the clock is wrong", state=verdict.state.name)
        return []
    return run_due(TIMETABLE, at)


def stay_leader(app: Flask) -> None:
    """Renew the lead beside a job that takes long; the tick itself waits for that job."""
    with app.app_context(), suppress(OperationalError):
        if look_at_clock(now()).is_right:
            keep_lead(now())
        db.session.rollback()


def _keep(scheduler: BaseScheduler, app: Flask) -> BaseScheduler:
    scheduler.add_job(
        keep_time,
        "interval",
        args=[app],
        seconds=EVERY_SECONDS,
        next_run_time=datetime.now(SHANGHAI),
        max_instances=1,
        coalesce=True,
    )
    scheduler.add_job(stay_leader, "interval", args=[app], seconds=RENEW_SECONDS, max_instances=1)
    scheduler.start()
    return scheduler


def _app() -> Flask:
    opened: Flask = click.get_current_context().find_root().obj()
    return opened


def _said(at: datetime | None) -> str | None:
    return f"{local(at):%Y-%m-%d %H:%M}" if at else None


COMMANDS: tuple[click.Command, ...] = (list_jobs, once, confirm_clock, run)
