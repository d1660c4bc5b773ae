"""Many villages are shown by the dozen; what a page shows can be taken away as a workbook."""

from __future__ import annotations

import gzip
import io
import re
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from village_catalogue import build_catalogue
from wide_town import widen

from taole.core.clock import noon
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import write
from taole.obligations.actions import answer, declare_nothing, open_obligations
from taole.obligations.grid_rules import VILLAGES_A_PAGE, Cut
from taole.obligations.queries import list_for_period
from taole.organisation.actions import SYSTEM
from tests.notices.notice_factory import adopt_catalogue, owe

TOWNSHIP = "/completeness/640221106"
ON = "on=2023-09-20"


@pytest.fixture
def answered(town):
    build_catalogue(town)
    with transaction():
        open_obligations(town.township, through=date(2024, 1, 31), by=SYSTEM)
    with transaction():
        for village, posted in ((0, date(2023, 7, 18)), (1, date(2023, 7, 24))):
            slot = list_for_period(town.villages[village].id, "CW-01", "2023Q2")[0]
            answer(slot, notice_id=new_id(), answered_on=posted, by=town.chen, at=noon(posted))
        slot = list_for_period(town.villages[2].id, "CW-01", "2023Q2")[0]
        declare_nothing([slot], on=date(2023, 7, 12), reason="本季度没有发生", by=town.chen)
    return town


def sheets(client, address):
    got = client.get(address)
    assert got.status_code == 200, got.status
    assert "attachment" in got.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(got.data)).worksheets


def row_of(sheet, name):
    """The cells of the row in which a cell says ``name``."""
    return next(row for row in sheet.iter_rows() if any(cell.value == name for cell in row))


def words(row):
    return [cell.value for cell in row]


@given(st.integers(0, 400), st.integers(-3, 60))
def test_every_village_stands_on_exactly_one_page(total, wanted):
    names = list(range(total))
    dozens = Cut.of(1, total).dozens
    assert [name for cut in dozens for name in names[cut.columns]] == names
    assert all(len(names[cut.columns]) <= VILLAGES_A_PAGE for cut in dozens)
    assert Cut.of(wanted, total) in dozens


def test_sixty_villages_are_shown_by_the_dozen_and_the_page_stays_light(town, sign_in):
    names = widen(town)
    clerk = sign_in("li")
    got = clerk.get(f"{TOWNSHIP}?{ON}&villages=2")
    assert len(gzip.compress(got.data)) < 100_000
    assert "720 格缺" in got.get_data(as_text=True)  # of all sixty
    seen = []
    for number in range(1, 6):
        address = f"{TOWNSHIP}?{ON}&section=社会保障&villages={number}"
        page = clerk.get(address).get_data(as_text=True)
        assert f"第{number * 12 - 11}—{number * 12}个村，共60个村" in page
        seen += re.findall(r"fw-bold\" href=\"/completeness/\d{12}[^>]*>([^<]+)</a>", page)
    assert seen == names
    beyond = clerk.get(f"{TOWNSHIP}?{ON}&section=社会保障&villages=99")
    assert "第49—60个村" in beyond.get_data(as_text=True)


def test_the_filters_of_a_wide_township_keep_the_villages_that_are_shown(town, sign_in):
    widen(town, villages=30, items=5)
    clerk = sign_in("li")
    page = clerk.get(f"{TOWNSHIP}?{ON}&villages=2").get_data(as_text=True)
    assert '<input type="hidden" name="villages" value="2">' in page
    missing = re.search(r'href="([^"]*standing=missing[^"]*)"', page)[1].replace("&amp;", "&")
    filtered = clerk.get(missing).get_data(as_text=True)
    assert "第13—24个村，共30个村" in filtered
    others = re.findall(r'class="chip" href="([^"]*villages=3[^"]*)"', filtered)
    assert others
    assert all("standing=missing" in each for each in others)


def test_five_villages_are_not_paged(answered, sign_in):
    assert "换一批村" not in sign_in("li").get(f"{TOWNSHIP}?{ON}").get_data(as_text=True)


def test_the_workbook_of_a_township_says_each_state_in_words(answered, sign_in):
    (sheet,) = sheets(sign_in("li"), f"{TOWNSHIP}/matrix.xlsx?{ON}")
    assert sheet.title == "各村各项"
    assert words(row_of(sheet, "事项"))[:5] == ["板块", "事项", "应公示", "东园村", "施家台子村"]
    accounts = row_of(sheet, "村级财务收支")
    assert words(accounts)[3:] == ["按时 7月18日", "迟4天", "无事项", "缺 超62天", "缺 超62天"]
    assert accounts[6].fill.fgColor.rgb == "FFF6CBC5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$3"


def test_the_workbook_keeps_the_choices_of_the_page(answered, sign_in):
    (sheet,) = sheets(sign_in("li"), f"{TOWNSHIP}/matrix.xlsx?{ON}&section=财务管理")
    titles = {row[1].value for row in sheet.iter_rows(min_row=4)}
    assert titles == {"村级财务收支", "完整率", None}


def test_the_workbook_of_sixty_villages_has_a_sheet_for_each_dozen(town, sign_in):
    names = widen(town, villages=60, items=5)
    found = sheets(sign_in("li"), f"{TOWNSHIP}/matrix.xlsx?{ON}&villages=3")
    assert [sheet.title for sheet in found][:2] == ["第1—12个村", "第13—24个村"]
    assert [name for sheet in found for name in words(row_of(sheet, "事项"))[3:]] == names


def test_a_village_takes_its_year_away(answered, sign_in):
    (sheet,) = sheets(sign_in("chen"), f"/completeness/640221106201/matrix.xlsx?year=2023&{ON}")
    accounts = words(row_of(sheet, "村级财务收支"))
    assert accounts[:3] == ["财务管理", "村级财务收支", "每季度"]
    assert accounts[9] == "按时 7月18日"  # the third quarter begins in July
    assert sign_in("chen").get("/completeness/640221106202/matrix.xlsx").status_code == 404


def test_the_county_takes_all_its_villages_away(answered, sign_in):
    (sheet,) = sheets(sign_in("wu"), f"/completeness/640221/matrix.xlsx?{ON}")
    row = words(row_of(sheet, "东园村"))
    assert row[:2] == ["陶乐镇", "东园村"]
    assert row_of(sheet, "红翔新村")[0].value == "红崖子乡"
    heads = words(row_of(sheet, "单位"))
    due, done, missing = (row[heads.index(name)] for name in ("已到期", "已公示", "缺"))
    assert due - done == missing > 0
    low = sheets(sign_in("wu"), f"/completeness/640221/matrix.xlsx?{ON}&band=high")[0]
    assert "东园村" not in [cell.value for cell in low["B"]]


def test_an_office_has_no_matrix_to_take_away(town, sign_in):
    assert sign_in("li").get("/completeness/640221106-zhb/matrix.xlsx").status_code == 404


def test_the_card_opens_the_draft_itself(town, sign_in):
    with transaction():
        items = adopt_catalogue(town.township)
    with transaction():
        slot = owe(town.villages[0], items["SB-08"], "2023-08", date(2023, 8, 25))
        notice = write(
            town.villages[0], items["SB-08"], period_key="2023-08", title="八月公示", by=town.chen
        )
    page = sign_in("li").get(f"/obligations/{slot.id}").get_data(as_text=True)
    link = re.search(r'href="(/notices/[0-9a-f-]+)">(?:(?!</a>).)*看草稿', page)
    assert link
    assert link[1] == f"/notices/{notice.id}"
