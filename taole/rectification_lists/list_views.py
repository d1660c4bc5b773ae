"""A published list comes in: uploaded or pasted, looked at as it was understood, then kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.attachments.waiting_files import Shelf
from taole.core.calendar_store import work_calendar
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import file_answer, say_all
from taole.inspections.blueprint import township_asked
from taole.inspections.models import Inspection
from taole.inspections.queries import get_inspection
from taole.inspections.workflow import BodyLevel, InspectionKind, Severity
from taole.organisation.models import Unit
from taole.rectification_lists.blueprint import blueprint
from taole.rectification_lists.entries import Usual
from taole.rectification_lists.fields import FIELD_LABELS
from taole.rectification_lists.forms import CheckedListForm, ListForm
from taole.rectification_lists.loading import (
    ListHead,
    find_known,
    find_list,
    find_loaded,
    items_by_name,
    key_of,
    load_list,
    names_of_units,
)
from taole.rectification_lists.models import RectificationList
from taole.rectification_lists.plan import Plan, plan_list
from taole.rectification_lists.reading import Source, read_source
from taole.rectification_lists.template import lacking_links, returned_workbook
from taole.rectification_lists.titles import read_heading
from taole.rectification_lists.units import UnitNames

SHOWN = 200
_WAITING = Shelf("list")
_ANSWERS = ("col-", "ask-", "pick-", "unit-", "no-unit", "full-", "town-", "several")


@blueprint.route("/findings/load", methods=["GET", "POST"])
@requires(Permission.RECORD_INSPECTION)
def load() -> Any:
    township, townships = township_asked()
    if request.form.get("digest"):
        return _checked(township)
    form = ListForm()
    if form.validate_on_submit():
        filename, content = form.sent
        try:
            if not content and not filename:
                form.ask_for_something()
            else:
                sent = _read(township, filename, content)
                digest = _WAITING.keep(current_user.id, filename, content)
                return _preview(sent, _prefilled(sent, digest)), 200
        except Refused as refusal:
            form.file.errors = say_all(refusal)
    elif request.method == "GET":
        form = ListForm(data={"township": township.code, "kind": request.args.get("kind", "")})
    page = render_template(
        "rectification_lists/load_list.html", form=form, township=township, townships=townships
    )
    return page, 422 if form.is_submitted() else 200


@dataclass(frozen=True)
class _Sent:
    """What a person sent, for which township, and with which names it is read."""

    township: Unit
    source: Source
    units: UnitNames


def _read(township: Unit, filename: str, content: bytes) -> _Sent:
    units = names_of_units(township)
    return _Sent(township, read_source(content, filename, units.names_units), units)


def _prefilled(sent: _Sent, digest: str) -> CheckedListForm:
    """What the list's title names; the rest as circulars usually are."""
    heading = read_heading(sent.source.outside, sent.source.filename)
    asked = request.form.get("kind", "")
    known = asked if asked in set(InspectionKind) else ""
    day = heading.day if heading.day and heading.day <= today() else None
    form = CheckedListForm(
        formdata=None,
        data={
            "digest": digest,
            "township": sent.township.code,
            "kind": known or (heading.kind or InspectionKind.CIRCULAR).value,
            "body": heading.body,
            "body_level": (heading.level or BodyLevel.COUNTY).value,
            "held_on": day,
            "document": heading.document,
            "severity": Severity.MAJOR.value,
        },
    )
    form.offer()
    return form


def _checked(township: Unit) -> Any:
    """The list again with what a person answered and changed, or kept on their word."""
    filename, content = _WAITING.get(current_user.id, request.form["digest"])
    sent = _read(township, filename, content)
    form = CheckedListForm()
    form.offer()
    wants_it = "confirm" in request.form
    if form.validate() and wants_it:
        plan = _plan(sent, form)
        try:
            kept = load_list(
                township, sent.source, plan, _head(form), content=content, by=current_user
            )
        except Refused as refusal:
            form.say_above(refusal)
        else:
            _WAITING.forget(current_user.id)
            flash(_("名单已记下，问题已立项整改"), "ok")
            return redirect(url_for("inspections.inspection", inspection_id=kept.inspection_id))
    return _preview(sent, form), 422 if form.errors else 200


def _head(form: CheckedListForm) -> ListHead:
    return ListHead(
        InspectionKind(form.kind.data),
        form.body.data or "",
        BodyLevel(form.body_level.data),
        form.held_on.data or today(),
        form.document.data or "",
    )


def _answers() -> Mapping[str, str]:
    return {
        name: value for name, value in request.form.items() if value and name.startswith(_ANSWERS)
    }


def _plan(sent: _Sent, form: CheckedListForm) -> Plan:
    held_on: date = form.held_on.data or today()
    severity = form.severity.data or Severity.MAJOR.value
    return plan_list(
        sent.source.tables,
        sent.source.text,
        _answers(),
        units=sent.units,
        items=items_by_name(sent.township, held_on),
        usual=Usual(held_on, Severity(severity), work_calendar()),
    )


def _preview(sent: _Sent, form: CheckedListForm) -> str:
    plan = _plan(sent, form)
    known = find_known(sent.township, plan.entries)
    keys = dict.fromkeys(key_of(entry) for entry in plan.entries)
    return render_template(
        "rectification_lists/check_list.html",
        form=form,
        township=sent.township,
        source=sent.source,
        plan=plan,
        known=known,
        key_of=key_of,
        fresh=len(keys) - len(known),
        loaded=find_loaded(sent.township, sent.source),
        names={unit.code: unit.name for unit in sent.units.units},
        field_labels=FIELD_LABELS,
        shown=SHOWN,
    )


@blueprint.get("/inspections/<uuid:inspection_id>/returned.xlsx")
@requires(Permission.SEE_OVERVIEW, of=get_inspection)
def returned(inspection: Inspection) -> Any:
    """The county's own workbook with what became of each of its problems."""
    loaded = _template_of(inspection)
    if loaded is None:
        raise NotFound(inspection.id)
    stem = loaded.name.rsplit(".", 1)[0]
    return file_answer(returned_workbook(loaded), f"{stem}（整改情况）.xlsx")


@blueprint.app_context_processor
def _of_lists() -> dict[str, Any]:
    return {"template_of": _template_of, "lacking_links": lacking_links}


def _template_of(inspection: Inspection) -> RectificationList | None:
    """The workbook from which an inspection was loaded, if it can be sent back."""
    loaded = find_list(inspection.id)
    return loaded if loaded is not None and loaded.file_id is not None else None
