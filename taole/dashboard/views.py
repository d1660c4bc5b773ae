"""Where one arrives: the secretary's home, the township's overview, the county's."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from taole.access.guard import i_may, me, my_grants, requires
from taole.access.permissions import HOLDERS, Permission
from taole.catalogue.labels import KNOWN_SECTIONS
from taole.core.calendar_store import work_calendar
from taole.core.clock import local
from taole.core.errors import NotFound
from taole.core.figures import Scope
from taole.core.pages import paginate
from taole.dashboard import sheet_views
from taole.dashboard.blueprint import (
    blueprint,
    chosen_grouping,
    chosen_period,
    chosen_sort,
    kept_day,
    usual_grouping,
)
from taole.dashboard.chores import list_chores
from taole.dashboard.home_rules import arrange_home
from taole.dashboard.queries import (
    LOOK_BACK,
    count_by_fortnight,
    find_ahead,
    find_review,
    list_notices_at_work,
    list_pressing_findings,
    list_problems,
    list_slots,
    list_villages_now,
    measure_many,
    tally_cells,
)
from taole.dashboard.ranking import is_ranked, set_ranking
from taole.dashboard.rules import (
    TREND,
    fortnight_of,
    last_fortnights,
    pressing,
    soon,
)
from taole.dashboard.tallies import (
    by_section,
    by_village,
    first_and_last,
    sorted_by,
    total,
    trend_of,
)
from taole.notices.queries import count_waiting_for
from taole.notices.showing_queries import list_sheets_in_trouble
from taole.notices.showing_rules import in_words
from taole.obligations.blueprint import chosen_day
from taole.obligations.completeness_queries import Grouping, completeness, total_of
from taole.obligations.place_queries import PlaceSort, count_places, row_of, select_places
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, get_unit
from taole.organisation.rules import GRASSROOTS, UnitKind
from taole.oversight.quarter_tables import WORK_FIGURES
from taole.rounds.queries import find_open_ask

__all__ = ["blueprint", "sheet_views"]


@blueprint.get("/")
@requires(Permission.BE_SIGNED_IN)
def home() -> Any:
    """Everybody's own first page."""
    posts = [(held.role, held.unit) for held in current_user.current]
    above = HOLDERS[Permission.SEE_OVERVIEW]
    wide = [
        unit
        for role, unit in posts
        if role in above and unit.kind not in GRASSROOTS and unit.kind is not UnitKind.OFFICE
    ]
    if wide:
        widest = min(wide, key=lambda unit: len(unit.path))
        return redirect(url_for("dashboard.overview_of", code=widest.code))
    villages = [unit for _role, unit in posts if unit.kind in GRASSROOTS]
    if villages:
        return redirect(url_for("dashboard.village", code=villages[0].code))
    return redirect(url_for("notices.index"))


@blueprint.get("/villages/<code>/")
@requires(Permission.SEE_COMPLETENESS, of=get_unit)
def village(unit: Unit) -> Any:
    if unit.kind not in GRASSROOTS:
        raise NotFound(unit.code)
    on = chosen_day()
    now, after = fortnight_of(on), fortnight_of(on).next()
    shown = arrange_home(
        list_slots(unit, on, since=now.start, until=after.end),
        list_notices_at_work(unit),
        list_problems(unit, on),
        on,
    )
    ask = find_open_ask(unit.id) if i_may(Permission.ANSWER_ROUND, unit) else None
    return render_template(
        "dashboard/village.html",
        ask=ask,
        ask_due_on=local(ask.due_at).date() if ask else None,
        unit=unit,
        home=shown,
        on=on,
        after=after,
        to_judge=count_waiting_for(my_grants(), current_user.id),
        sheets=list_sheets_in_trouble([unit.path], on),
        in_words=lambda sheet: in_words(sheet.problems[0], sheet.showing, on),
    )


@blueprint.get("/overview")
@requires(Permission.SEE_OVERVIEW)
def overview() -> Any:
    return home()


@blueprint.get("/overview/<code>")
@requires(Permission.SEE_OVERVIEW, of=get_unit)
def overview_of(unit: Unit) -> Any:
    if unit.kind is UnitKind.TOWNSHIP:
        return _township(unit)
    if unit.kind in GRASSROOTS or unit.kind is UnitKind.OFFICE:
        raise NotFound(unit.code)
    return _above(unit)


def _township(unit: Unit) -> Any:
    on = chosen_day()
    period = chosen_period()
    fortnights = last_fortnights(on, TREND)
    villages = list_villages_now(unit, on)
    cells = tally_cells(unit, start=period.start, end=period.end, on=on)
    series = count_by_fortnight(unit, fortnights, on)
    review = find_review(unit, on)
    findings = list_pressing_findings(unit, on, soon(on, work_calendar()))
    year = request.args.get("year", on.year, type=int)
    first, last = first_and_last(year, on)
    ranked = is_ranked(unit)
    sort = chosen_sort() if ranked else PlaceSort.CODE
    return render_template(
        "dashboard/township.html",
        unit=unit,
        on=on,
        period=period,
        all=total(cells.values()),
        review=review,
        pressing=pressing(
            villages, findings, review, on, find_ahead(unit, on), list_chores(unit, on)
        ),
        villages=sorted_by(by_village(villages, cells, series, fortnights=TREND), sort),
        is_ranked=ranked,
        sort=sort,
        PlaceSort=PlaceSort,
        sections=by_section(cells, KNOWN_SECTIONS),
        trend=trend_of(series, fortnights),
        year=first.year,
        figures=measure_many(WORK_FIGURES, Scope(unit.id, unit.path, first, last)),
        is_new=not (cells or series or any(each.latest_on or each.overdue for each in villages)),
        kept=kept_day(),
        year_back=LOOK_BACK,
    )


@blueprint.post("/overview/<code>/ranking")
@requires(Permission.SET_APPRAISAL, of=get_township)
def change_ranking(unit: Unit) -> Any:
    set_ranking(unit, is_on="on" in request.form, by=me())
    return redirect(url_for("dashboard.overview_of", code=unit.code))


def _above(unit: Unit) -> Any:
    """Townships of a county, counties of what is above, or all their villages: sorted and cut in
    the database.
    """
    on = chosen_day()
    period = chosen_period()
    by = chosen_grouping(unit)
    sort = chosen_sort()
    found = select_places(unit, start=period.start, end=period.end, on=on, by=by, sort=sort)
    page = paginate(found, scalars=False, total=count_places(unit, start=period.start, by=by))
    return render_template(
        "dashboard/above.html",
        unit=unit,
        on=on,
        period=period,
        page=page,
        rows=[row_of(each) for each in page.rows],
        all=total_of(
            completeness(unit.path, start=period.start, end=period.end, on=on, by=Grouping.SECTION)
        ),
        usual=usual_grouping(unit),
        by=by,
        sort=sort,
        Grouping=Grouping,
        PlaceSort=PlaceSort,
        kept=kept_day(),
    )
