"""Pages: all ledgers, one ledger's year, a new entry, a correction."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import paginate, say_all
from taole.organisation.asking import asked_township, asked_year, years_to_choose
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships
from taole.registers.actions import correct, enter
from taole.registers.blueprint import blueprint
from taole.registers.forms import form_of, typed_values
from taole.registers.ledgers import REGISTERS, get_register, register_of
from taole.registers.models import Entry
from taole.registers.queries import count_by_register, get_entry, select_year


@blueprint.get("/registers")
@requires(Permission.SEE_REGISTERS)
def index() -> Any:
    township, year = asked_township(Permission.SEE_REGISTERS), _year()
    counts = count_by_register(township.id, year)
    return render_template(
        "registers/index.html",
        registers=REGISTERS.values(),
        counts=counts,
        **_place(township, year),
    )


@blueprint.get("/registers/<key>")
@requires(Permission.SEE_REGISTERS)
def entries(key: str) -> Any:
    register = get_register(key)
    township, year = asked_township(Permission.SEE_REGISTERS), _year()
    return render_template(
        "registers/entries.html",
        register=register,
        page=paginate(select_year(register, township.id, year)),
        may_keep=i_may(Permission.KEEP_REGISTERS, township),
        **_place(township, year),
    )


@blueprint.route("/registers/<key>/new", methods=["GET", "POST"])
@requires(Permission.KEEP_REGISTERS)
def new(key: str) -> Any:
    register = get_register(key)
    township = asked_township(Permission.KEEP_REGISTERS)
    form = form_of(register)()
    status = 200
    if form.validate_on_submit():
        try:
            entry = enter(register.key, township, typed_values(register, form), by=current_user)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已记入“%(register)s”", register=_(register.label)), "ok")
            return redirect(_year_of(entry, township))
    if form.is_submitted():
        status = 422
    return render_template(
        "registers/new.html", register=register, form=form, township=township
    ), status


@blueprint.route("/registers/<key>/<uuid:entry_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_REGISTERS, of=get_entry)
def correct_entry(entry: Entry) -> Any:
    register = register_of(entry)
    form = form_of(register)(obj=entry)
    status = 200
    if form.validate_on_submit():
        try:
            correct(entry, typed_values(register, form), by=current_user)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已更正，原来的内容留在痕迹里"), "ok")
            return redirect(_year_of(entry, entry.township))
    if form.is_submitted():
        status = 422
    return render_template(
        "registers/correct_entry.html", register=register, form=form, entry=entry
    ), status


def _year() -> int:
    return asked_year(today().year + 1)


def _place(township: Unit, year: int) -> dict[str, Any]:
    """Whose ledger, of which year, and which others there are."""
    return {
        "township": township,
        "townships": list_townships(my_reach(Permission.SEE_REGISTERS)),
        "year": year,
        "years": years_to_choose(year),
    }


def _year_of(entry: Entry, township: Unit) -> str:
    register = register_of(entry)
    return url_for(
        "registers.entries", key=register.key, unit=township.code, year=register.year_of(entry)
    )
