"""Visiting a village with a phone: one page, with or without JavaScript, with or without signal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from taole.access.guard import me, my_reach, requires
from taole.access.permissions import Permission, Role
from taole.check_sheets.blueprint import blueprint
from taole.check_sheets.fact_rules import SETTLED
from taole.check_sheets.queries import proposals_for
from taole.check_sheets.sheets import sheet_in_force
from taole.check_sheets.visit_forms import CHIPS, DAYS, NEW_ROUND, PLACES, USUAL_DAYS, visit_in
from taole.check_sheets.visit_rounds import list_rounds, who_inspects
from taole.check_sheets.visiting import MOST_PHOTOGRAPHS, record_visit
from taole.check_sheets.workflow import LINE_RESULT_LABELS, LineResult
from taole.core.clock import now, today
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.pages import say_all
from taole.inspections.forms import EntryForm
from taole.inspections.models import Inspection
from taole.inspections.queries import list_inspectable_units
from taole.inspections.workflow import INSPECTION_KIND_LABELS, SEVERITY_LABELS
from taole.organisation.models import Unit
from taole.organisation.queries import find_holder, get_township_of, get_unit
from taole.organisation.rules import GRASSROOTS

CHOICES = LineResult.FINE, LineResult.PROBLEM, LineResult.NOT_APPLICABLE


class VisitForm(EntryForm):
    """What is sent is read by ``visit_forms``; this one only knows where it came from."""


@blueprint.get("/inspections/visit")
@requires(Permission.RECORD_INSPECTION)
def choose_visit() -> Any:
    units = list_inspectable_units(my_reach(Permission.RECORD_INSPECTION))
    return render_template(
        "check_sheets/choose_visit.html", units=[each for each in units if each.kind in GRASSROOTS]
    )


@blueprint.route("/inspections/visit/<code>", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION, of=get_unit)
def visit(unit: Unit) -> Any:
    if unit.township_id is None or unit.kind not in GRASSROOTS:
        raise NotFound(unit.code)
    form = VisitForm()
    if not form.validate_on_submit():
        return _page(unit, form)
    try:
        kept = _record(unit)
    except Refused as refusal:
        if request.headers.get("X-Visit"):
            return {"error": "；".join(say_all(refusal))}, 422
        form.say_above(refusal)
        return _page(unit, form), 422
    address = url_for("inspections.inspection", inspection_id=kept.id)
    if request.headers.get("X-Visit"):
        return {"next": address}
    flash(_("%(unit)s的督查已记下", unit=unit.name), "ok")
    if "another" in request.form:
        address = url_for("check_sheets.visit", code=unit.code, round=kept.id)
    return redirect(address)


def _record(unit: Unit) -> Inspection:
    township = get_township_of(unit)
    inspecting = who_inspects(township, my_reach(Permission.RECORD_INSPECTION))
    told = visit_in(request.form, request.files.getlist("photographs"), unit)
    return record_visit(unit, told, inspecting=inspecting, by=me(), at=now())


def _page(unit: Unit, form: FlaskForm) -> str:
    township = get_township_of(unit)
    on = today()
    inspecting = who_inspects(township, my_reach(Permission.RECORD_INSPECTION))
    rounds = list_rounds(township, inspecting, on, me())
    sheet = sheet_in_force(township, on)
    proposals = proposals_for([unit], sheet.lines, on)[unit.id]
    noted = [
        finding
        for each in rounds
        for finding in each.findings
        if finding.unit_id == unit.id and str(each.id) == request.args.get("round")
    ]
    return render_template(
        "check_sheets/visit.html",
        unit=unit,
        form=form,
        on=on,
        typed=request.form,
        visit_id=request.form.get("visit") or new_id(),
        problem_id=request.form.get("problem") or new_id(),
        noted=noted,
        inspecting=inspecting,
        rounds=rounds,
        new_round=NEW_ROUND,
        kind_labels=INSPECTION_KIND_LABELS,
        sheet=sheet,
        proposals=proposals,
        to_look=sorted(
            (line for line in sheet.lines if proposals[line.id].result not in SETTLED),
            key=lambda line: proposals[line.id].result is not LineResult.PROBLEM,
        ),
        settled=[line for line in sheet.lines if proposals[line.id].result in SETTLED],
        places=PLACES,
        chips=CHIPS,
        days=DAYS,
        usual_days=USUAL_DAYS,
        due_days=[(days, on + timedelta(days=days)) for days in DAYS],
        settled_results=SETTLED,
        severities=SEVERITY_LABELS,
        choices=CHOICES,
        result_labels=LINE_RESULT_LABELS,
        most_photographs=MOST_PHOTOGRAPHS,
        owner=find_holder(unit.id, Role.SECRETARY, on),
    )
