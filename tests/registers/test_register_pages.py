"""Keeping the ledgers: who may, what is refused, what stays in the trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from taole.core.clock import today
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.transactions import transaction
from taole.registers.actions import correct, enter
from taole.registers.ledgers import REGISTERS
from taole.registers.models import Entry, FeeReceipt, PublicMessage, Training
from taole.registers.queries import count_by_register
from taole.trail.models import TrailLine

if TYPE_CHECKING:
    from cast import Town

SignIn = Callable[[str], FlaskClient]
TRAINING = {"topic": "村务公开培训", "role": "举办", "held_on": date(2023, 4, 19), "people": 18}


def last_line() -> TrailLine:
    line = db.session.scalar(select(TrailLine).order_by(TrailLine.number.desc()).limit(1))
    assert line is not None
    return line


def training(town: Town, **values: Any) -> Entry:
    with transaction():
        return enter("trainings", town.township, {**TRAINING, **values}, by=town.li)


def test_an_entry_is_told_in_the_trail(town: Town) -> None:
    entry = training(town)
    line = last_line()
    assert (line.verb, line.object_kind, line.object_id) == ("enter", "training", entry.id)
    assert line.after["held_on"] == "2023-04-19"
    assert entry.entered_by_id == town.li.id


def test_a_correction_keeps_before_and_after_and_touches_only_what_changed(town: Town) -> None:
    values = {"kind": "信息处理费", "amount": Decimal("110.5"), "received_on": date(2023, 7, 1)}
    entry = enter("fee_receipts", town.township, values, by=town.li)
    assert isinstance(entry, FeeReceipt)
    correct(entry, {"amount": Decimal("110.05")}, by=town.li)
    line = last_line()
    assert (line.before, line.after) == ({"amount": "110.50"}, {"amount": "110.05"})
    assert entry.received_on == date(2023, 7, 1)
    correct(entry, {"amount": Decimal("110.05")}, by=town.li)
    assert last_line().number == line.number


def test_an_entry_of_an_unknown_ledger_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        enter("gossip", town.township, {}, by=town.li)


def test_a_refused_entry_leaves_nothing(town: Town) -> None:
    with pytest.raises(Refused):
        enter("trainings", town.township, {**TRAINING, "role": "旁听"}, by=town.li)
    assert db.session.scalar(select(func.count()).select_from(Training)) == 0


def test_a_group_stands_in_the_list_of_every_year_that_it_reaches_into(town: Town) -> None:
    values = {"name": "工作群", "opened_on": date(2021, 5, 1), "closed_on": date(2023, 1, 1)}
    training(town)
    enter("chat_groups", town.township, values, by=town.li)
    counts = [
        count_by_register(town.township.id, year)["chat_groups"] for year in range(2020, 2025)
    ]
    assert counts == [0, 1, 1, 1, 0]
    counted = count_by_register(town.township.id, 2023)
    assert counted["trainings"] == 1
    assert set(counted) == set(REGISTERS)


def test_the_clerk_sees_all_ledgers_of_the_year(town: Town, sign_in: SignIn) -> None:
    training(town)
    page = sign_in("li").get("/registers?year=2023").get_data(as_text=True)
    assert "2023年台账共 1 条" in page
    for register in REGISTERS.values():
        assert register.label in page


@pytest.mark.parametrize("key", REGISTERS)
def test_every_ledger_opens_its_list_and_its_form(town: Town, sign_in: SignIn, key: str) -> None:
    client = sign_in("li")
    assert client.get(f"/registers/{key}").status_code == 200
    page = client.get(f"/registers/{key}/new").get_data(as_text=True)
    for field in REGISTERS[key].fields:
        assert field.label in page
    answer = client.post(f"/registers/{key}/new", data={})
    assert answer.status_code == 422
    assert "请填写" in answer.get_data(as_text=True)


def test_the_clerk_enters_a_message_and_finds_it_in_its_year(town: Town, sign_in: SignIn) -> None:
    client = sign_in("li")
    answer = client.post(
        "/registers/public_messages/new",
        data={
            "subject": "村道路灯不亮",
            "channel": "市级网络问政平台",
            "received_on": "2023-03-01",
            "due_on": "2023年3月8日",
            "replied_on": "",
        },
    )
    assert answer.status_code == 302
    page = client.get(answer.location).get_data(as_text=True)
    assert "群众留言和答复：2023年 1 条" in page
    assert "村道路灯不亮" in page
    message = db.session.scalar(select(PublicMessage))
    assert message is not None
    assert (message.due_on, message.replied_on) == (date(2023, 3, 8), None)


def test_a_form_that_breaks_a_rule_comes_back_with_what_was_typed(
    town: Town, sign_in: SignIn
) -> None:
    tomorrow = today() + timedelta(days=1)
    data = {"topic": "明天的培训", "role": "举办", "held_on": tomorrow.isoformat(), "people": ""}
    answer = sign_in("li").post("/registers/trainings/new", data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "这一天还没到" in page
    assert "明天的培训" in page
    assert db.session.scalar(select(func.count()).select_from(Training)) == 0


@pytest.mark.parametrize(
    ("key", "name", "typed", "said"),
    [
        ("trainings", "held_on", "四月", "请填日期，如 2023-09-12"),
        ("trainings", "people", "很多", "请填整数，如 12"),
        ("fee_receipts", "amount", "一百", "请填金额，如 110.00"),
        ("fee_receipts", "amount", "NaN", "请填金额，如 110.00"),
    ],
)
def test_a_field_typed_wrongly_says_what_to_type(
    town: Town, sign_in: SignIn, key: str, name: str, typed: str, said: str
) -> None:
    valid: dict[str, dict[str, str]] = {
        "trainings": {"topic": "培训", "role": "举办", "held_on": "2023-04-19", "people": "3"},
        "fee_receipts": {"kind": "信息处理费", "amount": "1", "received_on": "2023-04-19"},
    }
    answer = sign_in("li").post(f"/registers/{key}/new", data={**valid[key], name: typed})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_the_clerk_corrects_an_entry(town: Town, sign_in: SignIn) -> None:
    entry = training(town)
    client = sign_in("li")
    address = f"/registers/trainings/{entry.id}"
    assert "村务公开培训" in client.get(address).get_data(as_text=True)
    data = {"topic": "村务公开培训", "role": "参加", "held_on": "2023-04-20", "people": ""}
    assert client.post(address, data=data).status_code == 302
    db.session.expire_all()
    changed = db.session.scalar(select(Training))
    assert changed is not None
    assert (changed.role.value, changed.people) == ("参加", None)
    assert last_line().before == {"role": "举办", "held_on": "2023-04-19", "people": 18}


def test_an_entry_is_not_found_in_another_ledger(town: Town, sign_in: SignIn) -> None:
    entry = training(town)
    assert sign_in("li").get(f"/registers/evaluations/{entry.id}").status_code == 404
    assert sign_in("li").get("/registers/gossip").status_code == 404


def test_a_neighbours_entry_does_not_exist_for_our_clerk(town: Town, sign_in: SignIn) -> None:
    with transaction():
        entry = enter("trainings", town.neighbour, TRAINING, by=town.wu)
    client = sign_in("li")
    assert client.get(f"/registers/trainings/{entry.id}").status_code == 404
    assert client.get(f"/registers?unit={town.neighbour.code}").status_code == 404


def test_the_leader_reads_and_does_not_write(town: Town, sign_in: SignIn) -> None:
    entry = training(town)
    client = sign_in("zhao")
    page = client.get("/registers/trainings?year=2023").get_data(as_text=True)
    assert "村务公开培训" in page
    assert "记一条" not in page
    assert client.get("/registers/trainings/new").status_code == 403
    assert client.post(f"/registers/trainings/{entry.id}", data={}).status_code == 403


def test_a_village_secretary_does_not_see_the_ledgers(town: Town, sign_in: SignIn) -> None:
    assert sign_in("chen").get("/registers").status_code == 403


def test_the_countys_inspector_chooses_a_township(town: Town, sign_in: SignIn) -> None:
    client = sign_in("wu")
    page = client.get(f"/registers?unit={town.neighbour.code}&year=2023").get_data(as_text=True)
    assert "红崖子乡2023年台账共 0 条" in page
    assert "陶乐镇" in page


def test_a_year_that_is_none_means_this_year(town: Town, sign_in: SignIn) -> None:
    client = sign_in("li")
    for year in ("", "abc", "1", "99999"):
        assert f"{today().year}年台账" in client.get(f"/registers?year={year}").get_data(
            as_text=True
        )


def test_a_long_ledger_is_paged(town: Town, sign_in: SignIn) -> None:
    with transaction():
        for number in range(51):
            values = {**TRAINING, "topic": f"培训{number:03}"}
            enter("trainings", town.township, values, by=town.li)
    client = sign_in("li")
    assert "第 1 页，共 2 页" in client.get("/registers/trainings?year=2023").get_data(as_text=True)
    second = client.get("/registers/trainings?year=2023&page=2").get_data(as_text=True)
    assert second.count("<tr>") == 2
