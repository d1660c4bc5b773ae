"""Every number opens the list that it counted, and a card reminds the village once a day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import func, select
from village_catalogue import build_catalogue

from taole.core.clock import noon
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.dashboard.queries import tally_cells
from taole.dashboard.tallies import total
from taole.obligations.actions import answer, declare_nothing, excuse, open_obligations
from taole.obligations.counted_queries import Counted, Wanted, select_counted
from taole.obligations.queries import list_for_period
from taole.obligations.rules import standing
from taole.organisation.actions import SYSTEM

ON = date(2023, 9, 20)
START, END = date(2023, 7, 1), date(2023, 12, 31)


@pytest.fixture
def slots(town):
    build_catalogue(town)
    with transaction():
        open_obligations(town.township, through=date(2024, 1, 31), by=SYSTEM)
    with transaction():
        for village, posted in ((0, date(2023, 7, 10)), (1, date(2023, 7, 24))):
            second = list_for_period(town.villages[village].id, "CW-01", "2023Q2")[0]
            answer(second, notice_id=new_id(), answered_on=posted, by=town.chen, at=noon(posted))
        third = list_for_period(town.villages[2].id, "CW-01", "2023Q2")[0]
        declare_nothing([third], on=date(2023, 7, 12), reason="本季度没有发生", by=town.chen)
        fourth = list_for_period(town.villages[3].id, "CW-01", "2023Q2")[0]
        excuse(fourth, reason="本村没有", by=town.li, on=date(2023, 7, 12))
    return town


def counted_of(unit, counted, section=""):
    found = select_counted(unit, Wanted(START, END, ON, counted, section))
    return db.session.scalar(select(func.count()).select_from(found.order_by(None).subquery()))


def test_each_number_of_the_overview_has_as_many_rows_behind_it(slots):
    cells = tally_cells(slots.township, start=START, end=END, on=ON)
    everything = total(cells.values())
    counts = everything.counts
    assert counts.missing > 0
    numbers = {
        Counted.DUE: counts.due,
        Counted.ANSWERED: counts.answered,
        Counted.ON_TIME: counts.on_time,
        Counted.LATE: counts.late,
        Counted.MISSING: counts.missing,
        Counted.NOTHING: counts.nothing,
        Counted.EXCUSED: counts.excused,
        Counted.IN_REVIEW: everything.in_review,
        Counted.WAITING: everything.waiting,
    }
    assert {each: counted_of(slots.township, each) for each in numbers} == numbers
    assert counted_of(slots.county, Counted.MISSING) == counts.missing
    for (unit_id, section), tally in cells.items():
        village = next(each for each in slots.villages if each.id == unit_id)
        assert counted_of(village, Counted.MISSING, section) == tally.counts.missing


def test_the_rows_of_a_count_stand_as_the_count_says(slots):
    for counted in (Counted.LATE, Counted.MISSING, Counted.NOTHING):
        rows = db.session.scalars(
            select_counted(slots.township, Wanted(START, END, ON, counted))
        ).unique()
        assert {standing(each.facts, ON).value for each in rows} == {counted.value}


def test_the_clerk_opens_the_list_behind_a_number(slots, sign_in):
    client = sign_in("li")
    overview = client.get("/overview/640221106?on=2023-09-20").get_data(as_text=True)
    links = re.findall(r'href="([^"]*/list\?[^"]*standing=missing[^"]*)">.*?(\d+)</a>', overview)
    assert links
    for link, number in links[:8]:
        page = client.get(link.replace("&amp;", "&")).get_data(as_text=True)
        assert f"{number} 项" in re.search(r"<h1>.*?</h1>", page, re.S).group()


def test_a_village_sees_only_its_own_list(slots, sign_in):
    client = sign_in("chen")
    assert client.get("/completeness/640221106201/list").status_code == 200
    assert client.get("/completeness/640221106/list").status_code == 404


@pytest.mark.parametrize("written", ["from=gestern", "to=2023-13-01"])
def test_a_day_that_is_none_is_refused_in_words(slots, sign_in, written):
    got = sign_in("li").get(f"/completeness/640221106/list?{written}")
    assert got.status_code == 409
    assert written.partition("=")[2] in got.get_data(as_text=True)


def test_a_card_reminds_the_village_once_a_day_and_shows_it(slots, sign_in):
    slot = list_for_period(slots.villages[0].id, "CW-01", "2023Q3")[0]
    client, address = sign_in("li"), f"/obligations/{slot.id}"
    assert "还没有提醒过" in client.get(address).get_data(as_text=True)
    assert client.post(f"{address}/remind").status_code == 302
    page = client.get(address).get_data(as_text=True)
    assert "还没有提醒过" not in page
    assert slots.chen.name in page
    again = client.post(f"{address}/remind")
    assert again.status_code == 422
    assert "今天已经提醒过" in again.get_data(as_text=True)


def test_the_text_for_the_chat_names_the_item_its_period_and_a_short_link(slots, sign_in):
    slot = list_for_period(slots.villages[4].id, "CW-01", "2023Q2")[0]
    page = sign_in("li").get(f"/obligations/{slot.id}?on=2023-07-20").get_data(as_text=True)
    text = re.search(r'<textarea id="chat-text"[^>]*>(.*?)</textarea>', page, re.S).group(1)
    assert slots.villages[4].name in text
    assert "2023年第二季度" in text
    assert "/s/o" in text
    assert len(text) < 500


def test_what_is_answered_offers_no_reminder(slots, sign_in):
    slot = list_for_period(slots.villages[0].id, "CW-01", "2023Q2")[0]
    client = sign_in("li")
    assert "提醒一次" not in client.get(f"/obligations/{slot.id}").get_data(as_text=True)
    got = client.post(f"/obligations/{slot.id}/remind")
    assert got.status_code == 422
    assert "已经办好了" in got.get_data(as_text=True)
