"""Slow work on files is done before a request takes the lock of a writer.

A photograph takes half a second to redraw; SQLite lets one writer in at a time, and a whole
village should not wait for a picture. ``keep_file`` then finds the work done.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import g, has_app_context, request, session
from werkzeug.datastructures import FileStorage

from taole.attachments.opening import Opened, open_file
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import SAFE_METHODS, let_go

_KEPT_IN = "file_work"


@dataclass(frozen=True)
class _Seen:
    filename: str
    found: Opened | Refused


def open_once(content: bytes, filename: str) -> Opened:
    """What ``open_file`` says, from what this request has done already if it has."""
    seen = kept_for_this_request(_key(content))
    if not isinstance(seen, _Seen):
        return open_file(content, filename)
    if isinstance(seen.found, Opened):
        return seen.found
    if seen.filename != filename:
        return open_file(content, filename)
    raise seen.found


def open_ahead(content: bytes, filename: str) -> None:
    """Open a file now, whatever comes of it; ``open_once`` says so when it is asked."""
    try:
        found: Opened | Refused = open_file(content, filename)
    except Refused as refusal:
        found = refusal
    keep_for_this_request(_key(content), _Seen(filename, found))


def prepare_files() -> None:
    """Before a view: open the files of a signed-in person's form, while nobody has the lock.

    Who it is the view asks afterwards: asking now would begin a transaction.
    """
    g.pop(_KEPT_IN, None)
    if request.method in SAFE_METHODS or "_user_id" not in session:
        return
    sent = [each for _, each in request.files.items(multi=True) if each.filename]
    if sent and db.session().in_transaction():
        let_go()
    for each in sent:
        open_ahead(_content(each), each.filename or "")


def forget_files(_error: BaseException | None) -> None:
    g.pop(_KEPT_IN, None)


def keep_for_this_request(key: str, work: object) -> None:
    """Remember what took long, until the request ends."""
    if has_app_context():
        g.setdefault(_KEPT_IN, {})[key] = work


def kept_for_this_request(key: str) -> object:
    return g.get(_KEPT_IN, {}).get(key) if has_app_context() else None


def _content(upload: FileStorage) -> bytes:
    content = upload.stream.read()
    upload.stream.seek(0)
    return content


def _key(content: bytes) -> str:
    return "opened " + hashlib.sha256(content).hexdigest()
