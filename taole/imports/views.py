"""Pages: a ledger is uploaded, checked, corrected, and on a person's word brought in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.waiting_files import Shelf
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import file_answer, say_all
from taole.core.periods import FIRST_YEAR_OF_DISCLOSURE
from taole.imports.actions import Outcome, import_ledger
from taole.imports.forms import CheckedLedgerForm, LedgerForm
from taole.imports.papers import export_workbook, marked_workbook, template_workbook
from taole.imports.queries import (
    LedgerImport,
    find_township_names,
    get_import,
    list_postings_of_year,
)
from taole.organisation.asking import asked_township
from taole.organisation.queries import list_grassroots, list_townships

blueprint = Blueprint("imports", __name__)

FAULTS_SHOWN = 200
_WAITING = Shelf("ledger")


@blueprint.route("/imports/ledger", methods=["GET", "POST"])
@requires(Permission.IMPORT_LEDGER)
def ledger() -> Any:
    form = LedgerForm()
    if not form.validate_on_submit():
        return _upload_page(form), 422 if form.is_submitted() else 200
    filename, content = form.file.data.filename or "", form.file.data.read()
    try:
        outcome = _bring_in(filename, content, dry_run=True)
    except Refused as refusal:
        form.file.errors = say_all(refusal)
        return _upload_page(form), 422
    digest = _WAITING.keep(current_user.id, filename, content)
    return _report_page(outcome, filename, digest)


@blueprint.post("/imports/ledger/confirm")
@requires(Permission.IMPORT_LEDGER)
def confirm() -> Any:
    digest = request.form.get("digest", "")
    filename, content = _WAITING.get(current_user.id, digest)
    outcome = _bring_in(filename, content, dry_run=False)
    if outcome.faults:
        return _report_page(outcome, filename, digest)
    _WAITING.forget(current_user.id)
    return redirect(url_for("imports.done", import_id=outcome.import_id))


@blueprint.post("/imports/ledger/marked.xlsx")
@requires(Permission.IMPORT_LEDGER)
def marked() -> Any:
    filename, content = _WAITING.get(current_user.id, request.form.get("digest", ""))
    outcome = _bring_in(filename, content, dry_run=True)
    stem = filename.rsplit(".", 1)[0]
    workbook = marked_workbook(outcome.ledger, outcome.faults, filename)
    return file_answer(workbook, _("%(name)s（标注了错误）.xlsx", name=stem))


@blueprint.get("/imports/ledger/<uuid:import_id>")
@requires(Permission.IMPORT_LEDGER, of=get_import)
def done(imported: LedgerImport) -> Any:
    return render_template("imports/done.html", imported=imported)


@blueprint.get("/imports/ledger/template.xlsx")
@requires(Permission.IMPORT_LEDGER)
def template() -> Any:
    township = asked_township(Permission.IMPORT_LEDGER)
    names = find_township_names(township.id)
    matters, day = names.matters, today()
    workbook = template_workbook(
        [(unit.name, unit.code) for unit in list_grassroots(township.id, day)],
        [
            (item.code, item.title, matters.effective(item, None, day).frequency)
            for item in matters.in_force(day)
        ],
        [item.title for item in names.columns.in_force(day)],
    )
    return file_answer(workbook, _("%(place)s公示台账模板.xlsx", place=township.name))


@blueprint.get("/imports/ledger.xlsx")
@requires(Permission.IMPORT_LEDGER)
def export() -> Any:
    township = asked_township(Permission.IMPORT_LEDGER)
    year = request.args.get("year", today().year, type=int)
    if not FIRST_YEAR_OF_DISCLOSURE <= year <= today().year:
        raise NotFound(year)
    columns = {item.code: item.title for item in find_township_names(township.id).columns.items}
    title = f"{township.name}{year}年公示台账"
    workbook = export_workbook(title, list_postings_of_year(township.id, year), columns)
    return file_answer(workbook, f"{title}.xlsx")


def _bring_in(filename: str, content: bytes, *, dry_run: bool) -> Outcome:
    return import_ledger(
        content,
        filename,
        paths=my_reach(Permission.IMPORT_LEDGER),
        by=current_user,
        dry_run=dry_run,
    )


def _upload_page(form: LedgerForm) -> str:
    return render_template(
        "imports/ledger.html",
        form=form,
        townships=list_townships(my_reach(Permission.IMPORT_LEDGER)),
        years=range(today().year, today().year - 5, -1),
    )


def _report_page(outcome: Outcome, filename: str, digest: str) -> Any:
    page = render_template(
        "imports/report.html",
        outcome=outcome,
        filename=filename,
        faults=outcome.faults[:FAULTS_SHOWN],
        form=LedgerForm(formdata=None),
        checked=CheckedLedgerForm(formdata=None, digest=digest),
    )
    return page, 422 if outcome.faults else 200
