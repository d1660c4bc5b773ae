"""陶乐镇 in September 2023 with a round of its villages and its service centre."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.actions import write
from taole.notices.models import Notice
from taole.obligations.actions import open_obligations
from taole.obligations.models import Obligation
from taole.organisation.actions import SYSTEM
from taole.organisation.models import Unit, User
from taole.rounds.actions import keep_round_setting, open_round
from taole.rounds.models import CollectionRound, RoundAsk
from taole.rounds.queries import list_asks
from taole.rounds.rules import RoundSetting
from tests.obligations.village_catalogue import build_catalogue

MONDAY = date(2023, 9, 11)
OPENING = datetime(2023, 9, 11, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)
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


def ask_of(round_: CollectionRound, unit: Unit) -> RoundAsk:
    return next(ask for ask in list_asks(round_) if ask.unit_id == unit.id)


def draft_for(ask: RoundAsk, author: User) -> Notice:
    """A draft of the first matter of the list, as 去登记 would make it."""
    owed = db.session.get_one(Obligation, ask.lines[0].subject_id)
    with transaction():
        return write(
            ask.unit,
            owed.item,
            period_key=owed.period_key,
            title="2023年8月补贴发放",
            body="全部发到户",
            by=author,
            obligations=[owed],
        )
