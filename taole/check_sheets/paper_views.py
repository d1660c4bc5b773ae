"""The check sheet on paper: as an inspector marked it, or as far as the system knows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.check_sheets.blueprint import blueprint
from taole.check_sheets.filling import (
    FilledFor,
    filled_beforehand,
    filled_by_marks,
    filled_workbook,
)
from taole.check_sheets.models import CheckSheet
from taole.check_sheets.queries import list_marks, proposals_for
from taole.check_sheets.sheets import find_sheet_of, sheet_in_force
from taole.check_sheets.visit_rounds import who_inspects
from taole.check_sheets.workflow import LINE_RESULT_LABELS
from taole.core.clock import today
from taole.core.errors import NotFound
from taole.core.pages import file_answer
from taole.inspections.blueprint import day_asked
from taole.inspections.models import Inspection
from taole.inspections.queries import get_inspection
from taole.organisation.models import Unit
from taole.organisation.queries import get_township_of, get_unit, list_grassroots
from taole.organisation.rules import GRASSROOTS, UnitKind

_Paper = tuple[CheckSheet, list[FilledFor]]


@blueprint.get("/inspections/<uuid:inspection_id>/check-sheet")
@requires(Permission.SEE_OVERVIEW, of=get_inspection)
def inspected_sheet(inspection: Inspection) -> Any:
    sheet, copies = _inspected(inspection)
    return _page(sheet, copies, inspection=inspection, unit=None)


@blueprint.get("/inspections/<uuid:inspection_id>/check-sheet.xlsx")
@requires(Permission.SEE_OVERVIEW, of=get_inspection)
def inspected_sheet_excel(inspection: Inspection) -> Any:
    sheet, copies = _inspected(inspection)
    return file_answer(
        filled_workbook(sheet, copies), f"{inspection.held_on:%Y-%m-%d}{sheet.name}.xlsx"
    )


@blueprint.get("/inspections/check-sheet/<code>/filled")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def filled_sheet(unit: Unit) -> Any:
    sheet, copies = _beforehand(unit, day_asked(today()))
    return _page(sheet, copies, inspection=None, unit=unit)


@blueprint.get("/inspections/check-sheet/<code>.xlsx")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def filled_sheet_excel(unit: Unit) -> Any:
    on = day_asked(today())
    sheet, copies = _beforehand(unit, on)
    return file_answer(filled_workbook(sheet, copies), f"{unit.name}{on:%Y-%m-%d}{sheet.name}.xlsx")


def _inspected(inspection: Inspection) -> _Paper:
    """The sheet filled for each unit that was visited, with what was marked there."""
    units = [visit.unit for visit in inspection.visits]
    if not units:
        raise NotFound(inspection.id)
    sheet = find_sheet_of(inspection) or sheet_in_force(inspection.township, inspection.held_on)
    marks = list_marks(inspection)
    proposals = proposals_for(units, sheet.lines, inspection.held_on)
    return sheet, [
        FilledFor(
            unit,
            inspection.held_on,
            inspection.body,
            filled_by_marks(sheet, marks.get(unit.id, {}), proposals[unit.id]),
        )
        for unit in units
    ]


def _beforehand(unit: Unit, on: date) -> _Paper:
    """The sheet of a village as the system knows it; of a township, that of each village."""
    units: Sequence[Unit] = [unit]
    if unit.kind is UnitKind.TOWNSHIP:
        units = list_grassroots(unit.id, on)
    elif unit.kind not in GRASSROOTS:
        units = []
    if not units:
        raise NotFound(unit.code)
    township = get_township_of(unit)
    sheet = sheet_in_force(township, on)
    body = who_inspects(township, my_reach(Permission.RECORD_INSPECTION)).body
    proposals = proposals_for(units, sheet.lines, on)
    return sheet, [
        FilledFor(each, on, body, filled_beforehand(sheet, proposals[each.id])) for each in units
    ]


def _page(
    sheet: CheckSheet, copies: list[FilledFor], *, inspection: Inspection | None, unit: Unit | None
) -> str:
    return render_template(
        "check_sheets/filled_sheet.html",
        sheet=sheet,
        copies=copies,
        inspection=inspection,
        unit=unit,
        result_labels=LINE_RESULT_LABELS,
        may_visit=unit is not None and i_may(Permission.RECORD_INSPECTION, unit),
    )
