"""陶乐镇 in September 2023 with a round of its villages and its service centre."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from taole.core.transactions import transaction
from taole.obligations.actions import open_obligations
from taole.organisation.actions import SYSTEM
from taole.rounds.actions import keep_round_setting, open_round
from taole.rounds.models import CollectionRound
from taole.rounds.rules import RoundSetting
from tests.obligations.village_catalogue import build_catalogue

MONDAY = date(2023, 9, 11)
OPENING = datetime(2023, 9, 11, 0, 30, tzinfo=UTC)
SETTING = RoundSetting(is_on=True, since=date(2023, 9, 1))


def begin(town: Any, setting: RoundSetting = SETTING) -> None:
    """The catalogue, what the villages owe this year, and the schedule."""
    build_catalogue(town)
    with transaction():
        open_obligations(town.township, through=date(2023, 12, 31), by=SYSTEM)
        keep_round_setting(town.township, setting, by=town.li)


def nineteenth(town: Any) -> CollectionRound:
    """第19期, opened on its Monday."""
    with transaction():
        return open_round(town.township, scheduled_on=MONDAY, at=OPENING, by=SYSTEM)
