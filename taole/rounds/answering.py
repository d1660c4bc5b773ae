"""A unit answers: content, nothing this time, or a paper entered on its behalf."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from taole.access.permissions import Actor
from taole.attachments.models import Attachment
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.notices.models import Notice, NoticeAnswer
from taole.organisation.actions import SYSTEM
from taole.rounds.models import (
    AskAnswer,
    CollectionRound,
    LineKind,
    RoundAsk,
    RoundContent,
    RoundLine,
)
from taole.trail.actions import record

LONGEST_REASON = 200


def answer_nothing(
    ask: RoundAsk, *, reason: str, by: Actor, at: datetime, on_behalf: bool = False
) -> None:
    """本期无内容: an answer like any other. Refused once something was brought."""
    _refuse_over(ask)
    said = reason.strip()
    if len(said) > LONGEST_REASON:
        raise Refused(sentence(N_("说明最多 %(limit)s 个字，请写短一些。"), limit=LONGEST_REASON))
    if ask.contents or ask.paper_id is not None:
        raise Refused(N_("本期已经报来了内容，不能再回“本期无内容”：请点“回复”。"))
    ask.reason = said
    _answer(ask, AskAnswer.NOTHING, by=by, at=at, on_behalf=on_behalf)


def bring(
    ask: RoundAsk,
    notice: Notice,
    *,
    line: RoundLine | None = None,
    by: Actor,
    at: datetime,
    on_behalf: bool = False,
) -> RoundContent:
    """What a unit brought: a notice of its own. Brought twice it counts once."""
    _refuse_over(ask, is_answered=False)
    if notice.unit_id != ask.unit_id:
        raise Refused(N_("这件公示是别的单位的，不能报到这里。"))
    known = next((each for each in ask.contents if each.notice_id == notice.id), None)
    if known is not None:
        return known
    brought = RoundContent(
        township_id=ask.township_id,
        notice_id=notice.id,
        notice=notice,
        line=line or _line_of(ask, notice),
        brought_at=at,
    )
    ask.contents.append(brought)
    if ask.answer is AskAnswer.NOTHING:
        ask.answer = AskAnswer.CONTENT
    db.session.flush()
    record(
        "bring_content",
        "round_ask",
        ask.id,
        by=by,
        township_id=ask.township_id,
        after={"notice": notice.id},
    )
    if ask.answer is None and all(is_brought(each, ask) for each in ask.lines):
        _answer(ask, AskAnswer.CONTENT, by=by, at=at, on_behalf=on_behalf)
    return brought


def finish_content(ask: RoundAsk, *, by: Actor, at: datetime, on_behalf: bool = False) -> None:
    """回复: what was brought is all there is this time."""
    _refuse_over(ask)
    if not ask.contents and ask.paper_id is None:
        raise Refused(N_("还没有报来内容：请先登记一件；没有要公开的，请点“本期无内容”。"))
    _answer(ask, AskAnswer.CONTENT, by=by, at=at, on_behalf=on_behalf)


def enter_paper(ask: RoundAsk, paper: Attachment, *, by: Actor, at: datetime) -> None:
    """代录: a file or paper handed in, entered by the office on the unit's behalf."""
    _refuse_over(ask)
    if paper.unit_id != ask.unit_id:
        raise Refused(N_("这份材料是别的单位的，不能报到这里。"))
    ask.paper = paper
    _answer(ask, AskAnswer.CONTENT, by=by, at=at, on_behalf=True)


def note_submitted(notice: Notice, at: datetime) -> None:
    """A notice that was handed in also answers the open round of its unit, typed only once."""
    ask = db.session.scalar(
        select(RoundAsk)
        .join(CollectionRound, CollectionRound.id == RoundAsk.round_id)
        .where(RoundAsk.unit_id == notice.unit_id, CollectionRound.closed_at.is_(None))
        .order_by(CollectionRound.scheduled_on.desc())
        .limit(1)
    )
    if ask is not None and _line_of(ask, notice) is not None:
        bring(ask, notice, by=notice.author or SYSTEM, at=at)


def is_brought(line: RoundLine, ask: RoundAsk) -> bool:
    return any(content.line_id == line.id or content.line is line for content in ask.contents)


def _line_of(ask: RoundAsk, notice: Notice) -> RoundLine | None:
    """The line of the list that a notice is about."""
    answered = set(
        db.session.scalars(
            select(NoticeAnswer.obligation_id).where(NoticeAnswer.notice_id == notice.id)
        )
    )
    for line in ask.lines:
        if line.kind is LineKind.OBLIGATION and line.subject_id in answered:
            return line
        if line.kind is LineKind.COLUMN and line.subject_id == notice.item_id:
            return line
    return None


def _answer(ask: RoundAsk, answer: AskAnswer, *, by: Actor, at: datetime, on_behalf: bool) -> None:
    ask.answer, ask.answered_at = answer, at
    ask.answered_by_id, ask.answered_by_name = by.id, by.name
    ask.is_on_behalf = on_behalf
    try:
        db.session.flush()
    except StaleDataError as overtaken:
        raise Refused(N_("刚才有人已经回复了这一期：请刷新页面看看。")) from overtaken
    record(
        "answer_ask",
        "round_ask",
        ask.id,
        by=by,
        township_id=ask.township_id,
        after={"answer": answer, "on_behalf": on_behalf, "reason": ask.reason},
    )


def _refuse_over(ask: RoundAsk, *, is_answered: bool = True) -> None:
    if ask.round.closed_at is not None:
        raise Refused(N_("这一期已经关闭，不能再回复：请联系综合办公室。"))
    if is_answered and ask.answer is not None:
        raise Refused(N_("这一期已经回复过了：请刷新页面看看。"))
