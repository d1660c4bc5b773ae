"""The rectification checklist of a day on screen (to print it), and as a file."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from taole.access.guard import i_may, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.pages import file_answer
from taole.documents.paper_files import WRITERS
from taole.inspections.blueprint import day_asked, site
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from taole.rectification_papers.blueprint import blueprint
from taole.rectification_papers.checklist import Checklist, make_checklist


@blueprint.get("/findings/checklist/<code>")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def checklist(unit: Unit) -> Any:
    listed = _listed(unit)
    return render_template(
        "rectification_papers/checklist.html",
        checklist=listed,
        paper=listed.paper(),
        links=_links(listed) if i_may(Permission.RECORD_INSPECTION, unit) else {},
        may_issue=i_may(Permission.RECORD_INSPECTION, unit),
    )


def _links(listed: Checklist) -> dict[int, str]:
    """Where a row that the system names may be recorded as a problem, by its place."""
    return {
        at: url_for("inspections.new_finding", obligation=row.obligation_id)
        for at, row in enumerate(listed.rows)
        if row.obligation_id
    }


@blueprint.get("/findings/checklist/<code>.docx")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def checklist_word(unit: Unit) -> Any:
    return _file(unit, "docx")


@blueprint.get("/findings/checklist/<code>.xlsx")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def checklist_excel(unit: Unit) -> Any:
    return _file(unit, "xlsx")


@blueprint.get("/findings/checklist/<code>.pdf")
@requires(Permission.PRINT_CHECKLIST, of=get_unit)
def checklist_pdf(unit: Unit) -> Any:
    return _file(unit, "pdf")


def _listed(unit: Unit) -> Checklist:
    """The list on the day of the address (``?on=2023-11-01``; nonsense means today)."""
    return make_checklist(unit, on=day_asked(today()), site=site())


def _file(unit: Unit, suffix: str) -> Any:
    listed = _listed(unit)
    name = f"{listed.title}{listed.issued_on:%Y%m%d}.{suffix}"
    return file_answer(WRITERS[suffix](listed.paper()), name)
