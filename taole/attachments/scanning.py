"""Looking through the files that wait, for personal data and for photographs shown before.

The reader of ``privacy`` works in a process of its own; while it does no transaction is open.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, and_, or_, select, update
from structlog import get_logger

from taole.attachments.look_alikes import Looks, ask_about, find_earlier
from taole.attachments.masking import context_of
from taole.attachments.models import Attachment, ScanState
from taole.attachments.queries import get_attachment
from taole.attachments.remembering import not_cleared
from taole.attachments.storage import load
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.sealing import fingerprint_key
from taole.core.transactions import transaction
from taole.core.words import N_, Sentence, sentence
from taole.organisation.actions import SYSTEM
from taole.privacy.files import FileHit, scan_file
from taole.trail.actions import record

log = get_logger("taole")

MOST_ATTEMPTS = 3
ABANDONED_AFTER = timedelta(minutes=10)
"""Nobody takes longer over a file: whoever took it is gone."""
GIVEN_UP = N_("这个文件查了三次都没有查成：请打开看看，另存为新文件再传一次。")


def scan_waiting(limit: int, *, seconds: float = 45) -> int:
    """Look through up to ``limit`` files that wait, oldest first; how many were looked through.

    Begins no further file after ``seconds``. Safe on two hosts: each file is claimed first.
    """
    _give_up_abandoned()
    until, done, looks = time.monotonic() + seconds, 0, Looks()
    for attachment_id in _list_waiting(limit):
        if time.monotonic() > until:
            break
        if _claim(attachment_id):
            _look_through(attachment_id, looks)
            done += 1
    return done


def failure_of(attachment: Attachment) -> Sentence | None:
    """Why a file could not be looked through."""
    for each in attachment.scan_findings:
        if "failed" in each:
            msgid, params = each["failed"]
            return Sentence(msgid, params)
    return None


def hits_of(attachment: Attachment) -> list[FileHit]:
    """What was found in a file, without the values."""
    return [FileHit.from_mapping(each) for each in attachment.scan_findings if "kind" in each]


def _list_waiting(limit: int) -> list[UUID]:
    found = (
        select(Attachment.id)
        .where(_is_free(now()))
        .order_by(Attachment.uploaded_at, Attachment.id)
        .limit(limit)
    )
    waiting = list(db.session.scalars(found))
    db.session.rollback()
    return waiting


def _is_free(at: datetime) -> Any:
    return and_(
        Attachment.scan_state == ScanState.WAITING,
        Attachment.scan_attempts < MOST_ATTEMPTS,
        or_(Attachment.scanned_at.is_(None), Attachment.scanned_at < at - ABANDONED_AFTER),
    )


def _claim(attachment_id: UUID) -> bool:
    at = now()
    with transaction():
        claimed = db.session.execute(
            update(Attachment)
            .where(Attachment.id == attachment_id, _is_free(at))
            .values(scan_attempts=Attachment.scan_attempts + 1, scanned_at=at)
            .execution_options(synchronize_session=False)
        )
    return cast(CursorResult[Any], claimed).rowcount == 1


def _look_through(attachment_id: UUID, looks: Looks) -> None:
    attachment = _fresh(attachment_id)
    digest, name, context = attachment.digest, attachment.filename, context_of(attachment)
    db.session.rollback()
    try:
        found = [
            hit.to_mapping()
            for hit in scan_file(load(digest), name, context=context, key=fingerprint_key())
        ]
        state = ScanState.FOUND if found else ScanState.CLEAN
    except Refused as refusal:
        state, found = ScanState.FAILED, _failed(refusal.sentences[0])
    except NotFound:
        state, found = ScanState.FAILED, _failed(sentence(N_("这个文件不见了：请再传一次。")))
    except Exception as error:
        # the kind alone: a message may carry what the file holds
        log.error("a file could not be looked through", kind=type(error).__name__)
        return
    seen_before = find_earlier(_fresh(attachment_id), looks)
    with transaction():
        attachment = _fresh(attachment_id)
        if (attachment.scan_state, attachment.digest) == (ScanState.WAITING, digest):
            if state is ScanState.FOUND and not not_cleared(found, attachment.township_id):
                state = ScanState.CLEARED
            _note(attachment, state, found)
            if seen_before is not None:
                ask_about(attachment, seen_before)


def _give_up_abandoned() -> None:
    gone = select(Attachment.id).where(
        Attachment.scan_state == ScanState.WAITING,
        Attachment.scan_attempts >= MOST_ATTEMPTS,
        Attachment.scanned_at < now() - ABANDONED_AFTER,
    )
    for attachment_id in list(db.session.scalars(gone)):
        with transaction():
            _note(_fresh(attachment_id), ScanState.FAILED, _failed(sentence(GIVEN_UP)))


def _fresh(attachment_id: UUID) -> Attachment:
    attachment = get_attachment(attachment_id)
    db.session.refresh(attachment)
    return attachment


def _failed(said: Sentence) -> list[dict[str, Any]]:
    return [{"failed": [said.msgid, {name: str(value) for name, value in said.params.items()}]}]


def _note(attachment: Attachment, state: ScanState, found: list[dict[str, Any]]) -> None:
    attachment.scan_state, attachment.scan_findings = state, found
    attachment.scanned_at = now()
    record(
        "scan_file",
        "attachment",
        attachment.id,
        by=SYSTEM,
        township_id=attachment.township_id,
        after={"scan": state, "found": sum("kind" in each for each in found)},
    )
    db.session.flush()
