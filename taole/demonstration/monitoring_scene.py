"""Collections of the last months of 2023 and of the present, this year's tasks, reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select, update

from taole.access.permissions import Actor
from taole.core.clock import SHANGHAI, noon
from taole.core.database import db
from taole.demonstration.posting import publish
from taole.demonstration.stage import Stage
from taole.notices.models import Notice
from taole.notifications.digest import send_digests
from taole.notifications.models import Message
from taole.notifications.plan import Plan
from taole.notifications.settings import keep_plan
from taole.organisation.actions import SYSTEM
from taole.oversight.clearing import clear
from taole.oversight.clearing_queries import list_to_clear
from taole.registers.actions import enter
from taole.registers.models import KeyTask
from taole.registers.rules import TaskState
from taole.registers.task_rules import quarter_of
from taole.registers.tasks import carry_over, tell_progress
from taole.rounds.actions import (
    answer_nothing,
    bring,
    close,
    finish_content,
    keep_round_setting,
    open_round,
    remind,
)
from taole.rounds.models import CollectionRound, RoundAsk
from taole.rounds.queries import list_asks
from taole.rounds.rules import RoundSetting, scheduled_days

FIRST_OF_2023, LAST_OF_2023 = date(2023, 8, 14), date(2023, 12, 31)
PRESENT = timedelta(weeks=10)
MOST_BROUGHT = 6
MORNINGS = 4
MONTH = 30
CLEARED_ON, CLEAR = date(2024, 1, 15), 100
STALE = ("乡村振兴", "社会福利和养老服务")
_EIGHT_THIRTY, _NINE = time(8, 30), time(9, 0)

TASKS = (
    ("财务收支逐笔公开", "综合办公室", "每季度核对一次逐笔明细，村监委签字后公示", (3, 25)),
    ("救助和补贴名单按时公开", "民生服务中心", "发放后 10 个工作日内公示，遮盖个人信息", (6, 20)),
    ("规范公示栏和查询机", "综合办公室", "五个村统一版面，每月查看一次", (9, 25)),
    ("培训村务公开专干", "综合办公室", "全年不少于两次，新任专干到岗一个月内培训", (12, 10)),
)
LAST_YEARS = ("建立村级公示档案", "综合办公室", "按目录归档公示原件和照片")
DONE = "按计划完成"
UNDERWAY = "已安排到各村，正在落实"


def play_monitoring(stage: Stage, today: date) -> None:
    """The collections and the tasks; the reminders are switched on for the mornings to come."""
    _website(stage, today)
    setting = RoundSetting(is_on=True, since=FIRST_OF_2023)
    keep_round_setting(stage.township, setting, by=stage.people["li"])
    for place, day in enumerate(scheduled_days(setting, FIRST_OF_2023, LAST_OF_2023)):
        _whole(stage, day, place)
    days = scheduled_days(setting, today - PRESENT, today)
    keep_round_setting(
        stage.township, RoundSetting(is_on=True, since=days[0]), by=stage.people["li"]
    )
    for place, day in enumerate(days[:-1]):
        _whole(stage, day, place + 3)
    _open(stage, days[-1], today)
    _tasks(stage, today)
    keep_plan(stage.township, Plan(is_on=True, since=today - PRESENT), by=stage.people["li"])
    _read_old_messages(_moment(today - timedelta(days=MONTH), _NINE))


def _read_old_messages(until: datetime) -> None:
    old = update(Message).where(Message.read_at.is_(None), Message.created_at < until)
    db.session.execute(old.values(read_at=Message.created_at))


def _website(stage: Stage, today: date) -> None:
    """The old year is cleared from the website; this year's columns are fresh but for two."""
    clerk = stage.people["li"]
    while old := [each.posting.id for each in list_to_clear(stage.township, CLEARED_ON)][:CLEAR]:
        clear(stage.township, old, on=CLEARED_ON, by=clerk)
    for column in stage.columns.values():
        interval = column.update_interval_days
        if interval is None or column.is_standing_page or column.title in STALE:
            continue
        on = stage.workday_between(
            today - timedelta(days=max(7, interval // 3)), today - timedelta(days=1)
        )
        publish(stage, column, on=on, by=clerk, latest=today)


def play_mornings(today: date) -> None:
    """The digests of the last mornings, each in its own transaction as the clock sends them."""
    for back in range(MORNINGS - 1, -1, -1):
        send_digests(_moment(today - timedelta(days=back), _NINE))


def _whole(stage: Stage, day: date, place: int) -> None:
    """A round that is over: most answered in time, some late, now and then one not at all."""
    round_, clerk = _begin(stage, day), stage.people["li"]
    for number, ask in enumerate(list_asks(round_)):
        if (place * 7 + number * 3) % 13 == 0:
            for days in (8, 10):
                remind(ask, by=clerk, at=noon(day + timedelta(days=days)))
            continue
        is_late = (place + number * 2) % 9 == 0
        _answer(stage, ask, round_, day + timedelta(days=12 if is_late else 1 + number))
    if round_.closed_at is None:
        close(round_, by=clerk, at=noon(day + timedelta(days=13)))


def _open(stage: Stage, day: date, today: date) -> None:
    """The round of these days: some have answered, one was reminded twice."""
    round_, clerk = _begin(stage, day), stage.people["li"]
    for number, ask in enumerate(list_asks(round_)):
        if number % 2 == 0:
            _answer(stage, ask, round_, min(day + timedelta(days=2 + number), today))
        elif number in (1, 3):
            for _time in range((number + 1) // 2):
                remind(ask, by=clerk, at=round_.opened_at)


def _begin(stage: Stage, day: date) -> CollectionRound:
    return open_round(stage.township, scheduled_on=day, at=_moment(day, _EIGHT_THIRTY), by=SYSTEM)


def _answer(stage: Stage, ask: RoundAsk, round_: CollectionRound, on: date) -> None:
    """With the notices that the unit handed in meanwhile; else that there is nothing."""
    by: Actor = stage.author(ask.unit)
    at = max(noon(on), round_.opened_at)
    notices = _handed_in(ask, round_.opened_at, at)
    for notice in notices:
        bring(ask, notice, by=by, at=at)
    if ask.answer is not None:
        return
    if notices:
        finish_content(ask, by=by, at=at)
    else:
        answer_nothing(ask, reason="两周内没有新的内容", by=by, at=at)


def _handed_in(ask: RoundAsk, first: datetime, last: datetime) -> Sequence[Notice]:
    return db.session.scalars(
        select(Notice)
        .where(Notice.unit_id == ask.unit_id, Notice.submitted_at.between(first, last))
        .order_by(Notice.submitted_at, Notice.id)
        .limit(MOST_BROUGHT)
    ).all()


def _tasks(stage: Stage, today: date) -> None:
    """This year's tasks with a word each quarter, and one that last year left over."""
    clerk, quarter = stage.people["li"], quarter_of(today)
    title, owner, measure = LAST_YEARS
    left = _task(stage, today.year - 1, 1, title, owner, measure, date(today.year - 1, 12, 20))
    for number, (title, owner, measure, (month, day)) in enumerate(TASKS, start=1):
        task = _task(stage, today.year, number, title, owner, measure, date(today.year, month, day))
        for told in range(1, quarter + (number != 3)):
            is_done = told >= quarter_of(date(today.year, month, day))
            tell_progress(
                task,
                told,
                state=TaskState.DONE if is_done else TaskState.OPEN,
                text=DONE if is_done else UNDERWAY,
                by=clerk,
                at=noon(date(today.year, told * 3 - 2, 20)),
            )
            if is_done:
                break
    carry_over(stage.township, [left], by=clerk)


def _task(
    stage: Stage, year: int, number: int, title: str, owner: str, measure: str, due_on: date
) -> KeyTask:
    task = enter(
        "key_tasks",
        stage.township,
        {
            "year": year,
            "number": number,
            "title": title,
            "state": TaskState.OPEN,
            "owner": owner,
            "measure": measure,
            "due_on": due_on,
        },
        by=stage.people["li"],
    )
    assert isinstance(task, KeyTask)
    return task


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)
