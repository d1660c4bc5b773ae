"""A township's reminders: the plan, what switching it on would send, the text for the group."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import now, today
from taole.core.errors import Refused
from taole.core.pages import say_all
from taole.notifications.blueprint import blueprint
from taole.notifications.digest import group_text, list_pressing, preview_switch_on
from taole.notifications.forms import PlanForm, filled
from taole.notifications.plan import Plan
from taole.notifications.routes import count_failures
from taole.notifications.settings import find_plan, keep_plan
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, get_unit_by_id, list_townships


@blueprint.get("/reminders")
@requires(Permission.SET_REMINDERS)
def reminders() -> Any:
    township = list_townships(my_reach(Permission.SET_REMINDERS))[0]
    return redirect(url_for("notifications.reminders_of", code=township.code))


@blueprint.get("/reminders/<code>")
@requires(Permission.SET_REMINDERS, of=get_township)
def reminders_of(unit: Unit) -> Any:
    return _page(unit, PlanForm(data=filled(find_plan(unit.id))))


@blueprint.post("/reminders/<code>/plan")
@requires(Permission.SET_REMINDERS, of=get_township)
def change_plan(unit: Unit) -> Any:
    """Keep the plan; switching it on first shows what would go, and asks."""
    form, before = PlanForm(), find_plan(unit.id)
    preview = None
    if form.validate_on_submit():
        try:
            plan = form.plan()
            if plan.is_on and not before.is_on and "confirm" not in request.form:
                preview = preview_switch_on(unit, today(), plan)
            else:
                keep_plan(unit, _since(plan, before), by=me())
                flash(_("提醒的设置已保存"), "ok")
                return redirect(url_for("notifications.reminders_of", code=unit.code))
        except Refused as refusal:
            form.form_errors = say_all(refusal)
    status = 200 if preview is not None else 422
    return _page(unit, form, preview), status


def _since(plan: Plan, before: Plan) -> Plan:
    """The plan with the day from which its steps count: today when something new was added."""
    if not plan.is_on:
        return plan
    goes_on = before.is_on and set(plan.steps) <= set(before.steps) and plan.unit is before.unit
    return replace(plan, since=before.since if goes_on else today())


def _page(unit: Unit, form: PlanForm, preview: tuple[int, int] | None = None) -> str:
    pressing = list_pressing(unit, today())
    villages = {str(line.unit_id): line.unit for line in pressing}
    chosen = request.args.get("village", "")
    theirs, place = pressing, unit
    if chosen in villages:
        theirs = [line for line in pressing if str(line.unit_id) == chosen]
        place = get_unit_by_id(theirs[0].unit_id)
    return render_template(
        "notifications/reminders.html",
        unit=unit,
        form=form,
        plan=find_plan(unit.id),
        preview=preview,
        text=group_text(place, theirs, today()),
        villages=villages,
        chosen=chosen,
        failures=count_failures(unit.id, now() - timedelta(days=7)),
    )
