"""Findings of a year by kind, by village and by quarter: does the same problem return?"""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from taole.access.guard import my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.inspections.blueprint import blueprint, year_asked
from taole.inspections.problem_kinds import problem_kinds
from taole.inspections.queries import list_years
from taole.inspections.statistics_queries import count_year, list_returned
from taole.inspections.statistics_rules import Tally, by_kind, by_unit
from taole.inspections.workflow import InspectionKind


@blueprint.get("/findings/statistics")
@requires(Permission.SEE_FINDINGS)
def statistics() -> Any:
    paths, on = my_reach(Permission.SEE_FINDINGS), today()
    years = list_years(paths)
    year = year_asked() or next(iter(years), on.year)
    source = request.args.get("source", type=InspectionKind)
    cells = count_year(paths, year, on, source)
    return render_template(
        "inspections/statistics.html",
        year=year,
        years=years,
        source=source,
        total=sum((cell.tally for cell in cells), Tally()),
        units=by_unit(cells),
        kinds=by_kind(cells),
        kind_names={kind.code: kind for kind in problem_kinds()},
        returned=list_returned(paths, year),
        until=(on.month + 2) // 3 if year == on.year else 4,
    )
