"""A photograph that was shown before, in another month or by another village: a question, no bar.

The hashes of a township are read once for a batch and compared in memory: the same for a hundred
photographs as for a hundred thousand, and never while a person waits. Nothing here commits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

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


@dataclass
class Looks:
    """The hashes of the photographs of each township, read when first asked for."""

    _read: dict[UUID, tuple[list[UUID], list[int]]] = field(default_factory=dict)

    def of(self, township_id: UUID) -> tuple[list[UUID], list[int]]:
        if township_id not in self._read:
            rows = db.session.execute(
                select(Attachment.id, Attachment.look).where(
                    Attachment.township_id == township_id, Attachment.look != ""
                )
            ).all()
            self._read[township_id] = ([row[0] for row in rows], [int(row[1], 16) for row in rows])
        return self._read[township_id]


def ask_about(attachment: Attachment, looks: Looks) -> LookAlike | None:
    """Ask the clerk when a photograph looks like one of another month or village; once for each."""
    if not attachment.look:
        return None
    asked = select(LookAlike.id).where(LookAlike.attachment_id == attachment.id)
    if db.session.scalar(asked.limit(1)) is not None:
        return None
    ids, hashes = looks.of(attachment.township_id)
    near = [(bits, ids[at]) for bits, at in nearest(attachment.look, hashes)]
    found = _first_elsewhere(attachment, near)
    if found is None:
        return None
    bits, earlier = found
    question = LookAlike(
        id=new_id(),
        township_id=attachment.township_id,
        attachment=attachment,
        earlier=earlier,
        distance=bits,
        asked_at=now(),
    )
    db.session.add(question)
    db.session.flush()
    return question


def _first_elsewhere(
    attachment: Attachment, near: list[tuple[int, UUID]]
) -> tuple[int, Attachment] | None:
    wanted = [other for _, other in near if other != attachment.id][:_MOST_CANDIDATES]
    known = {
        each.id: each
        for each in db.session.scalars(select(Attachment).where(Attachment.id.in_(wanted)))
    }
    mine = _sight(attachment)
    for bits, other in near:
        earlier = known.get(other)
        if earlier is None or (earlier.uploaded_at, earlier.id) >= (
            attachment.uploaded_at,
            attachment.id,
        ):
            continue
        if is_elsewhere(mine, _sight(earlier)):
            return bits, earlier
    return None


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
