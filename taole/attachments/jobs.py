"""What the clock does with files."""

from __future__ import annotations

from sqlalchemy import select

from taole.attachments import parts
from taole.attachments.models import Upload
from taole.attachments.scanning import scan_waiting
from taole.attachments.storage import put_in_order, settle_left_behind
from taole.attachments.uploads import KEPT_FOR, abandon
from taole.core.clock import now
from taole.core.database import db
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM

SCAN = "scan-files"
FILES_AT_ONCE = 40


def scan_files() -> str:
    """Put right what a killed process left, and look through the files that wait."""
    handled = settle_left_behind() + remove_stray_parts()
    left = f"，补齐 {handled} 个没存完的" if handled else ""
    return f"查了 {scan_waiting(FILES_AT_ONCE)} 个文件{left}"


def tidy_files() -> str:
    """Forget uploads that nobody went on with, and put right what killed processes left."""
    old = list(
        db.session.scalars(
            select(Upload.id).where(
                Upload.finished_at.is_(None), Upload.started_at < now() - KEPT_FOR
            )
        )
    )
    for upload_id in old:
        with transaction():
            upload = db.session.get(Upload, upload_id)
            if upload is not None and upload.finished_at is None:
                abandon(upload, by=SYSTEM)
    handled = remove_stray_parts() + put_in_order()
    return f"放弃 {len(old)} 个没传完的，整理 {handled} 个文件"


def remove_stray_parts() -> int:
    """Remove pieces of files that have come whole, or that nobody waits for; how many."""
    lying = set(parts.list_parts())
    waited_for = set(db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))))
    db.session.rollback()
    stray = lying - waited_for
    for upload_id in stray:
        parts.remove(upload_id)
    return len(stray)
