"""The table that a township is measured by: the shipped one until the county's own is loaded."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from cast import build_town
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.oversight.circular import draft_circular
from taole.oversight.indicator_reading import read_indicators
from taole.oversight.indicators import find_table, load_table, proposed, table_of
from taole.oversight.models import Indicator, IndicatorTable
from taole.trail.models import TrailLine
from tests.oversight.measure_factory import ON, THIRD

PAGE = "/indicators/640221106"
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def autumn(app):
    with time_machine.travel("2023-09-20T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
        yield town


def county_table(*rows, title="2023年考核指标"):
    book = Workbook()
    sheet = book.active
    for row in (
        (title,),
        ("序号", "考核内容", "分值", "限值", "一票否决"),
        *(rows or ((1, "公示完整率", "60分", 95, ""), (2, "领导重视", 40, "", ""))),
    ):
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def load(town, from_on, content=None):
    draft = read_indicators(content or county_table(), "县.xlsx")
    with transaction():
        return load_table(town.township, draft, from_on=from_on, by=town.li, at=noon(ON))


def test_past_quarters_keep_the_table_they_were_measured_by(autumn):
    assert table_of(autumn.township, ON) == proposed()
    load(autumn, date(2023, 7, 1))
    load(autumn, date(2023, 10, 1), county_table((1, "照片", 100, 0, "")))
    assert [each.title for each in table_of(autumn.township, date(2023, 6, 30)).lines] == [
        each.title for each in proposed().lines
    ]
    assert table_of(autumn.township, ON).weight == 100
    assert [each.measure for each in table_of(autumn.township, ON).lines] == ["completeness", ""]
    assert [each.measure for each in table_of(autumn.township, date(2023, 10, 1)).lines] == [
        "no_photograph"
    ]
    assert find_table(autumn.neighbour, ON) is None, "the neighbour has its own or none"
    second = draft_circular(autumn.township, THIRD.previous(), ON)
    assert len(second.lines) == len(proposed().lines)
    assert len(draft_circular(autumn.township, THIRD, ON).lines) == 2


@one_engine
def test_the_very_same_table_is_refused_and_a_changed_one_is_not(autumn):
    load(autumn, date(2023, 7, 1))
    with pytest.raises(Refused, match="不用再载入"):
        load(autumn, date(2023, 8, 1))
    load(autumn, date(2023, 8, 1), county_table((1, "公示完整率", "61分", 95, "")))
    assert db.session.scalar(select(func.count()).select_from(IndicatorTable)) == 2
    lines = db.session.scalars(select(TrailLine).where(TrailLine.verb == "load_indicators")).all()
    assert len(lines) == 2


def send(browser, content, name="县.xlsx", from_on="2023-07-01"):
    return browser.post(
        f"{PAGE}/load", data={"file": (io.BytesIO(content), name), "from_on": from_on}
    )


def test_the_clerk_loads_the_countys_excel_and_it_is_handed_out_again(autumn, sign_in):
    li = sign_in("li")
    before = li.get(PAGE).get_data(as_text=True)
    assert f"用的是建议稿：{len(proposed().lines)} 条指标" in before
    assert send(li, county_table()).status_code == 302
    page = li.get(PAGE).get_data(as_text=True)
    assert "载入了 2 条指标，其中 1 条要人工核对" in page
    assert "用的是县里的表：2 条指标" in page
    assert "各村公示完整率" in page
    assert "人工核对" in page
    sheet = load_workbook(io.BytesIO(li.get(f"{PAGE}/table.xlsx").data)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "2023年考核指标" in cells
    assert "领导重视" in cells


@one_engine
def test_a_faulty_table_is_refused_above_the_form_and_nothing_is_kept(autumn, sign_in):
    li = sign_in("li")
    wrong = county_table((1, "公示完整率", "很多", 95, ""), (2, "照片", 5, "少", ""))
    answer = send(li, wrong, from_on="2023-08-15")
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "第3行的分值“很多”不是数" in said
    assert "第4行的限值“少”不是整数" in said
    assert 'value="2023-08-15"' in said, "the day typed is kept"
    assert send(li, b"no workbook", "县.xlsx").status_code == 422
    assert send(li, b"", "县.pdf").status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Indicator)) == 0


@one_engine
def test_a_leader_reads_the_table_and_a_secretary_does_not(autumn, sign_in):
    assert sign_in("zhao").get(PAGE).status_code == 200
    assert "载入县里的表" not in sign_in("zhao").get(PAGE).get_data(as_text=True)
    assert send(sign_in("zhao"), county_table()).status_code == 403
    assert sign_in("chen").get(PAGE).status_code in (403, 404)
    assert sign_in("li").get("/indicators").location == PAGE
