"""After how many days what is missing, or was late, becomes a finding: the township's word."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.core.errors import Refused
from taole.inspections.blueprint import blueprint
from taole.inspections.step_forms import GraceForm
from taole.inspections.system_findings import grace_of, set_grace
from taole.organisation.models import Unit
from taole.organisation.queries import get_township


@blueprint.route("/findings/grace/<code>", methods=["GET", "POST"])
@requires(Permission.SET_REMINDERS, of=get_township)
def grace(township: Unit) -> Any:
    form = GraceForm(data=grace_of(township.id))
    if form.validate_on_submit():
        try:
            set_grace(
                township,
                missing=form.missing.data or 0,
                late=form.late.data or 0,
                by=current_user,
            )
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已保存，从今晚起按新的天数"), "ok")
            return redirect(url_for("inspections.findings"))
    status = 422 if form.errors or form.form_errors else 200
    return render_template("inspections/grace.html", form=form, township=township), status
