"""Papers on rectification: issued with a number, kept, listed, handed out, noted as submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.models import Attachment, ScanState
from taole.attachments.queries import read_bytes
from taole.attachments.views import file_of, held_page
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.pages import paginate
from taole.documents.codes import qr_svg
from taole.documents.paper import Paper, from_json, kind_of, text_of
from taole.inspections.blueprint import site, township_asked, year_asked
from taole.inspections.forms import ReportForm
from taole.inspections.queries import list_inspectable_units
from taole.obligations.blueprint import layout
from taole.organisation.models import Unit
from taole.rectification_papers.blueprint import blueprint
from taole.rectification_papers.composing import check_order, compose_paper
from taole.rectification_papers.forms import PaperForm, SubmitPaperForm
from taole.rectification_papers.issuing import issue_paper, submit_paper, submit_report
from taole.rectification_papers.models import RectificationPaper
from taole.rectification_papers.queries import (
    find_paper,
    get_paper,
    get_paper_file,
    list_paper_files,
    list_paper_years,
    select_papers,
)
from taole.rectification_papers.workflow import FROM_OUTSIDE, PAPER_KIND_LABELS, PaperKind

HELD = frozenset({ScanState.FOUND, ScanState.FAILED})
"""Not given out until somebody decided. A file that waits for the machine is: the house wrote it
itself, of words that were screened on their way in and that the reader sees on the pages."""


@dataclass(frozen=True)
class PaperFile:
    """A file of a paper, with the place of its paper."""

    path: str
    attachment: Attachment


@blueprint.app_context_processor
def _papers() -> dict[str, Any]:
    return {
        "block_kind": kind_of,
        "text_of": text_of,
        "qr_svg": qr_svg,
        "paper_kinds": PAPER_KIND_LABELS,
    }


@blueprint.get("/inspections/papers")
@requires(Permission.SEE_FINDINGS)
def papers() -> Any:
    paths = my_reach(Permission.SEE_FINDINGS)
    kind, year = request.args.get("kind", type=PaperKind), year_asked()
    page = paginate(select_papers(paths, kind=kind, year=year))
    return render_template(
        "rectification_papers/papers.html",
        layout=layout(),
        page=page,
        files=list_paper_files([paper.id for paper in page.rows]),
        chosen={"kind": kind, "year": year},
        years=list_paper_years(paths),
        may_issue=bool(my_reach(Permission.RECORD_INSPECTION)),
    )


@blueprint.route("/inspections/papers/new", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def new_paper() -> Any:
    township, townships = township_asked()
    units = list_inspectable_units(township.path)
    form = PaperForm(data=_usual(township))
    form.offer(units)
    if "edit" not in request.form and form.validate_on_submit():
        try:
            return _issue(form, units) if "issue" in request.form else _preview(form, units)
        except Refused as refusal:
            form.say_above(refusal)
    status = 422 if form.errors else 200
    return render_template(
        "rectification_papers/new_paper.html", form=form, township=township, townships=townships
    ), status


def _usual(township: Unit) -> dict[str, Any]:
    kind = request.args.get("kind", PaperKind.CHECKLIST, type=PaperKind)
    of_the_year = kind in (PaperKind.PROBLEM_LIST, PaperKind.LEDGER, PaperKind.REPORT)
    return {
        "token": str(new_id()),
        "township": township.code,
        "kind": kind.value,
        "unit": request.args.get("unit", township.code),
        "sources": [each.value for each in FROM_OUTSIDE] if kind is PaperKind.REPORT else [],
        "found_from": today().replace(month=1, day=1) if of_the_year else None,
    }


def _preview(form: PaperForm, units: list[Unit]) -> Any:
    order = form.order(units, on=today(), site=site())
    check_order(order)
    return _paper_page(compose_paper(order), sent=form.sent)


def _issue(form: PaperForm, units: list[Unit]) -> Any:
    """Issue it, unless this very page was sent before."""
    issued = find_paper(form.paper_id)
    if issued is None:
        order = form.order(units, on=today(), site=site())
        issued = issue_paper(order, by=me(), id=form.paper_id)
        flash(
            _("已印发，编号 %(year)s年第%(number)s号", year=issued.year, number=issued.number), "ok"
        )
    elif not i_may(Permission.RECORD_INSPECTION, issued):
        raise NotFound(issued.id)
    return redirect(url_for("rectification_papers.paper", paper_id=issued.id))


@blueprint.get("/inspections/papers/<uuid:paper_id>")
@requires(Permission.SEE_FINDINGS, of=get_paper)
def paper(paper: RectificationPaper) -> Any:
    return _issued_page(paper)


@blueprint.post("/inspections/papers/<uuid:paper_id>/submit")
@requires(Permission.RECORD_INSPECTION, of=get_paper)
def submit(paper: RectificationPaper) -> Any:
    form = SubmitPaperForm()
    if form.validate_on_submit():
        try:
            submit_paper(
                paper,
                on=form.submitted_on.data or today(),
                recipient=form.recipient.data or "",
                by=me(),
            )
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已记下报送"), "ok")
            return redirect(url_for("rectification_papers.paper", paper_id=paper.id))
    return _issued_page(paper, form), 422


def _the_file(paper_id: UUID, suffix: str) -> PaperFile:
    return PaperFile(get_paper(paper_id).path, get_paper_file(paper_id, suffix))


@blueprint.get("/inspections/papers/<uuid:paper_id>.<any(docx, xlsx, pdf):suffix>")
@requires(Permission.SEE_FINDINGS, of=_the_file)
def paper_file(file: PaperFile) -> Any:
    """The file as it was issued; masked, where somebody decided so since."""
    if file.attachment.scan_state in HELD:
        return held_page(file.attachment)
    answer = file_of(file.attachment, read_bytes(file.attachment))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.route("/inspections/reports", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def reports() -> Any:
    """A report that was written elsewhere and sent up is recorded, for it counts too."""
    township, townships = township_asked()
    form = ReportForm(data={"township": township.code, "submitted_on": today()})
    if form.validate_on_submit():
        try:
            submit_report(
                township,
                title=form.title.data or "",
                recipient=form.recipient.data or "",
                submitted_on=form.submitted_on.data or today(),
                by=me(),
            )
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已记下报送的整改报告"), "ok")
            return redirect(url_for("rectification_papers.papers", kind=PaperKind.REPORT.value))
    status = 422 if form.errors else 200
    return render_template(
        "rectification_papers/reports.html", form=form, township=township, townships=townships
    ), status


def _paper_page(content: Paper, **more: Any) -> str:
    return render_template("rectification_papers/paper.html", paper=content, **more)


def _issued_page(issued: RectificationPaper, form: SubmitPaperForm | None = None) -> str:
    may_submit = i_may(Permission.RECORD_INSPECTION, issued) and issued.submitted_on is None
    usual = SubmitPaperForm(
        formdata=None, data={"recipient": issued.recipient, "submitted_on": today()}
    )
    return render_template(
        "rectification_papers/issued_paper.html",
        layout=layout(),
        issued=issued,
        paper=from_json(issued.content) if issued.content else None,
        files=list_paper_files([issued.id]).get(issued.id, {}),
        form=form or (usual if may_submit else None),
        may_submit=may_submit,
    )
