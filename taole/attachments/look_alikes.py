"""A photograph that was shown before, in another month or by another village: a question, no bar.

The hashes are read once for a batch of new photographs and compared in memory: a hundred thousand
take a tenth of a second, and no person waits for it. Nothing here commits.
"""

from __future__ import annotations

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.attachments.look_rules import Sight, is_elsewhere, nearest
from taole.attachments.models import Attachment, LookAlike
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_
from taole.privacy.rules import mask_secrets
from taole.trail.actions import record

MOST_WORD = 300
_MOST_CANDIDATES = 50


class Looks:
    """All hashes of the instance, read when first asked for: out of the index alone."""

    def __init__(self) -> None:
        self._read: tuple[list[str], list[int]] | None = None

    def near(self, look: str) -> dict[str, int]:
        """The hashes within reach of this one, and by how many bits they differ."""
        if self._read is None:
            found = select(Attachment.look).where(Attachment.look > "").distinct()
            texts = list(db.session.scalars(found))
            self._read = texts, [int(text, 16) for text in texts]
        texts, numbers = self._read
        return {texts[at]: bits for bits, at in nearest(look, numbers)[:_MOST_CANDIDATES]}


def ask_about(attachment: Attachment, looks: Looks) -> LookAlike | None:
    """Ask the clerk when a photograph looks like one of another month or village; once for each."""
    if not attachment.look:
        return None
    asked = select(LookAlike.id).where(LookAlike.attachment_id == attachment.id)
    if db.session.scalar(asked.limit(1)) is not None:
        return None
    near = looks.near(attachment.look)
    earlier = _first_elsewhere(attachment, near)
    if earlier is None:
        return None
    question = LookAlike(
        id=new_id(),
        township_id=attachment.township_id,
        attachment=attachment,
        earlier=earlier,
        distance=near[earlier.look],
        asked_at=now(),
    )
    db.session.add(question)
    db.session.flush()
    return question


def _first_elsewhere(attachment: Attachment, near: dict[str, int]) -> Attachment | None:
    """The most similar earlier photograph that asks a question at all, the latest of several."""
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
    return min(others, key=lambda each: near[each.look], default=None)


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
