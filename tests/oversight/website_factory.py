"""A township's columns on the website, and what is posted in them, for the tests of its duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from taole.catalogue.channels import Channel
from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.core.clock import noon
from taole.core.database import db
from taole.core.periods import Frequency
from taole.core.transactions import transaction
from taole.notices.models import Notice, NoticeKind, Posting
from taole.notices.workflow import NoticeState
from taole.organisation.models import Unit
from taole.registers.models import PublicMessage
from taole.registers.rules import MessageChannel

SINCE = date(2022, 1, 1)
CENTRE = "民生服务中心"
COLUMNS: tuple[tuple[str, str, str, int | None, bool], ...] = (
    ("WZ-01", "文件", "", 180, False),
    ("WZ-02", "预决算公开", "", 365, False),
    ("WZ-04", "部门决算", "WZ-02", 365, False),
    ("WZ-05", "社会救助", "", 90, False),
    ("WZ-13", "机构设置", "", None, True),
    ("WZ-15", "动态要闻", "", 14, False),
)


def adopt_columns(
    township: Unit, columns: Iterable[tuple[str, str, str, int | None, bool]] = COLUMNS
) -> dict[str, CatalogueItem]:
    """The columns by code, adopted since 2022 and committed; 社会救助 is the centre's."""
    with transaction():
        edition = Edition(
            kind=CatalogueKind.WEBSITE,
            name="试用栏目",
            in_force_from=SINCE,
            sections=[],
            aliases={},
            fingerprint="website",
            loaded_at=noon(SINCE),
        )
        db.session.add(edition)
        items = {
            code: CatalogueItem(
                edition=edition,
                code=code,
                title=title,
                position=position,
                section="",
                content=[],
                basis=["《政府信息公开条例》第二十条"],
                publisher=CENTRE if code == "WZ-05" else "综合办公室",
                frequency=Frequency.INTERVAL,
                deadline={"rule": "update_interval", "days": interval or 365},
                channels=[Channel.WEBSITE],
                compulsory_channels=[],
                personal_data={},
                parent_code=parent,
                update_interval_days=interval,
                is_standing_page=is_page,
                effective_from=SINCE,
            )
            for position, (code, title, parent, interval, is_page) in enumerate(columns)
        }
        db.session.add_all(items.values())
        db.session.add(Adoption(township=township, edition=edition, from_on=SINCE))
    return items


def put_online(
    unit: Unit, item: CatalogueItem, posted_on: date, title: str = "一件公示", **values: Any
) -> Posting:
    """A notice in its column since a day, committed. ``values`` go to the posting, but for
    ``state`` and ``formed_on``, which are the notice's."""
    state = values.pop("state", NoticeState.POSTED)
    formed_on = values.pop("formed_on", None)
    with transaction():
        notice = Notice(
            township_id=unit.township_id or unit.id,
            unit_id=unit.id,
            item_id=item.id,
            section="",
            kind=NoticeKind.PAGE_UPDATE if item.is_standing_page else NoticeKind.NOTICE,
            period_key=f"{posted_on.year}",
            title=title,
            state=state,
            author_name="钱某",
            written_at=noon(posted_on),
            first_posted_on=posted_on,
            formed_on=formed_on,
        )
        told: dict[str, Any] = {
            "channel": Channel.WEBSITE,
            "column_code": item.code,
            **values,
        }
        posting = Posting(
            township_id=notice.township_id,
            unit_id=unit.id,
            notice=notice,
            posted_on=posted_on,
            entered_at=noon(posted_on),
            **told,
        )
        db.session.add_all([notice, posting])
    return posting


def write_message(
    township: Unit, received_on: date, subject: str = "路灯不亮", replied_on: date | None = None
) -> PublicMessage:
    """A message on 人民网领导留言板, committed."""
    with transaction():
        message = PublicMessage(
            township_id=township.id,
            channel=MessageChannel.PEOPLE_NET,
            received_on=received_on,
            due_on=received_on,
            replied_on=replied_on,
            subject=subject,
        )
        db.session.add(message)
    return message
