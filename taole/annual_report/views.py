"""The year's report: its page, the figures behind it, its files, and the passages of part five."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.annual_report.actions import write_passages
from taole.annual_report.forms import PassagesForm
from taole.annual_report.papers import file_name, report_docx, report_html
from taole.annual_report.queries import (
    FigureOfYear,
    TownshipYear,
    build_report,
    find_figure,
    get_figure_of_year,
    get_township_year,
    list_passage_pairs,
    list_years,
    part_of,
    parts_of,
    printed,
    report_title,
)
from taole.annual_report.records import Place, find_places, select_records
from taole.annual_report.rules import (
    check,
    draft_year,
    due_on,
    questioned_figures,
    questioned_parts,
)
from taole.annual_report.wording import draft_pairs
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.figures import REGISTRY, Origin
from taole.core.pages import file_answer, paginate, say_all
from taole.core.settings_store import is_demonstration
from taole.organisation.queries import list_townships

blueprint = Blueprint("annual_report", __name__)


@blueprint.get("/reports")
@requires(Permission.SEE_REPORT)
def index() -> Any:
    townships = list_townships(my_reach(Permission.SEE_REPORT))
    year = draft_year(today())
    if len(townships) == 1 and not is_demonstration():
        return redirect(url_for("annual_report.show", code=townships[0].code, year=year))
    years = list_years(townships[0], today()) if len(townships) == 1 else [year]
    return render_template("annual_report/index.html", townships=townships, years=years)


@blueprint.get("/reports/<code>/<int:year>")
@requires(Permission.SEE_REPORT, of=get_township_year)
def show(asked: TownshipYear) -> Any:
    report = build_report(asked.township, asked.year)
    checks = check(report)
    return render_template(
        "annual_report/show.html",
        asked=asked,
        report=report,
        figures=REGISTRY,
        failed=[one for one in checks if not one.passed],
        passed=[one for one in checks if one.passed],
        questioned=questioned_figures(checks),
        parts_to_check=questioned_parts(checks),
        years=list_years(asked.township, today()),
        due_on=due_on(asked.year),
        figure_url=lambda key: figure_url(asked, key),
        may_write=i_may(Permission.MAKE_REPORT, asked),
    )


@blueprint.get("/reports/<code>/<int:year>/figures/<key>")
@requires(Permission.SEE_REPORT, of=get_figure_of_year)
def figure(asked: FigureOfYear) -> Any:
    scope = asked.report.scope
    selected = select_records(asked.figure, scope)
    page = paginate(selected, scalars=False) if selected is not None else None
    places = find_places(row[0] for row in page.rows) if page else {}
    parts = [printed(REGISTRY[key], scope) for key in parts_of(asked.figure)]
    return render_template(
        "annual_report/figure.html",
        asked=asked.report,
        figure=asked.figure,
        shown=printed(asked.figure, scope),
        part=part_of(asked.figure),
        parts=[(REGISTRY[each.key], each) for each in parts],
        page=page,
        record_urls={key: _place_url(place) for key, place in places.items()},
        figure_url=lambda key: figure_url(asked.report, key),
    )


@blueprint.get("/reports/<code>/<int:year>/report.docx")
@requires(Permission.SEE_REPORT, of=get_township_year)
def docx(asked: TownshipYear) -> Any:
    report = build_report(asked.township, asked.year)
    return file_answer(report_docx(report), file_name(report, "docx"))


@blueprint.get("/reports/<code>/<int:year>/report.html")
@requires(Permission.SEE_REPORT, of=get_township_year)
def html(asked: TownshipYear) -> Any:
    report = build_report(asked.township, asked.year)
    return file_answer(report_html(report).encode(), file_name(report, "html"))


@blueprint.route("/reports/<code>/<int:year>/passages", methods=["GET", "POST"])
@requires(Permission.MAKE_REPORT, of=get_township_year)
def passages(asked: TownshipYear) -> Any:
    form = PassagesForm()
    written = list_passage_pairs(asked.township.id, asked.year)
    if request.method == "GET":
        form.show(written or draft_pairs())
    status = 200
    if form.is_submitted():
        if form.validate() and _write(asked, form):
            flash(_("第五部分已保存"), "ok")
            return redirect(
                url_for("annual_report.show", code=asked.township.code, year=asked.year)
            )
        status = 422
    page = render_template(
        "annual_report/passages.html",
        asked=asked,
        form=form,
        is_draft=not written,
        title=report_title(asked.township, asked.year),
    )
    return page, status


def _write(asked: TownshipYear, form: PassagesForm) -> bool:
    try:
        write_passages(asked.township, asked.year, form.written, by=current_user)
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        return False
    return True


def figure_url(asked: TownshipYear, key: str) -> str:
    """The page of the figure's records; nothing for what the form itself gives (year, period)."""
    figure = find_figure(key)
    if figure is None or (figure.records is None and figure.origin is not Origin.DERIVED):
        return ""
    return url_for("annual_report.figure", code=asked.township.code, year=asked.year, key=key)


def _place_url(place: Place) -> str:
    """The page of a notice or a finding."""
    if place.kind == "notice":
        return url_for("notices.show", notice_id=place.id)
    return url_for("inspections.finding", finding_id=place.id)
