"""The matrix pages, the card, the signed nothing, events, item changes, the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from village_catalogue import build_catalogue

from taole.core.clock import noon
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.obligations.actions import answer, open_obligations, record_event
from taole.obligations.queries import get_obligation, list_for_period
from taole.obligations.rules import Answer
from taole.organisation.actions import SYSTEM

ON = "?on=2023-09-20"


@pytest.fixture
def catalogue(town):
    """The third quarter: 东园村 posted in time, 施家台子村 late, the others not."""
    made = build_catalogue(town)
    with transaction():
        open_obligations(town.township, through=date(2024, 1, 31), by=SYSTEM)
        for village, posted in ((0, date(2023, 7, 10)), (1, date(2023, 7, 24))):
            second = list_for_period(town.villages[village].id, "CW-01", "2023Q2")[0]
            answer(second, notice_id=new_id(), answered_on=posted, by=town.chen, at=noon(posted))
    return made


def page(client, address, status=200):
    got = client.get(address)
    assert got.status_code == status, got.get_data(as_text=True)[:400]
    return got.get_data(as_text=True)


def slot(town, code="CW-01", key="2023Q2", village=0):
    return list_for_period(town.villages[village].id, code, key)[0]


def test_everybody_comes_to_the_widest_unit_they_may_look_at(town, catalogue, sign_in):
    for account, code in (("chen", "640221106201"), ("li", "640221106"), ("wu", "640221")):
        got = sign_in(account).get("/completeness")
        assert got.headers["Location"].endswith(f"/completeness/{code}")


def test_the_clerk_sees_villages_by_matters_with_what_is_missing_first(town, catalogue, sign_in):
    shown = page(sign_in("li"), f"/completeness/640221106{ON}")
    assert "村级财务收支" in shown
    assert "东园村" in shown
    assert "迟4天" in shown
    assert "缺 · 超62天" in shown
    assert "格缺" in shown


def test_the_matrix_is_filtered_by_section_frequency_and_standing(town, catalogue, sign_in):
    clerk = sign_in("li")
    shown = page(clerk, f"/completeness/640221106{ON}&section=财务管理")
    assert "村级财务收支" in shown
    assert "村两委成员" not in shown
    shown = page(clerk, f"/completeness/640221106{ON}&frequency=yearly")
    assert "村级财务收支" not in shown
    shown = page(clerk, f"/completeness/640221106{ON}&standing=late")
    assert "村级财务收支" in shown
    assert "补贴发放" not in shown


def test_a_secretary_sees_the_year_of_the_own_village_and_no_other(town, catalogue, sign_in):
    secretary = sign_in("chen")
    shown = page(secretary, f"/completeness/640221106201{ON}&year=2023")
    assert "12月" in shown
    assert "村级财务收支" in shown
    page(secretary, "/completeness/640221106202", 404)
    page(secretary, "/completeness/640221106", 404)


def test_the_county_sees_units_by_sections_with_rates_and_counts(town, catalogue, sign_in):
    inspector = sign_in("wu")
    shown = page(inspector, f"/completeness/640221{ON}&period=2023")
    assert "陶乐镇" in shown
    assert "马太沟村" in shown
    assert "红崖子乡" in shown
    shown = page(inspector, f"/completeness/640221{ON}&period=2023&band=low")
    assert "东园村" in shown
    assert inspector.get("/completeness/640221?period=何时").status_code == 409


def test_the_matrix_needs_no_more_statements_for_more_villages(town, catalogue, sign_in):
    clerk = sign_in("li")
    said = []

    def hear(_connection, _cursor, statement, *_rest):
        said.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        page(clerk, f"/completeness/640221106{ON}")
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert len(said) < 20, said


def test_the_card_says_in_one_sentence_why_a_cell_is_late(town, catalogue, sign_in):
    late = slot(town, village=1)
    shown = page(sign_in("li"), f"/obligations/{late.id}{ON}")
    assert "应在2023年7月20日前公示，2023年7月24日才公示，迟了4天。" in shown
    assert 'id="card"' in shown


def test_what_was_entered_weeks_later_is_marked_as_a_late_entry(town, catalogue, sign_in):
    first = slot(town, key="2023Q1")
    with transaction():
        answer(
            get_obligation(first.id),
            notice_id=new_id(),
            answered_on=date(2023, 4, 18),
            by=town.chen,
            at=noon(date(2023, 5, 30)),
        )
    assert "补录" in page(sign_in("chen"), f"/obligations/{first.id}")


def test_a_strangers_obligation_does_not_exist(town, catalogue, sign_in):
    page(sign_in("liu"), f"/obligations/{slot(town).id}", 404)
    page(sign_in("li"), f"/obligations/{new_id()}", 404)


def test_the_clerk_excuses_a_cell_and_takes_it_back(town, catalogue, sign_in):
    clerk, missing = sign_in("li"), slot(town, village=2).id
    got = clerk.post(f"/obligations/{missing}/excuse", data={"reason": ""})
    assert got.status_code == 422
    assert clerk.post(f"/obligations/{missing}/excuse", data={"reason": "账在移交"}).location
    assert get_obligation(missing).answer is Answer.EXCUSED
    assert "账在移交" in page(clerk, f"/obligations/{missing}")
    clerk.post(f"/obligations/{missing}/reopen", data={"reason": "移交完了"})
    db.session.expire_all()
    assert get_obligation(missing).answer is None


def test_a_supervisor_looks_but_does_not_excuse_nor_sign(town, catalogue, sign_in):
    supervisor, missing = sign_in("zhou"), slot(town, key="2023Q1").id
    page(supervisor, f"/obligations/{missing}")
    for act in ("excuse", "nothing", "reopen"):
        got = supervisor.post(f"/obligations/{missing}/{act}", data={"reason": "没有"})
        assert got.status_code == 403


def test_a_published_quarter_is_not_reopened_behind_the_notice(town, catalogue, sign_in):
    got = sign_in("li").post(f"/obligations/{slot(town).id}/reopen", data={"reason": "改"})
    assert got.status_code == 422
    assert "撤回公示" in got.get_data(as_text=True)


def test_one_page_signs_all_matters_of_a_quarter_that_did_not_happen(town, catalogue, sign_in):
    secretary = sign_in("chen")
    dibao = slot(town, "SB-01").id
    shown = page(secretary, "/villages/640221106201/nothing?period=2023Q2")
    assert "低保初审公示" in shown
    assert "陈某" in shown
    got = secretary.post(
        "/villages/640221106201/nothing",
        data={"period": "2023Q2", "matters": [str(dibao)], "reason": ""},
    )
    assert got.status_code == 422
    got = secretary.post(
        "/villages/640221106201/nothing",
        data={"period": "2023Q2", "matters": [str(dibao)], "reason": "本季度没有发生"},
    )
    assert got.status_code == 302
    signed = get_obligation(dibao)
    assert signed.answer is Answer.NOTHING
    assert signed.answered_by_id == town.chen.id


def test_another_villages_matter_cannot_be_signed_away(town, catalogue, sign_in):
    other = slot(town, "SB-01", village=1).id
    got = sign_in("chen").post(
        "/villages/640221106201/nothing",
        data={"period": "2023Q2", "matters": [str(other)], "reason": "没有"},
    )
    assert got.status_code == 422
    assert get_obligation(other).answer is None


def test_a_matter_with_an_event_is_named_and_not_offered_for_signing(town, catalogue, sign_in):
    with transaction():
        record_event(
            town.villages[0],
            catalogue.dibao,
            happens_on=date(2023, 5, 4),
            title="5月低保初审",
            by=town.chen,
        )
    shown = page(sign_in("chen"), "/villages/640221106201/nothing?period=2023Q2")
    assert "请登记公示" in shown


def test_a_secretary_records_an_event_and_is_told_the_due_day(town, catalogue, sign_in):
    secretary = sign_in("chen")
    address = "/villages/640221106201/events/new"
    assert "低保初审公示" in page(secretary, address)
    assert "村级财务收支" not in page(secretary, address)
    data = {"item": "SB-01", "title": "9月低保初审", "happens_on": "2023-09-04"}
    got = secretary.post(address, data=data)
    assert got.status_code == 302
    assert "2023年9月18日" in page(secretary, got.headers["Location"])
    again = secretary.post(address, data=data)
    assert again.status_code == 422
    assert "已经登记过" in again.get_data(as_text=True)
    data["happens_on"] = "2039-03-01"
    assert "2039年的放假安排" in secretary.post(address, data=data).get_data(as_text=True)


def test_a_clerk_sees_what_a_change_of_an_item_touches_before_it_happens(town, catalogue, sign_in):
    clerk = sign_in("li")
    address = f"/catalogue/items/{catalogue.accounts.id}/change"
    assert "每季度首月20日前" in page(clerk, address)
    data = {
        "what": "retire",
        "from_on": "2099-01-01",
        "title": "村级财务收支",
        "frequency": "quarterly",
        "deadline_text": "",
    }
    got = clerk.post(address, data=data)
    assert got.status_code == 200
    assert "过去的周期一个也不变" in got.get_data(as_text=True)
    db.session.expire_all()
    assert catalogue.accounts.effective_until is None
    assert clerk.post(address, data={**data, "confirm": "1"}).status_code == 302
    db.session.expire_all()
    assert catalogue.accounts.effective_until == date(2099, 1, 1)


def test_a_day_that_has_passed_is_refused_before_anything_is_shown(town, catalogue, sign_in):
    got = sign_in("li").post(
        f"/catalogue/items/{catalogue.accounts.id}/change",
        data={
            "what": "retire",
            "from_on": "2023-07-01",
            "title": "村级财务收支",
            "frequency": "quarterly",
        },
    )
    assert got.status_code == 422
    assert "生效日期写成了" in got.get_data(as_text=True)


def test_a_time_limit_that_is_not_understood_is_asked_back(town, catalogue, sign_in):
    got = sign_in("li").post(
        f"/catalogue/items/{catalogue.accounts.id}/change",
        data={
            "what": "change",
            "from_on": "2099-01-01",
            "title": "村级财务收支",
            "frequency": "quarterly",
            "deadline_text": "有空的时候",
        },
    )
    assert got.status_code == 422
    page(sign_in("chen"), f"/catalogue/items/{catalogue.accounts.id}/change", 403)


def test_the_calendar_says_plainly_which_year_is_not_entered(town, sign_in):
    shown = page(sign_in("chen"), "/calendar?year=2039")
    assert "2039年放假安排还没有录入" in shown
    assert "录入或修改一年" not in shown


def test_the_calendar_calculates_a_deadline(town, sign_in):
    client = sign_in("chen")
    shown = page(client, "/calendar?year=2023&start=2023-09-25&days=10&unit=working")
    assert "到2023年10月13日" in shown
    shown = page(client, "/calendar?start=2039-09-25&days=10&unit=working")
    assert "2039年的放假安排" in shown


def test_the_clerk_enters_a_year_after_seeing_what_moves(town, sign_in):
    clerk = sign_in("li")
    data = {"year": "2039", "lines": "2039-01-24至2039-01-30 休 春节"}
    got = clerk.post("/calendar", data=data)
    assert got.status_code == 200
    assert "没有未到期的期限要改" in got.get_data(as_text=True)
    assert "2039年放假安排还没有录入" in page(clerk, "/calendar?year=2039")
    assert clerk.post("/calendar", data={**data, "confirm": "1"}).status_code == 302
    shown = page(clerk, "/calendar?year=2039")
    assert "2039年的工作日历" in shown
    assert "春节" in shown
    got = clerk.post("/calendar", data={"year": "2039", "lines": "春节放假"})
    assert got.status_code == 422
    assert "第1行看不懂" in got.get_data(as_text=True)
    assert sign_in("chen").post("/calendar", data=data).status_code == 403
