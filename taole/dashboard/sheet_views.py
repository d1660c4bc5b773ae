"""The overview as a workbook, with the page's own choices."""

from __future__ import annotations

from typing import Any

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.catalogue.labels import KNOWN_SECTIONS
from taole.core.errors import NotFound
from taole.core.pages import file_answer
from taole.dashboard.blueprint import blueprint, chosen_grouping, chosen_period, chosen_sort
from taole.dashboard.queries import count_by_fortnight, list_villages_now, tally_cells
from taole.dashboard.ranking import is_ranked
from taole.dashboard.rules import TREND, last_fortnights
from taole.dashboard.sheets import overview_sheets, places_sheet
from taole.dashboard.tallies import by_section, by_village, sorted_by, trend_of
from taole.documents.spreadsheets import SheetOut, write_workbook
from taole.obligations.blueprint import chosen_day
from taole.obligations.completeness_queries import Grouping, completeness, total_of
from taole.obligations.place_queries import PlaceSort, list_places
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from taole.organisation.rules import GRASSROOTS, UnitKind


@blueprint.get("/overview/<code>/overview.xlsx")
@requires(Permission.SEE_OVERVIEW, of=get_unit)
def overview_sheet(unit: Unit) -> Any:
    if unit.kind in GRASSROOTS or unit.kind is UnitKind.OFFICE:
        raise NotFound(unit.code)
    is_township = unit.kind is UnitKind.TOWNSHIP
    sheets = _of_township(unit) if is_township else [_of_places(unit)]
    return file_answer(write_workbook(sheets), f"{unit.name}总览{chosen_day():%Y%m%d}.xlsx")


def _of_township(unit: Unit) -> list[SheetOut]:
    on, period = chosen_day(), chosen_period()
    fortnights = last_fortnights(on, TREND)
    cells = tally_cells(unit, start=period.start, end=period.end, on=on)
    series = count_by_fortnight(unit, fortnights, on)
    villages = by_village(list_villages_now(unit, on), cells, series, fortnights=TREND)
    return overview_sheets(
        unit.name,
        sorted_by(villages, chosen_sort() if is_ranked(unit) else PlaceSort.CODE),
        by_section(cells, KNOWN_SECTIONS),
        trend_of(series, fortnights),
        period,
        on,
    )


def _of_places(unit: Unit) -> SheetOut:
    on, period = chosen_day(), chosen_period()
    days = {"start": period.start, "end": period.end, "on": on}
    rows = list_places(unit, **days, by=chosen_grouping(unit), sort=chosen_sort())
    whole = total_of(completeness(unit.path, **days, by=Grouping.SECTION))
    return places_sheet(unit.name, rows, whole, period, on)
