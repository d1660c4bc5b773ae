"""A photograph that was shown before, in another month or by another village: a question, no bar.

The hashes are read once for a batch of new photographs and compared in memory: a hundred thousand
take a tenth of a second, and no person waits for it. Nothing here commits.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.attachments.look_rules import WORTH_A_LOOK, Sight, is_elsewhere, is_same, nearest
from taole.attachments.models import Attachment, LookAlike
from taole.attachments.opening import likeness_of
from taole.attachments.storage import load
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.words import N_
from taole.privacy.rules import mask_secrets
from taole.trail.actions import record

MOST_WORD = 300
_MOST_CANDIDATES = 50
_MOST_LAID_SIDE_BY_SIDE = 4


class Looks:
    """All hashes of the instance, read when first asked for: out of the index alone."""

    def __init__(self) -> None:
        self._read: tuple[list[str], list[int]] | None = None

    def near(self, look: str) -> dict[str, int]:
        """The hashes worth a look beside this one, and by how many bits they differ."""
        if self._read is None:
            found = select(Attachment.look).where(Attachment.look > "").distinct()
            texts = list(db.session.scalars(found))
            self._read = texts, [int(text, 16) for text in texts]
        texts, numbers = self._read
        found_near = nearest(look, numbers, WORTH_A_LOOK)[:_MOST_CANDIDATES]
        return {texts[at]: bits for bits, at in found_near}


@dataclass(frozen=True)
class LookedLike:
    """The earlier photograph that a new one is, and by how many bits of 64 their looks differ."""

    earlier_id: UUID
    distance: int


def find_earlier(attachment: Attachment, looks: Looks) -> LookedLike | None:
    """The photograph of another month or village that this one is a copy of.

    Reads, ends its transaction, and lays the pictures side by side: a second for each of the few
    that are worth a look.
    """
    if not attachment.look:
        return None
    near = looks.near(attachment.look)
    pairs = [(each.id, each.digest, near[each.look]) for each in _elsewhere(attachment, near)]
    mine = attachment.digest
    db.session.rollback()
    for earlier_id, digest, bits in pairs[:_MOST_LAID_SIDE_BY_SIDE]:
        if mine == digest or is_same(bits, _likeness(mine, digest)):
            return LookedLike(earlier_id, bits)
    return None


def _likeness(one: str, other: str) -> float | None:
    try:
        return likeness_of(load(one), load(other))
    except (NotFound, Refused):
        return None


def _elsewhere(attachment: Attachment, near: dict[str, int]) -> list[Attachment]:
    """The earlier photographs that ask a question at all, the most similar first."""
    found = (
        select(Attachment)
        .where(
            Attachment.look.in_(near),
            Attachment.township_id == attachment.township_id,
            Attachment.id != attachment.id,
            Attachment.uploaded_at <= attachment.uploaded_at,
        )
        .order_by(Attachment.uploaded_at.desc())
        .limit(_MOST_CANDIDATES)
    )
    mine = _sight(attachment)
    others = [
        each
        for each in db.session.scalars(found)
        if (each.uploaded_at, each.id) < (attachment.uploaded_at, attachment.id)
        and is_elsewhere(mine, _sight(each))
    ]
    return sorted(others, key=lambda each: near[each.look])


def ask_about(attachment: Attachment, found: LookedLike) -> None:
    """Ask the clerk whether a photograph is an earlier one; once for each photograph."""
    asked = select(LookAlike.id).where(LookAlike.attachment_id == attachment.id)
    if db.session.scalar(asked.limit(1)) is not None:
        return
    db.session.add(
        LookAlike(
            id=new_id(),
            township_id=attachment.township_id,
            attachment_id=attachment.id,
            earlier_id=found.earlier_id,
            distance=found.distance,
            asked_at=now(),
        )
    )
    db.session.flush()


def answer_look_alike(question: LookAlike, *, is_a_copy: bool, word: str, by: Actor) -> None:
    """The clerk's answer: the same picture or not, with a word; given once."""
    if question.answered_at is not None:
        raise Refused(N_("这一对照片已经有人回答过了：请刷新页面看看。"))
    question.is_a_copy = is_a_copy
    question.answer = mask_secrets(" ".join(word.split()))[:MOST_WORD]
    question.answered_by_id, question.answered_at = by.id, now()
    record(
        "answer_look_alike",
        "attachment",
        question.attachment_id,
        by=by,
        township_id=question.township_id,
        after={
            "filename": question.attachment.filename,
            "earlier": question.earlier_id,
            "is_a_copy": is_a_copy,
            "word": question.answer,
        },
    )
    db.session.flush()


def _sight(attachment: Attachment) -> Sight:
    return Sight(attachment.look, str(attachment.unit_id), local(attachment.uploaded_at))
