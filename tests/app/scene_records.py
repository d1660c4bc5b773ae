"""A notice, a finding and an obligation of 东园村 in every state, and a neighbouring township."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cast import PASSWORD
from sqlalchemy import select

from taole.access.permissions import Role
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem
from taole.core.clock import now, today
from taole.core.database import db
from taole.inspections.actions import add_finding
from taole.inspections.mending import prove, start_mending
from taole.inspections.models import Finding
from taole.inspections.workflow import FindingState, InspectionKind, Severity
from taole.notices.actions import (
    Mark,
    approve,
    correct,
    post,
    send_back,
    submit,
    withdraw,
    write,
)
from taole.notices.models import Notice, NoticeKind
from taole.obligations.models import Obligation
from taole.organisation.actions import SYSTEM, add_user, found_unit, give_role
from taole.organisation.models import Unit, User
from taole.organisation.queries import find_user, get_unit
from taole.organisation.rules import UnitKind
from taole.rounds.models import CollectionRound, RoundAsk
from tests.app.door_table import TOWNSHIP

LONG_AGO = date(2022, 1, 1)


def found_neighbour(township: Unit) -> None:
    """红崖子乡 with a village whose secretary is 张某某."""
    neighbour = found_unit(
        kind=UnitKind.TOWNSHIP,
        code="640221203",
        name="红崖子乡",
        parent=township.parent,
        by=SYSTEM,
    )
    far = found_unit(
        kind=UnitKind.VILLAGE, code="640221203201", name="红翔新村", parent=neighbour, by=SYSTEM
    )
    stranger, _ = add_user("hong", "张某某", by=SYSTEM, password=PASSWORD)
    stranger.must_change_password = False
    give_role(stranger, Role.SECRETARY, far, from_on=LONG_AGO, by=SYSTEM)


def open_collection(township: Unit, village: Unit) -> tuple[CollectionRound, dict[UUID, UUID]]:
    """An open round that asks 东园村 and the service centre; their asks by unit."""
    day = today() - timedelta(days=8)
    round_ = CollectionRound(
        township_id=township.id,
        township=township,
        year=day.year,
        number=1,
        scheduled_on=day,
        opens_on=day,
        due_at=now() + timedelta(days=3),
        opened_at=now() - timedelta(days=8),
    )
    db.session.add(round_)
    db.session.flush()
    asks = {}
    for unit in (village, get_unit(f"{TOWNSHIP}-msfw")):
        ask = RoundAsk(
            township_id=township.id, round_id=round_.id, unit_id=unit.id, due_at=round_.due_at
        )
        db.session.add(ask)
        db.session.flush()
        asks[unit.id] = ask.id
    return round_, asks


def notices_in_each_state(village: Unit, chen: User, zhou: User, li: User) -> dict[str, Notice]:
    """A notice of 东园村 in every state."""
    found = {
        each.state.value: each
        for each in db.session.scalars(
            select(Notice).where(Notice.unit_id == village.id, Notice.kind == NoticeKind.NOTICE)
        )
    }
    item = _cash_item(village)
    for state in ("draft", "first_review", "returned", "approved", "withdrawn", "corrected"):
        notice = write(
            village,
            item,
            period_key="2025Q1",
            title=f"东园村{state}",
            body="见附表",
            obligations=[],
            by=chen,
        )
        if state != "draft":
            submit(notice, by=chen)
        if state == "returned":
            send_back(notice, reason="合计与明细不符", by=zhou, marks=[Mark("title", "合计")])
        if state in ("approved", "withdrawn", "corrected"):
            _approve(notice, zhou, li)
        if state == "withdrawn":
            withdraw(notice, reason="发错了", by=li)
        if state == "corrected":
            post(notice, channel=Channel.BOARD, posted_on=today(), by=chen)
            correction = correct(notice, reason="金额写错", by=chen)
            submit(correction, by=chen)
            _approve(correction, zhou, li)
            post(correction, channel=Channel.BOARD, posted_on=today(), by=chen)
        found[state] = notice
    return found


def _approve(notice: Notice, zhou: User, li: User) -> None:
    zhao = find_user("zhao")
    assert zhao is not None
    for reviewer in (zhou, li, zhao):
        approve(notice, by=reviewer)


def _cash_item(village: Unit) -> CatalogueItem:
    item = db.session.scalars(
        select(CatalogueItem)
        .join(Obligation, Obligation.item_id == CatalogueItem.id)
        .where(Obligation.unit_id == village.id, CatalogueItem.code == "CW-02")
    ).first()
    assert item is not None
    return item


def notice_with_a_phone(village: Unit, chen: User) -> Notice:
    """A draft that tells somebody's telephone."""
    return write(
        village,
        _cash_item(village),
        period_key="2025Q1",
        title="东园村待遮盖",
        body="联系人手机：13800000000",
        obligations=[],
        by=chen,
    )


def findings_in_each_state(village: Unit, chen: User, li: User) -> dict[str, Finding]:
    """A finding of 东园村 in every state."""
    found = {
        each.state.value: each
        for each in db.session.scalars(select(Finding).where(Finding.unit_id == village.id))
    }
    for state in (FindingState.OPEN, FindingState.MENDING, FindingState.PROOFED):
        finding = add_finding(
            village,
            source=InspectionKind.DAILY,
            statement="公示栏没写监督电话",
            severity=Severity.MINOR,
            found_on=today(),
            by=li,
        )
        if state is not FindingState.OPEN:
            start_mending(finding, by=chen)
        if state is FindingState.PROOFED:
            link = "https://example.invalid/1"
            prove(finding, measures="已写明", by=chen, on=today(), proof_link=link)
        found[state.value] = finding
    return found


def obligations_by_answer(village: Unit) -> dict[str, Any]:
    """An obligation of 东园村 not answered, and one answered in each way, by its id."""
    found: dict[str, Any] = {}
    for each in db.session.scalars(select(Obligation).where(Obligation.unit_id == village.id)):
        answered = each.answer.value if each.answer else "open"
        if each.answer is not None or (each.review_since is None and each.due_on < today()):
            found.setdefault(answered, each.id)
    assert set(found) == {"open", "notice", "nothing", "excused"}
    return found
