"""The work calendar: a year's holidays, what a change would move, and the deadline calculator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, my_reach, requires
from taole.access.permissions import Permission
from taole.core.calendar_store import list_confirmed_years, list_entered_days, work_calendar
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import say_all
from taole.core.periods import EARLIEST_YEAR, LATEST_YEAR
from taole.core.workdays import DayUnit, notice_period_end
from taole.obligations.actions import enter_calendar_year, preview_calendar_year
from taole.obligations.blueprint import blueprint
from taole.obligations.calendar_changes import Move
from taole.obligations.calendar_text import list_year, read_year, write_year
from taole.obligations.forms import CalendarYearForm, DeadlineForm


@blueprint.get("/calendar")
@requires(Permission.BE_SIGNED_IN)
def calendar() -> Any:
    year = request.args.get("year", today().year, type=int)
    year = min(max(year, EARLIEST_YEAR), LATEST_YEAR)
    form = CalendarYearForm(data={"year": year, "lines": _lines_of(year)})
    return _page(year, form, DeadlineForm(request.args if "start" in request.args else None))


@blueprint.post("/calendar")
@requires(Permission.CHANGE_WORKDAYS)
def change_calendar() -> Any:
    """Show what would move; with ``confirm``, keep the table and move it."""
    form = CalendarYearForm()
    year = form.year.data or today().year
    moves = None
    if form.validate_on_submit():
        try:
            days = read_year(year, form.lines.data or "")
            if "confirm" in request.form:
                person = me()
                moved = enter_calendar_year(year, days, by=person, on=today())
                flash(
                    _("%(year)s年已保存，%(count)s 件的期限改了", year=year, count=len(moved)), "ok"
                )
                return redirect(url_for("obligations.calendar", year=year))
            moves = preview_calendar_year(year, days, on=today())
        except Refused as refusal:
            form.form_errors = say_all(refusal)
    status = 422 if form.errors else 200
    return _page(year, form, DeadlineForm(None), moves), status


def _page(
    year: int, form: CalendarYearForm, sum_form: DeadlineForm, moves: Sequence[Move] | None = None
) -> str:
    now_in_force = work_calendar()
    names = {each.day: each.name for each in list_entered_days()}
    reach = my_reach(Permission.CHANGE_WORKDAYS)
    mine = [
        each for each in moves or () if any(each.obligation.path.startswith(path) for path in reach)
    ]
    coming = (today().year, today().year + 1)
    return render_template(
        "obligations/calendar.html",
        year=year,
        days=list_year(now_in_force, year, names),
        confirmed=year in now_in_force.confirmed_years,
        by_hand=year in list_confirmed_years(),
        missing=[each for each in coming if each not in now_in_force.confirmed_years],
        form=form,
        sum_form=sum_form,
        answer=_answer(sum_form),
        moves=moves,
        mine=mine,
        may_change=bool(reach),
    )


def _lines_of(year: int) -> str:
    """What was entered for the year; else the library's own days, to start from."""
    entered = [each for each in list_entered_days() if each.day.year == year]
    return write_year(entered or list_year(work_calendar(), year, {}))


def _answer(form: DeadlineForm) -> date | None:
    """The day that the calculator finds; what it cannot say stands at the form."""
    if not form.start.raw_data or not form.validate():
        return None
    start, days = form.start.data, form.days.data
    if start is None or days is None:
        return None
    try:
        if form.unit.data == DayUnit.WORKING.value:
            return work_calendar().add(start, days)
        return notice_period_end(start, days, DayUnit.CALENDAR, work_calendar())
    except Refused as refusal:
        form.form_errors = say_all(refusal)
    return None
