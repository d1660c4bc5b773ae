"""Inspections made and received, and the reports on rectification that were sent up."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import paginate
from taole.inspections.actions import record_inspection
from taole.inspections.blueprint import blueprint, year_asked
from taole.inspections.finding_views import record_problem
from taole.inspections.forms import DIRECTION_LABELS, InspectionForm, ReportForm
from taole.inspections.issuing import submit_report
from taole.inspections.models import Inspection
from taole.inspections.queries import (
    get_inspection,
    list_inspectable_units,
    list_inspection_years,
    select_inspections,
    select_reports,
)
from taole.inspections.workflow import (
    BODY_LEVEL_LABELS,
    INSPECTION_KIND_LABELS,
    BodyLevel,
    Direction,
    InspectionKind,
)
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships, name_of_clerks_office

MOST_LINES = 30


@blueprint.get("/inspections")
@requires(Permission.SEE_OVERVIEW)
def inspections() -> Any:
    paths = my_reach(Permission.SEE_OVERVIEW)
    direction = request.args.get("direction", type=Direction)
    kind = request.args.get("kind", type=InspectionKind)
    year = year_asked()
    return render_template(
        "inspections/inspections.html",
        page=paginate(select_inspections(paths, direction=direction, kind=kind, year=year)),
        chosen={"direction": direction, "kind": kind, "year": year},
        years=list_inspection_years(paths),
        directions=DIRECTION_LABELS,
        kinds=INSPECTION_KIND_LABELS,
        many_townships=len(list_townships(paths)) > 1,
        may_record=bool(my_reach(Permission.RECORD_INSPECTION)),
    )


@blueprint.get("/inspections/<uuid:inspection_id>")
@requires(Permission.SEE_OVERVIEW, of=get_inspection)
def inspection(inspection: Inspection) -> Any:
    return render_template(
        "inspections/inspection.html",
        inspection=inspection,
        directions=DIRECTION_LABELS,
        kinds=INSPECTION_KIND_LABELS,
        levels=BODY_LEVEL_LABELS,
        may_record=i_may(Permission.RECORD_INSPECTION, inspection),
    )


@blueprint.route("/inspections/new", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def new_inspection() -> Any:
    township, townships = _township()
    units = list_inspectable_units(township.path)
    form = InspectionForm(data=_usual(township))
    if "more" in request.form and len(form.findings) < MOST_LINES:
        form.findings.append_entry()
    form.offer(units)
    if "more" not in request.form and form.validate_on_submit():
        try:
            recorded = _record(form, township, {unit.code: unit for unit in units})
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("这次督查已记下"), "ok")
            return redirect(url_for("inspections.inspection", inspection_id=recorded.id))
    status = 422 if form.errors else 200
    return render_template(
        "inspections/new_inspection.html", form=form, township=township, townships=townships
    ), status


def _township() -> tuple[Unit, list[Unit]]:
    """The township that the form is for (the first, unless the address names one), and all."""
    townships = list_townships(my_reach(Permission.RECORD_INSPECTION))
    wanted = request.values.get("township")
    township = next((each for each in townships if wanted in (None, "", each.code)), None)
    if township is None:
        raise NotFound(wanted)
    return township, townships


def _usual(township: Unit) -> dict[str, Any]:
    return {
        "township": township.code,
        "direction": Direction.OUTBOUND.value,
        "kind": InspectionKind.VISIT.value,
        "body": name_of_clerks_office(township),
        "body_level": BodyLevel.TOWNSHIP.value,
        "held_on": today(),
    }


def _record(form: InspectionForm, township: Unit, units: dict[str, Unit]) -> Inspection:
    """The inspection with its findings; a unit with a finding counts as visited."""
    lines = [line.form for line in form.findings if line.form.is_written]
    codes = [*(form.units.data or []), *(line.unit.data for line in lines)]
    recorded = record_inspection(
        township,
        direction=Direction(form.direction.data),
        kind=InspectionKind(form.kind.data),
        body=form.body.data or "",
        body_level=BodyLevel(form.body_level.data),
        held_on=form.held_on.data or today(),
        units=[units[code] for code in codes],
        document=form.document.data or "",
        result=form.result.data or "",
        by=current_user,
    )
    for line in lines:
        record_problem(
            line,
            units[line.unit.data],
            source=recorded.kind,
            found_on=recorded.held_on,
            inspection=recorded,
        )
    return recorded


@blueprint.route("/inspections/reports", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def reports() -> Any:
    township, townships = _township()
    form = ReportForm(data={"township": township.code, "submitted_on": today()})
    if form.validate_on_submit():
        try:
            submit_report(
                township,
                title=form.title.data or "",
                recipient=form.recipient.data or "",
                submitted_on=form.submitted_on.data or today(),
                by=current_user,
            )
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已记下报送的整改报告"), "ok")
            return redirect(url_for("inspections.reports", township=township.code))
    status = 422 if form.errors else 200
    page = paginate(select_reports(township.path))
    return render_template(
        "inspections/reports.html", form=form, page=page, township=township, townships=townships
    ), status
