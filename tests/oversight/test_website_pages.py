"""The township's columns on the county's website, as 李某 sees them."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import event

from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueKind
from taole.catalogue.queries import find_item
from taole.core.database import db
from taole.core.figures import REGISTRY, Scope, evaluate
from taole.core.transactions import transaction
from taole.notices.workflow import NoticeState
from taole.organisation.queries import get_unit
from taole.oversight.column_rules import Standing
from taole.oversight.website_queries import (
    list_messages_near_three_months,
    updates_by_month,
    website_columns,
    website_vetoes,
)
from taole.oversight.website_rules import Rule
from tests.notices.notice_factory import adopt_catalogue
from tests.oversight.website_factory import adopt_columns, put_online, write_message

ON = date(2023, 9, 20)
HOME = "/website-duty/640221106"


@pytest.fixture
def columns(town):
    return adopt_columns(town.township)


def standings(town, on=ON):
    return {each.item.code: each.standing for each in website_columns(town.township, on)}


def test_a_column_is_as_fresh_as_its_last_update(town, columns):
    put_online(town.office, columns["WZ-15"], ON - timedelta(10))
    put_online(town.office, columns["WZ-01"], ON - timedelta(181))
    put_online(town.office, columns["WZ-13"], date(2022, 2, 1))
    put_online(town.office, columns["WZ-04"], ON - timedelta(30))
    assert standings(town) == {
        "WZ-01": Standing.STALE,
        "WZ-02": Standing.FRESH,  # 部门决算 stands below 预决算公开
        "WZ-04": Standing.FRESH,
        "WZ-05": Standing.EMPTY,
        "WZ-13": Standing.STANDING_PAGE,
        "WZ-15": Standing.WARN10,
    }
    assert standings(town, ON - timedelta(11))["WZ-15"] is Standing.EMPTY
    depths = {each.item.code: each.depth for each in website_columns(town.township, ON)}
    assert [code for code, depth in depths.items() if depth] == ["WZ-04"]


def test_what_was_withdrawn_repeated_or_taken_down_does_not_keep_a_column_fresh(town, columns):
    news = columns["WZ-15"]
    first = put_online(town.office, news, ON - timedelta(20))
    put_online(town.office, news, ON - timedelta(1), state=NoticeState.WITHDRAWN)
    put_online(town.office, news, ON - timedelta(2), repeats_id=first.id)
    put_online(town.office, news, ON - timedelta(3), channel=Channel.WECHAT, column_code="")
    (state,) = (each for each in website_columns(town.township, ON) if each.item.code == "WZ-15")
    assert (state.standing, state.last_on) == (Standing.STALE, ON - timedelta(20))
    assert (state.content.up, state.days_left) == (2, -6)
    papers = columns["WZ-01"]
    put_online(town.office, papers, ON - timedelta(9), taken_down_on=ON - timedelta(1))
    assert standings(town)["WZ-01"] is Standing.EMPTY
    assert standings(town, ON - timedelta(2))["WZ-01"] is Standing.FRESH


def test_the_months_agree_with_the_figure_of_the_report(town, columns):
    for month in range(1, 10):
        put_online(town.office, columns["WZ-15"], date(2023, month, 5))
        put_online(town.office, columns["WZ-15"], date(2023, month, 5))
        put_online(town.office, columns["WZ-13"], date(2023, month, 6))  # a page update
    put_online(town.office, columns["WZ-15"], date(2023, 9, 20))
    put_online(town.office, columns["WZ-15"], date(2023, 9, 28))
    months = updates_by_month(town.township, 2023, ON)
    assert [each.days for each in months[:9]] == [1] * 8 + [2]
    scope = Scope(town.township.id, town.township.path, date(2023, 1, 1), ON)
    assert evaluate(REGISTRY["P6-update-freq"], scope) == min(each.days for each in months[:9])


def test_the_veto_rules_are_run_on_our_own_columns(town, columns):
    put_online(town.office, columns["WZ-15"], ON - timedelta(16))
    write_message(town.township, date(2023, 6, 19))
    write_message(town.township, date(2023, 6, 19), replied_on=date(2023, 6, 25))
    found = {each.rule: each for each in website_vetoes(town.township, ON)}
    assert found[Rule.COLUMNS_EMPTY].value == 5
    assert found[Rule.COLUMNS_EMPTY].is_hit
    assert found[Rule.COLUMNS_STALE].codes == ("WZ-15",)
    assert (found[Rule.HOME_STALE].value, found[Rule.HOME_STALE].is_hit) == (16, True)
    assert found[Rule.MESSAGES_UNANSWERED].value == 1


def test_messages_near_their_three_months_are_listed_until_they_are_answered(town):
    write_message(town.township, date(2023, 6, 1), "修路")
    write_message(town.township, date(2023, 6, 25), "浇水")
    write_message(town.township, date(2023, 7, 20), "还早")
    write_message(town.township, date(2023, 6, 1), "答过了", replied_on=date(2023, 6, 9))
    write_message(town.township, date(2023, 6, 1), "后来才答", replied_on=date(2023, 9, 21))
    told = list_messages_near_three_months(town.township, ON)
    assert [(each.message.subject, each.is_over) for each in told[-1:]] == [("浇水", False)]
    assert {each.message.subject for each in told} == {"修路", "后来才答", "浇水"}
    assert [each.days_left for each in told] == [-19, -19, 5]


def test_the_page_opens_with_the_state_in_one_sentence(town, columns, sign_in):
    put_online(town.office, columns["WZ-15"], ON - timedelta(12))
    write_message(town.township, date(2023, 6, 1), "修路的事")
    page = sign_in("li").get(f"{HOME}?on={ON}").get_data(as_text=True)
    assert "<h1>1个栏目快到期，5个空栏目，本月更新1次，还差1次</h1>" in page
    assert "修路的事" in page
    assert "每月清理" in page
    assert "否决" in page
    narrowed = sign_in("zhao").get(f"{HOME}?on={ON}&standing=warn10").get_data(as_text=True)
    table = narrowed[narrowed.rindex("<table") :]
    assert "动态要闻" in table
    assert "社会救助" not in table
    assert "每月清理" not in narrowed


def test_a_column_opens_its_postings_with_those_below_it(town, columns, sign_in):
    put_online(town.service_centre, columns["WZ-04"], date(2023, 9, 7), "2022年部门决算")
    put_online(town.service_centre, columns["WZ-02"], date(2023, 2, 7), "2023年预算说明")
    li = sign_in("li")
    page = li.get(f"{HOME}/columns/WZ-02").get_data(as_text=True)
    assert "在网 2 条，共发布过 2 条" in page
    assert page.index("2022年部门决算") < page.index("2023年预算说明")
    assert "还没有发布过内容" in li.get(f"{HOME}/columns/WZ-05").get_data(as_text=True)
    assert li.get(f"{HOME}/columns/WZ-99").status_code == 404
    assert li.get("/website-duty/640221106201").status_code == 404


def at_midnight(day):
    """A day as a workbook gives it back."""
    return datetime.combine(day, datetime.min.time())


def test_the_ledger_of_columns_is_a_paper_and_a_workbook(town, columns, sign_in):
    put_online(town.office, columns["WZ-15"], ON - timedelta(20))
    li = sign_in("li")
    paper = li.get(f"{HOME}/ledger?on={ON}").get_data(as_text=True)
    assert "陶乐镇政府网站栏目更新台账（2023年）" in paper
    answer = li.get(f"{HOME}/ledger.xlsx?on={ON}")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = {row[1]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert rows["WZ-15"][4:10] == (
        14,
        1,
        at_midnight(date(2023, 8, 31)),
        at_midnight(date(2023, 9, 14)),
        -6,
        "超期",
    )
    assert rows["WZ-04"][2] == "　部门决算"


def test_the_shortcut_leads_to_ones_own_township(town, sign_in):
    assert sign_in("li").get("/website-duty").location == HOME
    assert sign_in("wu").get("/website-duty").location.startswith("/website-duty/64022")
    empty = sign_in("li").get(HOME).get_data(as_text=True)
    assert "还没有采用网站栏目" in empty


def test_the_page_asks_the_database_as_often_for_many_postings_as_for_one(town, columns, sign_in):
    li, counts = sign_in("li"), []
    for many in (1, 5):
        office = get_unit("640221106-zhb")
        news = find_item(office.township_id, "WZ-15", ON, CatalogueKind.WEBSITE)
        for _ in range(many):
            put_online(office, news, ON, formed_on=date(2023, 8, 1))
            write_message(get_unit("640221106"), date(2023, 6, 1))
        db.session.remove()
        counts.append(count_statements(li, f"{HOME}?on={ON}"))
    assert counts[0] == counts[1] <= 20


def count_statements(browser, address):
    asked = []

    def hear(*told):
        asked.append(told[2])

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        assert browser.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    return len(asked)


def test_the_day_on_which_information_was_formed_is_asked_checked_and_shown(town, columns, sign_in):
    address = "/villages/640221106-msfw/notices/new?item=WZ-05"
    shanghai = ZoneInfo("Asia/Shanghai")
    with time_machine.travel(datetime(2023, 9, 20, 10, tzinfo=shanghai), tick=False):
        qian = sign_in("qian")
        form = qian.get(address).get_data(as_text=True)
        assert "信息形成日期" in form
        sent = {
            "token": re.search(r'name="token"[^>]*value="([^"]+)"', form)[1],
            "period_key": re.search(r'name="period_key".*?value="([^"]+)"', form, re.S)[1],
            "title": "社会救助公示",
            "body": "名单见附件。",
            "formed_on": "2023-09-21",
        }
        refused = qian.post(address, data=sent)
        assert refused.status_code == 422
        assert "信息形成日期还没到" in refused.get_data(as_text=True)
        assert "名单见附件。" in refused.get_data(as_text=True)
        kept = qian.post(address, data=sent | {"formed_on": "2023-09-18"})
        assert kept.status_code == 302
        shown = qian.get(kept.location).get_data(as_text=True)
        assert "9月18日 形成" in shown
        edit = qian.get(f"{kept.location}/edit").get_data(as_text=True)
        assert 'value="2023-09-18"' in edit
        waits = sign_in("li").get(f"{HOME}/disclosures").get_data(as_text=True)
        assert "2023-09-18 形成，要在 2023-10-20 前公开" in waits


def test_a_village_is_asked_only_where_the_matter_goes_online(town, sign_in):
    with transaction():
        catalogue = adopt_catalogue(town.township)
        catalogue["CW-01"].channels = [*catalogue["CW-01"].channels, Channel.WEBSITE]
    chen = sign_in("chen")
    for code, is_asked in (("CW-01", True), ("SB-08", False)):
        page = chen.get(f"/villages/640221106201/notices/new?item={code}").get_data(as_text=True)
        assert ("信息形成日期" in page) is is_asked, code
