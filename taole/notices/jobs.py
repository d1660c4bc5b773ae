"""What the clock does with notices."""

from __future__ import annotations

from taole.core.clock import today
from taole.notices.ending import end_expired
from taole.organisation.actions import SYSTEM
from taole.organisation.each_township import for_each_township
from taole.organisation.models import Unit


def end_notices() -> str:
    """End every notice whose time has passed, township by township."""
    ended = 0

    def end_one(township: Unit) -> None:
        nonlocal ended
        ended += end_expired(township, on=today(), by=SYSTEM)

    for_each_township(end_one)
    return f"结束 {ended} 件"
