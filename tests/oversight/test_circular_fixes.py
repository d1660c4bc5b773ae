"""The draft on a town with gaps: each problem opens its cause, and mending the cheapest pays."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from cast import build_town
from docx import Document
from sqlalchemy import update

from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.models import Posting
from taole.oversight.circular import draft_circular, paper_of, text_of
from taole.oversight.measure_rules import Circular
from tests.oversight.measure_factory import ON, THIRD, plant_gaps

PAGE = "/circular/640221106?quarter=2023Q3&on=2023-09-20"
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def autumn(app):
    """陶乐镇 on 20 September, with the gaps of its villages and a sheet without photograph."""
    with time_machine.travel("2023-09-20T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
        fourth = plant_gaps(town)[3]
        with transaction():
            fourth.hung("八月补贴公示", date(2023, 9, 15), proof_link="")
        yield town


@one_engine
def test_each_problem_opens_the_page_on_which_it_is_mended(autumn, sign_in):
    li = sign_in("li")
    addresses = {each.path for each in draft_circular(autumn.township, THIRD, ON).problems}
    assert len(addresses) == 5
    assert {each: li.get(each).status_code for each in addresses} == dict.fromkeys(addresses, 200)


def test_the_cheapest_fix_comes_first_and_mending_it_wins_its_points(autumn):
    before = draft_circular(autumn.township, THIRD, ON)
    first = before.fixes[0]
    assert (first.indicator, first.minutes) == ("公示有照片或链接佐证", 2)
    with transaction():
        db.session.execute(update(Posting).values(proof_link="https://example.invalid/photo"))
    after = draft_circular(autumn.township, THIRD, ON)
    won = {each.code: each.points for each in after.lines}
    lost = {each.code: each.points for each in before.lines}
    assert won["B1"] - lost["B1"] == first.gain
    assert after.score > before.score


@one_engine
def test_many_problems_still_make_a_short_text_and_none_an_empty_paper(autumn):
    drafted = draft_circular(autumn.township, THIRD, ON)
    assert len(text_of(autumn.township, THIRD, Circular(list(drafted.lines) * 12))) < 500
    paper = Document(io.BytesIO(paper_of(autumn.township, THIRD, Circular([]), ON, "综合办公室")))
    said = [each.text for each in paper.paragraphs]
    assert "没有。" in said
    assert "没有要补的。" in said


@one_engine
def test_the_township_and_above_see_it_a_village_does_not(autumn, sign_in):
    assert sign_in("zhao").get(PAGE).status_code == 200
    assert sign_in("wu").get(PAGE).status_code == 200
    assert sign_in("chen").get(PAGE).status_code in (403, 404)
    broken = sign_in("li").get(PAGE.replace("2023Q3", "nonsense"))
    assert broken.status_code == 409
    assert "nonsense" in broken.get_data(as_text=True)
