"""Pages that add a unit to the tree, change its phone, or close it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import say_all
from taole.organisation.actions import change_phone, close_unit, found_unit
from taole.organisation.blueprint import blueprint
from taole.organisation.forms import LastDayForm, PhoneForm, UnitForm, choice
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit, list_parents
from taole.organisation.rules import UnitKind


@blueprint.route("/units/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def new_unit() -> Any:
    form = UnitForm()
    parents = {each.code: each for each in list_parents(my_reach(Permission.MANAGE_PEOPLE))}
    form.parent.choices = [choice(code, each.name) for code, each in parents.items()]
    if request.method == "GET":
        form.kind.data = UnitKind.VILLAGE.value
    elif form.validate_on_submit():
        try:
            unit = found_unit(
                kind=UnitKind(form.kind.data),
                code=(form.code.data or "").strip(),
                name=(form.name.data or "").strip(),
                parent=parents[form.parent.data],
                opened_on=form.opened_on.data,
                phone=form.phone.data or "",
                by=current_user,
            )
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已添加%(name)s", name=unit.name), "ok")
            return redirect(url_for("organisation.people"))
    page = render_template("organisation/new_unit.html", form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/units/<code>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE, of=get_unit)
def close(unit: Unit) -> Any:
    form = LastDayForm()
    if request.method == "GET":
        form.on.data = unit.closed_on or today()
    elif form.validate_on_submit():
        try:
            close_unit(unit, on=form.on.data or today(), by=current_user)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("%(name)s的撤销日期已记下", name=unit.name), "ok")
            return redirect(url_for("organisation.people"))
    page = render_template("organisation/close_unit.html", form=form, unit=unit)
    return page, 422 if form.errors else 200


@blueprint.route("/units/<code>/phone", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE, of=get_unit)
def phone(unit: Unit) -> Any:
    """The phone that stands on the unit's printed sheets."""
    form = PhoneForm(obj=unit)
    if form.validate_on_submit():
        try:
            change_phone(unit, form.phone.data or "", by=current_user)
        except Refused as refusal:
            form.phone.errors = say_all(refusal)
        else:
            flash(_("%(name)s的监督电话已改", name=unit.name), "ok")
            return redirect(url_for("organisation.people"))
    page = render_template("organisation/phone.html", form=form, unit=unit)
    return page, 422 if form.errors else 200
