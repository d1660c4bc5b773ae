"""What the clock does with obligations."""

from __future__ import annotations

from uuid import UUID

from taole.core.clock import today
from taole.core.jobs import for_each
from taole.obligations.opening import open_slots
from taole.obligations.slot_rules import AHEAD
from taole.organisation.actions import SYSTEM
from taole.organisation.queries import get_unit_by_id, list_townships


def open_ahead() -> str:
    """Open what falls due in the coming hundred days, for every township in its own transaction."""
    through = today() + AHEAD
    created = 0
    said: set[str] = set()

    def open_one(township_id: UUID) -> None:
        nonlocal created
        opened = open_slots(get_unit_by_id(township_id), through=through, by=SYSTEM)
        created += opened.created
        said.update(str(each) for each in opened.skipped)

    names = {township.id: township.name for township in list_townships()}
    done = for_each(names, open_one, name=names.__getitem__)
    return "；".join([f"{done} 个乡镇，到 {through} 新开 {created} 件", *sorted(said)])
