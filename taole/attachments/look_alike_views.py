"""The clerk's questions: two photographs that look the same."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.blueprint import blueprint
from taole.attachments.forms import AnswerForm
from taole.attachments.look_alikes import answer_look_alike
from taole.attachments.models import LookAlike
from taole.attachments.owners import find_owner
from taole.attachments.queries import count_look_alikes, get_look_alike, list_look_alikes
from taole.core.errors import Refused
from taole.core.pages import paginate, say_all

PAIRS_ON_A_PAGE = 10


@blueprint.get("/attachments/look-alikes")
@requires(Permission.REVIEW_SECOND)
def look_alikes() -> Any:
    return _list(answered=request.args.get("answered") == "yes")


@blueprint.post("/attachments/look-alikes/<uuid:question_id>")
@requires(Permission.REVIEW_SECOND, of=get_look_alike)
def answer(question: LookAlike) -> Any:
    form = AnswerForm(prefix=_prefix(question))
    if not form.validate():
        return _list(answered=False, filled={question.id: form}), 422
    try:
        answer_look_alike(
            question,
            is_a_copy=form.verdict.data == "copy",
            word=form.word.data or "",
            by=me(),
        )
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        return _list(answered=False, filled={question.id: form}), 422
    flash(_("已记下"), "ok")
    return redirect(url_for("attachments.look_alikes"))


def _list(*, answered: bool, filled: dict[Any, AnswerForm] | None = None) -> Any:
    paths = my_reach(Permission.REVIEW_SECOND)
    page = paginate(list_look_alikes(paths, answered=answered), size=PAIRS_ON_A_PAGE)
    forms = {
        each.id: (filled or {}).get(each.id) or AnswerForm(formdata=None, prefix=_prefix(each))
        for each in page.rows
    }
    return render_template(
        "attachments/look_alikes.html",
        page=page,
        forms=forms,
        answered=answered,
        waiting=count_look_alikes(paths),
        find_owner=find_owner,
    )


def _prefix(question: LookAlike) -> str:
    return f"{question.id.hex[-8:]}-"
