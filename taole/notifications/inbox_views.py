"""The inbox of everybody, and the short links that open one page."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from taole.access.guard import me, public, requires
from taole.access.permissions import Permission
from taole.core.clock import now
from taole.core.pages import paginate
from taole.notifications.actions import mark_all_read
from taole.notifications.blueprint import blueprint
from taole.notifications.lines import sentence_of
from taole.notifications.queries import count_unread, select_inbox
from taole.notifications.short_links import path_of
from taole.notifications.sources import still_open


@blueprint.get("/inbox")
@requires(Permission.BE_SIGNED_IN)
def inbox() -> Any:
    page = paginate(select_inbox(current_user.id))
    named = {line["subject"] for message in page.rows for line in message.lines}
    return render_template(
        "notifications/inbox.html",
        page=page,
        unread=count_unread(current_user.id),
        waiting=still_open(named),
        sentence_of=sentence_of,
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
