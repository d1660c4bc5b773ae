"""Whether a township ranks its villages: off unless it turned it on; never pushed to a group.

《关于防治“指尖上的形式主义”的若干意见》 (2023) warns of rankings; a township may still want one.
"""

from __future__ import annotations

from taole.access.permissions import Actor
from taole.core.settings_store import find_setting, keep_setting
from taole.organisation.models import Unit
from taole.trail.actions import record

KEY = "ranking"


def is_ranked(township: Unit) -> bool:
    return bool((find_setting(KEY, township.id) or {}).get("is_on"))


def set_ranking(township: Unit, *, is_on: bool, by: Actor) -> None:
    before = is_ranked(township)
    keep_setting(KEY, {"is_on": is_on}, township.id)
    record(
        "set_ranking",
        "unit",
        township.id,
        by=by,
        township_id=township.id,
        before={"is_on": before},
        after={"is_on": is_on},
    )
