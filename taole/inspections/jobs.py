"""What the clock does with findings."""

from __future__ import annotations

from taole.core.clock import now
from taole.inspections.opening import open_system_findings, prove_mended
from taole.organisation.actions import SYSTEM
from taole.organisation.each_township import for_each_township
from taole.organisation.models import Unit


def find_problems() -> str:
    """Hand in what is mended, then open what is seen, township by township."""
    opened = proved = 0

    def look_at(township: Unit) -> None:
        nonlocal opened, proved
        proved += prove_mended(township, by=SYSTEM, at=now())
        opened += open_system_findings(township, by=SYSTEM, at=now())

    for_each_township(look_at)
    return f"新发现 {opened} 个问题，{proved} 个已改待复核"
