"""Opening a collection: by the schedule, once, also after an outage. Nothing here commits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from taole.access.permissions import Actor
from taole.core.calendar_store import work_calendar
from taole.core.clock import SHANGHAI, local
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.jobs import PartlyFailed
from taole.core.transactions import transaction
from taole.core.words import N_
from taole.organisation.actions import SYSTEM
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_by_id, list_townships
from taole.rounds.lists import lists_of
from taole.rounds.models import CollectionRound, RoundAsk, RoundLine
from taole.rounds.rules import (
    LATE_GRACE,
    RoundSetting,
    due_day,
    next_scheduled,
    number_of,
    opening_day,
    scheduled_days,
)
from taole.rounds.settings import round_setting
from taole.trail.actions import record

LOOK_BACK = timedelta(days=400)
NOBODY_ASKED = "到下一期以前没有要公示、要更新的，本期没有发出。"
MISSED = "应发的那天系统没有运行，后一期已经发出，本期没有发出。"
UNKNOWN_YEAR = "当年的放假安排还没有录入，按原定日期发出。"


def open_due_rounds(at: datetime) -> list[CollectionRound]:
    """Open what is due, each township's rounds in a transaction of their own.

    Of several missed ones the latest is opened and the earlier are kept as not sent. A township
    that fails does not stop the others: PartlyFailed names it.
    """
    opened: list[CollectionRound] = []
    failed = []
    for township_id, name in [(each.id, each.name) for each in list_townships()]:
        try:
            opened += _open_due(township_id, at)
        except Exception as broken:
            db.session.rollback()
            failed.append(f"{name} {type(broken).__name__}")
    if failed:
        named = "; ".join(failed[:20])
        raise PartlyFailed(f"发出 {len(opened)} 期，{len(failed)} 处没成功：{named}")
    return opened


def _open_due(township_id: UUID, at: datetime) -> list[CollectionRound]:
    opened = []
    for scheduled_on, is_latest in due_rounds(township_id, at):
        try:
            with transaction():
                opened.append(
                    open_round(
                        get_unit_by_id(township_id),
                        scheduled_on=scheduled_on,
                        at=at,
                        by=SYSTEM,
                        asks=is_latest,
                    )
                )
        except IntegrityError:
            continue  # another host opened it in the same moment
    return opened


def due_rounds(township_id: UUID, at: datetime) -> list[tuple[date, bool]]:
    """The scheduled days that have come and were not opened; True for the latest of them."""
    setting = round_setting(township_id)
    if not setting.is_on or setting.since is None:
        return []
    today, calendar = local(at).date(), work_calendar()
    first = max(setting.since, today - LOOK_BACK)
    known = set(
        db.session.scalars(
            select(CollectionRound.scheduled_on).where(
                CollectionRound.township_id == township_id,
                CollectionRound.scheduled_on >= first,
            )
        )
    )
    come = [
        day
        for day in scheduled_days(setting, first, today)
        if day not in known and opens_at(setting, opening_day(day, calendar)) <= at
    ]
    return [(day, day == come[-1]) for day in come]


def open_round(
    township: Unit, *, scheduled_on: date, at: datetime, by: Actor, asks: bool = True
) -> CollectionRound:
    """The round of a scheduled day, with what each unit is asked.

    Without anything to ask, or when it was missed (``asks`` false), it is closed at once with a
    note. IntegrityError when it is there already.
    """
    setting, calendar = round_setting(township.id), work_calendar()
    opens_on = opening_day(scheduled_on, calendar)
    today = local(at).date()
    due_on = max(due_day(setting, scheduled_on, calendar), today + LATE_GRACE)
    year, number = _free_number(township.id, *number_of(setting, scheduled_on))
    made = CollectionRound(
        township_id=township.id,
        township=township,
        year=year,
        number=number,
        scheduled_on=scheduled_on,
        opens_on=opens_on,
        due_at=_moment(due_on, setting),
        opened_at=at,
        note="" if opens_on.year in calendar.confirmed_years else UNKNOWN_YEAR,
    )
    db.session.add(made)
    db.session.flush()
    until = opening_day(next_scheduled(setting, scheduled_on), calendar)
    lists = lists_of(township, on=today, until=until, left_out=setting.left_out) if asks else []
    for unit, lines in lists:
        ask = RoundAsk(
            township_id=township.id, round_id=made.id, unit_id=unit.id, due_at=made.due_at
        )
        db.session.add(ask)
        db.session.flush()
        db.session.add_all(
            RoundLine(
                township_id=township.id,
                ask_id=ask.id,
                position=position,
                kind=line.kind,
                subject_id=line.subject_id,
                title=line.title[:200],
                period_key=line.period_key,
                section=line.section,
                due_on=line.due_on,
            )
            for position, line in enumerate(lines, start=1)
        )
    if not lists:
        made.is_empty, made.closed_at, made.closed_by_name = True, at, by.name
        made.note = " ".join(filter(None, (made.note, NOBODY_ASKED if asks else MISSED)))
    record(
        "open_round",
        "collection_round",
        made.id,
        by=by,
        township_id=township.id,
        after={"year": year, "number": number, "asked": len(lists), "due_at": made.due_at},
    )
    db.session.flush()
    return made


def open_by_hand(township: Unit, *, at: datetime, by: Actor) -> CollectionRound:
    """Open the round of this week's scheduled day, or the coming one, now; Refused when it was."""
    setting = round_setting(township.id)
    today = local(at).date()
    days = scheduled_days(setting, today - timedelta(days=6), today)
    scheduled_on = days[-1] if days else next_scheduled(setting, today)
    known = db.session.scalar(
        select(CollectionRound.id).where(
            CollectionRound.township_id == township.id,
            CollectionRound.scheduled_on == scheduled_on,
        )
    )
    if known is not None:
        raise Refused(N_("这一期已经发出过了：请在这一期里提醒或延长期限。"))
    return open_round(township, scheduled_on=scheduled_on, at=at, by=by)


def opens_at(setting: RoundSetting, day: date) -> datetime:
    return datetime.combine(day, setting.opens_at, SHANGHAI).astimezone(UTC)


def _moment(day: date, setting: RoundSetting) -> datetime:
    return datetime.combine(day, setting.due_time, SHANGHAI).astimezone(UTC)


def _free_number(township_id: UUID, year: int, number: int) -> tuple[int, int]:
    """The number by the calendar, or the next free one where a changed schedule took it."""
    taken = db.session.scalar(
        select(func.max(CollectionRound.number)).where(
            CollectionRound.township_id == township_id, CollectionRound.year == year
        )
    )
    clash = db.session.scalar(
        select(CollectionRound.id).where(
            CollectionRound.township_id == township_id,
            CollectionRound.year == year,
            CollectionRound.number == number,
        )
    )
    return (year, number) if clash is None else (year, (taken or 0) + 1)
