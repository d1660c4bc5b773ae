"""What the clock does about collections."""

from __future__ import annotations

from taole.core.clock import now
from taole.rounds.opening import open_due_rounds


def open_rounds() -> str:
    """Open the collections that are due; a missed one once, late."""
    opened = open_due_rounds(now())
    return f"{len(opened)} opened"
