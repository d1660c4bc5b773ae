"""Where people arrive, what the pages say, and how few statements they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import event

from taole.access.permissions import Role
from taole.core.clock import noon, today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.dashboard.queries import count_by_fortnight, list_villages_now, tally_cells
from taole.dashboard.rules import last_fortnights
from taole.dashboard.tallies import total
from taole.inspections.actions import add_finding
from taole.inspections.workflow import InspectionKind, Severity
from taole.notices.actions import send_back, submit, write
from taole.obligations.actions import answer, declare_nothing, excuse
from taole.obligations.completeness_queries import Grouping, completeness
from taole.obligations.models import Obligation
from taole.organisation.actions import SYSTEM, found_unit, give_role
from taole.organisation.queries import get_user
from taole.organisation.rules import UnitKind
from tests.notices.notice_factory import adopt_catalogue, owe

ON = date(2023, 9, 20)
DONGYUAN = "/villages/640221106201/?on=2023-09-20"
OVERVIEW = "/overview/640221106?on=2023-09-20"


@pytest.fixture
def items(town):
    with transaction():
        return adopt_catalogue(town.township)


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def hear(_connection, _cursor, statement, *_rest) -> None:
        if statement.strip().upper() not in ("BEGIN", "ROLLBACK"):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)


@pytest.mark.parametrize(
    ("account", "place"),
    [
        ("chen", "/villages/640221106201/"),
        ("zhou", "/villages/640221106201/"),
        ("qian", "/notices"),
        ("li", "/overview/640221106"),
        ("zhao", "/overview/640221106"),
        ("zheng", "/overview/640221106"),
        ("wu", "/overview/640221"),
    ],
)
def test_everybody_arrives_at_their_own_place(town, sign_in, account, place):
    client = sign_in(account)
    assert client.get("/").location == place
    assert client.get(place).status_code == 200


def test_who_also_serves_the_township_arrives_there(town, sign_in):
    with transaction():
        give_role(get_user(town.chen.id), Role.CLERK, town.township, from_on=ON, by=SYSTEM)
    assert sign_in("chen").get("/").location == "/overview/640221106"


def test_who_has_no_role_left_is_told_whom_to_ask(town, sign_in):
    with transaction():
        for held in get_user(town.qian.id).memberships:
            held.until_on = today()
    answer = sign_in("qian").get("/", follow_redirects=True)
    assert answer.status_code == 403
    assert "请镇综合办公室给您开通" in answer.get_data(as_text=True)


def test_the_home_of_dongyuan_says_what_is_to_be_done(town, items, sign_in):
    village = town.villages[0]
    with transaction():
        late = owe(village, items["CW-01"], "2023Q2", date(2023, 9, 10))
        owe(village, items["SB-08"], "2023-08", date(2023, 9, 22))
        returned = owe(village, items["QN-01"], "2023-08", date(2023, 9, 21))
        notice = write(
            village,
            items["QN-01"],
            period_key="2023-08",
            title="东园村2023年8月耕地地力保护补贴",
            body="如下。",
            by=town.chen,
        )
        submit(notice, by=town.chen)
        send_back(notice, reason="合计与明细对不上", by=town.zhou)
        finding = add_finding(
            village,
            source=InspectionKind.DAILY,
            statement="公示栏没写监督电话",
            severity=Severity.MINOR,
            found_on=date(2023, 9, 12),
            due_on=date(2023, 9, 22),
            by=town.li,
        )
        owe(town.villages[1], items["CW-01"], "2023Q1", date(2023, 9, 1))
    page = sign_in("chen").get(DONGYUAN).get_data(as_text=True)
    assert "还有 4 件要办，其中 1 件已超期" in page
    for words in ("已超期 1", "要改正 2", "本期要公示 1", "超 10 天", "退回：合计与明细对不上"):
        assert words in page
    assert f"/villages/640221106201/notices/new?obligation={late.id}" in page
    assert f"/notices/{notice.id}" in page
    assert f"/findings/{finding.id}" in page
    assert f"obligation={returned.id}" not in page
    assert page.count("btn-primary") == 1


def test_a_village_with_everything_done_is_told_so(town, items, sign_in):
    with transaction():
        owed = owe(town.villages[0], items["SB-08"], "2023-08", date(2023, 9, 22))
        declare_nothing([owed], on=date(2023, 9, 14), reason="本月没有发放", by=town.chen)
    page = sign_in("chen").get(DONGYUAN).get_data(as_text=True)
    assert "本期都办完了" in page
    assert "1 项都已公示，都按时。" in page
    assert "2023年第20期从2023年9月25日开始，共 0 项。" in page


def test_a_village_that_owes_nothing_is_not_praised(town, sign_in):
    page = sign_in("chen").get(DONGYUAN).get_data(as_text=True)
    assert "本期没有要公示的事项" in page


def test_the_supervisor_looks_on_and_is_offered_nothing_to_do(town, items, sign_in):
    with transaction():
        owed = owe(town.villages[0], items["SB-08"], "2023-08", date(2023, 9, 22))
    page = sign_in("zhou").get(DONGYUAN).get_data(as_text=True)
    assert f"/obligations/{owed.id}" in page
    assert "登记公示" not in page
    assert "本期无事项" not in page


def test_the_township_is_not_a_village(town, sign_in):
    assert sign_in("li").get("/villages/640221106/").status_code == 404
    assert sign_in("li").get("/overview/640221106201").status_code == 404


def test_a_day_that_is_none_is_refused_in_one_sentence(town, sign_in):
    answer = sign_in("li").get("/overview/640221106?on=gestern")
    assert answer.status_code == 409
    assert "gestern" in answer.get_data(as_text=True)


def test_a_new_township_is_shown_the_four_steps(town, sign_in):
    page = sign_in("li").get("/overview/640221106").get_data(as_text=True)
    assert "还没有公示，四步就能开始" in page


def test_the_overview_says_what_is_due_missing_and_waiting(town, items, sign_in):
    with transaction():
        for place in town.villages[:3]:
            owe(place, items["SB-08"], "2023-08", date(2023, 9, 15))
        done = owe(town.villages[3], items["SB-08"], "2023-08", date(2023, 9, 15))
        declare_nothing([done], on=date(2023, 9, 18), reason="本月没有发放", by=town.sun)
        owe(town.villages[4], items["CW-01"], "2023Q2", date(2023, 9, 28))
        notice = write(
            town.villages[0],
            items["SB-08"],
            period_key="2023-08",
            title="东园村高龄津贴",
            body="如下。",
            by=town.chen,
            at=noon(date(2023, 9, 18)),
        )
        submit(notice, by=town.chen, at=noon(date(2023, 9, 18)))
    page = sign_in("li").get(OVERVIEW).get_data(as_text=True)
    assert "到期 4 项，已公示 1 项" in page
    assert "3 项缺" in page
    assert "1 条等着审核" in page
    for words in ("项超期未公示", "最长超 5 天", "东园村高龄津贴", "25%", "2023年第三季度"):
        assert words in page
    assert page.count("btn-primary") == 1
    assert "回到今天" in page
    fortnight = sign_in("li").get(f"{OVERVIEW}&by=fortnight").get_data(as_text=True)
    assert "2023年第19期" in fortnight
    earlier = sign_in("li").get(f"{OVERVIEW}&by=fortnight&from=2023-08-28").get_data(as_text=True)
    assert "2023年第18期" in earlier
    assert "到期 0 项" in earlier


def test_the_county_sees_its_townships_and_no_other(town, items, sign_in):
    with transaction():
        owe(town.villages[0], items["SB-08"], "2023-08", date(2023, 9, 15))
    client = sign_in("wu")
    page = client.get("/overview/640221?on=2023-09-20").get_data(as_text=True)
    assert "2 个乡镇到期 1 项，已公示 0 项" in page
    assert "/overview/640221106?on=2023-09-20" in page
    assert "/overview/640221203?on=2023-09-20" in page
    assert client.get("/overview/640000").status_code == 404
    assert sign_in("li").get("/overview/640221").status_code == 404
    assert sign_in("chen").get("/overview/640221106").status_code == 404


def test_the_region_sees_its_counties(town, items, sign_in):
    with transaction():
        give_role(get_user(town.wu.id), Role.INSPECTOR, town.region, from_on=ON, by=SYSTEM)
        owe(town.villages[0], items["SB-08"], "2023-08", date(2023, 9, 15))
    client = sign_in("wu")
    assert client.get("/").location == "/overview/640000"
    page = client.get("/overview/640000?on=2023-09-20").get_data(as_text=True)
    assert "1 个县（区）到期 1 项" in page


def _scatter(town, items, seed: int) -> None:
    chance = Random(seed)
    for place in (*town.villages, town.neighbour_village):
        for code in ("SB-08", "QN-01"):
            for month in range(4, 10):
                owed = owe(place, items[code], f"2023-{month:02d}", date(2023, month + 1, 5))
                _answer_perhaps(owed, chance, town)


def _answer_perhaps(owed: Obligation, chance: Random, town) -> None:
    on = owed.due_on + timedelta(days=chance.randrange(-30, 30))
    match chance.randrange(4):
        case 0:
            answer(owed, notice_id=town.township.id, answered_on=on, by=SYSTEM)
        case 1:
            excuse(owed, reason="镇里统一公布", by=SYSTEM, on=on)
        case 2:
            owed.review_since = noon(on)


@pytest.mark.parametrize("seed", range(3))
def test_the_overview_counts_as_completeness_does(town, items, seed):
    with transaction():
        _scatter(town, items, seed)
    start, end = date(2023, 7, 1), date(2023, 9, 30)
    cells = tally_cells(town.township, start=start, end=end, on=ON)
    rows = completeness(town.township.path, start=start, end=end, on=ON, by=Grouping.UNIT)
    assert [
        total(t for (u, _s), t in cells.items() if u == v.id).counts for v in town.villages
    ] == [row.counts for row in rows]
    fortnights = last_fortnights(ON, 12)
    series = count_by_fortnight(town.township, fortnights, ON)
    for place, each in enumerate(fortnights):
        found = completeness(
            town.township.path, start=each.start, end=each.end, on=ON, by=Grouping.UNIT
        )
        counted = [series.get((v.id, place)) for v in town.villages]
        assert [c.due if c else 0 for c in counted] == [row.counts.due for row in found]


def test_villages_that_are_closed_are_not_listed(town, items):
    with transaction():
        town.villages[4].closed_on = date(2023, 9, 20)
        db.session.add(town.villages[4])
    assert [each.name for each in list_villages_now(town.township, ON)] == [
        "东园村",
        "施家台子村",
        "王家庄村",
        "马太沟村",
    ]
    assert len(list_villages_now(town.township, date(2023, 9, 19))) == 5


def test_the_pages_ask_as_few_statements_with_fifty_villages_as_with_five(town, items, sign_in):
    with transaction():
        _scatter(town, items, 1)
    clerk, secretary, administrator = sign_in("li"), sign_in("chen"), sign_in("zheng")
    visits = [
        (clerk, OVERVIEW),
        (clerk, "/overview/640221106"),
        (secretary, DONGYUAN),
        (administrator, "/people"),
    ]
    few = [_count(*visit) for visit in visits]
    with transaction():
        for number in range(45):
            place = found_unit(
                kind=UnitKind.VILLAGE,
                code=f"640221106{301 + number}",
                name=f"新村{number}",
                parent=town.township,
                by=SYSTEM,
            )
            owe(place, items["SB-08"], "2023-08", date(2023, 9, 15))
    assert [_count(*visit) for visit in visits] == few
    assert max(few[:2]) <= 20
    assert few[2] <= 13


def _count(client, address) -> int:
    db.session.remove()
    with statements() as said:
        assert client.get(address).status_code == 200
    return len(said)
