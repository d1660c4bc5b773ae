"""A township that is as wide as they come: sixty villages that owe sixty matters."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.periods import Frequency
from taole.core.transactions import transaction
from taole.obligations.models import Obligation
from taole.organisation.actions import SYSTEM, found_unit
from taole.organisation.rules import UnitKind

SECTIONS = ("社会保障", "强农惠农", "服务管理", "组织机构建设", "财务管理")
JANUARY, DUE = date(2023, 1, 1), date(2023, 7, 20)
ENTERED = datetime(2023, 7, 25, tzinfo=UTC)


def widen(town: Any, *, villages: int = 60, items: int = 60) -> list[str]:
    """The names of all villages, in the order of the page; 东园村 and its four come first.

    Each owes the second quarter's sixty matters; one in five is missing, one in five late.
    """
    with transaction():
        units = [
            *town.villages,
            *(
                found_unit(
                    kind=UnitKind.VILLAGE,
                    code=f"640221106{number}",
                    name=f"河湾{number}村",
                    parent=town.township,
                    by=SYSTEM,
                )
                for number in range(301, 301 + villages - len(town.villages))
            ),
        ]
        matters = _matters(town, items)
        db.session.flush()
        db.session.execute(
            insert(Obligation),
            [
                _owed(town.township.id, unit.id, item, number)
                for place, unit in enumerate(units)
                for number, item in enumerate(matters, place)
            ],
        )
        return [unit.name for unit in units]


def _matters(town: Any, many: int) -> list[CatalogueItem]:
    edition = Edition(
        kind=CatalogueKind.VILLAGE,
        name="宽目录",
        in_force_from=JANUARY,
        sections=list(SECTIONS),
        aliases={},
        fingerprint="wide",
        loaded_at=ENTERED,
    )
    matters = [
        CatalogueItem(
            edition=edition,
            code=f"KM-{number:02}",
            section=SECTIONS[number * len(SECTIONS) // many],
            title=f"村级公开的第{number + 1}个事项和它的使用情况",
            content=["内容"],
            basis=["《村民委员会组织法》第三十条"],
            channels=["公示栏"],
            compulsory_channels=["公示栏"],
            personal_data={"risk": "none"},
            effective_from=JANUARY,
            position=number,
            frequency=Frequency.QUARTERLY,
            deadline={"rule": "quarter_day", "month_of_quarter": 1, "day": 20},
        )
        for number in range(many)
    ]
    db.session.add_all([edition, *matters])
    db.session.flush()
    db.session.add(Adoption(township_id=town.township.id, edition_id=edition.id, from_on=JANUARY))
    return matters


def _owed(township_id: Any, unit_id: Any, item: CatalogueItem, number: int) -> dict[str, Any]:
    owed = {
        "id": new_id(),
        "township_id": township_id,
        "unit_id": unit_id,
        "item_id": item.id,
        "item_code": item.code,
        "section": item.section,
        "period_key": "2023Q2",
        "period_start": date(2023, 4, 1),
        "period_end": date(2023, 6, 30),
        "due_on": DUE,
        "reason": "",
    }
    if number % 5 == 0:
        return owed | dict.fromkeys(("answer", "answered_on", "answer_id", "entered_at"))
    posted = DUE + timedelta(days=3 if number % 5 == 1 else -number % 9)
    return owed | {
        "answer": "notice",
        "answered_on": posted,
        "answer_id": new_id(),
        "entered_at": ENTERED,
    }
