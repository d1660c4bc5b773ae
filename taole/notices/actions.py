"""What can be done with a notice: write, revise, correct, withdraw; and what is done elsewhere.

Reviews are in ``reviewing``, postings in ``posting``.

The table of moves in ``workflow`` is the only law of its states. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from taole.access.permissions import Actor
from taole.catalogue.models import CatalogueItem
from taole.catalogue.templates import template_for
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_, sentence
from taole.notices.answers import answerable, tie
from taole.notices.models import Notice, NoticeKind
from taole.notices.posting import post
from taole.notices.queries import find_open_correction, list_answered
from taole.notices.reviewing import Mark, admit, approve, recall, send_back, set_reviews, submit
from taole.notices.rules import next_state, title_fault
from taole.notices.sheets import sheet
from taole.notices.showing import add_proof, see_up, take_down
from taole.notices.telling import tell
from taole.notices.workflow import EDITABLE, Step
from taole.obligations.actions import unanswer
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
    {"title", "head", "body", "columns", "rows", "period_key", "fiscal_year", "is_on_behalf"}
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
        author_id=by.id,
        author_name=by.name,
        written_at=at or now(),
        is_on_behalf=on_behalf,
        answers=[],
        postings=[],
        reviews=[],
    )
    db.session.add(notice)
    db.session.flush()
    tie(notice, answerable(notice) if obligations is None else obligations)
    after = {"title": notice.title, "item": item.code, "unit": unit.code, "period": period_key}
    tell(notice, "write_notice", by=by, after=after)
    return notice


def revise(
    notice: Notice, *, version: int, by: Actor, at: datetime | None = None, **changes: Any
) -> Notice:
    """Change a draft or a returned notice; ``version`` is the one that the person had before them.

    ``changes``: title, body, columns and rows, period_key, fiscal_year, is_on_behalf.
    """
    unknown = changes.keys() - REVISABLE
    if unknown:
        raise TypeError(f"a notice has no {', '.join(sorted(unknown))} to revise")
    if notice.state not in EDITABLE:
        raise Refused(N_("只有草稿和退回的公示可以改：这一件已经提交，请刷新页面看看。"))
    if version != notice.version:
        raise Refused(
            N_("别人刚刚改过这件公示，您的改动没有存：请把要改的内容复制下来，刷新后再改。")
        )
    if "columns" in changes or "rows" in changes:
        table = sheet(changes.get("columns", notice.columns), changes.get("rows", notice.rows))
        changes |= {"columns": list(table.columns), "rows": [list(row) for row in table.rows]}
    if "title" in changes:
        changes["title"] = _checked_title(changes["title"])
    before = {name: getattr(notice, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    for name, value in changed.items():
        setattr(notice, name, value)
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


def withdraw(notice: Notice, *, reason: str, by: Actor, at: datetime | None = None) -> None:
    """Take back an approved or posted notice: it answers nothing any more and counts nowhere."""
    before = notice.state
    notice.state = next_state(
        Step.WITHDRAW, notice.state, is_up=bool(notice.postings), reason=reason
    )
    notice.review_by_on = None
    notice.return_reason = reason.strip()
    day = local(at or now()).date()
    for posting in notice.postings:
        if posting.taken_down_on is None:
            posting.taken_down_on = max(day, posting.posted_on)
    for obligation in list_answered(notice):
        if obligation.answer_id == notice.id:
            unanswer(obligation, by=by, reason=reason.strip())
    tell(
        notice,
        "withdraw_notice",
        by=by,
        before={"state": before},
        after={"state": notice.state, "reason": reason.strip()},
    )
    db.session.flush()


def correct(
    notice: Notice,
    *,
    reason: str,
    by: Actor,
    at: datetime | None = None,
    notice_id: UUID | None = None,
) -> Notice:
    """Begin a correction (更正): a draft with what the posted notice says, to be changed.

    It passes the reviews like any notice. When it goes up the corrected one is CORRECTED, stays
    readable and names it; the matter is counted once.
    """
    known = db.session.get(Notice, notice_id) if notice_id else None
    if known is not None and known.corrects_id == notice.id:
        return known
    next_state(Step.CORRECT, notice.state, reason=reason)
    if find_open_correction(notice) is not None:
        raise Refused(N_("这件公示已经有一份更正在办：请先办完那一份。"))
    correction = Notice(
        id=notice_id or new_id(),
        township_id=notice.township_id,
        unit=notice.unit,
        item=notice.item,
        section=notice.section,
        kind=notice.kind,
        period_key=notice.period_key,
        title=notice.title,
        template=notice.template,
        head=dict(notice.head),
        body=notice.body,
        columns=list(notice.columns),
        rows=[list(row) for row in notice.rows],
        fiscal_year=notice.fiscal_year,
        author_id=by.id,
        author_name=by.name,
        written_at=at or now(),
        is_on_behalf=notice.is_on_behalf,
        corrects_id=notice.id,
        correction_reason=reason.strip(),
        revision=notice.revision + 1,
        answers=[],
        postings=[],
        reviews=[],
    )
    db.session.add(correction)
    db.session.flush()
    tell(
        correction,
        "correct_notice",
        by=by,
        before={"notice": notice.id, "number": notice.number},
        after={"title": notice.title, "reason": reason.strip(), "revision": correction.revision},
    )
    return correction


def _checked_title(title: str) -> str:
    tidy = " ".join(title.split())
    fault = title_fault(tidy)
    if fault is not None:
        raise Refused(fault)
    return tidy
