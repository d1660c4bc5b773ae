"""The text of a collection for the units' chat group: only who has not answered is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from taole.core.clock import local
from taole.notifications.copying import chat_text

WEEKDAYS = "一二三四五六日"


def moment_in_words(at: datetime) -> str:
    """9月22日（周五）17:00, as Chinese papers write it."""
    here = local(at)
    return f"{here:%-m月%-d日}（周{WEEKDAYS[here.weekday()]}）{here:%H:%M}"


def how_long(due_on: date, on: date) -> str:
    left = (due_on - on).days
    if left == 0:
        return "今天到期"
    return f"剩{left}天" if left > 0 else f"超{-left}天"


def group_text(
    number: int,
    missing: Sequence[tuple[str, int, datetime]],
    *,
    due_at: datetime,
    on: date,
    office: str,
    link: str,
) -> str:
    """The text to paste, under 500 signs. ``missing``: (unit, matters asked, its own due moment)
    of each unit that has not answered; those that did are not named.
    """
    if not missing:
        return f"【村务公开征集·第{number}期】\n各单位都已回复，谢谢。\n{office} {_day(on)}"
    return chat_text(
        head=f"【村务公开征集·第{number}期】{office} {_day(on)}\n"
        f"请还没回的单位在{moment_in_words(due_at)}前回复：",
        items=[
            ("", f"{unit} {count}项", how_long(local(its_due).date(), on))
            for unit, count, its_due in missing
        ],
        foot="没有要公开的内容，请回“本期无内容”。点这里回复：",
        link=link,
    )


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
