"""Findings and obligations of 2023 for the tests, as short as they can be said."""

from __future__ import annotations

from datetime import date
from typing import Any

from taole.catalogue.models import CatalogueItem, CatalogueKind, Edition
from taole.core.clock import noon
from taole.core.database import db
from taole.core.periods import Frequency, period_of
from taole.inspections.actions import add_finding, close, prove
from taole.inspections.models import Finding
from taole.inspections.workflow import InspectionKind, Severity
from taole.obligations.models import Event, Obligation
from taole.obligations.rules import Answer
from taole.organisation.models import Unit

FOUND = date(2023, 9, 12)
PAGE = "https://example.org/notice/1"


def a_finding(unit: Unit, by: Any, **given: Any) -> Finding:
    """公示栏没写监督电话, found by the cross-check on 2023-09-12."""
    values: dict[str, Any] = {
        "source": InspectionKind.CROSS_CHECK,
        "statement": "公示栏没写监督电话",
        "severity": Severity.MINOR,
        "found_on": FOUND,
        "at": noon(FOUND),
    }
    return add_finding(unit, by=by, **{**values, **given})


def closed(finding: Finding, *, proved_by: Any, by: Any, on: date) -> Finding:
    prove(finding, measures="已写明监督电话", by=proved_by, on=on, proof_link=PAGE)
    return close(finding, verdict="符合要求", by=by, on=on)


def an_item(
    title: str = "各项收入", code: str = "CW-02", section: str = "财务管理"
) -> CatalogueItem:
    edition = Edition(
        kind=CatalogueKind.VILLAGE,
        name="试行目录",
        in_force_from=date(2023, 1, 1),
        in_force_until=None,
        sections=[section],
        aliases={},
        fingerprint=code,
        loaded_at=noon(date(2023, 1, 1)),
    )
    item = CatalogueItem(
        edition=edition,
        code=code,
        position=1,
        section=section,
        title=title,
        content=[],
        basis=[],
        frequency=Frequency.QUARTERLY,
        deadline={"rule": "quarter_day", "month_of_quarter": 1, "day": 20},
        channels=["公示栏"],
        compulsory_channels=["公示栏"],
        personal_data={},
        effective_from=date(2023, 1, 1),
        effective_until=None,
        replaces_id=None,
        notice_period_days=None,
        notice_period_unit=None,
        minimum_board_days=None,
        update_interval_days=None,
    )
    db.session.add(item)
    db.session.flush()
    return item


def an_obligation(
    unit: Unit,
    item: CatalogueItem,
    *,
    period: str = "2023Q3",
    due_on: date = date(2023, 10, 20),
    answer: Answer | None = None,
    answered_on: date | None = None,
    event: Event | None = None,
) -> Obligation:
    stretch = period_of(period[:6])
    obligation = Obligation(
        township_id=unit.township_id,
        unit=unit,
        item=item,
        item_code=item.code,
        section=item.section,
        period_key=period,
        period_start=stretch.start,
        period_end=stretch.end,
        event=event,
        due_on=due_on,
        answer=answer,
        answered_on=answered_on,
        answer_id=None,
        answered_by_id=None,
        entered_at=None,
        review_since=None,
    )
    db.session.add(obligation)
    db.session.flush()
    return obligation
