"""The township's own year 2023: the website's columns, the standing pages, the new media."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from taole.catalogue.channels import Channel
from taole.demonstration.assignment import NEW_MEDIA_STORIES, WEBSITE_COLUMNS
from taole.demonstration.posting import put_up, tell
from taole.demonstration.stage import Stage
from taole.notices.actions import take_down
from taole.notices.models import Notice, NoticeKind, Posting
from taole.organisation.models import Unit

VILLAGE_COLUMN = "村（居）务公开"
FINAL_ACCOUNTS_ON = date(2023, 9, 7)
BUDGET_ON = date(2023, 2, 16)
GUIDE_REVISED_ON = date(2023, 12, 20)
PUBLISHING_DAYS: tuple[date, ...] = tuple(
    date(2023, month, day)
    for month, days in {
        1: (10, 17, 31),
        2: (2, 16),
        3: (2, 16, 30),
        4: (6, 13, 27),
        5: (11, 25),
        6: (8, 21, 29),
        7: (6, 20, 28),
        8: (3, 17, 31),
        9: (7, 14, 28),
        10: (12, 26),
        11: (9, 23, 30),
        12: (7, 20, 28),
    }.items()
    for day in days
)
"""The working days on which the clerk brought things onto the website: at least two a month."""

STORY = ("工作动态", "政策宣传", "便民提示", "乡村振兴", "文明实践")


def publish_articles(stage: Stage) -> list[Posting]:
    """The 171 articles of the township's own columns."""
    postings: list[Posting] = []
    for column, count in WEBSITE_COLUMNS:
        for number in range(count):
            on = _spread(number, count)
            title = f"陶乐镇{column}信息第{number + 1}号"
            if column == "政府信息公开年度报告":
                on, title = PUBLISHING_DAYS[2], "平罗县陶乐镇2022年政府信息公开工作年度报告"
            postings += _article(stage, column, title, on)
    postings += _article(stage, "部门预算", "陶乐镇2023年部门预算公开", BUDGET_ON, fiscal_year=2023)
    postings += _article(
        stage, "部门决算", "陶乐镇2022年部门决算公开", FINAL_ACCOUNTS_ON, fiscal_year=2022
    )
    return postings


def publish_village_notices(stage: Stage, notices: Sequence[Notice]) -> None:
    """The villages' notices that the clerk also brought onto the website."""
    code = stage.columns[VILLAGE_COLUMN].code
    for notice in notices:
        first = notice.first_posted_on or PUBLISHING_DAYS[0]
        on = next((day for day in PUBLISHING_DAYS if day >= first), PUBLISHING_DAYS[-1])
        put_up(
            stage,
            notice,
            max(on, first),
            (Channel.WEBSITE,),
            column_code=code,
            by=stage.people["li"],
            latest=date(2023, 12, 31),
        )


def update_standing_pages(stage: Stage) -> None:
    """领导信息 and 机构设置 after changes of people, and the guide in December: no notices."""
    for column, title, on in (
        ("领导信息", "领导分工调整", date(2023, 3, 16)),
        ("领导信息", "领导分工调整", date(2023, 8, 17)),
        ("机构设置", "机构人员调整", date(2023, 8, 31)),
        ("政府信息公开指南", "政府信息公开指南修订", GUIDE_REVISED_ON),
    ):
        _article(stage, column, title, on, kind=NoticeKind.PAGE_UPDATE)


def clear_each_month(stage: Stage, postings: Sequence[Posting]) -> None:
    """The monthly clearing of what is out of date: one article a month, two in some."""
    waiting = sorted(postings, key=lambda posting: posting.posted_on)
    for month in range(1, 13):
        last = date(2023, 12, 29) if month == 12 else date(2023, month + 1, 1) - timedelta(days=1)
        on = stage.workday_between(last - timedelta(days=3), last)
        for _ in range(2 if month in (6, 12) else 1):
            take_down(waiting.pop(0), on=on, by=stage.people["li"])


def tell_stories(stage: Stage) -> None:
    """389 stories, each on both accounts of the new media."""
    days = [
        day
        for day in (date(2023, 1, 1) + timedelta(days=count) for count in range(365))
        if stage.calendar.is_workday(day)
    ]
    item = stage.columns["动态要闻"]
    for number in range(NEW_MEDIA_STORIES):
        on = days[number * len(days) // NEW_MEDIA_STORIES]
        notice = tell(
            stage,
            stage.service_centre,
            item,
            title=f"{STORY[number % len(STORY)]}（{on.month}月{on.day}日）",
            period_key="2023",
            obligations=(),
            on=on,
            by=stage.people["qian"],
            with_table=False,
        )
        put_up(
            stage,
            notice,
            on,
            (Channel.WECHAT, Channel.WEIBO),
            by=stage.people["qian"],
            latest=date(2023, 12, 31),
        )


def _article(
    stage: Stage,
    column: str,
    title: str,
    on: date,
    *,
    fiscal_year: int | None = None,
    kind: NoticeKind = NoticeKind.NOTICE,
) -> list[Posting]:
    item = stage.columns[column]
    unit: Unit = stage.office
    notice = tell(
        stage,
        unit,
        item,
        title=title,
        period_key="2023",
        obligations=(),
        on=on,
        fiscal_year=fiscal_year,
        kind=kind,
        by=stage.people["li"],
        with_table=False,
    )
    put_up(
        stage,
        notice,
        on,
        (Channel.WEBSITE,),
        column_code=item.code,
        by=stage.people["li"],
        latest=date(2023, 12, 31),
    )
    return list(notice.postings)


def _spread(number: int, count: int) -> date:
    return PUBLISHING_DAYS[(number * len(PUBLISHING_DAYS)) // max(count, 1) % len(PUBLISHING_DAYS)]
