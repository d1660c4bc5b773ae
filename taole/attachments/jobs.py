"""What the clock does with files."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from taole.attachments import parts
from taole.attachments.models import Upload
from taole.attachments.scanning import scan_waiting
from taole.attachments.storage import put_in_order, settle_left_behind
from taole.attachments.uploads import KEPT_FOR, abandon
from taole.core.clock import now
from taole.core.database import db
from taole.core.models import JobRun
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM

SCAN = "scan-files"
FILES_AT_ONCE = 40
RUNS_KEPT_FOR = timedelta(days=14)


def scan_files() -> str:
    """Put right what a killed process left, and look through the files that wait."""
    handled = settle_left_behind() + remove_stray_parts()
    left = f", {handled} left behind" if handled else ""
    return f"{scan_waiting(FILES_AT_ONCE)} scanned{left}"


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
    with transaction():
        # one run each minute: the old ones tell nobody anything
        db.session.execute(
            delete(JobRun).where(
                JobRun.job == SCAN,
                JobRun.due_at < now() - RUNS_KEPT_FOR,
                JobRun.error.is_(None),
            )
        )
    return f"{len(old)} uploads given up, {handled} files put in order"


def remove_stray_parts() -> int:
    """Remove pieces of files that have come whole, or that nobody waits for; how many."""
    lying = set(parts.list_parts())
    waited_for = set(db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))))
    db.session.rollback()
    stray = lying - waited_for
    for upload_id in stray:
        parts.remove(upload_id)
    return len(stray)
