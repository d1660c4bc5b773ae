"""A round gets more time, and is closed with its minutes."""

from __future__ import annotations

from datetime import datetime

from taole.access.permissions import Actor
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_
from taole.rounds.models import CollectionRound, RoundAsk
from taole.trail.actions import record


def extend(ask: RoundAsk, *, due_at: datetime, reason: str, by: Actor) -> None:
    """More time for one unit, with a reason; whether it was late is judged by the new moment."""
    if ask.round.closed_at is not None:
        raise Refused(N_("这一期已经关闭，不能再延长。"))
    if ask.answer is not None:
        raise Refused(N_("这个单位已经回复，不用延长。"))
    if due_at <= ask.due_at:
        raise Refused(N_("新的期限要晚于原来的期限：请改日期。"))
    if not reason.strip():
        raise Refused(N_("请写一句为什么延长。"))
    before = ask.due_at
    ask.due_at, ask.extension_reason = due_at, reason.strip()[:200]
    db.session.flush()
    record(
        "extend_ask",
        "round_ask",
        ask.id,
        by=by,
        township_id=ask.township_id,
        before={"due_at": before},
        after={"due_at": due_at, "reason": ask.extension_reason},
    )


def close(round_: CollectionRound, *, by: Actor, at: datetime, note: str = "") -> None:
    """Close a round; who has not answered by then counts as missing."""
    if round_.closed_at is not None:
        raise Refused(N_("这一期已经关闭了：请刷新页面看看。"))
    round_.closed_at, round_.closed_by_name = at, by.name
    said = note.strip()
    if said:
        round_.note = " ".join(filter(None, (round_.note, said)))[:400]
    db.session.flush()
    record(
        "close_round",
        "collection_round",
        round_.id,
        by=by,
        township_id=round_.township_id,
        after={"closed_at": at, "note": said},
    )
