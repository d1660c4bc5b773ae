"""What the clock does about collections."""

from __future__ import annotations

from datetime import timedelta

from taole.core.clock import now
from taole.core.transactions import transaction
from taole.rounds.opening import open_due_rounds
from taole.rounds.queries import get_round, list_just_opened
from taole.rounds.reminding import tell_groups

JUST_NOW = timedelta(hours=12)
"""For so long the groups are told of a round that a killed process opened; once in any case."""


def open_rounds() -> str:
    """Open the collections that are due; a missed one once, late."""
    at = now()
    opened = open_due_rounds(at)
    for round_id in list_just_opened(at - JUST_NOW):
        with transaction():
            tell_groups(get_round(round_id), at=at)
    return f"发出 {len(opened)} 期"
