"""The office asks the villages to check themselves; a village answers."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.core.clock import now, today
from taole.core.errors import Refused
from taole.inspections.blueprint import blueprint
from taole.inspections.models import Inspection, InspectionVisit
from taole.inspections.queries import get_inspection, list_villages_of
from taole.inspections.self_checks import (
    answer_self_check,
    get_self_check,
    list_circular_problems,
    open_self_check,
)
from taole.inspections.step_forms import AskSelfCheckForm, SelfCheckForm
from taole.inspections.workflow import Severity
from taole.obligations.blueprint import layout


@blueprint.route("/inspections/<uuid:inspection_id>/self-check", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION, of=get_inspection)
def ask_self_check(inspection: Inspection) -> Any:
    """Which villages are to check themselves for the problems of a circular, by when."""
    villages = list_villages_of(inspection.township)
    form = AskSelfCheckForm(data={"units": [each.code for each in villages]})
    form.offer(villages)
    if form.validate_on_submit():
        asked = [each for each in villages if each.code in (form.units.data or [])]
        due_on = form.due_on.data or today()
        try:
            open_self_check(inspection, asked, due_on=due_on, by=current_user, at=now())
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已请 %(count)s 个村自查", count=len(asked)), "ok")
            return redirect(url_for("inspections.inspection", inspection_id=inspection.id))
    status = 422 if form.errors or form.form_errors else 200
    return render_template(
        "inspections/ask_self_check.html", form=form, inspection=inspection
    ), status


@blueprint.route("/inspections/<uuid:inspection_id>/self-check/<code>", methods=["GET", "POST"])
@requires(Permission.MEND_FINDING, of=get_self_check)
def self_check(visit: InspectionVisit) -> Any:
    """A village's answer: nothing of the kind, or what was found."""
    form = SelfCheckForm()
    if form.validate_on_submit():
        try:
            found = answer_self_check(
                visit,
                problem=(form.problem.data or "") if form.has_problem else "",
                note=form.note.data or "",
                severity=Severity(form.severity.data),
                by=current_user,
                at=now(),
            )
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("自查情况已报"), "ok")
            if found is not None:
                return redirect(url_for("inspections.finding", finding_id=found.id))
            return redirect(url_for("inspections.findings"))
    status = 422 if form.errors or form.form_errors else 200
    return render_template(
        "inspections/self_check.html",
        layout=layout(),
        form=form,
        visit=visit,
        problems=list_circular_problems(visit.inspection),
    ), status
