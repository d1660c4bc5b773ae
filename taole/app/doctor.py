"""``taole doctor``: what an operator should look at, in one page."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import click
from flask import current_app
from sqlalchemy import text

from taole.app.schema import current_revision, head_revision
from taole.attachments.storage import look_over
from taole.core.calendar_store import work_calendar
from taole.core.clock import now, today
from taole.core.commands import json_option, operates, print_json
from taole.core.database import db
from taole.core.jobs import is_kept
from taole.notifications.mail import check_login
from taole.privacy.photographs import can_read
from taole.schedule.overview import jobs_at
from taole.settings import Settings
from taole.trail.clock_watch import look_at_clock
from taole.trail.queries import find_breaks

Level = Literal["ok", "warning", "error"]
NOVEMBER = 11


@dataclass(frozen=True)
class Sign:
    """One thing looked at."""

    name: str
    level: Level
    said: str


@click.command("doctor")
@json_option
@operates()
def doctor(as_json: bool) -> None:
    """Look over the instance; exit status 1 when something is wrong."""
    settings: Settings = current_app.config["SETTINGS"]
    signs = [sign for look in LOOKS for sign in look(settings)]
    if as_json:
        print_json([vars(sign) for sign in signs])
    else:
        for sign in signs:
            click.echo(f"{sign.level:<8} {sign.name}: {sign.said}")
    if any(sign.level == "error" for sign in signs):
        sys.exit(1)


def _schema(_settings: Settings) -> Iterator[Sign]:
    current, head = current_revision(), head_revision()
    good = current == head
    yield Sign("数据库版本", "ok" if good else "error", f"{current} / {head}")


def _sqlite(settings: Settings) -> Iterator[Sign]:
    if not settings.is_embedded:
        yield Sign("数据库", "ok", db.engine.dialect.name)
        return
    for pragma, wanted in (("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")):
        found = str(db.session.execute(text(f"PRAGMA {pragma}")).scalar())
        yield Sign(f"SQLite {pragma}", "ok" if found == wanted else "error", found)
    broken = db.session.execute(text("PRAGMA quick_check")).scalar()
    yield Sign("SQLite quick_check", "ok" if broken == "ok" else "error", str(broken))


def _disk(settings: Settings) -> Iterator[Sign]:
    free = shutil.disk_usage(settings.instance).free // 2**20
    yield Sign("磁盘剩余", "ok" if free > 1024 else "warning", f"{free} MB")
    for name, variable, called in (
        ("secret_key", "TAOLE_SECRET_KEY", "密钥文件"),
        ("data_key", "TAOLE_DATA_KEY", "数据密钥文件"),
    ):
        file = settings.instance / name
        if not file.exists():
            yield Sign(called, "ok", f"密钥由 {variable} 给出")
        elif file.stat().st_mode & 0o077:
            yield Sign(called, "error", "别人可读")
        else:
            yield Sign(called, "ok", "只有本人可读")


def _calendar(_settings: Settings) -> Iterator[Sign]:
    calendar, day = work_calendar(), today()
    years = [day.year, day.year + 1] if day.month >= NOVEMBER else [day.year]
    for year in years:
        known = year in calendar.confirmed_years
        said = "已确认" if known else "放假安排还没有录入，请在“工作日历”里填写"
        yield Sign(f"{year}年工作日历", "ok" if known else "warning", said)


def _trail(_settings: Settings) -> Iterator[Sign]:
    breaks = find_breaks()
    yield Sign("操作记录", "error" if breaks else "ok", f"断链 {len(breaks)} 处")


def _timetable(_settings: Settings) -> Iterator[Sign]:
    clock = look_at_clock(now())
    yield Sign("本机时钟", "ok" if clock.is_right else "error", str(clock.state))
    kept = is_kept(now())
    yield Sign(
        "定时任务", "ok" if kept else "warning", "有程序在按时运行" if kept else "没有在运行"
    )
    for each in jobs_at(now()):
        if each.latest is not None and each.latest.error:
            yield Sign(f"定时任务 {each.job.name}", "error", each.latest.error)


def _attachments(_settings: Settings) -> Iterator[Sign]:
    shelf = look_over()
    lost, unnamed = len(shelf.lost), len(shelf.unnamed)
    yield Sign("附件", "error" if lost else "ok", f"缺 {lost} 个文件")
    yield Sign("附件之外的文件", "warning" if unnamed else "ok", f"多 {unnamed} 个文件")


def _reading(_settings: Settings) -> Iterator[Sign]:
    if can_read():
        yield Sign("照片识别", "ok", "已安装，照片会检查个人信息")
    else:
        yield Sign("照片识别", "warning", "没有安装 taole[ocr]：照片要由人看过才放行")


def _mail(settings: Settings) -> Iterator[Sign]:
    if settings.smtp is None:
        yield Sign("邮件", "ok", "没有设置邮件服务器，只用站内消息")
        return
    outcome = check_login(settings.smtp)
    yield Sign("邮件", "ok" if outcome.is_sent else "error", outcome.reason or "能登录邮件服务器")


LOOKS: tuple[Callable[[Settings], Iterator[Sign]], ...] = (
    _schema,
    _sqlite,
    _disk,
    _calendar,
    _trail,
    _timetable,
    _mail,
    _attachments,
    _reading,
)
