"""The matrix pages as workbooks: what the page shows, with the page's own choices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.core.errors import NotFound
from taole.core.pages import file_answer
from taole.documents.spreadsheets import SheetOut, write_workbook
from taole.obligations.blueprint import blueprint, chosen_day
from taole.obligations.matrix_pages import summary_blocks, township_page, village_page
from taole.obligations.matrix_queries import list_places_below, list_summary_heads
from taole.obligations.matrix_sheets import summary_sheet, township_sheets, year_sheet
from taole.obligations.matrix_views import (
    chosen_band,
    chosen_filters,
    chosen_period,
    chosen_year,
)
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from taole.organisation.rules import GRASSROOTS, UnitKind


@blueprint.get("/completeness/<code>/matrix.xlsx")
@requires(Permission.SEE_COMPLETENESS, of=get_unit)
def matrix_sheet(unit: Unit) -> Any:
    """All villages of a township, a village's year, or all units of a county or above it."""
    if unit.kind is UnitKind.OFFICE:
        raise NotFound(unit.code)
    if unit.kind in GRASSROOTS:
        on, year = chosen_day(), chosen_year()
        grid = village_page(unit, year, on)
        return _answer([year_sheet(unit.name, year, grid, on)], f"{unit.name}{year}年公示情况")
    if unit.kind is UnitKind.TOWNSHIP:
        return _answer(_of_township(unit), f"{unit.name}公示情况{chosen_day():%Y%m%d}")
    period = chosen_period()
    return _answer([_of_county(unit)], f"{unit.name}{period.key}公示完整率")


def _of_township(unit: Unit) -> list[SheetOut]:
    on = chosen_day()
    page = township_page(unit, on, replace(chosen_filters(), villages=0))
    names = [each.name for each in page.units]
    return township_sheets(unit.name, names, page.grid, page.terms, on)


def _of_county(unit: Unit) -> SheetOut:
    on, period, band = chosen_day(), chosen_period(), chosen_band()
    heads = list_summary_heads(unit)
    places = list_places_below(heads) if heads else []
    blocks, sections = summary_blocks(heads, places, period, on)
    rows = [
        (block.head.name, row.unit.name, row.by_section, row.total)
        for block in blocks
        for row in block.rows
        if band in ("", row.band)
    ]
    return summary_sheet(unit.name, rows, sections, period, on)


def _answer(sheets: list[SheetOut], name: str) -> Any:
    return file_answer(write_workbook(sheets), f"{name}.xlsx")
