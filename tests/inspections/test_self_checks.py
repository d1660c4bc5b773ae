"""各村自查: a circular of three problems, every village answers once."""

from datetime import date, timedelta

import pytest
from finding_factory import FOUND, a_finding

from taole.core.clock import noon
from taole.core.errors import Refused
from taole.inspections.actions import record_inspection
from taole.inspections.self_checks import (
    answer_self_check,
    find_self_check,
    get_self_check,
    list_circular_problems,
    list_open_self_checks,
    open_self_check,
)
from taole.inspections.telling import open_self_checks, self_check_lines
from taole.inspections.workflow import BodyLevel, Direction, InspectionKind, SelfCheckAnswer
from taole.notifications.plan import Plan

BY = FOUND + timedelta(days=7)


@pytest.fixture
def circular(town):
    inspection = record_inspection(
        town.township,
        direction=Direction.INBOUND,
        kind=InspectionKind.CROSS_CHECK,
        body="县人民政府",
        body_level=BodyLevel.COUNTY,
        held_on=FOUND,
        units=town.villages,
        document="关于限时整改的通知",
        by=town.li,
        at=noon(FOUND),
    )
    for unit in town.villages[:3]:
        a_finding(unit, town.li, inspection=inspection)
    return inspection


@pytest.fixture
def check(circular, town):
    return open_self_check(circular, town.villages, due_on=BY, by=town.li, at=noon(FOUND))


def test_every_village_is_asked_and_sees_the_problems_of_the_circular(check, circular, town):
    assert find_self_check(circular.id) is check
    assert [visit.unit for visit in list_open_self_checks(town.township.path)] == town.villages
    assert len(list_circular_problems(check)) == 3


def test_a_village_that_has_found_nothing_says_how_it_looked(check, town):
    visit = get_self_check(check.id, town.villages[0].code)
    with pytest.raises(Refused, match="请填写自查情况"):
        answer_self_check(visit, problem="", by=town.chen, at=noon(FOUND))
    answer_self_check(visit, problem="", note="逐张核对了公示栏", by=town.chen, at=noon(FOUND))
    assert (visit.answer, visit.answered_by_name) == (SelfCheckAnswer.NONE_FOUND, "陈某")
    assert len(list_open_self_checks(town.township.path)) == 4


def test_what_a_village_finds_becomes_its_own_finding(check, town):
    visit = get_self_check(check.id, town.villages[0].code)
    finding = answer_self_check(visit, problem="公示栏没写监督电话", by=town.chen, at=noon(FOUND))
    assert finding is not None
    assert (finding.source, finding.unit) == (InspectionKind.SELF_CHECK, town.villages[0])
    assert visit.answer is SelfCheckAnswer.FOUND


def test_a_village_answers_once(check, town):
    visit = get_self_check(check.id, town.villages[0].code)
    answer_self_check(visit, problem="", note="查过了", by=town.chen, at=noon(FOUND))
    with pytest.raises(Refused, match="已经报过"):
        answer_self_check(visit, problem="又发现一个", by=town.chen, at=noon(FOUND))


@pytest.mark.parametrize(
    ("villages", "due_on", "words"),
    [(5, date(2023, 9, 1), "已经过了"), (0, BY, "请选择哪些村")],
)
def test_what_cannot_be_asked_is_refused_in_words(circular, town, villages, due_on, words):
    with pytest.raises(Refused, match=words):
        open_self_check(
            circular, town.villages[:villages], due_on=due_on, by=town.li, at=noon(FOUND)
        )


def test_a_circular_is_checked_once(check, circular, town):
    with pytest.raises(Refused, match="已经请各村自查过"):
        open_self_check(circular, town.villages, due_on=BY, by=town.li, at=noon(FOUND))


def test_villages_are_reminded_until_they_have_answered(check, town):
    plan = Plan(is_on=True, since=date(2023, 1, 1))
    told = list(self_check_lines(town.township, BY, plan))
    assert {line.unit for line in told} == {village.name for village in town.villages}
    assert "9月19日前报有没有" in str(told[0].text)
    visit = get_self_check(check.id, town.villages[0].code)
    answer_self_check(visit, problem="", note="查过了", by=town.chen, at=noon(BY))
    assert len(list(self_check_lines(town.township, BY, plan))) == 4
    assert told[0].subject not in open_self_checks([line.subject for line in told])
    (late, *_rest) = self_check_lines(town.township, BY + timedelta(days=1), plan)
    assert "还没有报" in str(late.text)
