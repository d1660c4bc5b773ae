"""A small catalogue and what villages owe by it, for the tests of notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taole.catalogue.channels import Channel
from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.catalogue.unified_template import Field, UnifiedTemplate
from taole.core.clock import noon
from taole.core.database import db
from taole.core.periods import Frequency, period_of
from taole.core.transactions import transaction
from taole.core.workdays import DayUnit
from taole.notices.actions import approve, submit, write
from taole.notices.models import Notice
from taole.notices.queries import is_author
from taole.notices.workflow import IN_REVIEW, NoticeState
from taole.obligations.models import Obligation
from taole.organisation.models import Unit, User

SINCE = date(2022, 1, 1)
BOARD, APP, KIOSK = Channel.BOARD, Channel.VILLAGE_APP, Channel.KIOSK


@dataclass
class Catalogue:
    """The items of the tests by code: SB-08 monthly, CW-01 quarterly, website columns WZ-…"""

    items: dict[str, CatalogueItem] = field(default_factory=dict)

    def __getitem__(self, code: str) -> CatalogueItem:
        return self.items[code]


def adopt_catalogue(township: Unit) -> Catalogue:
    village = _edition(CatalogueKind.VILLAGE, ["社会保障", "强农惠农", "组织机构建设", "财务管理"])
    website = _edition(CatalogueKind.WEBSITE, [])
    catalogue = Catalogue()
    for code, section, title, frequency in (
        ("SB-08", "社会保障", "高龄津贴发放", Frequency.MONTHLY),
        ("QN-01", "强农惠农", "耕地地力保护补贴", Frequency.MONTHLY),
        ("ZZ-01", "组织机构建设", "村民会议决定事项", Frequency.QUARTERLY),
        ("CW-01", "财务管理", "村级财务收支明细", Frequency.QUARTERLY),
    ):
        catalogue.items[code] = _item(
            village,
            code,
            title,
            section=section,
            frequency=frequency,
            content=["姓名", "金额", "监督电话"],
            channels=[BOARD, APP, KIOSK],
            compulsory_channels=[BOARD, APP],
            notice_period_days=7,
            notice_period_unit=DayUnit.CALENDAR,
        )
    for code, title, parent in (
        ("WZ-01", "文件", ""),
        ("WZ-02", "预决算公开", ""),
        ("WZ-04", "部门决算", "WZ-02"),
        ("WZ-06", "村（居）务公开", ""),
        ("WZ-12", "政府信息公开指南", ""),
        ("WZ-13", "领导信息", ""),
    ):
        catalogue.items[code] = _item(
            website,
            code,
            title,
            frequency=Frequency.INTERVAL,
            parent_code=parent,
            channels=[Channel.WEBSITE],
            is_standing_page=code in ("WZ-12", "WZ-13"),
        )
    for edition in (village, website):
        db.session.add(Adoption(township=township, edition=edition, from_on=SINCE))
    db.session.flush()
    return catalogue


def _edition(kind: CatalogueKind, sections: Sequence[str]) -> Edition:
    edition = Edition(
        kind=kind,
        name=f"试用目录 {kind}",
        in_force_from=SINCE,
        sections=list(sections),
        aliases={},
        fingerprint=kind.value,
        loaded_at=noon(SINCE),
    )
    db.session.add(edition)
    return edition


def _item(edition: Edition, code: str, title: str, **values: Any) -> CatalogueItem:
    filled: dict[str, Any] = {
        "section": "",
        "content": [],
        "channels": [],
        "compulsory_channels": [],
        **values,
    }
    item = CatalogueItem(
        edition=edition,
        code=code,
        title=title,
        position=len(edition.items),
        basis=[],
        deadline={"rule": "quarter_day", "month_of_quarter": 1, "day": 20},
        personal_data={},
        effective_from=SINCE,
        **filled,
    )
    db.session.add(item)
    return item


def owe(unit: Unit, item: CatalogueItem, key: str, due_on: date) -> Obligation:
    period = period_of(key)
    obligation = Obligation(
        township_id=unit.township_id,
        unit=unit,
        item=item,
        item_code=item.code,
        section=item.section,
        period_key=key,
        period_start=period.start,
        period_end=period.end,
        due_on=due_on,
    )
    db.session.add(obligation)
    db.session.flush()
    return obligation


def reviewer_of(town: Any, notice: Notice) -> User:
    """Who gives the review that waits: 周某, 李某, 赵某; never who wrote or changed the notice."""
    usual = {
        NoticeState.FIRST_REVIEW: town.zhou,
        NoticeState.SECOND_REVIEW: town.li,
        NoticeState.FINAL_REVIEW: town.zhao,
    }[notice.state]
    return town.zhao if is_author(notice, usual.id) else usual


def pass_reviews(town: Any, notice: Notice, most: int = 3) -> None:
    """Let a notice that was handed in pass the reviews that it waits for, or ``most`` of them."""
    for _ in range(most):
        if notice.state not in IN_REVIEW:
            break
        approve(notice, by=reviewer_of(town, notice))


def template_of(columns: Sequence[str]) -> UnifiedTemplate:
    """A unified template of plain columns."""
    return UnifiedTemplate(columns=tuple(map(Field, columns)))


def approved(town: Any, unit: Unit, item: CatalogueItem, **values: Any) -> Notice:
    """A notice that 陈某 wrote (or ``by``) and that passed its reviews, committed.

    ``template``: the unified template by which it is written, if not the item's own.
    """
    template = values.pop("template", None)
    told: dict[str, Any] = {
        "period_key": "2023-08",
        "title": f"{unit.name}{item.title}公示",
        "body": "现将有关情况公示如下。",
        "by": town.chen,
        **values,
    }
    with transaction():
        notice = write(unit, item, **told)
        if template is not None:
            notice.template = template.to_mapping()
        submit(notice, by=told["by"])
        pass_reviews(town, notice)
    return notice
