"""Sheets and hung notices for the tests of boards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from taole.catalogue.channels import Channel
from taole.catalogue.unified_template import CellKind, Field, UnifiedTemplate
from taole.core.clock import today
from taole.core.transactions import transaction
from taole.notices.actions import post
from taole.notices.models import Notice, SealedState, SealedText
from taole.notices.printed_sheet import (
    NoticePeriod,
    PrintedSheet,
    opening_paragraphs,
    phone_lines,
    public_head,
    public_table,
)
from tests.notices.notice_factory import Catalogue, approved

TEMPLATE = UnifiedTemplate(
    head=(Field("政策依据"), Field("经办人手机", may_publish=False)),
    columns=(
        Field("姓名", CellKind.NAME),
        Field("组别"),
        Field("经办备注", may_publish=False),
        Field("发放金额", CellKind.AMOUNT, "元", is_summed=True),
    ),
    must_not=("身份证号",),
)
SITE = "https://cwgk.example"
CODE = "abcdefgh23"


def rows_of(count: int) -> list[list[str]]:
    return [["刘某某", "一组", "不给人看的话", "270.00"] for _ in range(count)]


def a_sheet(count: int = 16, **values: Any) -> PrintedSheet:
    days = NoticePeriod(date(2023, 9, 20), date(2023, 9, 27))
    told: dict[str, Any] = {
        "heading": "陶乐镇村务公开 · 社会保障",
        "number": "201-2309-014",
        "title": "东园村2023年9月高龄津贴发放公示",
        "paragraphs": opening_paragraphs(
            TEMPLATE, "", unit="东园村", period="2023年9月", matter="高龄津贴发放", days=days
        ),
        "head": public_head(TEMPLATE, {"政策依据": "宁民规发〔2021〕3号"}),
        "table": public_table(TEMPLATE, TEMPLATE.column_names, rows_of(count)),
        "signer": "东园村民委员会",
        "period": days,
        "phones": phone_lines("0952-5550126", "0952-5550118", is_village=True),
        "address": f"{SITE}/n/{CODE}",
        **values,
    }
    return PrintedSheet(**told)


def written(
    town: Any, catalogue: Catalogue, title: str = "高龄津贴发放公示", **values: Any
) -> Notice:
    """A notice of 东园村 with three rows that passed its reviews."""
    village = values.pop("village", town.villages[0])
    return approved(
        town,
        village,
        catalogue["SB-08"],
        template=TEMPLATE,
        **{
            "title": title,
            "body": "",
            "columns": list(TEMPLATE.column_names),
            "rows": rows_of(3),
            "by": town.chen if village is town.villages[0] else town.liu,
            **values,
        },
    )


def hung(town: Any, notice: Notice, *, days_ago: int = 1, **values: Any) -> Notice:
    """The same notice on the board since some days."""
    with transaction():
        post(
            notice,
            channel=Channel.BOARD,
            posted_on=today() - timedelta(days=days_ago),
            by=town.chen,
            **values,
        )
    return notice


def an_open_finding(notice: Notice) -> SealedText:
    """Personal data in it that nobody has decided about yet."""
    known = {
        "township_id": notice.township_id,
        "notice_id": notice.id,
        "place": "body",
        "kind": "mobile-phone",
        "masked": "139****0000",
        "sealed": "x",
        "fingerprint": "0" * 32,
        "confidence": 0.9,
        "state": SealedState.OPEN,
        "found_at": notice.written_at,
    }
    return SealedText(**known)
