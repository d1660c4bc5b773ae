"""The rectification checklist on screen (to print it), as a Word file and as a workbook."""

from __future__ import annotations

from typing import Any

from flask import render_template

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.pages import file_answer
from taole.inspections.blueprint import blueprint, day_asked
from taole.inspections.checklist import (
    COLUMNS,
    NOTE,
    SIGNING,
    Checklist,
    checklist_docx,
    checklist_xlsx,
    make_checklist,
)
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit


def my_code() -> str:
    """The code of the widest unit whose checklist this person may print ("" for nobody's)."""
    paths = my_reach(Permission.PRINT_CHECKLIST)
    return paths[0].rstrip("/").rsplit("/", 1)[-1] if paths else ""


@blueprint.get("/findings/checklist/<code>")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def checklist(unit: Unit) -> Any:
    listed = _listed(unit)
    return render_template(
        "inspections/checklist.html",
        checklist=listed,
        columns=COLUMNS,
        note=NOTE,
        signing=SIGNING,
        may_record=i_may(Permission.RECORD_INSPECTION, unit),
    )


@blueprint.get("/findings/checklist/<code>.docx")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def checklist_word(unit: Unit) -> Any:
    listed = _listed(unit)
    return file_answer(checklist_docx(listed), _filename(listed, "docx"))


@blueprint.get("/findings/checklist/<code>.xlsx")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def checklist_excel(unit: Unit) -> Any:
    listed = _listed(unit)
    return file_answer(checklist_xlsx(listed), _filename(listed, "xlsx"))


def _listed(unit: Unit) -> Checklist:
    """The list on the day of the address (``?on=2023-11-01``; nonsense means today)."""
    return make_checklist(unit, on=day_asked(today()))


def _filename(listed: Checklist, suffix: str) -> str:
    return f"{listed.title}{listed.issued_on:%Y%m%d}.{suffix}"
