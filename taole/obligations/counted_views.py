"""The list behind a number: which obligations a page counted, paged, and as a workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, request

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.core.pages import paginate
from taole.core.periods import Frequency, parse_day, period_containing
from taole.obligations.blueprint import blueprint, chosen_day
from taole.obligations.counted_queries import COUNTED_LABELS, Counted, Wanted, select_counted
from taole.obligations.rules import standing
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit


@blueprint.get("/completeness/<code>/list")
@requires(Permission.SEE_COMPLETENESS, of=get_unit)
def counted(unit: Unit) -> Any:
    wanted = _wanted()
    page = paginate(select_counted(unit, wanted))
    return render_template(
        "obligations/counted.html",
        unit=unit,
        wanted=wanted,
        labels=COUNTED_LABELS,
        on=wanted.on,
        page=page,
        rows=[(each, standing(each.facts, wanted.on)) for each in page.rows],
    )


def _wanted() -> Wanted:
    """From the address; without days the year of the day that is looked at."""
    on = chosen_day()
    year = period_containing(Frequency.YEARLY, on)
    written = request.args.get("standing", "")
    return Wanted(
        _day("from", year.start),
        _day("to", year.end),
        on,
        Counted(written) if written in set(Counted) else None,
        request.args.get("section", ""),
    )


def _day(name: str, otherwise: date) -> date:
    written = request.args.get(name, "").strip()
    return parse_day(written) if written else otherwise
