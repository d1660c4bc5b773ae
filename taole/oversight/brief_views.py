"""The leader's minute on a page, and its paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for

from taole.access.guard import my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.pages import file_answer
from taole.core.periods import label
from taole.obligations.blueprint import chosen_day
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, list_townships, name_of_clerks_office
from taole.oversight.blueprint import blueprint
from taole.oversight.brief import brief_of, link_to, paper_of, text_of
from taole.oversight.brief_rules import headline, percent, week_of


@blueprint.get("/brief")
@requires(Permission.SEE_BRIEF)
def brief() -> Any:
    township = list_townships(my_reach(Permission.SEE_BRIEF))[0]
    return redirect(url_for("oversight.brief_of_township", code=township.code))


@blueprint.get("/brief/<code>")
@requires(Permission.SEE_BRIEF, of=get_township)
def brief_of_township(unit: Unit) -> Any:
    start, end = week_of(min(chosen_day(), today()))
    shown = brief_of(unit, start, end)
    return render_template(
        "oversight/brief.html",
        unit=unit,
        brief=shown,
        headline=headline(shown),
        text=text_of(shown, link_to(unit, end)),
        percent=percent,
        on=end,
    )


@blueprint.get("/brief/<code>/brief.docx")
@requires(Permission.SEE_BRIEF, of=get_township)
def brief_as_word(unit: Unit) -> Any:
    start, end = week_of(min(chosen_day(), today()))
    paper = paper_of(brief_of(unit, start, end), name_of_clerks_office(unit))
    return file_answer(paper, f"{unit.name}村务公开工作简报{end:%Y%m%d}.docx")


@blueprint.context_processor
def _days() -> dict[str, Any]:
    return {"one_day": timedelta(days=1), "period_label": label}
