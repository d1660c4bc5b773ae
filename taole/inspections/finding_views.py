"""Recording one problem: by itself, of an inspection, or of an obligation the system named."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.core.clock import now, today
from taole.core.errors import NotFound, Refused
from taole.inspections.actions import add_finding
from taole.inspections.blueprint import blueprint
from taole.inspections.checklist import usual_demand
from taole.inspections.forms import FindingForm, FindingLine
from taole.inspections.models import Finding, Inspection
from taole.inspections.problem_kinds import find_problem_kind
from taole.inspections.queries import get_inspection, list_inspectable_units
from taole.inspections.system_findings import find_problem
from taole.inspections.workflow import InspectionKind, Severity
from taole.obligations.models import Obligation
from taole.obligations.queries import get_obligation
from taole.organisation.models import Unit


@blueprint.route("/findings/new", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def new_finding() -> Any:
    obligation, inspection = _obligation(), _inspection()
    paths = inspection.path if inspection else my_reach(Permission.RECORD_INSPECTION)
    units = list_inspectable_units(paths)
    form = FindingForm(data=_prefilled(obligation, inspection))
    form.offer(units)
    if form.validate_on_submit():
        try:
            finding = _record(form, _unit(units, form.unit.data), obligation, inspection)
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已记下第 %(number)s 号问题", number=finding.number), "ok")
            return redirect(_next(finding, inspection))
    status = 422 if form.errors else 200
    return render_template("inspections/new_finding.html", form=form, inspection=inspection), status


def _obligation() -> Obligation | None:
    """The obligation of the address (or of the form), if this person may record its problem."""
    obligation_id = _id_named("obligation")
    if obligation_id is None:
        return None
    obligation = get_obligation(obligation_id)
    if not i_may(Permission.RECORD_INSPECTION, obligation):
        raise NotFound
    return obligation


def _inspection() -> Inspection | None:
    inspection_id = _id_named("inspection")
    if inspection_id is None:
        return None
    inspection = get_inspection(inspection_id)
    if not i_may(Permission.RECORD_INSPECTION, inspection):
        raise NotFound
    return inspection


def _id_named(name: str) -> UUID | None:
    written = request.values.get(name, "")
    if not written:
        return None
    try:
        return UUID(written)
    except ValueError:
        raise NotFound from None


def _prefilled(obligation: Obligation | None, inspection: Inspection | None) -> dict[str, Any]:
    """What can be known before anybody writes: all of it for an obligation the system named."""
    values: dict[str, Any] = {
        "unit": request.args.get("unit", ""),
        "source": InspectionKind.DAILY.value,
        "severity": Severity.MINOR.value,
        "found_on": today(),
    }
    if inspection is not None:
        values |= {
            "inspection": inspection.id,
            "source": inspection.kind.value,
            "found_on": inspection.held_on,
        }
    problem = find_problem(obligation, today()) if obligation else None
    if obligation is not None and problem is not None:
        values |= {
            "obligation": obligation.id,
            "unit": obligation.unit.code,
            "statement": str(problem.statement),
            "severity": problem.severity.value,
            "demand": usual_demand(is_missing=problem.is_missing),
            "problem_kind": "" if problem.is_missing else "late",
        }
    return values


def _unit(units: list[Unit], code: str | None) -> Unit:
    unit = next((unit for unit in units if unit.code == code), None)
    if unit is None:
        raise NotFound(code)
    return unit


def _record(
    form: FindingForm, unit: Unit, obligation: Obligation | None, inspection: Inspection | None
) -> Finding:
    of_item = obligation is not None and obligation.unit_id == unit.id
    return record_problem(
        form,
        unit,
        source=InspectionKind(form.source.data),
        found_on=form.found_on.data,
        inspection=inspection,
        item=obligation.item if obligation is not None and of_item else None,
        owner_name=form.owner_name.data or "",
    )


def record_problem(form: FindingForm | FindingLine, unit: Unit, **given: Any) -> Finding:
    """Record what a form says, with the words of its kind where it says nothing, and its photo."""
    at = now()
    kind = find_problem_kind(form.problem_kind.data or "")
    finding = add_finding(
        unit,
        statement=form.statement.data or (f"{unit.name}{kind.label}" if kind else ""),
        severity=Severity(form.severity.data),
        demand=form.demand.data or (kind.demand if kind else ""),
        due_on=form.due_on.data,
        problem_kind=kind.code if kind else "",
        by=current_user,
        at=at,
        **given,
    )
    upload = form.photo.data
    if upload and upload.filename:
        keep_file(unit, upload, upload.filename, by=current_user, owner_id=finding.id, at=at)
    return finding


def _next(finding: Finding, inspection: Inspection | None) -> str:
    if "another" in request.form:
        return url_for(
            "inspections.new_finding",
            unit=finding.unit.code,
            inspection=inspection.id if inspection else None,
        )
    if inspection is not None:
        return url_for("inspections.inspection", inspection_id=inspection.id)
    return url_for("inspections.finding", finding_id=finding.id)
