"""“您将要收到的通报”, the real one once it came, and the quarterly ledger."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import now, today
from taole.core.errors import Refused
from taole.core.pages import file_answer, say_all
from taole.core.periods import Frequency, Period, label, parse_period
from taole.inspections.models import Inspection
from taole.obligations.blueprint import chosen_day
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, list_townships, name_of_clerks_office
from taole.oversight import quarter_ledger
from taole.oversight.blueprint import blueprint
from taole.oversight.circular import (
    by_unit,
    draft_circular,
    paper_of,
    quarter_shown,
    rows_of,
    sheet_of,
    text_of,
)
from taole.oversight.circular_forms import SubmissionForm
from taole.oversight.measure_rules import headline, plain
from taole.oversight.quarter_tables import tables_of
from taole.oversight.received import compared, get_circular, list_circulars


@blueprint.get("/circular")
@requires(Permission.SEE_INDICATORS)
def circular() -> Any:
    township = list_townships(my_reach(Permission.SEE_INDICATORS))[0]
    return redirect(url_for("oversight.circular_of", code=township.code))


@blueprint.get("/circular/<code>")
@requires(Permission.SEE_INDICATORS, of=get_township)
def circular_of(unit: Unit) -> Any:
    on, quarter = chosen_day(), _quarter()
    drafted = draft_circular(unit, quarter, on)
    return render_template(
        "oversight/circular.html",
        plain=plain,
        unit=unit,
        on=on,
        quarter=quarter,
        before=quarter.previous(),
        circular=drafted,
        headline=headline(drafted),
        units=by_unit(drafted.problems),
        rows=list(zip(drafted.lines, rows_of(drafted), strict=True)),
        text=text_of(unit, quarter, drafted),
        came=list_circulars(unit)[:8],
        may_record=i_may(Permission.RECORD_INSPECTION, unit),
    )


@blueprint.get("/circular/<code>/circular.docx")
@requires(Permission.SEE_INDICATORS, of=get_township)
def circular_as_word(unit: Unit) -> Any:
    on, quarter = chosen_day(), _quarter()
    drafted = draft_circular(unit, quarter, on)
    content = paper_of(unit, quarter, drafted, on, name_of_clerks_office(unit))
    return file_answer(content, f"{unit.name}{label(quarter)}通报预估.docx")


@blueprint.get("/circular/<code>/circular.xlsx")
@requires(Permission.SEE_INDICATORS, of=get_township)
def circular_as_sheet(unit: Unit) -> Any:
    on, quarter = chosen_day(), _quarter()
    content = sheet_of(unit, quarter, draft_circular(unit, quarter, on), on)
    return file_answer(content, f"{unit.name}{label(quarter)}通报预估.xlsx")


@blueprint.get("/circulars/<uuid:inspection_id>")
@requires(Permission.SEE_INDICATORS, of=get_circular)
def received(inspection: Inspection) -> Any:
    return render_template(
        "oversight/received.html",
        inspection=inspection,
        unit=inspection.township,
        lines=compared(inspection),
    )


@blueprint.get("/quarter/<code>")
@requires(Permission.SEE_INDICATORS, of=get_township)
def quarter(unit: Unit) -> Any:
    return _ledger(unit, SubmissionForm(data={"submitted_on": today()}))


@blueprint.post("/quarter/<code>/submit")
@requires(Permission.KEEP_REGISTERS, of=get_township)
def submit_quarter(unit: Unit) -> Any:
    form = SubmissionForm()
    if form.validate_on_submit():
        try:
            quarter_ledger.submit_ledger(
                unit,
                _quarter(),
                recipient=form.recipient.data or "",
                on=form.submitted_on.data or today(),
                by=me(),
                at=now(),
            )
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已记下报送"), "ok")
            return redirect(url_for("oversight.quarter", code=unit.code, quarter=_quarter().key))
    return _ledger(unit, form), 422


@blueprint.get("/quarter/<code>/ledger.docx")
@requires(Permission.SEE_INDICATORS, of=get_township)
def quarter_as_word(unit: Unit) -> Any:
    on, shown = chosen_day(), _quarter()
    tables = tables_of(unit, shown, on)
    content = quarter_ledger.paper_of(unit, shown, tables, on, name_of_clerks_office(unit))
    return file_answer(content, f"{unit.name}{label(shown)}工作台账.docx")


@blueprint.get("/quarter/<code>/ledger.xlsx")
@requires(Permission.SEE_INDICATORS, of=get_township)
def quarter_as_sheet(unit: Unit) -> Any:
    on, shown = chosen_day(), _quarter()
    content = quarter_ledger.sheet_of(unit, shown, tables_of(unit, shown, on), on)
    return file_answer(content, f"{unit.name}{label(shown)}工作台账.xlsx")


def _ledger(unit: Unit, form: SubmissionForm) -> str:
    on, shown = chosen_day(), _quarter()
    return render_template(
        "oversight/quarter.html",
        unit=unit,
        on=on,
        quarter=shown,
        before=shown.previous(),
        tables=tables_of(unit, shown, on),
        submission=quarter_ledger.find_submission(unit, shown),
        form=form,
        may_submit=i_may(Permission.KEEP_REGISTERS, unit),
    )


def _quarter() -> Period:
    """``?quarter=2023Q3``, or the quarter whose circular comes next; Refused when it is none."""
    written = request.args.get("quarter", "").strip()
    if not written:
        return quarter_shown(chosen_day())
    found = parse_period(written)
    if found.frequency is not Frequency.QUARTERLY:
        return quarter_shown(found.end)
    return found
