"""Jobs: what runs by the clock, one leader at a time, each due moment once.

A lease row says who leads; the unique row (job, due moment) is the fence behind it, so that two
hosts, a restart on the hour, or a leader that wakes up late never run the same moment twice.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from taole.core.clock import SHANGHAI, now
from taole.core.database import db
from taole.core.models import JobAsk, JobRun, Lease
from taole.core.transactions import transaction

T = TypeVar("T")
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


_TOKEN = secrets.token_hex(4)


def me() -> str:
    """This process, told apart from one of the same number on the same host."""
    return f"{socket.gethostname()}:{os.getpid()}:{_TOKEN}"


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


def keep_lead(at: datetime) -> None:
    """Renew the lead while a long job runs; nothing for those who do not hold it."""
    with transaction():
        db.session.execute(
            update(Lease)
            .where(Lease.name == LEADER, Lease.holder == me(), Lease.until < at + HOLD_FOR)
            .values(until=at + HOLD_FOR)
        )


def forget_lead() -> None:
    """Give up what the lease remembers; the next tick takes the lead anew."""
    lease = db.session.get(Lease, LEADER)
    if lease is not None:
        db.session.delete(lease)
        db.session.flush()


def find_last_tick() -> datetime | None:
    """When a leader last kept its lead, on whichever host; None when none ever did."""
    until = db.session.scalar(select(Lease.until).where(Lease.name == LEADER))
    return until - HOLD_FOR if until else None


def is_kept(at: datetime) -> bool:
    """Whether somebody keeps the timetable at this moment."""
    last = find_last_tick()
    return last is not None and last + HOLD_FOR >= at


class Asker(Protocol):
    @property
    def name(self) -> str: ...


class PartlyFailed(Exception):
    """Some items of a job failed, the others are done; its text may be shown."""


def for_each(items: Iterable[T], do: Callable[[T], object], *, name: Callable[[T], str]) -> int:
    """Do something for each item in a transaction of its own; how many were done.

    One that fails does not stop the others: PartlyFailed names them at the end, each with the kind
    of its error (a message may carry what a person typed).
    """
    done, failed = 0, []
    for item in items:
        called = name(item)
        try:
            with transaction():
                do(item)
            done += 1
        except Exception as broken:
            db.session.rollback()
            failed.append(f"{called} {type(broken).__name__}")
    if failed:
        raise PartlyFailed(f"完成 {done} 处，{len(failed)} 处没成功：" + "; ".join(failed[:20]))
    return done


def run_once(job: Job, due_at: datetime) -> JobRun | None:
    """Run a job for one due moment; None when that moment has been claimed already."""
    claim = JobRun(job=job.name, due_at=due_at, host=me(), started_at=now())
    try:
        with transaction():
            db.session.add(claim)
    except IntegrityError:
        return None
    return _run(job, claim.id)


def _run(job: Job, run_id: UUID) -> JobRun:
    result, error = "", ""
    try:
        result = job.run()
    except PartlyFailed as partly:
        db.session.rollback()
        error = str(partly)
    except Exception as broken:
        # the kind alone: a message may carry what a person typed
        db.session.rollback()
        error = type(broken).__name__
    with transaction():
        run = db.session.get_one(JobRun, run_id)
        run.ended_at, run.result, run.error = now(), result, error or None
    return run


def _take_over(job: Job, run: JobRun) -> JobRun | None:
    """Run again what a leader that is gone began and did not end; jobs may be run twice."""
    gone, began = run.host, run.started_at
    with transaction():
        taken = db.session.execute(
            update(JobRun)
            .where(JobRun.id == run.id, JobRun.host == gone, JobRun.started_at == began)
            .values(host=me(), started_at=now())
        )
    return _run(job, run.id) if taken.rowcount else None  # type: ignore[attr-defined]


def run_due(jobs: tuple[Job, ...], at: datetime) -> list[JobRun]:
    """What the leader does at each tick.

    Every job whose latest due moment has not run, or that a leader since gone did not end; and
    what somebody asked for.
    """
    if not lead(at):
        return []
    runs = []
    asked = set(db.session.scalars(select(JobAsk.job)))
    for job in jobs:
        due = last_due(job, at)
        if due is not None:
            known = find_run(job.name, due)
            if known is None:
                runs.append(run_once(job, due))
            elif known.ended_at is None and known.host != me():
                runs.append(_take_over(job, known))
        if job.name in asked:
            runs.append(_run_asked(job))
    return [run for run in runs if run is not None]


def ask_for(job: Job, *, by: Asker, at: datetime) -> None:
    """Let the leader run a job at its next tick; asking twice before that is asking once."""
    if db.session.get(JobAsk, job.name) is None:
        db.session.add(JobAsk(job=job.name, asked_at=at, asked_by_name=by.name))
        db.session.flush()


def _run_asked(job: Job) -> JobRun | None:
    with transaction():
        ask = db.session.get(JobAsk, job.name)
        if ask is None:
            return None
        asked_at = ask.asked_at
        db.session.delete(ask)
    return run_once(job, asked_at)


def find_run(name: str, due_at: datetime) -> JobRun | None:
    return db.session.scalar(select(JobRun).where(JobRun.job == name, JobRun.due_at == due_at))


def list_latest(names: Iterable[str]) -> dict[str, JobRun]:
    """The latest run of each job, by name, in one statement."""
    due = func.max(JobRun.due_at).label("due")
    latest = (
        select(due, JobRun.job).where(JobRun.job.in_(list(names))).group_by(JobRun.job).subquery()
    )
    found = select(JobRun).join(
        latest, and_(latest.c.job == JobRun.job, latest.c.due == JobRun.due_at)
    )
    return {run.job: run for run in db.session.scalars(found)}


def list_runs(*, only_troubled: bool = False, name: str = "") -> Select[JobRun]:
    """Runs, the latest first; of one job, or only those that failed or never ended."""
    found = select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id.desc())
    if name:
        found = found.where(JobRun.job == name)
    if only_troubled:
        found = found.where(or_(JobRun.error.is_not(None), JobRun.ended_at.is_(None)))
    return found


def forget_runs(*, before: datetime, of: Iterable[str] | None = None) -> int:
    """Delete runs that began before a moment (of some jobs); the latest of each job stays."""
    latest = (
        select(func.max(JobRun.due_at).label("due"), JobRun.job).group_by(JobRun.job).subquery()
    )
    kept = select(JobRun.id).join(
        latest, and_(latest.c.job == JobRun.job, latest.c.due == JobRun.due_at)
    )
    old = delete(JobRun).where(JobRun.started_at < before, JobRun.id.not_in(kept))
    if of is not None:
        old = old.where(JobRun.job.in_(list(of)))
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]
