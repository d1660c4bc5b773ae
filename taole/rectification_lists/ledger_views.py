"""整改台账 goes out as a workbook to fill in, and comes back changing only what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from taole.access.guard import my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.waiting_files import Shelf
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import file_answer, say_all
from taole.inspections.blueprint import township_asked, year_asked
from taole.inspections.forms import EntryForm
from taole.inspections.queries import FindingFilter, list_years
from taole.inspections.workflow import FindingState
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships_around
from taole.rectification_lists.blueprint import blueprint
from taole.rectification_lists.ledger_applying import LedgerPlan, apply_ledger, plan_ledger
from taole.rectification_lists.ledger_columns import CHANGEABLE, COLUMNS
from taole.rectification_lists.ledger_reading import ReadLedger, read_ledger
from taole.rectification_lists.ledger_sheet import leaders_of, ledger_workbook, list_for_ledger

_WAITING = Shelf("rectification")


class LedgerForm(EntryForm):
    """A ledger that comes back."""

    township = HiddenField()
    file = FileField(
        lazy_gettext("改好的整改台账"),
        validators=[FileRequired(lazy_gettext("请选择改好的台账"))],
        description=lazy_gettext("在导出的 Excel 里改，不要改编号"),
        render_kw={"accept": ".xlsx,.xls,.csv"},
    )


@dataclass(frozen=True)
class _Sent:
    township: Unit
    ledger: ReadLedger
    plan: LedgerPlan


@blueprint.get("/findings/ledger.xlsx")
@requires(Permission.SEE_FINDINGS)
def ledger_excel() -> Any:
    """The findings within reach (``?township=`` ``?unit=`` ``?year=`` ``?state=``)."""
    paths = my_reach(Permission.SEE_FINDINGS)
    wanted = request.args.get("township", "")
    townships = list_townships_around(paths)
    township = next((each for each in townships if wanted in ("", each.code)), None)
    if township is None:
        raise NotFound(wanted)
    chosen = FindingFilter(
        paths,
        unit_code=request.args.get("unit", ""),
        year=year_asked(),
        state=request.args.get("state", type=FindingState),
    )
    findings, on = list_for_ledger(township, chosen), today()
    content = ledger_workbook(township, findings, leaders_of(township, on), on)
    return file_answer(content, f"{township.name}整改台账{on:%Y%m%d}.xlsx")


@blueprint.route("/findings/ledger", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def ledger() -> Any:
    township, townships = township_asked()
    if request.form.get("digest"):
        return _confirmed(township)
    form = LedgerForm(data={"township": township.code} if request.method == "GET" else None)
    if form.validate_on_submit():
        filename, content = form.file.data.filename or "", form.file.data.read()
        try:
            sent = _read(township, filename, content)
        except Refused as refusal:
            form.file.errors = say_all(refusal)
        else:
            return _preview(sent, _WAITING.keep(current_user.id, filename, content), [])
    page = render_template(
        "rectification_lists/ledger.html",
        form=form,
        township=township,
        townships=townships,
        years=list_years(township.path),
        changeable=[column.label for column in COLUMNS if column.key in CHANGEABLE],
    )
    return page, 422 if form.is_submitted() else 200


def _read(township: Unit, filename: str, content: bytes) -> _Sent:
    read = read_ledger(content, filename)
    return _Sent(township, read, plan_ledger(township, read, today()))


def _confirmed(township: Unit) -> Any:
    digest = request.form["digest"]
    filename, content = _WAITING.get(current_user.id, digest)
    sent = _read(township, filename, content)
    try:
        changed, recorded = apply_ledger(
            township, sent.plan, taken=list(request.form), by=current_user
        )
    except Refused as refusal:
        return _preview(sent, digest, say_all(refusal))
    _WAITING.forget(current_user.id)
    flash(
        _("改了 %(changed)s 个问题，新记 %(recorded)s 个", changed=changed, recorded=recorded), "ok"
    )
    return redirect(url_for("inspections.findings"))


def _preview(sent: _Sent, digest: str, refused: list[str]) -> Any:
    page = render_template(
        "rectification_lists/check_ledger.html",
        township=sent.township,
        ledger=sent.ledger,
        plan=sent.plan,
        compared=sent.plan.comparison,
        digest=digest,
        refused=refused,
    )
    return page, 422 if sent.plan.faults or refused else 200
