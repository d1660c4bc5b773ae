"""Jobs: what runs by the clock, one leader at a time, each due moment once.

A lease row says who leads; the unique row (job, due moment) is the fence behind it, so that two
hosts, a restart on the hour, or a leader that wakes up late never run the same moment twice.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from taole.core.clock import SHANGHAI, now
from taole.core.database import db
from taole.core.models import JobRun, Lease
from taole.core.transactions import transaction

LEADER = "scheduler"
HOLD_FOR = timedelta(minutes=2)
LOOK_BACK = (timedelta(minutes=2), timedelta(hours=2), timedelta(days=1), timedelta(days=8))
"""How far back a due moment is looked for: near first, a job of every minute is due often."""


@dataclass(frozen=True)
class Job:
    """A named job: when (cron, in Asia/Shanghai), what it is for, and what it does.

    ``run`` manages its own transactions, one for each item, and returns a line for the log.
    """

    name: str
    label: str
    cron: str
    run: Callable[[], str]

    @property
    def trigger(self) -> CronTrigger:
        return CronTrigger.from_crontab(self.cron, timezone=SHANGHAI)


def last_due(job: Job, at: datetime) -> datetime | None:
    """The latest moment up to ``at`` on which the job was due (within eight days)."""
    trigger, found = job.trigger, None
    for back in LOOK_BACK:
        due = trigger.get_next_fire_time(None, at - back)
        while due is not None and due <= at:
            found = due
            due = trigger.get_next_fire_time(due, due)
        if found is not None:
            break
    return found


def next_due(job: Job, at: datetime) -> datetime | None:
    due: datetime | None = job.trigger.get_next_fire_time(at, at)
    return due


def me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def lead(at: datetime) -> bool:
    """Take or keep the lead; False while somebody else holds it."""
    with transaction():
        claimed = db.session.execute(
            update(Lease)
            .where(Lease.name == LEADER, or_(Lease.holder == me(), Lease.until < at))
            .values(holder=me(), until=at + HOLD_FOR)
        )
        if claimed.rowcount:  # type: ignore[attr-defined]
            return True
    try:
        with transaction():
            if db.session.get(Lease, LEADER) is not None:
                return False
            db.session.add(Lease(name=LEADER, holder=me(), until=at + HOLD_FOR))
    except IntegrityError:
        return False
    return True


def run_once(job: Job, due_at: datetime) -> JobRun | None:
    """Run a job for one due moment; None when that moment has been claimed already."""
    claim = JobRun(job=job.name, due_at=due_at, host=me(), started_at=now())
    try:
        with transaction():
            db.session.add(claim)
    except IntegrityError:
        return None
    result, error = "", ""
    try:
        result = job.run()
    except Exception as broken:
        # the kind alone: a message may carry what a person typed
        db.session.rollback()
        error = type(broken).__name__
    with transaction():
        run = db.session.get_one(JobRun, claim.id)
        run.ended_at, run.result, run.error = now(), result, error or None
    return run


def run_due(jobs: tuple[Job, ...], at: datetime) -> list[JobRun]:
    """What the leader does at each tick: every job whose latest due moment has not run."""
    if not lead(at):
        return []
    runs = []
    for job in jobs:
        due = last_due(job, at)
        if due is not None and find_run(job.name, due) is None:
            run = run_once(job, due)
            if run is not None:
                runs.append(run)
    return runs


def find_run(name: str, due_at: datetime) -> JobRun | None:
    return db.session.scalar(select(JobRun).where(JobRun.job == name, JobRun.due_at == due_at))


def find_latest(name: str) -> JobRun | None:
    return db.session.scalar(
        select(JobRun).where(JobRun.job == name).order_by(JobRun.due_at.desc()).limit(1)
    )
