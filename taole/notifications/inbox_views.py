"""The inbox of everybody, and the short links that open one page."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import me, public, requires
from taole.access.permissions import Permission
from taole.core.clock import now
from taole.core.errors import Refused
from taole.core.pages import paginate, say_all
from taole.notifications.actions import mark_all_read
from taole.notifications.blueprint import blueprint
from taole.notifications.email_form import EmailForm
from taole.notifications.lines import sentence_of
from taole.notifications.queries import count_unread, select_inbox
from taole.notifications.short_links import path_of
from taole.notifications.sources import still_open
from taole.organisation.actions import change_email


@blueprint.get("/inbox")
@requires(Permission.BE_SIGNED_IN)
def inbox() -> Any:
    return _inbox()


@blueprint.post("/inbox/email")
@requires(Permission.BE_SIGNED_IN)
def change_my_email() -> Any:
    form = EmailForm()
    if form.validate_on_submit():
        try:
            change_email(me(), form.email.data or "", by=me())
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("邮箱已保存") if form.email.data else _("不再发邮件"), "ok")
            return redirect(url_for("notifications.inbox"))
    return _inbox(form), 422


def _inbox(form: EmailForm | None = None) -> str:
    page = paginate(select_inbox(current_user.id))
    named = {line["subject"] for message in page.rows for line in message.lines}
    return render_template(
        "notifications/inbox.html",
        page=page,
        unread=count_unread(current_user.id),
        waiting=still_open(named),
        sentence_of=sentence_of,
        form=form or EmailForm(data={"email": current_user.email}),
        has_mail=current_app.config["SETTINGS"].smtp is not None,
    )


@blueprint.post("/inbox/read")
@requires(Permission.BE_SIGNED_IN)
def read_all() -> Any:
    mark_all_read(me(), at=now())
    return redirect(url_for("notifications.inbox"))


@blueprint.get("/s/<code>")
@public
def short(code: str) -> Any:
    """Only a way to a page of the house: who may enter is that page's own question."""
    return redirect(path_of(code))
