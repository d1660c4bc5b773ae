"""The yearly 效能 sheet: off until the township switches it on; its weights; its papers."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import file_answer, say_all
from taole.organisation.asking import asked_year, years_to_choose
from taole.organisation.models import Unit
from taole.organisation.queries import get_township
from taole.oversight.appraisal import (
    find_appraisal,
    note_of,
    paper_of,
    set_appraisal,
    sheet_of,
)
from taole.oversight.appraisal_forms import AppraisalForm
from taole.oversight.appraisal_queries import list_village_years
from taole.oversight.appraisal_rules import VillageYear, Weights, points_of
from taole.oversight.blueprint import blueprint
from taole.oversight.brief_rules import percent


@blueprint.get("/appraisal/<code>")
@requires(Permission.SEE_BRIEF, of=get_township)
def appraisal(unit: Unit) -> Any:
    kept = find_appraisal(unit)
    return _page(unit, AppraisalForm(data={"is_on": kept.is_on, **kept.weights.as_json()}))


@blueprint.post("/appraisal/<code>/settings")
@requires(Permission.SET_APPRAISAL, of=get_township)
def change_appraisal(unit: Unit) -> Any:
    form = AppraisalForm()
    if form.validate_on_submit():
        try:
            set_appraisal(unit, is_on=form.is_on.data, weights=form.weights(), by=me())
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已保存"), "ok")
            return redirect(url_for("oversight.appraisal", code=unit.code))
    return _page(unit, form), 422


@blueprint.get("/appraisal/<code>/sheet.xlsx")
@requires(Permission.SEE_BRIEF, of=get_township)
def appraisal_as_sheet(unit: Unit) -> Any:
    year, villages, weights = _used(unit)
    content = sheet_of(unit.name, year, villages, weights, today())
    return file_answer(content, f"{unit.name}{year}年村务公开效能情况表.xlsx")


@blueprint.get("/appraisal/<code>/sheet.docx")
@requires(Permission.SEE_BRIEF, of=get_township)
def appraisal_as_word(unit: Unit) -> Any:
    year, villages, weights = _used(unit)
    content = paper_of(unit.name, year, villages, weights, today())
    return file_answer(content, f"{unit.name}{year}年村务公开效能情况表.docx")


def _used(unit: Unit) -> tuple[int, list[VillageYear], Weights]:
    """The sheet of the year asked for; there is none while the township has not switched it on."""
    kept, year = find_appraisal(unit), asked_year(today().year)
    if not kept.is_on:
        raise NotFound(unit.code)
    return year, list_village_years(unit, year, today()), kept.weights


def _page(unit: Unit, form: AppraisalForm) -> str:
    kept, year = find_appraisal(unit), asked_year(today().year)
    villages = list_village_years(unit, year, today()) if kept.is_on else []
    return render_template(
        "oversight/appraisal.html",
        unit=unit,
        year=year,
        years=years_to_choose(year),
        is_on=kept.is_on,
        villages=[(each, points_of(each, kept.weights)) for each in villages],
        note=note_of(kept.weights),
        form=form,
        may_set=i_may(Permission.SET_APPRAISAL, unit),
        percent=percent,
    )
