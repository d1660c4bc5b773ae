"""A township's schedule of collections, as it is kept."""

from __future__ import annotations

from uuid import UUID

from taole.access.permissions import Actor
from taole.core.settings_store import find_setting, keep_setting
from taole.organisation.models import Unit
from taole.registers.figures import COLLECTION_INTERVAL
from taole.rounds.rules import RoundSetting
from taole.trail.settings import change_setting

KEY = "collection_round"


def round_setting(township_id: UUID) -> RoundSetting:
    """The schedule; off, every second Monday, until somebody switched it on."""
    kept = find_setting(KEY, township_id)
    return RoundSetting() if kept is None else RoundSetting.from_json(kept)


def keep_round_setting(township: Unit, setting: RoundSetting, *, by: Actor) -> None:
    """Keep the schedule; the yearly report cites its interval."""
    before, after = round_setting(township.id).as_json(), setting.as_json()
    keep_setting(COLLECTION_INTERVAL, {"weeks": setting.every_weeks}, township.id)
    change_setting(KEY, "keep_round_setting", township.id, before=before, after=after, by=by)
