"""A province in a database: its tree, one adopted catalogue, two years of obligations, notices.

Invented through and through, from a fixed seed. Rows go in by bulk inserts of Core; which slots a
village owes is asked of ``taole.obligations.opening.plan_slots`` once and copied to every village.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from itertools import groupby, islice
from uuid import UUID

from flask import Flask
from sqlalchemy import insert, select, text, update
from tree import IN_TOWNSHIP, REGION, TOWNSHIP, VILLAGE, WIDE, Row, plan_units

from taole.access.permissions import Role
from taole.catalogue.actions import load_edition
from taole.catalogue.channels import Channel
from taole.catalogue.models import Adoption, CatalogueItem
from taole.catalogue.reading import read_catalogue
from taole.core.clock import noon
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.models import Notice, NoticeAnswer, NoticeKind, Posting
from taole.notices.workflow import NoticeState
from taole.obligations.models import Obligation
from taole.obligations.opening import plan_slots
from taole.obligations.rules import Answer
from taole.organisation.actions import SYSTEM, add_user, give_role
from taole.organisation.models import Unit
from taole.organisation.rules import UnitKind

FROM, UNTIL = date(2022, 1, 1), date(2023, 12, 31)
ON = date(2023, 11, 20)
"""The day on which everything is looked at."""

PASSWORD = "Benchmark-2023"
ONE_IN = 20
"""Of the answered obligations one in so many has its notice stored (in 陶乐镇 every one)."""

CHUNK = 20_000


@dataclass(frozen=True)
class Filled:
    """What lies in a database after filling, and how long that took in seconds."""

    villages: int
    obligations: int
    notices: int
    seconds: float


def fill(app: Flask, villages: int) -> Filled:
    """Fill an empty database; with five villages it has 陶乐镇 alone."""
    began = time.perf_counter()
    with app.app_context():
        units = list(plan_units(villages))
        with transaction():
            db.session.execute(insert(Unit), units)
            _adopt([unit for unit in units if unit["kind"] is UnitKind.TOWNSHIP])
            _engage_people(villages)
            db.session.flush()
            owed, notices = _insert_obligations(units)
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        db.session.remove()
    return Filled(villages, owed, notices, time.perf_counter() - began)


def _adopt(townships: list[Row]) -> None:
    name = "catalogue-proposed.yaml"
    draft = read_catalogue(files("taole.catalogue").joinpath("data", name).read_bytes(), name)
    edition = load_edition(draft, in_force_from=FROM, by=SYSTEM, source=name)
    db.session.execute(
        insert(Adoption),
        [
            {"id": new_id(), "township_id": each["id"], "edition_id": edition.id, "from_on": FROM}
            for each in townships
        ],
    )


def _engage_people(villages: int) -> None:
    cast = [
        ("chen", "陈某", Role.SECRETARY, VILLAGE),
        ("li", "李某", Role.CLERK, TOWNSHIP),
        ("wu", "吴某", Role.INSPECTOR, TOWNSHIP[:6]),
        ("zheng", "郑某", Role.INSPECTOR, REGION),
    ]
    if villages > IN_TOWNSHIP:
        cast.append(("zhao", "赵某", Role.CLERK, WIDE))
    for account, name, role, code in cast:
        unit = db.session.scalars(select(Unit).where(Unit.code == code)).one()
        user, _ = add_user(account, name, by=SYSTEM, password=PASSWORD)
        user.must_change_password = False
        give_role(user, role, unit, from_on=FROM, by=SYSTEM)


def _insert_obligations(units: list[Row]) -> tuple[int, int]:
    """Two years of slots for every village, answered by chance, with some of the notices.

    In the order in which a nightly job opens them: month by month, township by township.
    """
    chance = random.Random(2023)
    villages = [unit for unit in units if unit["kind"] is UnitKind.VILLAGE]
    taole = next(unit["id"] for unit in units if unit["code"] == TOWNSHIP)
    owed = notices = 0
    months = _pattern()
    total = sum(map(len, months)) * len(villages)
    rows = (
        _owed(slot, village, chance) for month in months for village in villages for slot in month
    )
    for chunk in _chunks(rows):
        noticed = [
            each
            for each in chunk
            if each["answer"] is Answer.NOTICE
            and (each["township_id"] == taole or chance.random() < 1 / ONE_IN)
        ]
        db.session.execute(insert(Obligation), chunk)
        _insert_notices(noticed)
        owed, notices = owed + len(chunk), notices + len(noticed)
        print(f"\r  {owed:,} of {total:,} obligations", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return owed, notices


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    walk = iter(rows)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk


def _pattern() -> list[list[Row]]:
    """What one village owes in the two years, as the product plans it, by month of opening."""
    township = db.session.scalars(select(Unit).where(Unit.code == TOWNSHIP)).one()
    village = db.session.scalars(select(Unit).where(Unit.code == VILLAGE)).one()
    slots = [
        slot
        for slot in plan_slots(township, through=UNTIL, skipped={})
        if slot["unit_id"] == village.id and slot["due_on"] <= UNTIL
    ]
    slots.sort(key=lambda slot: slot["period_start"])
    opened = groupby(
        slots, key=lambda slot: (slot["period_start"].year, slot["period_start"].month)
    )
    return [list(group) for _month, group in opened]


def _owed(slot: Row, village: Row, chance: random.Random) -> Row:
    """80 % on time, 8 % late, 5 % nothing to publish, 2 % excused, the rest missing."""
    due_on, drawn = slot["due_on"], chance.random()
    answer: Answer | None = None
    answered_on: date | None = None
    if drawn < 0.80:
        answer, answered_on = Answer.NOTICE, due_on - timedelta(days=chance.randint(0, 9))
    elif drawn < 0.88:
        answer, answered_on = Answer.NOTICE, due_on + timedelta(days=chance.randint(1, 20))
    elif drawn < 0.93:
        answer, answered_on = Answer.NOTHING, due_on
    elif drawn < 0.95:
        answer, answered_on = Answer.EXCUSED, slot["period_start"]
    if answered_on is not None and answered_on > ON:
        answer = answered_on = None
    return {
        **slot,
        "id": new_id(),
        "township_id": village["township_id"],
        "unit_id": village["id"],
        "answer": answer,
        "answered_on": answered_on,
        "answer_id": new_id() if answer is Answer.NOTICE else None,
        "entered_at": noon(answered_on) if answered_on else None,
        "review_since": noon(ON) if answer is None and chance.random() < 0.1 else None,
    }


def _insert_notices(answered: list[Row]) -> None:
    """The notice of each of these obligations, posted on the board and on 村居通."""
    if not answered:
        return
    db.session.execute(insert(Notice), [_notice(each, NoticeState.POSTED) for each in answered])
    db.session.execute(insert(NoticeAnswer), [_link(each) for each in answered])
    postings = [
        {
            "id": new_id(),
            "township_id": each["township_id"],
            "unit_id": each["unit_id"],
            "notice_id": each["answer_id"],
            "channel": channel,
            "posted_on": each["answered_on"],
            "entered_at": each["entered_at"],
        }
        for each in answered
        for channel in (Channel.BOARD, Channel.VILLAGE_APP)
    ]
    db.session.execute(insert(Posting), postings)


def _notice(owed: Row, state: NoticeState) -> Row:
    posted = state is NoticeState.POSTED
    return {
        "id": owed["answer_id"],
        "township_id": owed["township_id"],
        "unit_id": owed["unit_id"],
        "item_id": owed["item_id"],
        "section": owed["section"],
        "kind": NoticeKind.NOTICE,
        "period_key": owed["period_key"],
        "title": f"{owed['period_key']}{owed['item_code']}公示",
        "body": "公示内容（虚构）",
        "columns": [],
        "rows": [],
        "state": state,
        "author_name": "陈某",
        "written_at": noon(owed["due_on"]),
        "submitted_at": noon(owed["due_on"]),
        "first_posted_on": owed["answered_on"] if posted else None,
        "version": 1,
    }


def _link(owed: Row) -> Row:
    return {
        "notice_id": owed["answer_id"],
        "obligation_id": owed["id"],
        "township_id": owed["township_id"],
    }


def approve_notices(count: int, compulsory: set[Channel]) -> list[UUID]:
    """So many new notices of the secretary's village, approved and not yet up anywhere.

    Each answers an obligation that is made open again; its compulsory channels are these.
    Matters with a notice period come first: their last day has to be worked out.
    """
    village = db.session.scalars(select(Unit.id).where(Unit.code == VILLAGE)).one()
    found = db.session.execute(
        select(Obligation.__table__)
        .join(CatalogueItem, CatalogueItem.id == Obligation.item_id)
        .where(Obligation.unit_id == village, Obligation.due_on <= ON)
        .order_by(
            CatalogueItem.notice_period_days.is_(None),
            CatalogueItem.minimum_board_days.is_(None),
            Obligation.due_on.desc(),
            Obligation.item_code,
        )
    ).mappings()
    matters = {
        item.id
        for item in db.session.scalars(select(CatalogueItem))
        if compulsory == set(item.compulsory_channels)
    }
    owed = [
        {**row, "answer_id": new_id(), "answered_on": None}
        for row in islice((row for row in found if row["item_id"] in matters), count)
    ]
    with transaction():
        db.session.execute(
            update(Obligation)
            .where(Obligation.id.in_([each["id"] for each in owed]))
            .values(answer=None, answered_on=None, answer_id=None)
        )
        db.session.execute(insert(Notice), [_notice(each, NoticeState.APPROVED) for each in owed])
        db.session.execute(insert(NoticeAnswer), [_link(each) for each in owed])
    return [each["answer_id"] for each in owed]
