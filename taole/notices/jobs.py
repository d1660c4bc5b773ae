"""What the clock does with notices."""

from __future__ import annotations

from uuid import UUID

from taole.core.clock import today
from taole.core.jobs import for_each
from taole.notices.ending import end_expired
from taole.organisation.actions import SYSTEM
from taole.organisation.queries import get_unit_by_id, list_townships


def end_notices() -> str:
    """End every notice whose time has passed, township by township."""
    ended = 0

    def end_one(township_id: UUID) -> None:
        nonlocal ended
        ended += end_expired(get_unit_by_id(township_id), on=today(), by=SYSTEM)

    names = {township.id: township.name for township in list_townships()}
    for_each(names, end_one, name=names.__getitem__)
    return f"{ended} ended"
