"""Bytes on disk, under the SHA-256 of what they are: written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from flask import current_app

from taole.core.errors import NotFound


def store(content: bytes) -> str:
    """Keep these bytes and return their digest (64 hexadecimal signs); the same bytes lie once.

    They are on the disk before this returns: a row that names them is only added afterwards.
    """
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest)
    if place.is_file() and place.stat().st_size == len(content):
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(place.parent)
    return digest


def load(digest: str) -> bytes:
    """The bytes with this digest; NotFound when they are not there."""
    try:
        return _place(digest).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(digest) from error


def is_kept(digest: str) -> bool:
    """Whether the bytes with this digest are there."""
    return _place(digest).is_file()


def _place(digest: str) -> Path:
    folder: Path = current_app.config["SETTINGS"].attachments
    return folder / digest[:2] / digest[2:]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
