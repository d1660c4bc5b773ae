"""What can be done with a notice: write, revise, submit, judge, withdraw, post, take down.

The table of moves in ``workflow`` is the only law of its states. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from taole.access.permissions import Actor
from taole.catalogue.models import CatalogueItem
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_, sentence
from taole.notices.models import Notice, NoticeAnswer, NoticeKind
from taole.notices.posting import post, take_down
from taole.notices.queries import is_author, list_answered
from taole.notices.rules import next_state, title_fault
from taole.notices.sheets import sheet
from taole.notices.workflow import EDITABLE, Step
from taole.obligations.actions import mark_in_review, unanswer
from taole.obligations.models import Obligation
from taole.obligations.queries import find_answerable
from taole.organisation.models import Unit
from taole.trail.actions import record

__all__ = [
    "approve",
    "post",
    "revise",
    "send_back",
    "submit",
    "take_down",
    "withdraw",
    "write",
]

REVISABLE = frozenset(
    {"title", "body", "columns", "rows", "period_key", "fiscal_year", "is_on_behalf"}
)


def write(
    unit: Unit,
    item: CatalogueItem,
    *,
    period_key: str,
    title: str,
    by: Actor,
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
    )
    db.session.add(notice)
    db.session.flush()
    _tie(notice, _answerable(notice) if obligations is None else obligations)
    after = {"title": notice.title, "item": item.code, "unit": unit.code, "period": period_key}
    _tell("write_notice", notice, by=by, after=after)
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
        _tie(notice, _answerable(notice))
    _tell(
        "revise_notice",
        notice,
        by=by,
        before={name: before[name] for name in changed},
        after=changed | ({"at": at} if at else {}),
    )
    db.session.flush()
    return notice


def submit(notice: Notice, *, by: Actor, at: datetime | None = None) -> None:
    """Hand a draft to the reviewers; what it answers stands as 审核中 until it is due."""
    _move(notice, Step.SUBMIT)
    notice.submitted_at = at or now()
    notice.return_reason = ""
    if not notice.answers:
        _tie(notice, _answerable(notice))
    mark_in_review(_open(notice), notice.submitted_at)
    _tell("submit_notice", notice, by=by, after={"state": notice.state})
    db.session.flush()


def approve(notice: Notice, *, by: Actor, at: datetime | None = None) -> None:
    """Let a notice go up; never by who wrote, revised or submitted it."""
    _judge(notice, Step.APPROVE, by=by, at=at)
    _tell("approve_notice", notice, by=by, after={"state": notice.state})
    db.session.flush()


def send_back(notice: Notice, *, reason: str, by: Actor, at: datetime | None = None) -> None:
    """Return a notice to its writer with the reason."""
    _judge(notice, Step.RETURN, by=by, at=at, reason=reason)
    notice.return_reason = reason.strip()
    _tell("return_notice", notice, by=by, after={"state": notice.state, "reason": reason.strip()})
    db.session.flush()


def withdraw(notice: Notice, *, reason: str, by: Actor, at: datetime | None = None) -> None:
    """Take back an approved or posted notice: it answers nothing any more and counts nowhere."""
    before = notice.state
    _move(notice, Step.WITHDRAW, reason=reason)
    notice.return_reason = reason.strip()
    day = local(at or now()).date()
    for posting in notice.postings:
        if posting.taken_down_on is None:
            posting.taken_down_on = max(day, posting.posted_on)
    for obligation in list_answered(notice):
        if obligation.answer_id == notice.id:
            unanswer(obligation, by=by, reason=reason.strip())
    _tell(
        "withdraw_notice",
        notice,
        by=by,
        before={"state": before},
        after={"state": notice.state, "reason": reason.strip()},
    )
    db.session.flush()


def _judge(notice: Notice, step: Step, *, by: Actor, at: datetime | None, reason: str = "") -> None:
    _move(notice, step, by_author=is_author(notice, by.id), reason=reason)
    notice.reviewed_by_id, notice.reviewed_by_name = by.id, by.name
    notice.reviewed_at = at or now()
    mark_in_review(_open(notice), None)


def _move(notice: Notice, step: Step, *, by_author: bool = False, reason: str = "") -> None:
    notice.state = next_state(step, notice.state, is_author=by_author, reason=reason)


def _answerable(notice: Notice) -> list[Obligation]:
    if notice.kind is NoticeKind.PAGE_UPDATE:
        return []
    return find_answerable(notice.unit_id, notice.item.code, notice.period_key)


def _tie(notice: Notice, obligations: Sequence[Obligation]) -> None:
    for obligation in obligations:
        if obligation.unit_id != notice.unit_id:
            raise Refused(
                sentence(
                    N_("公示“%(title)s”只能对应本村自己的任务，不能替别的村完成。"),
                    title=notice.title,
                )
            )
        notice.answers.append(
            NoticeAnswer(notice_id=notice.id, obligation=obligation, township_id=notice.township_id)
        )


def _open(notice: Notice) -> list[Obligation]:
    return [each for each in list_answered(notice) if each.answer is None]


def _checked_title(title: str) -> str:
    tidy = " ".join(title.split())
    fault = title_fault(tidy)
    if fault is not None:
        raise Refused(fault)
    return tidy


def _tell(
    verb: str,
    notice: Notice,
    *,
    by: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        verb, "notice", notice.id, by=by, township_id=notice.township_id, before=before, after=after
    )
