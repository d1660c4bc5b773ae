"""Recording one problem: by itself, of an inspection, or of an obligation the system named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.attachments.models import Attachment
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem
from taole.core.clock import now, today
from taole.core.errors import NotFound, Refused
from taole.inspections.actions import add_finding
from taole.inspections.blueprint import blueprint
from taole.inspections.forms import FindingForm, FindingLine
from taole.inspections.models import Finding, Inspection
from taole.inspections.problem_kinds import find_problem_kind
from taole.inspections.queries import get_inspection, list_inspectable_units
from taole.inspections.sheet_findings import PERSONAL, personal_data_of
from taole.inspections.system_findings import (
    find_problem,
    place_in_catalogue,
    subject_of,
    usual_demand,
)
from taole.inspections.workflow import InspectionKind, Severity
from taole.notices.models import Notice
from taole.notices.queries import get_notice
from taole.obligations.models import Obligation
from taole.obligations.queries import get_obligation
from taole.organisation.models import Unit


@dataclass(frozen=True)
class Origin:
    """What a problem is recorded of: a cell of the matrix, a notice, an inspection, or nothing."""

    obligation: Obligation | None
    notice: Notice | None
    inspection: Inspection | None

    @property
    def item(self) -> CatalogueItem | None:
        known = self.obligation or self.notice
        return known.item if known else None

    @property
    def unit(self) -> Unit | None:
        known = self.obligation or self.notice
        return known.unit if known else None

    @property
    def subject(self) -> str:
        if self.obligation is not None:
            return subject_of(self.obligation.id)
        return f"{PERSONAL}:{self.notice.id}" if self.notice is not None else ""


@blueprint.route("/findings/new", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def new_finding() -> Any:
    origin = Origin(_obligation(), _notice(), _inspection())
    inspection = origin.inspection
    paths = inspection.path if inspection else my_reach(Permission.RECORD_INSPECTION)
    units = list_inspectable_units(paths)
    form = FindingForm(data=_prefilled(origin))
    form.offer(units)
    if form.validate_on_submit():
        try:
            finding = _record(form, _unit(units, form.unit.data), origin)
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


def _notice() -> Notice | None:
    """The notice in which the gate found personal data, if this person may record it."""
    notice_id = _id_named("notice")
    if notice_id is None:
        return None
    notice = get_notice(notice_id)
    if not i_may(Permission.RECORD_INSPECTION, notice):
        raise NotFound
    return notice


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


def _prefilled(origin: Origin) -> dict[str, Any]:
    """What can be known before anybody writes: all of it for what the system sees itself."""
    values: dict[str, Any] = {
        "unit": request.args.get("unit", ""),
        "source": InspectionKind.DAILY.value,
        "severity": Severity.MINOR.value,
        "found_on": today(),
    }
    inspection, obligation, notice = origin.inspection, origin.obligation, origin.notice
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
            "problem_kind": problem.problem_kind,
            "basis": place_in_catalogue(obligation.item),
        }
    if notice is not None:
        seen = personal_data_of(notice, None, today())
        values |= {
            "notice": notice.id,
            "unit": notice.unit.code,
            "statement": str(seen.statement),
            "severity": seen.severity.value,
            "demand": seen.demand,
            "basis": seen.basis,
        }
    return values


def _unit(units: list[Unit], code: str | None) -> Unit:
    unit = next((unit for unit in units if unit.code == code), None)
    if unit is None:
        raise NotFound(code)
    return unit


def _record(form: FindingForm, unit: Unit, origin: Origin) -> Finding:
    is_its_own = origin.unit is not None and origin.unit.id == unit.id
    return record_problem(
        form,
        unit,
        source=InspectionKind(form.source.data),
        found_on=form.found_on.data,
        inspection=origin.inspection,
        item=origin.item if is_its_own else None,
        subject=origin.subject if is_its_own else "",
        basis=form.basis.data or "",
        evidence_link=form.evidence_link.data or "",
        channel=Channel(form.channel.data) if form.channel.data else None,
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
    keep_photos(finding, form.photo.data, at=at)
    return finding


def keep_photos(finding: Finding, uploads: Iterable[Any] | None, at: datetime) -> list[Attachment]:
    """Keep the photographs of a form with a finding."""
    return [
        keep_file(finding.unit, each, each.filename, by=current_user, owner_id=finding.id, at=at)
        for each in uploads or ()
        if each and each.filename
    ]


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
