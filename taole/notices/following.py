"""Who wants to know that a notice was handed in: packages above say so once, at the start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from taole.notices.models import Notice

Follow = Callable[[Notice, datetime], None]
_followers: list[Follow] = []


def follow_submitted(act: Follow) -> None:
    """``act`` runs in the transaction in which a notice is handed in."""
    if act not in _followers:
        _followers.append(act)


def submitted(notice: Notice, at: datetime) -> None:
    for act in _followers:
        act(notice, at)
