"""One notice of the demonstration from the first word to the board, at times of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem
from taole.core.clock import noon
from taole.demonstration.sheets import invent_sheet
from taole.demonstration.stage import Stage
from taole.notices.actions import approve, post, revise, send_back, submit, write
from taole.notices.models import Notice, NoticeKind
from taole.obligations.models import Obligation
from taole.organisation.models import Unit, User

VILLAGE_CHANNELS = (Channel.BOARD, Channel.VILLAGE_APP, Channel.KIOSK)
RETURNED_SHARE = 0.04
LATE_ENTRY_SHARE = 0.02
BODY = "（演示数据）正文从略。"


def tell(
    stage: Stage,
    unit: Unit,
    item: CatalogueItem,
    *,
    title: str,
    period_key: str,
    obligations: Sequence[Obligation],
    on: date,
    fiscal_year: int | None = None,
    kind: NoticeKind = NoticeKind.NOTICE,
    by: User | None = None,
    with_table: bool = True,
) -> Notice:
    """Write, submit and approve a notice in the days before ``on``; some are returned once."""
    author = by or stage.author(unit)
    written = noon(on - timedelta(days=3))
    count = stage.chance.randint(2, 5) if with_table else 0
    told = invent_sheet(item, stage.chance, count, written.date())
    notice = write(
        unit,
        item,
        period_key=period_key,
        title=title,
        head=told.head,
        columns=told.columns if told.rows else [],
        rows=told.rows,
        body=BODY if not told.rows else "",
        obligations=list(obligations),
        fiscal_year=fiscal_year,
        kind=kind,
        by=author,
        at=written,
    )
    submit(notice, by=author, at=written + timedelta(hours=1))
    first, second, final = stage.reviewers(unit, author)
    if stage.chance.random() < RETURNED_SHARE:
        approve(notice, by=first, at=written + timedelta(hours=3))
        send_back(
            notice, reason="合计与明细对不上，请核对", by=second, at=written + timedelta(hours=5)
        )
        revise(
            notice, version=notice.version, by=author, at=written + timedelta(hours=20), title=title
        )
        submit(notice, by=author, at=written + timedelta(hours=21))
    for reviewer, hours in ((first, 22), (second, 5), (final, 3)):
        approve(notice, by=reviewer, at=noon(on) - timedelta(hours=hours))
    return notice


def put_up(
    stage: Stage,
    notice: Notice,
    on: date,
    channels: Sequence[Channel] = VILLAGE_CHANNELS,
    *,
    column_code: str = "",
    by: User | None = None,
    latest: date | None = None,
) -> None:
    """Post on channels from a day for some weeks; a few are entered only much later (补录)."""
    author = by or stage.author(notice.unit)
    entered = noon(on)
    if stage.chance.random() < LATE_ENTRY_SHARE:
        behind = on + timedelta(days=stage.chance.randint(9, 15))
        entered = noon(min(behind, latest) if latest else behind)
    for channel in channels:
        post(
            notice,
            channel=channel,
            posted_on=on,
            until_on=on + timedelta(days=stage.chance.choice((14, 30))),
            column_code=column_code if channel is Channel.WEBSITE else "",
            account="平罗县陶乐镇" if channel in (Channel.WECHAT, Channel.WEIBO) else "",
            proof_link=f"https://example.invalid/{notice.id}" if channel is Channel.WEBSITE else "",
            by=author,
            at=entered,
        )


def publish(stage: Stage, column: CatalogueItem, *, on: date, by: User, latest: date) -> None:
    """An article of the township in a column of its website."""
    notice = tell(
        stage,
        stage.office,
        column,
        title=f"陶乐镇{column.title}信息（{on.month}月{on.day}日）",
        period_key=str(on.year),
        obligations=(),
        on=on,
        by=by,
        with_table=False,
    )
    put_up(stage, notice, on, (Channel.WEBSITE,), column_code=column.code, by=by, latest=latest)
