"""The county's indicators: the table in force, loading another, handing it out as Excel."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import now, today
from taole.core.errors import Refused
from taole.core.pages import file_answer, say_all
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, list_townships
from taole.oversight.blueprint import blueprint
from taole.oversight.circular_forms import TableForm
from taole.oversight.indicator_reading import read_indicators, write_indicators
from taole.oversight.indicators import find_table, load_table, table_of
from taole.oversight.measures import MEASURES


@blueprint.get("/indicators")
@requires(Permission.SEE_INDICATORS)
def indicators() -> Any:
    township = list_townships(my_reach(Permission.SEE_INDICATORS))[0]
    return redirect(url_for("oversight.indicators_of", code=township.code))


@blueprint.get("/indicators/<code>")
@requires(Permission.SEE_INDICATORS, of=get_township)
def indicators_of(unit: Unit) -> Any:
    return _page(unit, TableForm(data={"from_on": today()}))


@blueprint.post("/indicators/<code>/load")
@requires(Permission.CHANGE_INDICATORS, of=get_township)
def load_indicators(unit: Unit) -> Any:
    form = TableForm()
    if form.validate_on_submit():
        try:
            sent = form.file.data
            draft = read_indicators(sent.read(), sent.filename or "")
            load_table(unit, draft, from_on=form.from_on.data or today(), by=me(), at=now())
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            by_hand = sum(not line.measure for line in draft.lines)
            flash(
                _(
                    "载入了 %(count)s 条指标，其中 %(by_hand)s 条要人工核对",
                    count=len(draft.lines),
                    by_hand=by_hand,
                ),
                "ok",
            )
            return redirect(url_for("oversight.indicators_of", code=unit.code))
    return _page(unit, form), 422


@blueprint.get("/indicators/<code>/table.xlsx")
@requires(Permission.SEE_INDICATORS, of=get_township)
def indicators_as_sheet(unit: Unit) -> Any:
    return file_answer(write_indicators(table_of(unit, today())), f"{unit.name}考核指标.xlsx")


def _page(unit: Unit, form: TableForm) -> str:
    return render_template(
        "oversight/indicators.html",
        unit=unit,
        table=table_of(unit, today()),
        own=find_table(unit, today()),
        measures=MEASURES,
        form=form,
        may_change=i_may(Permission.CHANGE_INDICATORS, unit),
    )
