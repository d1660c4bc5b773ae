"""Which reviews each matter passes: the township's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.catalogue.labels import item_title
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import list_item_terms, list_items_in_force
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.forms import DayField
from taole.core.pages import say_all
from taole.core.words import N_, sentence
from taole.notices.blueprint import blueprint
from taole.notices.models import ReviewSetting
from taole.notices.review_plans import ReviewPlan, plan_among, set_reviews
from taole.notices.review_queries import list_review_settings
from taole.notices.workflow import ALL_STEPS, ReviewStep
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from taole.organisation.rules import UnitKind


class ReviewSettingsForm(FlaskForm):
    from_on = DayField("", validators=[InputRequired()])


@dataclass(frozen=True)
class PlanRow:
    """An item with its reviews; ``code`` empty for all items that have no word of their own."""

    code: str
    name: str
    section: str
    plan: ReviewPlan


def get_township(code: str) -> Unit:
    unit = get_unit(code)
    if unit.kind is not UnitKind.TOWNSHIP:
        raise NotFound(code)
    return unit


@blueprint.route("/townships/<code>/reviews", methods=["GET", "POST"])
@requires(Permission.SET_REVIEWS, of=get_township)
def review_settings(township: Unit) -> Any:
    """All items by section, with their reviews as they will be from ``from_on`` on."""
    settings = list_review_settings(township.id)
    form = ReviewSettingsForm(from_on=today())
    held_on = _held_on(settings)
    rows = _rows(township, settings, held_on)
    if request.method == "GET":
        return _page(township, form, rows, held_on)
    ticked = [_ticked(row) for row in rows]
    if not form.validate():
        return _page(township, form, ticked, held_on), 422
    try:
        count = _keep(township, rows, ticked, form.from_on.data or today())
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        return _page(township, form, ticked, held_on), 422
    words = _("已存好：改了 %(count)s 项", count=count) if count else _("没有改动")
    flash(words, "ok")
    return redirect(url_for("notices.review_settings", code=township.code))


def _held_on(settings: list[ReviewSetting]) -> date:
    """The day as of which the page tells the reviews: what is set for later is told already."""
    return max([today(), *(each.from_on for each in settings)])


def _rows(township: Unit, settings: list[ReviewSetting], on: date) -> list[PlanRow]:
    everything = PlanRow("", _("所有没有单独规定的事项"), "", plan_among(settings, "", on))
    items: list[CatalogueItem] = [
        *list_item_terms(township.id, today()),
        *list_items_in_force(township.id, today(), CatalogueKind.WEBSITE),
    ]
    return [
        everything,
        *(
            PlanRow(
                item.code,
                item_title(item),
                item.section or _("政府网站栏目"),
                plan_among(settings, item.code, on),
            )
            for item in items
        ),
    ]


def _ticked(row: PlanRow) -> PlanRow:
    """The row as it was sent; one that was not sent at all stays as it is."""
    if f"row-{row.code}" not in request.form:
        return row
    sent = set(request.form.getlist(f"steps-{row.code}"))
    plan = ReviewPlan(
        tuple(step for step in ALL_STEPS if step in sent), f"urgent-{row.code}" in request.form
    )
    return PlanRow(row.code, row.name, row.section, plan)


def _keep(township: Unit, rows: list[PlanRow], ticked: list[PlanRow], from_on: date) -> int:
    """Set what was changed; how many items that were. Nobody changes what held yesterday."""
    if from_on < today():
        raise Refused(
            sentence(N_("%(day)s已经过去：请选今天或以后的日期。"), day=from_on.isoformat())
        )
    changed = [new for old, new in zip(rows, ticked, strict=True) if new.plan != old.plan]
    for row in changed:
        set_reviews(
            township,
            steps=row.plan.steps,
            is_urgent=row.plan.is_urgent,
            item_code=row.code,
            from_on=from_on,
            by=me(),
        )
    return len(changed)


def _page(township: Unit, form: ReviewSettingsForm, rows: list[PlanRow], held_on: date) -> Any:
    sections: dict[str, list[PlanRow]] = {}
    for row in rows:
        sections.setdefault(row.section, []).append(row)
    return render_template(
        "notices/review_settings.html",
        township=township,
        form=form,
        sections=list(sections.items()),
        held_on=held_on,
        steps=list(ReviewStep),
    )
