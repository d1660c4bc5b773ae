"""Files that were read and wait for a person's word: kept for a day, for that person only.

They lie beside the database and not among the attachments: a ledger with faults may hold what
must not be kept, and is gone with the next upload of its kind, the import, or the day.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from pathlib import Path
from uuid import UUID

from flask import current_app

from taole.core.errors import Refused
from taole.core.words import N_

_KEPT_SECONDS = 24 * 3600
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Shelf:
    """Where the waiting files of one kind lie (``ledger``): one for each person."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def keep(self, person_id: UUID, filename: str, content: bytes) -> str:
        """Keep a person's file in place of the one before it; returns its digest."""
        _forget_old()
        self.forget(person_id)
        folder = self._folder(person_id)
        folder.mkdir(parents=True, mode=0o700)
        digest = hashlib.sha256(content).hexdigest()
        name = " ".join(filename.split())[:200]
        draft = folder / f".{digest}"
        draft.write_bytes(name.encode(errors="replace") + b"\n" + content)
        draft.chmod(0o600)
        draft.replace(folder / digest)
        return digest

    def get(self, person_id: UUID, digest: str) -> tuple[str, bytes]:
        """Name and content of the file that a person sent; Refused when it is kept no more."""
        place = self._folder(person_id) / digest
        if _DIGEST.fullmatch(digest) and place.is_file():
            name, _, content = place.read_bytes().partition(b"\n")
            if hashlib.sha256(content).hexdigest() == digest:
                return name.decode(errors="replace"), content
        raise Refused(N_("检查过的文件只留一天，这一份已经不在了：请重新上传。"))

    def forget(self, person_id: UUID) -> None:
        shutil.rmtree(self._folder(person_id), ignore_errors=True)

    def _folder(self, person_id: UUID) -> Path:
        return _root() / f"{self.kind}-{person_id.hex}"


def _forget_old() -> None:
    for folder in _root().glob("*"):
        try:
            is_old = time.time() - folder.stat().st_mtime > _KEPT_SECONDS
        except FileNotFoundError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    instance: Path = current_app.config["SETTINGS"].instance
    return instance / "waiting-ledgers"
