"""What the clock does with obligations."""

from __future__ import annotations

from taole.core.clock import today
from taole.obligations.opening import open_slots
from taole.obligations.slot_rules import AHEAD
from taole.organisation.actions import SYSTEM
from taole.organisation.each_township import for_each_township
from taole.organisation.models import Unit


def open_ahead() -> str:
    """Open what falls due in the coming hundred days, for every township in its own transaction."""
    through = today() + AHEAD
    created = 0
    said: set[str] = set()

    def open_one(township: Unit) -> None:
        nonlocal created
        opened = open_slots(township, through=through, by=SYSTEM)
        created += opened.created
        said.update(str(each) for each in opened.skipped)

    done = for_each_township(open_one)
    return "；".join([f"{done} 个乡镇，到 {through} 新开 {created} 件", *sorted(said)])
