"""Ledgers in all their clothes, and a town whose villages follow a small catalogue."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
import xlwt
from sqlalchemy import func, select

from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.core.clock import noon
from taole.core.database import db
from taole.core.periods import Frequency
from taole.core.transactions import transaction
from taole.imports.actions import Outcome, import_ledger
from taole.notices.models import Notice, Posting
from taole.obligations.actions import open_obligations
from taole.organisation.actions import SYSTEM
from taole.organisation.models import Unit
from taole.trail.models import TrailLine

SINCE = date(2022, 1, 1)
HEAD = ("村", "目录编码", "公开事项", "期间", "标题", "渠道", "公示起", "公示止", "照片或链接")
IDENTITY_NUMBER = "11010519491231002X"
CARD_NUMBER = "6222021234567890128"
MATTERS = (
    (
        "CW-02",
        "财务收支情况",
        Frequency.QUARTERLY,
        {"rule": "quarter_day", "month_of_quarter": 1, "day": 20},
    ),
    ("SB-08", "高龄津贴发放", Frequency.MONTHLY, {"rule": "month_day", "day": 20}),
    ("SB-01", "低保审批结果", Frequency.ON_EVENT, {"rule": "workdays_after_event", "days": 20}),
    ("ZZ-06", "村务工作计划", Frequency.YEARLY, {"rule": "year_date", "month": 3, "day": 31}),
)
COLUMNS = (("WZ-05", "社会救助"), ("WZ-06", "村（居）务公开"))


def adopt_catalogue(township: Unit) -> dict[str, CatalogueItem]:
    """Four matters and two website columns, followed since 2022."""
    items: dict[str, CatalogueItem] = {}
    for kind in CatalogueKind:
        edition = Edition(
            kind=kind,
            name=f"试用目录 {kind}",
            in_force_from=SINCE,
            sections=["财务管理"],
            aliases={},
            fingerprint=kind.value,
            loaded_at=noon(SINCE),
        )
        db.session.add_all((edition, Adoption(township=township, edition=edition, from_on=SINCE)))
        matters: Sequence[Any] = MATTERS
        if kind is CatalogueKind.WEBSITE:
            matters = [(code, title, Frequency.INTERVAL, MATTERS[0][3]) for code, title in COLUMNS]
        for position, (code, title, frequency, deadline) in enumerate(matters):
            items[code] = CatalogueItem(
                edition=edition,
                code=code,
                title=title,
                position=position,
                section="财务管理",
                content=["内容"],
                basis=[],
                frequency=frequency,
                deadline=deadline,
                channels=["公示栏", "村居通", "查询机", "政府网站"],
                compulsory_channels=["公示栏", "村居通"],
                personal_data={},
                effective_from=SINCE,
            )
            db.session.add(items[code])
    db.session.flush()
    return items


def open_year(township: Unit) -> None:
    with transaction():
        open_obligations(township, through=date(2024, 1, 31), by=SYSTEM)


def line(**changed: Any) -> dict[str, Any]:
    """A good row: 东园村's accounts of the third quarter of 2023 on the board and on 村居通."""
    return {
        "村": "东园村",
        "目录编码": "CW-02",
        "公开事项": "财务收支情况",
        "期间": "2023年第三季度",
        "标题": "东园村2023年第三季度财务公开",
        "渠道": "公示栏、村居通",
        "公示起": "2023-10-12",
        "公示止": "2023-10-26",
        "照片或链接": "https://example.invalid/p/1",
        **changed,
    }


def as_csv(
    rows: Sequence[Mapping[str, Any]],
    head: Sequence[str] = HEAD,
    *,
    encoding: str = "utf-8",
    names: Mapping[str, str] | None = None,
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([(names or {}).get(name, name) for name in head])
    writer.writerows([[row.get(name, "") for name in head] for row in rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Mapping[str, Any]], head: Sequence[str] = HEAD) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.append(list(head))
    for row in rows:
        page.append([row.get(name) for name in head])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(rows: Sequence[Mapping[str, Any]], head: Sequence[str] = HEAD) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("台账")
    for number, cells in enumerate([head, *([row.get(name, "") for name in head] for row in rows)]):
        for column, value in enumerate(cells):
            page.write(number, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring_in(
    town: Any, content: bytes, filename: str = "台账.csv", *, dry_run: bool = False, by: Any = None
) -> Outcome:
    """As the clerk 李某 does on her page, committed."""
    with transaction():
        return import_ledger(
            content, filename, paths=(town.township.path,), by=by or town.li, dry_run=dry_run
        )


def counts() -> tuple[int, int, int]:
    """How many notices, postings and lines of the trail there are."""
    found = [
        db.session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Notice, Posting, TrailLine)
    ]
    return found[0], found[1], found[2]


def faults_of(outcome: Outcome) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in outcome.faults]
