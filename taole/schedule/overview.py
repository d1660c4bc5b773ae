"""Every job of the timetable with what is known of it, for the page and for the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from taole.core.jobs import Job, list_latest, next_due
from taole.core.models import JobRun
from taole.schedule.timetable import TIMETABLE


@dataclass(frozen=True)
class JobAt:
    """A job, when it comes next, and how it went last."""

    job: Job
    next_at: datetime | None
    latest: JobRun | None

    @property
    def took(self) -> timedelta | None:
        run = self.latest
        return run.ended_at - run.started_at if run is not None and run.ended_at else None


def jobs_at(at: datetime) -> list[JobAt]:
    """In the timetable's order; the latest runs in one statement."""
    latest = list_latest(job.name for job in TIMETABLE)
    return [JobAt(job, next_due(job, at), latest.get(job.name)) for job in TIMETABLE]
