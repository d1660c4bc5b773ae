"""The monthly clearing is done, and the township's own limit is set. Nothing here commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taole.access.permissions import Actor
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.notices.actions import take_down
from taole.notices.models import Posting
from taole.organisation.models import Unit
from taole.oversight.clearing_queries import LIMIT, find_limit, hold_postings
from taole.oversight.clearing_rules import checked_limit
from taole.trail.actions import record
from taole.trail.settings import change_setting


@dataclass(frozen=True)
class Cleared:
    """What became of one posting: down now, or left as it was, in one sentence."""

    posting: Posting
    is_down: bool
    sentence: Sentence


def clear(township: Unit, ids: Sequence[UUID], *, on: date, by: Actor) -> list[Cleared]:
    """Log that these postings came down on a day; one that cannot come down leaves the others.

    Refused when nothing was ticked. Somebody else may have cleared some of them meanwhile: these
    keep the day and the name that they have.
    """
    if not ids:
        raise Refused(N_("还没有勾选：请勾选已经从网上撤下的内容。"))
    done = [_clear_one(posting, on=on, by=by) for posting in hold_postings(township, ids)]
    count = sum(each.is_down for each in done)
    if count:
        record(
            "clear_website",
            "unit",
            township.id,
            by=by,
            township_id=township.id,
            after={"taken_down_on": on, "count": count},
        )
    return done


def _clear_one(posting: Posting, *, on: date, by: Actor) -> Cleared:
    title = posting.notice.title
    if posting.taken_down_on is not None:
        said = sentence(
            N_("“%(title)s”已经有人登记撤下了（%(day)s），没有再登记。"),
            title=title,
            day=posting.taken_down_on.isoformat(),
        )
        return Cleared(posting, False, said)
    try:
        take_down(posting, on=on, by=by)
    except Refused as refusal:
        said = sentence(N_("“%(title)s”没有撤下：%(why)s"), title=title, why=refusal.sentences[0])
        return Cleared(posting, False, said)
    return Cleared(
        posting,
        True,
        sentence(N_("“%(title)s”已登记撤下。"), title=title),
    )


def set_limit(township: Unit, days: int | None, *, by: Actor) -> None:
    """After how many days content counts as stale here; None: never for its age alone."""
    before, after = find_limit(township.id), checked_limit(days)
    if before == after:
        return
    change_setting(
        LIMIT,
        "set_clearing_limit",
        township.id,
        before={"stale_after_days": before},
        after={"stale_after_days": after},
        by=by,
    )
