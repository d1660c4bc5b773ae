"""Bytes on disk, under the SHA-256 of what they are: written whole or not at all.

New bytes wait in ``.new`` until the rows that name them are committed; so nothing lies under a
digest that no row knows, and a row never names bytes that are not on the disk. What a killed
process left there is put right by ``put_in_order``.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import current_app
from sqlalchemy import event, select, union
from sqlalchemy.orm import Session
from structlog import get_logger

from taole.attachments.models import Attachment
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.words import N_, sentence

log = get_logger("taole")

_NEW = ".new"
_STAGED, _LATER, _COMMITTING = "files staged", "after the commit", "committing"
LONGEST_REQUEST = timedelta(hours=1)
"""What waits longer than this waits for no request that still runs."""


@dataclass(frozen=True)
class Shelf:
    """How the files and the rows agree.

    ``lost``: digests that rows name and no file has. ``unnamed``: digests of files that no row
    names. ``waiting``: files of requests that still run, or that a killed process left.
    """

    lost: frozenset[str]
    unnamed: frozenset[str]
    waiting: int


def store(content: bytes) -> str:
    """Keep these bytes and return their digest (64 hexadecimal signs); the same bytes lie once.

    They are on the disk before this returns, and under their digest once the session commits; a
    rollback takes them away.
    """
    digest = hashlib.sha256(content).hexdigest()
    room = _folder() / _NEW
    room.mkdir(parents=True, exist_ok=True)
    draft = room / f"{digest}.{_me()}-{secrets.token_hex(8)}"
    try:
        with draft.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        _sync_folder(room)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    staged: list[Path] = db.session().info.setdefault(_STAGED, [])
    staged.append(draft)
    return digest


def drop(digest: str) -> None:
    """Take bytes away once the session commits, unless a row still names them."""
    place = _place(digest)
    after_commit(lambda: _take_away(place))


def after_commit(act: Callable[[], object]) -> None:
    """Do something to files once the session has committed; never if it is rolled back."""
    acts: list[Callable[[], object]] = db.session().info.setdefault(_LATER, [])
    acts.append(act)


def load(digest: str) -> bytes:
    """The bytes with this digest; NotFound when they are not there, Refused when they changed."""
    for place in (_place(digest), *sorted((_folder() / _NEW).glob(f"{digest}.*")), _place(digest)):
        try:
            content = place.read_bytes()
        except FileNotFoundError:
            continue
        if hashlib.sha256(content).hexdigest() == digest:
            return content
        log.error("a kept file has changed", digest=digest)
        raise Refused(
            sentence(
                N_("这个文件存放后被改动过（%(digest)s…），不能给出：请告诉管理员，从备份里恢复。"),
                digest=digest[:8],
            )
        )
    raise NotFound(digest)


def is_kept(digest: str) -> bool:
    """Whether the bytes with this digest are there."""
    return _place(digest).is_file() or any((_folder() / _NEW).glob(f"{digest}.*"))


def look_over() -> Shelf:
    """Compare every file with every row."""
    named = _named()
    lying = {place.parent.name + place.name for place in _places()}
    return Shelf(
        lost=frozenset(digest for digest in named - lying if not is_kept(digest)),
        unnamed=frozenset(lying - _named()),
        waiting=sum(1 for _ in _waiting()),
    )


def settle_left_behind(now: float | None = None) -> int:
    """Put in place, or take away, what killed processes left waiting; how many files.

    A process of this machine that is gone waits for nothing; of others an hour is waited for.
    """
    before = (now or time.time()) - LONGEST_REQUEST.total_seconds()
    handled = 0
    for draft in list(_waiting()):
        with contextlib.suppress(FileNotFoundError):
            if _is_of_the_dead(draft) or draft.stat().st_mtime < before:
                digest = draft.name.partition(".")[0]
                _settle(draft) if digest in _named(digest) else draft.unlink()
                handled += 1
    return handled


def put_in_order(now: float | None = None) -> int:
    """``settle_left_behind``, and take away the files that no row names; how many files."""
    before = (now or time.time()) - LONGEST_REQUEST.total_seconds()
    handled, named = settle_left_behind(now), _named()
    for place in _places():
        if place.parent.name + place.name not in named and place.stat().st_mtime < before:
            handled += _take_away(place)
    return handled


def _take_away(place: Path) -> bool:
    """Remove a file if no row names it.

    It is first moved aside, where ``load`` still finds it, and the rows are asked again: who
    keeps the same bytes at this moment brings a copy of their own and puts it in place later.
    """
    digest = place.parent.name + place.name
    room = _folder() / _NEW
    room.mkdir(exist_ok=True)
    aside = room / f"{digest}.{_me()}-{secrets.token_hex(8)}"
    try:
        place.replace(aside)
    except FileNotFoundError:
        return False
    if digest in _named(digest):
        _settle(aside)
        return False
    aside.unlink()
    return True


@cache
def _machine() -> str:
    """This machine and its space of process numbers, in eight signs."""
    with contextlib.suppress(OSError):
        return _short(socket.gethostname() + os.readlink("/proc/self/ns/pid"))
    return _short(socket.gethostname() + secrets.token_hex(8))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _me() -> str:
    return f"{_machine()}-{os.getpid()}"


def _is_of_the_dead(draft: Path) -> bool:
    machine, _, rest = draft.name.partition(".")[2].partition("-")
    number = rest.partition("-")[0]
    if machine != _machine() or not number.isdecimal() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _named(digest: str | None = None) -> set[str]:
    """The digests that committed rows name (all, or this one)."""
    public = select(Attachment.digest)
    original = select(Attachment.original_digest).where(Attachment.original_digest != "")
    if digest is not None:
        public = public.where(Attachment.digest == digest)
        original = original.where(Attachment.original_digest == digest)
    with db.engine.connect() as connection:
        return set(connection.scalars(union(public, original)))


def _settle(draft: Path) -> None:
    place = _place(draft.name.partition(".")[0])
    place.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(place)
    _sync_folder(place.parent)


def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info[_COMMITTING] = True


def _after_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint: the whole may still be taken back
    session.info.pop(_COMMITTING, None)
    for draft in session.info.pop(_STAGED, []):
        try:
            _settle(draft)
        except OSError as error:
            # the rows are safe and the bytes are found where they wait
            log.error("a kept file still waits", kind=type(error).__name__)
    for act in session.info.pop(_LATER, []):
        act()


def _after_rollback(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.info.pop(_LATER, None)
    drafts = session.info.pop(_STAGED, [])
    if session.info.pop(_COMMITTING, False):
        return  # a line cut in the middle of a commit: the rows tell later, to settle_left_behind
    for draft in drafts:
        draft.unlink(missing_ok=True)


event.listen(db.session, "before_commit", _before_commit)
event.listen(db.session, "after_commit", _after_commit)
event.listen(db.session, "after_rollback", _after_rollback)


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].attachments
    return folder


def _place(digest: str) -> Path:
    return _folder() / digest[:2] / digest[2:]


def _places() -> Iterator[Path]:
    return (each for each in _folder().glob("??/*") if each.is_file())


def _waiting() -> Iterator[Path]:
    return (_folder() / _NEW).glob("*.*")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
