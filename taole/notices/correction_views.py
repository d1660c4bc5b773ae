"""Beginning a correction (更正) of what hangs already."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.core.errors import Refused
from taole.core.pages import say_all
from taole.notices.actions import correct as begin_correction
from taole.notices.blueprint import blueprint
from taole.notices.models import Notice
from taole.notices.queries import find_open_correction, get_notice
from taole.notices.rules import next_state
from taole.notices.verdict_forms import CorrectForm
from taole.notices.workflow import Step


@blueprint.route("/notices/<uuid:notice_id>/correct", methods=["GET", "POST"])
@requires(Permission.WRITE_NOTICE, of=get_notice)
def correct(notice: Notice) -> Any:
    form = CorrectForm()
    if request.method == "GET":
        next_state(Step.CORRECT, notice.state, reason="-")
        open_one = find_open_correction(notice)
        if open_one is not None:
            return redirect(url_for("notices.show", notice_id=open_one.id))
        return render_template("notices/correct.html", notice=notice, form=form)
    try:
        if form.validate():
            correction = begin_correction(
                notice, reason=form.reason.data or "", by=me(), notice_id=form.correction_id
            )
            flash(_("更正已经开始：把要改的改好，再提交审核"), "ok")
            return redirect(url_for("notices.edit", notice_id=correction.id))
    except Refused as refusal:
        form.form_errors = say_all(refusal)
    return render_template("notices/correct.html", notice=notice, form=form), 422
