"""Notices of 东园村 with personal data in them, and what was decided about it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.actions import revise, write
from taole.notices.gate_decisions import settle
from taole.notices.models import Notice, SealedText
from tests.notices.notice_factory import template_of

COLUMNS = ["姓名", "金额", "备注"]


def written(town: Any, item: Any, **told: Any) -> Notice:
    """陈某's draft of 东园村."""
    values = {"period_key": "2023-08", "title": "东园村高龄津贴公示", "by": town.chen, **told}
    with transaction():
        notice = write(town.villages[0], item, **values)
        if "columns" in told:
            notice.template = template_of(notice.columns).to_mapping()
    return notice


def revised(notice: Notice, by: Any, **changes: Any) -> None:
    with transaction():
        revise(notice, version=notice.version, by=by, **changes)


def decided(sealed: SealedText, by: Any, *, is_none: bool) -> None:
    with transaction():
        settle(sealed, is_none=is_none, by=by)


def everything_stored() -> str:
    """All rows of the tables in which words of a notice could stand, as text."""
    names = ("notice", "trail_line", "sealed_text", "notice_review")
    return "\n".join(
        str(tuple(row))
        for name in names
        for row in db.session.execute(text(f"SELECT * FROM {name}"))
    )
