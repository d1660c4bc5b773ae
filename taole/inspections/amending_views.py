"""Changing the words of a finding on a page of its own."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.core.errors import Refused
from taole.inspections.amending import amend_finding
from taole.inspections.blueprint import blueprint
from taole.inspections.models import Finding
from taole.inspections.queries import get_finding
from taole.inspections.step_forms import AmendForm
from taole.inspections.workflow import Severity


@blueprint.route("/findings/<uuid:finding_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION, of=get_finding)
def edit_finding(finding: Finding) -> Any:
    form = AmendForm(
        data={
            "statement": finding.statement,
            "problem_kind": finding.problem_kind,
            "severity": finding.severity.value,
            "basis": finding.basis,
            "demand": finding.demand,
            "owner_name": finding.owner_name,
            "version": finding.version,
        }
    )
    if form.validate_on_submit():
        try:
            amend_finding(
                finding,
                by=current_user,
                version=form.seen,
                statement=form.statement.data or "",
                problem_kind=form.problem_kind.data or "",
                severity=Severity(form.severity.data),
                basis=form.basis.data or "",
                demand=form.demand.data or "",
                owner_name=form.owner_name.data or "",
            )
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已改好"), "ok")
            return redirect(url_for("inspections.finding", finding_id=finding.id))
    status = 422 if form.errors or form.form_errors else 200
    return render_template("inspections/edit_finding.html", form=form, finding=finding), status
