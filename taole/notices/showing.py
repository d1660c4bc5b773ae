"""A sheet hangs, is seen hanging, is photographed, and comes down. Nothing here commits."""

from __future__ import annotations

from datetime import date

from taole.access.permissions import Actor
from taole.attachments.models import Attachment
from taole.core.clock import today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_
from taole.notices.models import Posting
from taole.notices.rules import next_state
from taole.notices.telling import tell
from taole.notices.workflow import NoticeState, Step


def take_down(posting: Posting, *, on: date, by: Actor, proof: Attachment | None = None) -> None:
    """Log that a posting came down; the last one that comes down ends the notice.

    ``proof``: a photograph of the board after it came down (the second photograph).
    """
    if posting.taken_down_on is not None:
        raise Refused(N_("这个渠道的公示已经撤下了：请刷新页面看看。"))
    if on < posting.posted_on:
        raise Refused(N_("撤下日期早于公示起：请改到公示起以后。"))
    if on > today():
        raise Refused(N_("撤下日期还没到：请在撤下以后再登记。"))
    notice = posting.notice
    posting.taken_down_on = on
    posting.taken_down_proof = proof
    is_last = all(each.taken_down_on is not None for each in notice.postings)
    if is_last and notice.state is NoticeState.POSTED:
        notice.state = next_state(Step.END, notice.state)
    tell(
        notice,
        "take_down",
        by=by,
        after={"channel": posting.channel, "taken_down_on": on, "state": notice.state},
    )
    db.session.flush()


def see_up(posting: Posting, *, on: date, by: Actor, proof: Attachment | None = None) -> None:
    """Log that a sheet was seen hanging on a day; the photograph is its proof if it had none."""
    if posting.taken_down_on is not None:
        raise Refused(N_("这个渠道的公示已经撤下了：请刷新页面看看。"))
    if not posting.posted_on <= on <= today():
        raise Refused(N_("看到的日期要在公示起以后、今天以前：请改日期。"))
    before = posting.seen_up_on
    posting.seen_up_on = max(on, before or on)
    _prove(posting, proof)
    tell(
        posting.notice,
        "see_up",
        by=by,
        before={"seen_up_on": before},
        after={"channel": posting.channel, "seen_up_on": posting.seen_up_on},
    )
    db.session.flush()


def add_proof(posting: Posting, proof: Attachment, *, by: Actor) -> None:
    """The photograph that was missing; one that is there already stays."""
    if posting.proof_id is not None or posting.proof is not None:
        raise Refused(N_("这个渠道已经有照片了：要换照片，请在公示栏照片里重拍。"))
    _prove(posting, proof)
    tell(
        posting.notice,
        "prove_posting",
        by=by,
        after={"channel": posting.channel, "proof": proof.id},
    )
    db.session.flush()


def _prove(posting: Posting, proof: Attachment | None) -> None:
    if proof is not None and posting.proof is None and posting.proof_id is None:
        posting.proof = proof
