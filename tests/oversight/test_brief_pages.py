"""The leader's minute on a page, as text and on paper: the numbers of the lists behind them."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from cast import build_town
from docx import Document

from taole.core.transactions import transaction
from taole.inspections.actions import prove, start_mending
from taole.notices.workflow import NoticeState
from taole.oversight.brief import brief_of, link_to, text_of
from taole.oversight.brief_rules import week_of
from tests.inspections.finding_factory import a_finding
from tests.oversight.measure_factory import ON, at, plant_gaps

PAGE = "/brief/640221106?on=2023-09-20"
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def autumn(app):
    """Two gaps, a notice in its last review, a finding that was mended, a sheet of this week."""
    with time_machine.travel("2023-09-20T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
        east, second, _third, fourth, _fifth = plant_gaps(town)
        with transaction():
            second.wrote(NoticeState.FINAL_REVIEW, "残疾人补贴公示").submitted_at = at(
                date(2023, 9, 18)
            )
            second.wrote(NoticeState.SECOND_REVIEW, "还在复审")
            fourth.hung("八月补贴公示", date(2023, 9, 15))
            fourth.hung("上周的公示", date(2023, 9, 13))
            proved = a_finding(east.unit, town.li, statement="公示栏玻璃破损")
            start_mending(proved, by=town.chen, at=at(date(2023, 9, 13)))
            prove(
                proved,
                measures="已换",
                by=town.chen,
                on=date(2023, 9, 19),
                proof_link="https://example.invalid/1",
            )
        yield town


def this_week(town):
    return brief_of(town.township, *week_of(ON))


def test_the_page_tells_what_is_missing_what_waits_and_what_was_published(autumn, sign_in):
    brief = this_week(autumn)
    assert [(each.village, each.item) for each in brief.missing] == [
        ("东园村", "补贴发放"),
        ("施家台子村", "补贴发放"),
    ]
    assert [str(each.what) for each in brief.decisions] == [
        "施家台子村《残疾人补贴公示》等终审",
        "东园村“公示栏玻璃破损”已改，等复核",
    ]
    assert [each.title for each in brief.published] == ["八月补贴公示"]
    zhao = sign_in("zhao")
    page = zhao.get(PAGE).get_data(as_text=True)
    for told in ("2 项该公示的还没公示", "《残疾人补贴公示》等终审", "八月补贴公示"):
        assert told in page
    assert "还在复审" not in page
    for path in (brief.missing[0].path, *(each.path for each in brief.decisions)):
        assert zhao.get(path).status_code == 200, path


def test_the_number_of_the_sentence_is_the_last_of_its_trend(autumn):
    brief = this_week(autumn)
    rates, in_time, missing = brief.trends
    assert missing.now == len(brief.missing) == 2
    assert missing.values == [1, 1, 1, 1, 1, 2], "July fell due on 15 August"
    assert rates.now == in_time.now == 0.5
    late = brief_of(autumn.township, *week_of(date(2024, 8, 10)))
    assert late.trends[2].now == len(late.missing) == 3, "older than thirteen weeks, still missing"


def test_text_and_paper_tell_the_same_as_the_page(autumn, sign_in):
    brief = this_week(autumn)
    text = text_of(brief, link_to(autumn.township, ON))
    assert len(text) < 500
    paper = Document(io.BytesIO(sign_in("zhao").get(PAGE.replace("?", "/brief.docx?")).data))
    said = "\n".join(each.text for each in paper.paragraphs)
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert {"东园村", "补贴发放", "2023年8月15日", "八月补贴公示"} <= cells
    for told in ("完整率50%", "缺2项", "本周公示1条：社会保障1条"):
        assert told in text
        assert told in said
    assert "1.施家台子村《残疾人补贴公示》等终审（9月18日起）。" in said
    assert "等您定2件" in text


@one_engine
def test_last_weeks_brief_is_as_it_stood_then(autumn):
    before = brief_of(autumn.township, *week_of(date(2023, 9, 13)))
    assert [each.village for each in before.missing] == ["东园村"]
    assert [each.title for each in before.published] == ["上周的公示"]
    assert before.decisions == [], "both began to wait later"


@one_engine
def test_a_quiet_week_says_that_all_is_well(autumn, sign_in):
    quiet = brief_of(autumn.neighbour, *week_of(ON))
    assert (quiet.missing, quiet.decisions, quiet.published) == ([], [], [])
    assert [each.now for each in quiet.trends] == [None, None, 0]
    assert "该公示的都公示了" in text_of(quiet, "")
    assert sign_in("chen").get(PAGE).status_code in (403, 404)
    assert sign_in("zhao").get("/brief").location == "/brief/640221106"
