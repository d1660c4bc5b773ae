"""A township's schedule of collections, as it is kept."""

from __future__ import annotations

from uuid import UUID

from taole.access.permissions import Actor
from taole.core.settings_store import find_setting, keep_setting
from taole.organisation.models import Unit
from taole.registers.figures import COLLECTION_INTERVAL
from taole.rounds.rules import RoundSetting
from taole.trail.actions import record

KEY = "collection_round"


def round_setting(township_id: UUID) -> RoundSetting:
    """The schedule; off, every second Monday, until somebody switched it on."""
    kept = find_setting(KEY, township_id)
    return RoundSetting() if kept is None else RoundSetting.from_json(kept)


def keep_round_setting(township: Unit, setting: RoundSetting, *, by: Actor) -> None:
    """Keep the schedule; the yearly report cites its interval."""
    before = round_setting(township.id)
    keep_setting(KEY, setting.as_json(), township.id)
    keep_setting(COLLECTION_INTERVAL, {"weeks": setting.every_weeks}, township.id)
    record(
        "keep_round_setting",
        "unit",
        township.id,
        by=by,
        township_id=township.id,
        before=before.as_json(),
        after=setting.as_json(),
    )
