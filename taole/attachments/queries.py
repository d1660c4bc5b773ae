"""What can be asked about files."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from taole.attachments.models import Attachment
from taole.attachments.storage import load
from taole.core.database import db
from taole.core.errors import NotFound


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
    """What the file holds; NotFound when its bytes are gone from the instance folder."""
    return load(attachment.digest)
