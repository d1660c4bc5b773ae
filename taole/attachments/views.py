"""Giving out a file to those who may see it, and deciding about one that is held back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments import look_alike_views, upload_views
from taole.attachments.actions import (
    clear_attachment,
    look_again,
    mask_attachment,
    read_original,
)
from taole.attachments.blueprint import blueprint
from taole.attachments.forms import ClearForm
from taole.attachments.masking import mask_ahead
from taole.attachments.models import SCAN_LABELS, Attachment, ScanState
from taole.attachments.owners import find_owner
from taole.attachments.queries import get_attachment, read_bytes
from taole.attachments.scanning import failure_of, hits_of
from taole.core.errors import Refused
from taole.core.pages import say_all
from taole.privacy.findings import KIND_LABELS

__all__ = ["blueprint", "look_alike_views", "upload_views"]

KEPT_BY_BROWSER = 3600


@blueprint.get("/attachments/<uuid:attachment_id>")
@requires(Permission.SEE_NOTICES, of=get_attachment)
def download(attachment: Attachment) -> Any:
    """The file itself, a photograph shown, everything else saved; or why it is held back."""
    if not attachment.is_public:
        return held_page(attachment)
    answer = file_of(attachment, read_bytes(attachment))
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_BY_BROWSER}"
    answer.set_etag(attachment.digest)
    return answer.make_conditional(request)


@blueprint.post("/attachments/<uuid:attachment_id>/original")
@requires(Permission.SEE_ORIGINAL, of=get_attachment)
def original(attachment: Attachment) -> Any:
    """What was sent in; the look is recorded before the bytes go out."""
    answer = file_of(attachment, read_original(attachment, by=me()), as_it_came=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/attachments/<uuid:attachment_id>/mask")
@requires(Permission.WRITE_NOTICE, of=get_attachment)
def mask(attachment: Attachment) -> Any:
    def act() -> None:
        if attachment.scan_state is ScanState.FOUND:
            mask_ahead(attachment)
        mask_attachment(attachment, by=me())

    return _decide(attachment, act, _("已遮盖，公开的是遮盖后的文件"))


@blueprint.post("/attachments/<uuid:attachment_id>/clear")
@requires(Permission.WRITE_NOTICE, of=get_attachment)
def clear(attachment: Attachment) -> Any:
    form = ClearForm()
    if not form.validate():
        return held_page(attachment, form), 422
    return _decide(
        attachment,
        lambda: clear_attachment(attachment, reason=form.reason.data or "", by=me()),
        _("已记下：不是个人信息"),
        form,
    )


@blueprint.post("/attachments/<uuid:attachment_id>/look-again")
@requires(Permission.WRITE_NOTICE, of=get_attachment)
def check_again(attachment: Attachment) -> Any:
    return _decide(attachment, lambda: look_again(attachment, by=me()), _("一分钟内重新检查"))


def _decide(
    attachment: Attachment, act: Callable[[], None], done: str, form: ClearForm | None = None
) -> Any:
    form = form or ClearForm(formdata=None)
    try:
        act()
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        return held_page(attachment, form), 422
    flash(done, "ok")
    owner = find_owner(attachment.owner_id) if attachment.owner_id else None
    held = url_for("attachments.download", attachment_id=attachment.id)
    return redirect(owner.url if owner else held)


def held_page(attachment: Attachment, form: ClearForm | None = None) -> Any:
    """Why a file is not given out, and what to do about it."""
    return render_template(
        "attachments/held.html",
        attachment=attachment,
        form=form or ClearForm(formdata=None),
        hits=hits_of(attachment),
        failure=failure_of(attachment),
        state_label=SCAN_LABELS[attachment.scan_state],
        kind_labels=KIND_LABELS,
        layout="layout/desk.html" if my_reach(Permission.SEE_OVERVIEW) else "layout/phone.html",
        may_decide=i_may(Permission.WRITE_NOTICE, attachment),
        may_see=i_may(Permission.SEE_ORIGINAL, attachment),
        owner=find_owner(attachment.owner_id) if attachment.owner_id else None,
    )


def file_of(attachment: Attachment, content: bytes, *, as_it_came: bool = False) -> Any:
    """An answer that a browser never runs: a photograph is shown, everything else is saved."""
    shown = "inline" if attachment.is_photograph and not as_it_came else "attachment"
    kind = "application/octet-stream" if as_it_came else attachment.media_type
    answer = current_app.response_class(content, mimetype=kind)
    named = {"filename*": f"UTF-8''{quote(attachment.filename, safe='')}"}
    answer.headers.set("Content-Disposition", shown, **named)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
