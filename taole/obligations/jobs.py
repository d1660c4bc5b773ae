"""What the clock does with obligations."""

from __future__ import annotations

from taole.core.clock import today
from taole.core.transactions import transaction
from taole.obligations.opening import open_slots
from taole.obligations.slot_rules import AHEAD
from taole.organisation.actions import SYSTEM
from taole.organisation.queries import get_unit_by_id, list_townships


def open_ahead() -> str:
    """Open what falls due in the coming hundred days, for every township in its own transaction."""
    through = today() + AHEAD
    created = 0
    said: set[str] = set()
    township_ids = [township.id for township in list_townships()]
    for township_id in township_ids:
        with transaction():
            opened = open_slots(get_unit_by_id(township_id), through=through, by=SYSTEM)
        created += opened.created
        said.update(str(each) for each in opened.skipped)
    summary = f"{len(township_ids)} 个乡镇，到 {through} 新开 {created} 件"
    return "；".join([summary, *sorted(said)])
