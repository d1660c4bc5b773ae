"""What can be done with a notice: write and revise here, all else by name.

Reviews are in ``reviewing``, postings in ``posting`` and ``showing``, withdrawals and corrections
in ``correcting``.

The table of moves in ``workflow`` is the only law of its states. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from taole.access.permissions import Actor
from taole.catalogue.models import CatalogueItem
from taole.catalogue.templates import template_for
from taole.core.clock import local, now, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_, sentence
from taole.filling.sheets import sheet
from taole.notices.answers import answerable, tie
from taole.notices.correcting import correct, withdraw
from taole.notices.gate import screen
from taole.notices.holding import hold, refuse_older
from taole.notices.models import Notice, NoticeKind
from taole.notices.posting import post
from taole.notices.review_plans import set_reviews
from taole.notices.reviewing import Mark, admit, approve, recall, send_back, submit
from taole.notices.rules import title_fault
from taole.notices.showing import add_proof, see_up, take_down
from taole.notices.telling import tell
from taole.notices.workflow import EDITABLE
from taole.obligations.models import Obligation
from taole.organisation.models import Unit

__all__ = [
    "Mark",
    "add_proof",
    "admit",
    "approve",
    "correct",
    "post",
    "recall",
    "revise",
    "see_up",
    "send_back",
    "set_reviews",
    "submit",
    "take_down",
    "withdraw",
    "write",
]

REVISABLE = frozenset(
    {
        "title",
        "head",
        "body",
        "columns",
        "rows",
        "period_key",
        "fiscal_year",
        "formed_on",
        "is_on_behalf",
    }
)


def write(
    unit: Unit,
    item: CatalogueItem,
    *,
    period_key: str,
    title: str,
    by: Actor,
    head: Mapping[str, str] | None = None,
    body: str = "",
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[Any]] = (),
    obligations: Sequence[Obligation] | None = None,
    kind: NoticeKind = NoticeKind.NOTICE,
    fiscal_year: int | None = None,
    formed_on: date | None = None,
    on_behalf: bool = False,
    at: datetime | None = None,
    notice_id: UUID | None = None,
) -> Notice:
    """A draft that answers ``obligations`` (by default all that its item and period leave open).

    ``notice_id`` is the token of a form: the same form sent again gives the notice that it made.
    An item that is a standing page makes a page update, which is counted nowhere.
    """
    known = db.session.get(Notice, notice_id) if notice_id else None
    if known is not None:
        if (known.author_id, known.unit_id) != (by.id, unit.id):
            raise Refused(N_("这张表已经用过了：请从“登记公示”重新开始。"))
        return known
    if unit.township_id is None:
        raise Refused(sentence(N_("“%(unit)s”不在任何乡镇之内，不能登记公示。"), unit=unit.name))
    table = sheet(columns, rows)
    notice = Notice(
        id=notice_id or new_id(),
        township_id=unit.township_id,
        unit=unit,
        item=item,
        section=item.section,
        kind=NoticeKind.PAGE_UPDATE if item.is_standing_page else kind,
        period_key=period_key,
        title=_checked_title(title),
        template=template_for(item, unit.township_id, local(at or now()).date()).to_mapping(),
        head=dict(head or {}),
        body=body.strip(),
        columns=list(table.columns),
        rows=[list(row) for row in table.rows],
        fiscal_year=fiscal_year,
        formed_on=_checked_day(formed_on),
        author_id=by.id,
        author_name=by.name,
        written_at=at or now(),
        is_on_behalf=on_behalf,
        answers=[],
        postings=[],
        reviews=[],
    )
    db.session.add(notice)
    screen(notice)
    db.session.flush()
    tie(notice, answerable(notice) if obligations is None else obligations)
    after = {"title": notice.title, "item": item.code, "unit": unit.code, "period": period_key}
    tell(notice, "write_notice", by=by, after=after)
    return notice


def revise(
    notice: Notice, *, version: int, by: Actor, at: datetime | None = None, **changes: Any
) -> Notice:
    """Change a draft or a returned notice; ``version`` is the one that the person had before them.

    Overtaken, with nothing changed, when somebody saved meanwhile. What hangs ahead of its review
    is never changed silently: it becomes a further revision, for the reason of its return.
    ``changes``: title, body, columns and rows, period_key, fiscal_year, formed_on,
    is_on_behalf.
    """
    unknown = changes.keys() - REVISABLE
    if unknown:
        raise TypeError(f"a notice has no {', '.join(sorted(unknown))} to revise")
    hold(notice)
    if notice.state not in EDITABLE:
        raise Refused(N_("只有草稿和退回的公示可以改：这一件已经提交，请刷新页面看看。"))
    refuse_older(notice, version)
    if "columns" in changes or "rows" in changes:
        table = sheet(changes.get("columns", notice.columns), changes.get("rows", notice.rows))
        changes |= {"columns": list(table.columns), "rows": [list(row) for row in table.rows]}
    if "title" in changes:
        changes["title"] = _checked_title(changes["title"])
    _checked_day(changes.get("formed_on"))
    before = {name: getattr(notice, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    for name, value in changed.items():
        setattr(notice, name, value)
    screen(notice)
    changed = {name: getattr(notice, name) for name in changed}
    if changed and notice.postings and notice.correction_reason != notice.return_reason:
        notice.revision += 1
        notice.correction_reason = notice.return_reason
    if "period_key" in changed:
        for answer in list(notice.answers):
            db.session.delete(answer)
        notice.answers = []
        db.session.flush()
        tie(notice, answerable(notice))
    tell(
        notice,
        "revise_notice",
        by=by,
        before={name: before[name] for name in changed},
        after=changed | ({"at": at} if at else {}),
    )
    db.session.flush()
    return notice


def _checked_title(title: str) -> str:
    tidy = " ".join(title.split())
    fault = title_fault(tidy)
    if fault is not None:
        raise Refused(fault)
    return tidy


def _checked_day(formed_on: date | None) -> date | None:
    """The day on which the information came to be; Refused for a day still to come."""
    if formed_on is not None and formed_on > today():
        raise Refused(N_("信息形成日期还没到：请填文件印发、名单确定的那一天。"))
    return formed_on
