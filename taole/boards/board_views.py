"""The photographed board: take or choose a picture, see what was recognised, confirm by ticks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.attachments.queries import read_bytes
from taole.attachments.views import file_of
from taole.boards.actions import confirm_board, keep_board_photograph, skip_sheet
from taole.boards.blueprint import blueprint
from taole.boards.board_page import arrange
from taole.boards.forms import BoardPhotographForm
from taole.boards.models import BoardPhotograph
from taole.boards.queries import (
    find_board_photograph,
    get_board_photograph,
    list_photographs,
    list_should_hang,
)
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.pages import say_all
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit


@blueprint.route("/villages/<code>/board", methods=["GET", "POST"])
@requires(Permission.POST_NOTICE, of=get_unit)
def board(unit: Unit) -> Any:
    form = BoardPhotographForm()
    if request.method == "GET":
        form.token.data = str(new_id())
        return _photograph_page(unit, form)
    if not form.validate():
        return _photograph_page(unit, form), 422
    known = find_board_photograph(form.photograph_id)
    if known is not None and known.unit_id == unit.id:
        return redirect(url_for("boards.photographed", photograph_id=known.id))
    chosen = form.photograph.data
    try:
        kept = keep_board_photograph(
            unit,
            chosen.read(),
            chosen.filename,
            by=me(),
            taken_on=form.taken_on.data,
            photograph_id=form.photograph_id,
        )
    except Refused as refusal:
        form.photograph.errors = say_all(refusal)
        return _photograph_page(unit, form), 422
    return redirect(url_for("boards.photographed", photograph_id=kept.id))


def _photograph_page(unit: Unit, form: BoardPhotographForm) -> Any:
    return render_template(
        "boards/photograph.html",
        unit=unit,
        form=form,
        earlier=list_photographs(unit),
        expected=list_should_hang(unit, today()),
    )


@blueprint.get("/boards/<uuid:photograph_id>")
@requires(Permission.POST_NOTICE, of=get_board_photograph)
def photographed(photograph: BoardPhotograph) -> Any:
    return _result_page(photograph)


@blueprint.get("/boards/<uuid:photograph_id>/picture")
@requires(Permission.POST_NOTICE, of=get_board_photograph)
def picture(photograph: BoardPhotograph) -> Any:
    """The photograph: to who took it at once, to others when it was looked through."""
    attachment = photograph.attachment
    if attachment.is_public or photograph.uploaded_by_id == current_user.id:
        answer = file_of(attachment, read_bytes(attachment))
    else:
        words = _("照片正在检查个人信息，查过才给别人看")
        answer = current_app.response_class(
            render_template("boards/held.svg", words=words), mimetype="image/svg+xml"
        )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _result_page(photograph: BoardPhotograph, faults: tuple[str, ...] = ()) -> Any:
    page = arrange(photograph, ticked=request.form.getlist("hanging") if faults else None)
    template = "boards/recognised.html" if page.recognised else "boards/not_recognised.html"
    answer = render_template(template, photograph=photograph, page=page, faults=faults)
    return (answer, 422) if faults else answer


@blueprint.post("/boards/<uuid:photograph_id>/confirm")
@requires(Permission.POST_NOTICE, of=get_board_photograph)
def confirm(photograph: BoardPhotograph) -> Any:
    hanging = set(request.form.getlist("hanging"))
    down = _ids(request.form.getlist("down"))
    if not hanging and not down:
        return _result_page(photograph, (_("还没有勾选：请勾选在栏上的公示，再确认。"),))
    try:
        is_first = confirm_board(photograph, hanging=hanging, down=down, by=me())
    except Refused as refusal:
        return _result_page(photograph, tuple(say_all(refusal)))
    if is_first:
        flash(_("已登记 %(count)s 张在栏，照片存为凭证", count=len(hanging)), "ok")
    else:
        flash(_("这张照片已经确认过了，没有重复登记。"), "warning")
    return redirect(url_for("boards.photographed", photograph_id=photograph.id))


def _ids(written: list[str]) -> set[UUID]:
    found = set()
    for each in written:
        try:
            found.add(UUID(each))
        except ValueError:
            continue
    return found


@blueprint.post("/boards/<uuid:photograph_id>/skip")
@requires(Permission.POST_NOTICE, of=get_board_photograph)
def skip(photograph: BoardPhotograph) -> Any:
    try:
        skip_sheet(photograph, request.form.get("sheet", ""), by=me())
    except Refused as refusal:
        return _result_page(photograph, tuple(say_all(refusal)))
    return redirect(url_for("boards.photographed", photograph_id=photograph.id))
