"""The check sheet in force: a look at it, loading the county's, how its lines are tied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.catalogue.kept_file import pack, unpack
from taole.catalogue.queries import list_item_terms
from taole.check_sheets.blueprint import blueprint
from taole.check_sheets.filling import sheet_weight
from taole.check_sheets.forms import CheckSheetForm
from taole.check_sheets.models import CheckLine
from taole.check_sheets.reading import FILLED, SheetDraft, read_check_sheet
from taole.check_sheets.sheets import (
    find_own_sheet,
    get_line,
    list_sheets,
    load_sheet,
    proposed_ties,
    sheet_in_force,
    stored_sheet,
)
from taole.check_sheets.tying import change_ties, relation_named
from taole.check_sheets.workflow import RELATION_LABELS, Relation
from taole.core.clock import now, today
from taole.core.errors import NotFound, Refused
from taole.inspections.problem_kinds import problem_kinds
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, list_townships


@blueprint.get("/inspections/check-sheet")
@requires(Permission.SEE_OVERVIEW)
def check_sheet() -> Any:
    township = list_townships(my_reach(Permission.SEE_OVERVIEW))[0]
    return redirect(url_for("check_sheets.check_sheet_of", code=township.code))


@blueprint.get("/inspections/check-sheet/<code>")
@requires(Permission.SEE_OVERVIEW, of=get_township)
def check_sheet_of(township: Unit) -> Any:
    return _page(township, CheckSheetForm(data={"from_on": today()}))


@blueprint.post("/inspections/check-sheet/<code>/load")
@requires(Permission.CHANGE_INDICATORS, of=get_township)
def load_check_sheet(township: Unit) -> Any:
    """First what was recognised is shown; the same file is kept when that is agreed to."""
    form = CheckSheetForm()
    draft = None
    if form.validate_on_submit():
        try:
            content, filename = _sent(form)
            draft = read_check_sheet(content, filename)
            form.kept.data, form.filename.data = pack(content), filename
            if "load" in request.form:
                return _keep(township, form, draft, content)
            return _page(township, form, draft)
        except Refused as refusal:
            form.say_above(refusal)
    return _page(township, form, draft), 422


def _sent(form: CheckSheetForm) -> tuple[bytes, str]:
    sent = form.file.data
    if sent is not None and sent.filename:
        return sent.read(), sent.filename
    content = unpack(form.kept.data or "")
    if not content:
        raise Refused(_("请选文件"))
    return content, form.filename.data or ""


def _keep(township: Unit, form: CheckSheetForm, draft: SheetDraft, content: bytes) -> Any:
    kept = load_sheet(
        township,
        draft,
        from_on=form.from_on.data or today(),
        content=content,
        filename=form.filename.data or "",
        by=me(),
        at=now(),
    )
    flash(
        _("载入了“%(name)s”，共 %(count)s 条", name=kept.name, count=len(kept.lines)),
        "ok",
    )
    return redirect(url_for("check_sheets.check_sheet_of", code=township.code))


def _page(township: Unit, form: CheckSheetForm, draft: SheetDraft | None = None) -> str:
    on = form.from_on.data or today()
    terms = list_item_terms(township.id, today())
    sheet = sheet_in_force(township, today())
    return render_template(
        "check_sheets/check_sheet.html",
        unit=township,
        sheet=sheet,
        weight=sheet_weight(sheet),
        own=find_own_sheet(township, today()),
        sheets=list_sheets(township),
        draft=draft,
        draft_ties=proposed_ties(township, draft.lines, on) if draft else [],
        can_be_filled=bool(draft and set(FILLED) & set(draft.places["columns"])),
        items={each.code: each for each in terms},
        relations=RELATION_LABELS,
        kinds={each.code: each for each in problem_kinds()},
        form=form,
        may_change=i_may(Permission.CHANGE_INDICATORS, township),
    )


@dataclass(frozen=True)
class _LineOf:
    """A line in its township, also one of the shipped sheet that is not stored yet."""

    township: Unit
    line: CheckLine

    @property
    def path(self) -> str:
        return self.township.path


def _line_of(code: str, line_id: UUID) -> _LineOf:
    township = get_township(code)
    in_force = sheet_in_force(township, today())
    line = next((each for each in in_force.lines if each.id == line_id), None)
    if line is None:
        line = get_line(line_id)
    if line.township_id != township.id:
        raise NotFound(line_id)
    return _LineOf(township, line)


@blueprint.route(
    "/inspections/check-sheet/<code>/lines/<uuid:line_id>/ties", methods=["GET", "POST"]
)
@requires(Permission.CHANGE_INDICATORS, of=_line_of)
def check_line_ties(at: _LineOf) -> Any:
    form = CheckSheetForm(formdata=None)
    if request.method == "POST":
        if at.line.sheet.file_id is None and not at.line.sheet.places:
            stored_sheet(at.township, today())
        try:
            change_ties(get_line(at.line.id), _ties_asked(), by=me(), on=today())
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已改好对应的公开事项"), "ok")
            back = url_for("check_sheets.check_sheet_of", code=at.township.code)
            return redirect(f"{back}#line-{at.line.id}")
    return render_template(
        "check_sheets/check_line_ties.html",
        unit=at.township,
        line=at.line,
        ties={tie.item_code: tie.relation for tie in at.line.ties},
        items=list_item_terms(at.township.id, today()),
        relations=RELATION_LABELS,
        form=form,
    ), 422 if form.form_errors else 200


def _ties_asked() -> dict[str, Relation]:
    """``tie-<item code>=<relation>``; what is empty or nonsense is no tie."""
    asked = {
        name.removeprefix("tie-"): relation_named(written)
        for name, written in request.form.items()
        if name.startswith("tie-")
    }
    return {code: relation for code, relation in asked.items() if relation is not None}
