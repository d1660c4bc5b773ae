"""The monthly clearing (每月清理): what has to come down, with ticks and one button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import paginate, say_all
from taole.core.periods import Frequency, period_containing
from taole.organisation.models import Unit
from taole.organisation.queries import get_township
from taole.oversight.blueprint import blueprint
from taole.oversight.clearing import Cleared, clear, set_limit
from taole.oversight.clearing_forms import ClearingForm, LimitForm
from taole.oversight.clearing_queries import (
    PLACES,
    find_limit,
    list_cleared,
    select_to_clear,
    with_reasons,
)
from taole.oversight.clearing_rules import WHY_LABELS, Why

A_PAGE = 100


@blueprint.route("/website-duty/<code>/clearing", methods=["GET", "POST"])
@requires(Permission.CLEAR_WEBSITE, of=get_township)
def website_clearing(township: Unit) -> Any:
    if request.method == "GET":
        return _page(township, ClearingForm(formdata=None, on=today()))
    form, ticked = ClearingForm(), request.form.getlist("posting", type=UUID)
    if not form.validate():
        return _page(township, form, ticked=ticked), 422
    try:
        done = clear(township, ticked, on=form.on.data or today(), by=me())
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        return _page(township, form, ticked=ticked), 422
    return _page(township, form, done=done)


@blueprint.post("/website-duty/<code>/clearing/limit")
@requires(Permission.CLEAR_WEBSITE, of=get_township)
def set_clearing_limit(township: Unit) -> Any:
    form = LimitForm()
    limit = form.stale_after_days
    if not form.validate():
        return _page(township, ClearingForm(formdata=None, on=today()), limit_form=form), 422
    try:
        set_limit(township, limit.data, by=me())
    except Refused as refusal:
        limit.errors = say_all(refusal)
        return _page(township, ClearingForm(formdata=None, on=today()), limit_form=form), 422
    flash(_("已存好"), "ok")
    return redirect(url_for("oversight.website_clearing", code=township.code))


def _page(
    township: Unit,
    form: ClearingForm,
    *,
    ticked: Sequence[UUID] | None = None,
    done: Sequence[Cleared] = (),
    limit_form: LimitForm | None = None,
) -> Any:
    """The list, with what was ticked; ``done``: what became of those that were sent just now."""
    on, stale_after = today(), find_limit(township.id)
    asked = request.args.get("where", "")
    where = asked if asked in PLACES else ""
    page = paginate(select_to_clear(township, on, PLACES[where], stale_after), size=A_PAGE)
    month = period_containing(Frequency.MONTHLY, on)
    return render_template(
        "oversight/website_clearing.html",
        township=township,
        form=form,
        limit_form=limit_form or LimitForm(formdata=None, stale_after_days=stale_after),
        page=page,
        listed=with_reasons(page.rows, on, stale_after),
        ticked=ticked,
        done=done,
        where=where,
        cleared=list_cleared(township, month.start, min(month.end, on)),
        labels=WHY_LABELS,
        Why=Why,
    )
