"""Jobs go from township to township: the trouble of one is no other's."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from taole.core.jobs import for_each
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_by_id, list_townships


def for_each_township(do: Callable[[Unit], object]) -> int:
    """Do something for every township in a transaction of its own; how many were done.

    Raises PartlyFailed with the names of those that failed, when all had their turn.
    """
    names = {township.id: township.name for township in list_townships()}

    def do_one(township_id: UUID) -> None:
        do(get_unit_by_id(township_id))

    return for_each(names, do_one, name=names.__getitem__)
