"""Files as they are after the machine looked through them, without asking the machine."""

from __future__ import annotations

from typing import Any

from taole.attachments.models import Attachment, ScanState
from taole.core.clock import now
from taole.core.database import db
from taole.core.transactions import transaction
from taole.privacy.files import FileHit
from taole.privacy.findings import Kind

HIT = FileHit("第2行", Kind.IDENTITY, "640221********0005", 0.99, "遮盖后再公开", "f" * 32)


def call_clean(attachment: Attachment) -> Attachment:
    """As if nothing had been found in it."""
    return call(attachment, ScanState.CLEAN)


def call(attachment: Attachment, state: ScanState, *hits: FileHit) -> Attachment:
    with transaction():
        kept = db.session.merge(attachment)
        kept.scan_state, kept.scanned_at = state, now()
        kept.scan_findings = [hit.to_mapping() for hit in hits]
    return kept


def answers(*hits: FileHit) -> Any:
    """In place of the reader of ``privacy``: what it would find in every file."""

    def scan_file(_content: bytes, _filename: str, **_given: Any) -> list[FileHit]:
        return list(hits)

    return scan_file
