"""Keeping a file, and what becomes of what was found in it. Nothing here commits."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from taole.access.permissions import Actor
from taole.attachments.masking import masked_copy
from taole.attachments.models import Attachment, ScanState
from taole.attachments.preparing import open_once
from taole.attachments.remembering import remember_cleared
from taole.attachments.rules import tidy_name
from taole.attachments.storage import drop, load, store
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.media_types import MEDIA_TYPES
from taole.core.words import N_, sentence
from taole.organisation.models import Unit
from taole.privacy.rules import mask_secrets
from taole.trail.actions import record

MOST_REASON = 200


class Sent(Protocol):
    """Anything that gives its bytes when read (an uploaded file, an open file)."""

    def read(self) -> bytes: ...


def keep_file(
    unit: Unit,
    upload: Sent | bytes,
    filename: str,
    *,
    by: Actor,
    owner_id: UUID | None = None,
    at: datetime | None = None,
) -> Attachment:
    """Keep a file of a unit: the original inside, for people a photograph redrawn upright, small
    and without its metadata. Nobody is given it before it was looked through (WAITING).

    Raises Refused in one sentence for an empty, broken or hostile file and for a kind that is
    not kept.
    """
    if unit.township_id is None:
        raise Refused(sentence(N_("“%(unit)s”不在任何乡镇之内，不能存放附件。"), unit=unit.name))
    original = upload if isinstance(upload, bytes) else upload.read()
    found = open_once(original, filename)
    original_digest = store(original)
    kept = Attachment(
        id=new_id(),
        township_id=unit.township_id,
        unit=unit,
        owner_id=owner_id,
        digest=original_digest if found.content is original else store(found.content),
        original_digest=original_digest,
        filename=tidy_name(filename, found.kind),
        media_type=MEDIA_TYPES[found.kind],
        size=len(found.content),
        scan_state=ScanState.WAITING,
        scan_findings=[],
        scan_attempts=0,
        look=found.look,
        uploaded_by_id=by.id,
        uploaded_at=at or now(),
    )
    db.session.add(kept)
    taken = {"taken": found.taken} if found.taken else {}
    record(
        "keep_file",
        "attachment",
        kept.id,
        by=by,
        township_id=unit.township_id,
        after={"filename": kept.filename, "digest": kept.digest, "owner": owner_id} | taken,
    )
    return kept


def mask_attachment(attachment: Attachment, *, by: Actor) -> None:
    """Give people a copy in which what was found is covered; the original stays inside.

    Raises Refused where nothing was found, or where it cannot be covered by the machine.
    """
    if attachment.scan_state is not ScanState.FOUND:
        raise Refused(N_("这个文件没有待处理的个人信息：请刷新页面看看。"))
    copy, before = masked_copy(attachment), attachment.digest
    attachment.digest, attachment.size = store(copy.content), len(copy.content)
    attachment.filename, attachment.media_type = copy.filename, copy.media_type
    if before not in (attachment.digest, attachment.original_digest):
        drop(before)
    _settle(attachment, ScanState.MASKED, "mask_file", by=by)


def clear_attachment(attachment: Attachment, *, reason: str, by: Actor) -> None:
    """A person looked and says that it is nobody's personal data; what was found is remembered.

    Also for a file that could not be looked through (FAILED). Raises Refused without a reason.
    """
    told = mask_secrets(" ".join(reason.split()))[:MOST_REASON]
    if not told:
        raise Refused(N_("请写明为什么不是个人信息，如“门牌号是村委会的”。"))
    if attachment.scan_state not in (ScanState.FOUND, ScanState.FAILED):
        raise Refused(N_("这个文件没有待处理的个人信息：请刷新页面看看。"))
    remember_cleared(attachment)
    _settle(attachment, ScanState.CLEARED, "clear_file", by=by, reason=told)


def look_again(attachment: Attachment, *, by: Actor) -> None:
    """Let the machine look through a file once more (a reader was installed since)."""
    if attachment.scan_state is not ScanState.FAILED:
        raise Refused(N_("这个文件不用重查：请刷新页面看看。"))
    attachment.scan_attempts, attachment.scanned_at = 0, None
    attachment.scan_findings = []
    _settle(attachment, ScanState.WAITING, "look_again", by=by)


def read_original(attachment: Attachment, *, by: Actor) -> bytes:
    """What was sent in, with all that is in it; this look is told in the trail."""
    content = load(attachment.original_digest or attachment.digest)
    record(
        "look_at_original",
        "attachment",
        attachment.id,
        by=by,
        township_id=attachment.township_id,
        after={"filename": attachment.filename, "owner": attachment.owner_id},
    )
    return content


def _settle(
    attachment: Attachment, state: ScanState, verb: str, *, by: Actor, reason: str = ""
) -> None:
    before, attachment.scan_state = attachment.scan_state, state
    record(
        verb,
        "attachment",
        attachment.id,
        by=by,
        township_id=attachment.township_id,
        before={"scan": before},
        after={"scan": state, "filename": attachment.filename}
        | ({"reason": reason} if reason else {}),
    )
    db.session.flush()
