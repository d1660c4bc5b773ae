"""The timetable as a page: what ran, what comes, what failed; run now; the clock's word."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.core.clock import now
from taole.core.errors import NotFound
from taole.core.jobs import ask_for, find_last_tick, is_kept, list_runs
from taole.core.pages import paginate
from taole.schedule.overview import jobs_at
from taole.schedule.timetable import BY_NAME
from taole.trail.actions import record
from taole.trail.clock_rules import ClockState
from taole.trail.clock_watch import confirm_clock, look_at_clock

blueprint = Blueprint("schedule", __name__)


@blueprint.get("/schedule")
@requires(Permission.KEEP_SCHEDULE)
def index() -> Any:
    at = now()
    return render_template(
        "schedule/index.html",
        jobs=jobs_at(at),
        is_kept=is_kept(at),
        last_tick=find_last_tick(),
        clock=look_at_clock(at),
        ClockState=ClockState,
    )


@blueprint.get("/schedule/runs")
@requires(Permission.KEEP_SCHEDULE)
def runs() -> Any:
    name = request.args.get("job", "")
    troubled = request.args.get("troubled") == "1"
    return render_template(
        "schedule/runs.html",
        page=paginate(list_runs(name=name, only_troubled=troubled)),
        jobs=BY_NAME,
        name=name,
        troubled=troubled,
    )


@blueprint.post("/schedule/<name>/run")
@requires(Permission.KEEP_SCHEDULE)
def run_now(name: str) -> Any:
    job = BY_NAME.get(name)
    if job is None:
        raise NotFound(name)
    at = now()
    ask_for(job, by=me(), at=at)
    record("ask_for_job", "job", None, by=me(), township_id=None, after={"job": name})
    if is_kept(at):
        flash(_("“%(job)s”会在半分钟内运行，请过一会儿刷新。", job=_(job.label)), "ok")
    else:
        flash(_("已经记下，但现在没有程序在按时运行：请先启动 taole serve。"), "warning")
    return redirect(url_for("schedule.index"))


@blueprint.post("/schedule/clock")
@requires(Permission.KEEP_SCHEDULE)
def clock() -> Any:
    verdict = confirm_clock(now(), by=me())
    if verdict.is_right:
        flash(_("已确认本机时钟，定时任务会接着运行。"), "ok")
    return redirect(url_for("schedule.index"))
