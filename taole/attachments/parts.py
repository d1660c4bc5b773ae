"""The pieces of a file on its way, in the instance's ``uploads``: only ever added to.

What is answered as received is on the disk. A file is as long as what came of it, whatever a
killed process was doing: the next piece begins where it ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from flask import current_app

from taole.settings import Settings


class Misplaced(Exception):
    """A piece does not begin where the file ends; ``received``: how long the file is."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


def most_bytes() -> int:
    """How large a file may be, by the settings."""
    return _settings().upload_megabytes * 2**20


def append(upload_id: UUID, offset: int, piece: bytes) -> int:
    """Add a piece at the end and return how long the file is now; Misplaced if it belongs
    elsewhere. It is on the disk before this returns."""
    place = _place(upload_id)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("ab") as out:
        fcntl.flock(out, fcntl.LOCK_EX)
        there = os.fstat(out.fileno()).st_size
        if offset != there:
            raise Misplaced(there)
        out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if offset == 0:
        _sync_folder(place.parent)
    return there + len(piece)


def length(upload_id: UUID) -> int:
    """How much has come."""
    try:
        return _place(upload_id).stat().st_size
    except FileNotFoundError:
        return 0


def read(upload_id: UUID) -> bytes:
    try:
        return _place(upload_id).read_bytes()
    except FileNotFoundError:
        return b""


def remove(upload_id: UUID) -> None:
    _place(upload_id).unlink(missing_ok=True)


def list_parts() -> Iterator[UUID]:
    """The uploads of which pieces lie here."""
    for place in _settings().instance.joinpath("uploads").glob("*.part"):
        with contextlib.suppress(ValueError):
            yield UUID(place.stem)


def _place(upload_id: UUID) -> Path:
    return _settings().instance / "uploads" / f"{upload_id}.part"


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
