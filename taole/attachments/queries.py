"""What can be asked about files."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from taole.attachments.models import Attachment, LookAlike
from taole.attachments.storage import load
from taole.core.database import db, under
from taole.core.errors import NotFound
from taole.organisation.models import Unit


def get_attachment(attachment_id: UUID) -> Attachment:
    """One file with its unit; NotFound when there is none."""
    found = db.session.get(Attachment, attachment_id, options=[joinedload(Attachment.unit)])
    if found is None:
        raise NotFound(attachment_id)
    return found


def list_attachments(owner_id: UUID) -> list[Attachment]:
    """The files of one record (a notice), oldest first."""
    found = (
        select(Attachment)
        .where(Attachment.owner_id == owner_id)
        .order_by(Attachment.uploaded_at, Attachment.id)
    )
    return list(db.session.scalars(found))


def read_bytes(attachment: Attachment) -> bytes:
    """What people are given; NotFound when its bytes are gone, Refused when they have changed."""
    return load(attachment.digest)


def get_look_alike(question_id: UUID) -> LookAlike:
    """One question with both photographs and their units; NotFound when there is none."""
    found = db.session.scalar(_look_alikes().where(LookAlike.id == question_id))
    if found is None:
        raise NotFound(question_id)
    return found


def list_look_alikes(paths: Sequence[str], *, answered: bool) -> Select[LookAlike]:
    """The questions about units under these paths, newest first, to be cut into pages."""
    has_answer = LookAlike.answered_at.is_not(None)
    return (
        _look_alikes()
        .where(under(Unit.path, paths), has_answer if answered else ~has_answer)
        .order_by(LookAlike.asked_at.desc(), LookAlike.id)
    )


def count_look_alikes(paths: Sequence[str]) -> int:
    """How many questions about units under these paths wait for an answer."""
    found = (
        select(func.count())
        .select_from(LookAlike)
        .join(LookAlike.attachment)
        .join(Attachment.unit)
        .where(under(Unit.path, paths), LookAlike.answered_at.is_(None))
    )
    return db.session.scalar(found) or 0


def _look_alikes() -> Select[LookAlike]:
    return (
        select(LookAlike)
        .join(LookAlike.attachment)
        .join(Attachment.unit)
        .options(
            joinedload(LookAlike.attachment).joinedload(Attachment.unit),
            joinedload(LookAlike.earlier).joinedload(Attachment.unit),
        )
    )
