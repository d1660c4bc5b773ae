"""The printed sheet: on screen to print, as PDF, as Word; all that is still to go up at once."""

from __future__ import annotations

from typing import Any

from flask import render_template

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.boards.blueprint import blueprint, paper_asked, site, start_asked
from taole.boards.composing import compose
from taole.boards.missing_sheets import join_sheets, list_missing
from taole.boards.sheet_pdf import sheet_pdf, with_font_warning
from taole.boards.sheet_word import sheet_docx
from taole.core.clock import today
from taole.core.pages import file_answer
from taole.documents.codes import qr_svg
from taole.notices.models import Notice
from taole.notices.printed_sheet import PrintedSheet
from taole.notices.queries import get_notice
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit


@blueprint.get("/notices/<uuid:notice_id>/sheet")
@requires(Permission.SEE_NOTICES, of=get_notice)
def sheet(notice: Notice) -> Any:
    made = with_font_warning(_sheet(notice))
    return render_template(
        "boards/sheet.html",
        notice=notice,
        sheet=made,
        code=qr_svg(made.address),
        paper=paper_asked(),
    )


@blueprint.get("/notices/<uuid:notice_id>/sheet.pdf")
@requires(Permission.SEE_NOTICES, of=get_notice)
def sheet_as_pdf(notice: Notice) -> Any:
    made = _sheet(notice)
    return file_answer(sheet_pdf(made, paper_asked()), _filename(made, "pdf"))


@blueprint.get("/notices/<uuid:notice_id>/sheet.docx")
@requires(Permission.SEE_NOTICES, of=get_notice)
def sheet_as_word(notice: Notice) -> Any:
    made = _sheet(notice)
    return file_answer(sheet_docx(made, paper_asked()), _filename(made, "docx"))


@blueprint.get("/villages/<code>/sheets")
@requires(Permission.SEE_NOTICES, of=get_unit)
def sheets(unit: Unit) -> Any:
    return render_template(
        "boards/sheets.html", unit=unit, missing=list_missing(unit, site=site(), on=today())
    )


@blueprint.get("/villages/<code>/sheets.pdf")
@requires(Permission.SEE_NOTICES, of=get_unit)
def sheets_as_pdf(unit: Unit) -> Any:
    missing = list_missing(unit, site=site(), on=today())
    content = join_sheets([each.sheet for each in missing if each.sheet], paper_asked())
    return file_answer(content, f"{unit.name}待贴公示{today():%Y%m%d}.pdf")


def _sheet(notice: Notice) -> PrintedSheet:
    return compose(notice, site=site(), start=start_asked())


def _filename(made: PrintedSheet, suffix: str) -> str:
    mark = "（预览）" if made.is_preview else ""
    stem = "".join(sign for sign in made.title if sign not in '\\/:*?"<>|\r\n\t')[:80]
    return f"{stem}{mark}.{suffix}"
