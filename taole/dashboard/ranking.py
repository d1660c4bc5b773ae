"""Whether a township ranks its villages: off unless it turned it on; never pushed to a group.

《关于防治“指尖上的形式主义”的若干意见》 (2023) warns of rankings; a township may still want one.
"""

from __future__ import annotations

from taole.access.permissions import Actor
from taole.core.settings_store import find_setting
from taole.organisation.models import Unit
from taole.trail.settings import change_setting

KEY = "ranking"


def is_ranked(township: Unit) -> bool:
    return bool((find_setting(KEY, township.id) or {}).get("is_on"))


def set_ranking(township: Unit, *, is_on: bool, by: Actor) -> None:
    before, after = {"is_on": is_ranked(township)}, {"is_on": is_on}
    change_setting(KEY, "set_ranking", township.id, before=before, after=after, by=by)
