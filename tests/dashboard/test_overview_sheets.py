"""The overview taken away as a workbook says what the page says."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from taole.core.transactions import transaction
from taole.dashboard.queries import tally_cells
from taole.dashboard.ranking import set_ranking
from taole.dashboard.tallies import total
from taole.obligations.actions import declare_nothing
from tests.notices.notice_factory import adopt_catalogue, owe

ON = date(2023, 9, 20)
OVERVIEW = "/overview/640221106/overview.xlsx?on=2023-09-20"
COUNTY = "/overview/640221/overview.xlsx?on=2023-09-20"


@pytest.fixture
def owing(town):
    with transaction():
        items = adopt_catalogue(town.township)
    with transaction():
        for place, village in enumerate(town.villages):
            slot = owe(village, items["SB-08"], "2023-08", date(2023, 8, 25))
            if place == 2:
                declare_nothing([slot], on=date(2023, 8, 20), reason="本月没有发生", by=town.wang)
    return town


def sheets(client, address):
    got = client.get(address)
    assert got.status_code == 200, got.status
    return openpyxl.load_workbook(io.BytesIO(got.data)).worksheets


def table(sheet):
    """The rows below the head as mappings, without what stands under the table."""
    heads = [cell.value for cell in sheet[3]]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    return [dict(zip(heads, row, strict=True)) for row in rows if row[1] is not None]


def test_the_workbook_of_a_township_counts_as_its_page_does(owing, sign_in):
    villages, sections, fortnights = sheets(sign_in("li"), OVERVIEW)
    cells = tally_cells(owing.township, start=date(2023, 7, 1), end=date(2023, 9, 30), on=ON)
    counts = total(cells.values()).counts
    rows = {row["村"]: row for row in table(villages)}
    assert rows["东园村"]["缺"] == 1
    assert rows["王家庄村"]["无事项"] == 1
    assert rows["王家庄村"]["完整率"] == "100%"
    assert rows["全镇"]["已到期"] == counts.due == 5
    assert rows["全镇"]["缺"] == counts.missing == 4
    assert [row["缺"] for row in table(sections)] == [4]
    assert len(table(fortnights)) == 12
    assert table(fortnights)[-1]["期"] == "2023年第19期"


def test_villages_stand_by_code_unless_the_township_ranks_them(owing, sign_in):
    clerk = sign_in("li")
    ranked = f"{OVERVIEW}&sort=missing"
    in_order = [row["村"] for row in table(sheets(clerk, ranked)[0])]
    assert in_order[:3] == ["东园村", "施家台子村", "王家庄村"]
    with transaction():
        set_ranking(owing.township, is_on=True, by=owing.li)
    assert [row["村"] for row in table(sheets(clerk, ranked)[0])][-2:] == ["王家庄村", "全镇"]


def test_a_county_takes_its_townships_or_all_its_villages_away(owing, sign_in):
    inspector = sign_in("wu")
    (townships,) = sheets(inspector, COUNTY)
    assert [row["单位"] for row in table(townships)] == ["陶乐镇", "红崖子乡", "合计"]
    assert table(townships)[-1]["缺"] == 4
    (villages,) = sheets(inspector, f"{COUNTY}&of=villages&sort=missing")
    rows = table(villages)
    assert rows[0]["单位"] == "东园村"
    assert rows[0]["上级"] == "陶乐镇"
    assert {row["单位"] for row in rows} >= {"红翔新村", "庙庙湖村"}


def test_a_village_has_no_overview_to_take_away(town, sign_in):
    assert sign_in("li").get("/overview/640221106201/overview.xlsx").status_code == 404
    assert sign_in("chen").get("/overview/640221106/overview.xlsx").status_code in (403, 404)


def test_the_pages_offer_their_workbook_and_paper(owing, sign_in):
    page = sign_in("li").get("/overview/640221106?on=2023-09-20&by=fortnight")
    shown = page.get_data(as_text=True)
    assert "/overview/640221106/overview.xlsx?" in shown
    assert "by=fortnight" in shown
    assert "data-print" in shown
