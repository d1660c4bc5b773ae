"""A file that comes piece by piece over a weak line: begun, received, finished. Nothing commits."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from taole.access.permissions import Actor
from taole.attachments import parts
from taole.attachments.actions import keep_file
from taole.attachments.models import Attachment, Upload
from taole.attachments.owners import arrived, refuse_foreign_owner
from taole.attachments.rules import plain_name, shown_name
from taole.attachments.storage import after_commit
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.words import N_, sentence
from taole.organisation.models import Unit
from taole.trail.actions import record

ATTACHMENT = "attachment"
"""The purpose of a file that belongs to its owner; for another purpose somebody waits
(``owners.register_arrival``)."""
MOST_UNFINISHED = 40
KEPT_FOR = timedelta(days=7)
_LONGEST_PURPOSE = 40


def find_upload(upload_id: UUID) -> Upload | None:
    return db.session.get(Upload, upload_id, options=[joinedload(Upload.unit)])


def get_upload(upload_id: UUID) -> Upload:
    """One upload with its unit; NotFound when nobody began it."""
    found = find_upload(upload_id)
    if found is None:
        raise NotFound(upload_id)
    return found


def list_unfinished(owner_id: UUID) -> list[Upload]:
    """What a record still waits for (照片未传完), in the order in which it was begun."""
    found = (
        select(Upload)
        .where(Upload.owner_id == owner_id, Upload.finished_at.is_(None))
        .order_by(Upload.started_at, Upload.id)
    )
    return list(db.session.scalars(found))


def begin(
    unit: Unit,
    upload_id: UUID,
    *,
    filename: str,
    size: int,
    owner_id: UUID | None,
    purpose: str,
    by: Actor,
    at: datetime | None = None,
) -> Upload:
    """Announce a file of ``size`` bytes; begun again with the same id it is the one begun first.

    Raises Refused for a size that is not kept, another person's id, or another unit's record.
    """
    known = find_upload(upload_id)
    if known is not None:
        refuse_stranger(known, by=by)
        if (known.unit_id, known.size) != (unit.id, size):
            raise Refused(N_("这个文件和上次开始传的不是同一个：请重新选择文件。"))
        return known
    if unit.township_id is None:
        raise Refused(sentence(N_("“%(unit)s”不在任何乡镇之内，不能存放附件。"), unit=unit.name))
    _refuse_size(size, filename)
    refuse_foreign_owner(owner_id, unit.path, adds=purpose == ATTACHMENT)
    unfinished = select(Upload.id).where(
        Upload.started_by_id == by.id, Upload.finished_at.is_(None)
    )
    if len(db.session.scalars(unfinished.limit(MOST_UNFINISHED)).all()) == MOST_UNFINISHED:
        raise Refused(N_("没有传完的文件太多了：请先传完或删去几个。"))
    upload = Upload(
        id=upload_id,
        township_id=unit.township_id,
        unit=unit,
        owner_id=owner_id,
        purpose=purpose[:_LONGEST_PURPOSE] or ATTACHMENT,
        filename=plain_name(filename),
        size=size,
        received=0,
        started_by_id=by.id,
        started_at=at or now(),
    )
    db.session.add(upload)
    _tell("begin_upload", upload, by=by)
    db.session.flush()
    return upload


def receive(upload: Upload, offset: int, piece: bytes, *, by: Actor) -> int:
    """Add a piece; how much has come. What this returned is never lost.

    Raises ``parts.Misplaced`` for a piece that does not begin where the file ends (one sent
    twice), Refused for one of somebody else's file or past its announced end.
    """
    refuse_stranger(upload, by=by)
    if upload.finished_at is not None:
        raise parts.Misplaced(upload.size)
    if not piece or offset < 0 or offset + len(piece) > upload.size:
        raise Refused(N_("这一段和文件的大小对不上：请重新选择文件再传。"))
    received = parts.append(upload.id, offset, piece)
    if received < upload.size:
        upload.received = received
    return received


def finish(upload: Upload, *, by: Actor) -> Attachment:
    """Keep the whole file and attach it to its owner; finished again it is the same attachment.

    Raises Refused while bytes are missing, and as ``keep_file`` does.
    """
    refuse_stranger(upload, by=by)
    locked = db.session.scalar(
        select(Upload)
        .where(Upload.id == upload.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if locked is None:
        raise NotFound("upload")
    if upload.attachment is not None:
        return upload.attachment
    content = parts.read(upload.id)
    if len(content) != upload.size:
        raise Refused(sentence(N_("文件“%(file)s”还没有传完：请接着传。"), file=upload.filename))
    adds = upload.purpose == ATTACHMENT
    refuse_foreign_owner(upload.owner_id, upload.path, adds=adds)
    kept = keep_file(
        upload.unit, content, upload.filename, by=by, owner_id=upload.owner_id if adds else None
    )
    upload.received, upload.finished_at, upload.attachment = upload.size, now(), kept
    if upload.owner_id is not None and not adds:
        arrived(upload.purpose, upload.owner_id, kept, by)
    db.session.flush()
    _remove_pieces(upload.id)
    return kept


def abandon(upload: Upload, *, by: Actor) -> None:
    """Forget a file that is not to come any more; its pieces go with it."""
    if upload.finished_at is not None:
        raise Refused(N_("这个文件已经传完了：请刷新页面看看。"))
    _tell("abandon_upload", upload, by=by)
    _remove_pieces(upload.id)
    db.session.delete(upload)
    db.session.flush()


def refuse_stranger(upload: Upload, *, by: Actor) -> None:
    """Only who began a file goes on with it: nobody else has it."""
    if upload.started_by_id != by.id:
        raise Refused(N_("这个文件是别人开始传的：请他接着传，或者重新选择文件。"))


def _remove_pieces(upload_id: UUID) -> None:
    after_commit(lambda: parts.remove(upload_id))


def _refuse_size(size: int, filename: str) -> None:
    if size < 1:
        raise Refused(sentence(N_("文件“%(file)s”是空的，请重新选择。"), file=shown_name(filename)))
    if size > parts.most_bytes():
        raise Refused(
            sentence(
                N_("文件“%(file)s”太大：最多 %(most)s MB，请缩小或分成几份。"),
                file=shown_name(filename),
                most=parts.most_bytes() // 2**20,
            )
        )


def _tell(verb: str, upload: Upload, *, by: Actor) -> None:
    record(
        verb,
        "upload",
        upload.id,
        by=by,
        township_id=upload.township_id,
        after={"filename": upload.filename, "owner": upload.owner_id, "size": upload.size},
    )
