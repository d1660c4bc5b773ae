"""What the clock does with notices."""

from __future__ import annotations

from taole.core.clock import today
from taole.core.transactions import transaction
from taole.notices.ending import end_expired
from taole.organisation.actions import SYSTEM
from taole.organisation.queries import list_townships


def end_notices() -> str:
    """End every notice whose time has passed, township by township."""
    ended = 0
    for township in list_townships():
        with transaction():
            ended += end_expired(township, on=today(), by=SYSTEM)
    return f"{ended} ended"
