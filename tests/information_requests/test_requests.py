"""Requests for information in 陶乐镇: taken in, answered, counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from taole.annual_report.tables import build_table_three
from taole.core.clock import today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.figures import Scope, measure
from taole.core.transactions import transaction
from taole.information_requests.actions import correct_receipt, decide, receive
from taole.information_requests.models import InformationRequest
from taole.information_requests.queries import grid
from taole.information_requests.rules import ApplicantKind, Decision, RequestChannel
from taole.trail.models import TrailLine

if TYPE_CHECKING:
    from cast import Town

SignIn = Callable[[str], FlaskClient]


def asked(town: Town, received_on: date, **changed: Any) -> InformationRequest:
    values: dict[str, Any] = {
        "channel": RequestChannel.IN_PERSON,
        "applicant_kind": ApplicantKind.NATURAL,
        "subject": "2022年征地补偿方案",
        **changed,
    }
    return receive(town.township, received_on=received_on, by=town.li, **values)


def scope(town: Town, year: int = 2023) -> Scope:
    return Scope(town.township.id, town.township.path, date(year, 1, 1), date(year, 12, 31))


def last_line() -> TrailLine:
    line = db.session.scalar(select(TrailLine).order_by(TrailLine.number.desc()).limit(1))
    assert line is not None
    return line


def test_a_request_is_due_twenty_working_days_on_and_told_in_the_trail(town: Town) -> None:
    request = asked(town, date(2023, 9, 1))
    assert request.due_on == date(2023, 10, 7)
    line = last_line()
    assert (line.verb, line.object_id) == ("receive", request.id)
    assert line.after["due_on"] == "2023-10-07"


def test_a_request_from_tomorrow_or_about_nothing_is_refused(town: Town) -> None:
    with pytest.raises(Refused, match="这一天还没到"):
        asked(town, today() + timedelta(days=1))
    with pytest.raises(Refused, match="请填写“申请内容”"):
        asked(town, date(2023, 9, 1), subject="  ")
    with pytest.raises(Refused, match="最多 200 个字"):
        asked(town, date(2023, 9, 1), subject="长" * 201)


def test_an_answer_before_the_request_is_refused(town: Town) -> None:
    request = asked(town, date(2023, 9, 1))
    with pytest.raises(Refused, match="早于“收到日期”"):
        decide(request, decision=Decision.GRANTED, decided_on=date(2023, 8, 31), by=town.li)
    assert request.decision is None


def test_an_answer_can_be_put_right_and_the_trail_keeps_both(town: Town) -> None:
    request = asked(town, date(2023, 9, 1))
    decide(request, decision=Decision.GRANTED, decided_on=date(2023, 9, 5), by=town.li)
    assert last_line().verb == "decide"
    decide(request, decision=Decision.PARTIAL, decided_on=date(2023, 9, 5), by=town.li)
    line = last_line()
    assert line.verb == "correct"
    assert (line.before["decision"], line.after["decision"]) == ("granted", "partial")


def test_another_day_of_receipt_moves_the_deadline(town: Town) -> None:
    request = asked(town, date(2023, 9, 1))
    same = {
        "channel": request.channel,
        "applicant_kind": request.applicant_kind,
        "subject": request.subject,
    }
    correct_receipt(request, received_on=date(2023, 3, 1), by=town.li, **same)
    assert request.due_on == date(2023, 3, 29)
    decide(request, decision=Decision.GRANTED, decided_on=date(2023, 3, 2), by=town.li)
    with pytest.raises(Refused, match="早于“收到日期”"):
        correct_receipt(request, received_on=date(2023, 3, 3), by=town.li, **same)
    assert request.received_on == date(2023, 3, 1)


def test_the_years_figures_and_table_three_count_the_same_requests(town: Town) -> None:
    before = asked(town, date(2022, 12, 1), subject="上年答复")
    decide(before, decision=Decision.GRANTED, decided_on=date(2022, 12, 31), by=town.li)
    carried = asked(town, date(2022, 12, 20), subject="结转", channel=RequestChannel.WEBSITE)
    decide(carried, decision=Decision.UNABLE_NOT_HELD, decided_on=date(2023, 1, 1), by=town.li)
    asked(town, date(2023, 1, 1), subject="元旦", channel=RequestChannel.WEBSITE)
    late = asked(town, date(2023, 12, 31), subject="年底", applicant_kind=ApplicantKind.COMMERCIAL)
    decide(late, decision=Decision.GRANTED, decided_on=date(2024, 1, 1), by=town.li)
    asked(town, date(2024, 1, 1), subject="次年")

    labels = {
        key: [record.label for record in measure(key, scope(town)).records]
        for key in ("P1-request", "P6-request", "T3-cells")
    }
    assert labels == {
        "P1-request": ["元旦", "年底"],
        "P6-request": ["元旦"],
        "T3-cells": ["结转", "元旦", "年底"],
    }
    counts = grid(town.township.id, 2023)
    table = build_table_three(counts.new, counts.carried_in, counts.decisions, counts.carried_out)
    assert [table.number(row, "total") for row in ("R1", "R2", "R3.7", "R4")] == [2, 1, 1, 2]
    assert table.number("R3.4.1", "natural") == 1
    assert measure("T3-cells", scope(town)).value == 3


def test_a_year_without_requests_counts_none(town: Town) -> None:
    for key in ("P1-request", "P6-request", "T3-cells"):
        assert measure(key, scope(town)).value == 0


def test_the_clerk_registers_a_request_and_sees_how_long_is_left(
    town: Town, sign_in: SignIn
) -> None:
    client = sign_in("li")
    answer = client.post(
        "/requests/new",
        data={
            "subject": "低保评审会议记录",
            "applicant_kind": "natural",
            "channel": "in_person",
            "received_on": "2023-09-01",
        },
    )
    assert answer.status_code == 302
    page = client.get(answer.location).get_data(as_text=True)
    assert "还有 1 件申请要答复，其中 1 件快到期或已超期" in page
    assert "s-miss" in page
    assert "低保评审会议记录" in page


def test_a_fresh_request_is_not_in_red(town: Town, sign_in: SignIn) -> None:
    with transaction():
        request = asked(town, today())
    assert (request.due_on - today()).days > 3
    page = sign_in("li").get("/requests").get_data(as_text=True)
    assert "还有 1 件申请要答复" in page
    assert "快到期" not in page


def test_the_clerk_answers_a_request(town: Town, sign_in: SignIn) -> None:
    with transaction():
        request = asked(town, date(2023, 9, 1))
    client = sign_in("li")
    address = f"/requests/{request.id}"
    assert "属于国家秘密" in client.get(address).get_data(as_text=True)
    early = client.post(address, data={"decision": "granted", "decided_on": "2023-08-01"})
    assert early.status_code == 422
    assert "早于“收到日期”" in early.get_data(as_text=True)
    answer = client.post(address, data={"decision": "granted", "decided_on": "2023-10-09"})
    assert answer.status_code == 302
    page = client.get(answer.location).get_data(as_text=True)
    assert "2023年收到 1 件，答复 1 件" in page
    assert "予以公开" in page
    assert "没有等待答复的申请" in page
    assert "已答复" in client.get(address).get_data(as_text=True)


def test_the_clerk_puts_a_receipt_right(town: Town, sign_in: SignIn) -> None:
    with transaction():
        request = asked(town, date(2023, 9, 1))
    client = sign_in("li")
    address = f"/requests/{request.id}/receipt"
    assert "2022年征地补偿方案" in client.get(address).get_data(as_text=True)
    data = {
        "subject": "2021年征地补偿方案",
        "applicant_kind": "legal",
        "channel": "website",
        "received_on": "2023-03-01",
    }
    assert client.post(address, data=data).status_code == 302
    db.session.expire_all()
    found = db.session.scalar(select(InformationRequest))
    assert found is not None
    assert (found.applicant_kind, found.due_on) == (ApplicantKind.LEGAL, date(2023, 3, 29))


def test_a_form_left_empty_says_what_is_missing(town: Town, sign_in: SignIn) -> None:
    answer = sign_in("li").post("/requests/new", data={})
    assert answer.status_code == 422
    assert "有 4 处要改" in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(InformationRequest)) == 0


def test_the_form_asks_not_to_write_who_applied(town: Town, sign_in: SignIn) -> None:
    page = sign_in("li").get("/requests/new").get_data(as_text=True)
    assert "不写申请人的姓名、电话、住址和身份证号" in page


def test_a_neighbours_request_does_not_exist_for_our_clerk(town: Town, sign_in: SignIn) -> None:
    with transaction():
        theirs = receive(
            town.neighbour,
            received_on=date(2023, 9, 1),
            channel=RequestChannel.POST,
            applicant_kind=ApplicantKind.NATURAL,
            subject="邻乡的申请",
            by=town.wu,
        )
    clerk = sign_in("li")
    assert clerk.get(f"/requests/{theirs.id}").status_code == 404
    assert "邻乡的申请" not in clerk.get("/requests").get_data(as_text=True)


def test_the_leader_reads_requests_and_does_not_answer_them(town: Town, sign_in: SignIn) -> None:
    with transaction():
        ours = asked(town, date(2023, 9, 1))
    leader = sign_in("zhao")
    page = leader.get("/requests").get_data(as_text=True)
    assert "2022年征地补偿方案" in page
    assert "登记申请" not in page
    assert leader.get(f"/requests/{ours.id}").status_code == 403
    assert leader.get(f"/requests/{ours.id}/receipt").status_code == 403
    assert leader.get("/requests/new").status_code == 403


def test_a_village_secretary_does_not_see_the_requests(town: Town, sign_in: SignIn) -> None:
    assert sign_in("chen").get("/requests").status_code == 403
