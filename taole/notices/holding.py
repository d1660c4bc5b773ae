"""One person at a time changes a notice; who comes second sees what the first one did."""

from __future__ import annotations

from sqlalchemy import select

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.notices.models import Notice
from taole.notices.queries import find_last_change


class Overtaken(Refused):
    """Somebody was faster: what the person had before them is not what is there now."""


def hold(notice: Notice) -> None:
    """Wait until nobody else changes the notice, and see it as it is then.

    Called first by every action: PostgreSQL holds the row until the end of the transaction, on
    SQLite one writes at a time anyway. What this session changed in the notice is stored first.
    """
    held = select(Notice.version).where(Notice.id == notice.id).with_for_update()
    if db.session.is_modified(notice):
        db.session.flush()
    with db.session.no_autoflush:  # a file that came along is stored with the rest
        version = db.session.scalar(held)
    if version != notice.version:
        db.session.expire(notice)


def refuse_older(notice: Notice, version: int) -> None:
    """Overtaken, with who changed it when, if the person had an older version before them."""
    if version == notice.version:
        return
    change = find_last_change(notice)
    if change is None:
        raise Overtaken(N_("这件公示刚刚有人改过，您的改动没有存：请对照现在的内容再存。"))
    raise Overtaken(
        sentence(
            N_("%(name)s刚刚改过这件公示，您的改动没有存：请对照现在的内容再存。"),
            name=change.actor_name,
        )
    )
