"""Scan the wall: photograph an old notice and be told what on it has to be covered."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.boards.blueprint import blueprint
from taole.boards.forms import WallForm
from taole.boards.queries import list_wall_photographs
from taole.core.errors import Refused
from taole.core.pages import say_all
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit


@blueprint.route("/villages/<code>/wall", methods=["GET", "POST"])
@requires(Permission.POST_NOTICE, of=get_unit)
def wall(unit: Unit) -> Any:
    form = WallForm()
    if not form.is_submitted():
        return _page(unit, form)
    if not form.validate():
        return _page(unit, form), 422
    chosen = form.photograph.data
    try:
        kept = keep_file(unit, chosen.read(), chosen.filename, by=me(), owner_id=unit.id)
    except Refused as refusal:
        form.photograph.errors = say_all(refusal)
        return _page(unit, form), 422
    flash(_("照片已保存，一两分钟内查完"), "ok")
    return redirect(url_for("attachments.download", attachment_id=kept.id))


def _page(unit: Unit, form: WallForm) -> str:
    return render_template(
        "boards/wall.html", unit=unit, form=form, earlier=list_wall_photographs(unit)
    )
