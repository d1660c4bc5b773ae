"""Inspections made and received, and the reports on rectification that were sent up."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.attachments.queries import list_attachments
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import paginate
from taole.inspections.actions import record_inspection
from taole.inspections.blueprint import blueprint, township_asked, year_asked
from taole.inspections.finding_views import record_problem
from taole.inspections.forms import DIRECTION_LABELS, InspectionForm
from taole.inspections.models import Inspection
from taole.inspections.queries import (
    get_inspection,
    list_inspectable_units,
    list_inspection_years,
    select_inspections,
)
from taole.inspections.self_checks import find_self_check
from taole.inspections.workflow import (
    BODY_LEVEL_LABELS,
    INSPECTION_KIND_LABELS,
    SELF_CHECK_LABELS,
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
        papers=list_attachments(inspection.id),
        self_check=find_self_check(inspection.id),
        self_check_labels=SELF_CHECK_LABELS,
        directions=DIRECTION_LABELS,
        kinds=INSPECTION_KIND_LABELS,
        levels=BODY_LEVEL_LABELS,
        may_record=i_may(Permission.RECORD_INSPECTION, inspection),
    )


@blueprint.route("/inspections/new", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def new_inspection() -> Any:
    township, townships = township_asked()
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
        until_on=form.until_on.data,
        people=form.people.data or "",
        by=current_user,
    )
    for paper in form.papers.data or ():
        if paper and paper.filename:
            keep_file(township, paper, paper.filename, by=current_user, owner_id=recorded.id)
    for line in lines:
        record_problem(
            line,
            units[line.unit.data],
            source=recorded.kind,
            found_on=recorded.held_on,
            inspection=recorded,
        )
    return recorded
