"""Whose the files are: the packages above say which records take files, and where they belong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from taole.access.permissions import Actor
from taole.attachments.models import Attachment
from taole.core.errors import Refused
from taole.core.words import N_


@dataclass(frozen=True)
class Owner:
    """A record that files belong to: the path of its unit, whether it takes further files now
    (a notice under review does not), and the page on which people see it."""

    path: str
    takes_files: bool
    endpoint: str
    arguments: Mapping[str, Any]

    @property
    def url(self) -> str:
        return url_for(self.endpoint, **self.arguments)


Find = Callable[[UUID], Owner | None]
Arrival = Callable[[UUID, Attachment, Actor], None]
_finds: dict[str, Find] = {}
_arrivals: dict[str, Arrival] = {}


def register_owners(name: str, find: Find) -> None:
    """``find`` answers for the records of one package (``"notices"``); said once at the start."""
    _finds[name] = find


def register_arrival(purpose: str, act: Arrival) -> None:
    """``act`` takes a file that came piece by piece for this purpose (a posting's proof)."""
    _arrivals[purpose] = act


def arrived(purpose: str, owner_id: UUID, kept: Attachment, by: Actor) -> None:
    """The last byte of a file has come: who waits for it takes it."""
    act = _arrivals.get(purpose)
    if act is not None:
        act(owner_id, kept, by)


def find_owner(owner_id: UUID) -> Owner | None:
    """The record with this id; None while it is not saved yet."""
    return next((owner for find in _finds.values() if (owner := find(owner_id))), None)


def refuse_foreign_owner(owner_id: UUID | None, path: str, *, adds: bool) -> None:
    """Refused when a file of the unit with ``path`` is meant for another unit's record, or would
    be added to one that takes no further files."""
    owner = find_owner(owner_id) if owner_id else None
    if owner is None:
        return
    if owner.path != path:
        raise Refused(N_("这个文件要附到别的单位的公示上，没有收下：请从自己的公示里上传。"))
    if adds and not owner.takes_files:
        raise Refused(N_("这件公示已经提交，不能再加文件：请先撤回来修改。"))
