"""Keeping a file. Nothing here commits."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from taole.access.permissions import Actor
from taole.attachments.models import Attachment
from taole.attachments.photographs import redraw
from taole.attachments.rules import PHOTOGRAPHS, FileKind, kind_of, tidy_name
from taole.attachments.storage import store
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.media_types import MEDIA_TYPES
from taole.core.words import N_, sentence
from taole.organisation.models import Unit
from taole.trail.actions import record


class Upload(Protocol):
    """Anything that gives its bytes when read (an uploaded file, an open file)."""

    def read(self) -> bytes: ...


def keep_file(
    unit: Unit,
    upload: Upload | bytes,
    filename: str,
    *,
    by: Actor,
    owner_id: UUID | None = None,
    at: datetime | None = None,
) -> Attachment:
    """Keep a file of a unit; a photograph is redrawn upright, small and without its metadata.

    Raises Refused in one sentence for an empty or broken file and for a kind that is not kept.
    """
    if unit.township_id is None:
        raise Refused(sentence(N_("“%(unit)s”不在任何乡镇之内，不能存放附件。"), unit=unit.name))
    content = upload if isinstance(upload, bytes) else upload.read()
    kind = kind_of(content, filename)
    if kind in PHOTOGRAPHS:
        content, kind = redraw(content, filename), FileKind.JPEG
    kept = Attachment(
        id=new_id(),
        township_id=unit.township_id,
        unit=unit,
        owner_id=owner_id,
        digest=store(content),
        filename=tidy_name(filename, kind),
        media_type=MEDIA_TYPES[kind],
        size=len(content),
        uploaded_by_id=by.id,
        uploaded_at=at or now(),
    )
    db.session.add(kept)
    record(
        "keep_file",
        "attachment",
        kept.id,
        by=by,
        township_id=unit.township_id,
        after={"filename": kept.filename, "digest": kept.digest, "owner": owner_id},
    )
    return kept
