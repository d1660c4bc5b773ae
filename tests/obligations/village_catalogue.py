"""A small catalogue for the villages of 陶乐镇."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.core.clock import now
from taole.core.database import db
from taole.core.periods import Frequency
from taole.core.transactions import transaction

JANUARY = date(2023, 1, 1)
QUARTERLY_ON_THE_20TH = {"rule": "quarter_day", "month_of_quarter": 1, "day": 20}


@dataclass
class Catalogue:
    """An edition that 陶乐镇 follows from 2023, with its four matters."""

    edition: Edition
    accounts: CatalogueItem
    dibao: CatalogueItem
    members: CatalogueItem
    payments: CatalogueItem


def _item(edition: Edition, code: str, section: str, title: str, **values: Any) -> CatalogueItem:
    return CatalogueItem(
        edition=edition,
        code=code,
        section=section,
        title=title,
        content=["内容"],
        basis=["《村民委员会组织法》第三十条"],
        channels=["公示栏", "村居通"],
        compulsory_channels=["公示栏", "村居通"],
        personal_data={"risk": "none"},
        effective_from=JANUARY,
        **values,
    )


def build_catalogue(town: Any) -> Catalogue:
    """Quarterly accounts, event-driven 低保, yearly members, monthly payments."""
    with transaction():
        edition = Edition(
            kind=CatalogueKind.VILLAGE,
            name="试用目录",
            in_force_from=JANUARY,
            sections=["社会保障", "组织机构建设", "财务管理"],
            aliases={},
            fingerprint="test",
            loaded_at=now(),
        )
        made = Catalogue(
            edition,
            _item(
                edition,
                "CW-01",
                "财务管理",
                "村级财务收支",
                position=4,
                frequency=Frequency.QUARTERLY,
                deadline=QUARTERLY_ON_THE_20TH,
            ),
            _item(
                edition,
                "SB-01",
                "社会保障",
                "低保初审公示",
                position=1,
                frequency=Frequency.ON_EVENT,
                deadline={"rule": "workdays_after_event", "days": 10},
            ),
            _item(
                edition,
                "ZZ-01",
                "组织机构建设",
                "村两委成员",
                position=2,
                frequency=Frequency.YEARLY,
                deadline={"rule": "year_date", "month": 2, "day": 28},
            ),
            _item(
                edition,
                "SB-02",
                "社会保障",
                "补贴发放",
                position=3,
                frequency=Frequency.MONTHLY,
                deadline={"rule": "month_day", "day": 15},
            ),
        )
        db.session.add(edition)
        db.session.flush()
        db.session.add(
            Adoption(township_id=town.township.id, edition_id=edition.id, from_on=JANUARY)
        )
    return made
