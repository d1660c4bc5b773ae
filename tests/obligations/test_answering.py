"""Three ways to answer, and what becomes of an answer."""

from __future__ import annotations

from datetime import date

import pytest
from village_catalogue import build_catalogue

from taole.core.clock import noon
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.obligations.actions import (
    answer,
    declare_nothing,
    excuse,
    mark_in_review,
    open_obligations,
    record_event,
    unanswer,
)
from taole.obligations.queries import (
    list_confirmations,
    list_for_period,
    list_items_with_events,
    list_periods_to_confirm,
)
from taole.obligations.rules import Answer, Standing, standing
from taole.organisation.actions import SYSTEM
from taole.trail.queries import find_breaks, list_lines_of

OCTOBER = date(2023, 10, 10)


@pytest.fixture
def catalogue(town):
    made = build_catalogue(town)
    with transaction():
        open_obligations(town.township, through=date(2023, 12, 31), by=SYSTEM)
    return made


def slot(town, code="CW-01", key="2023Q3", village=0):
    return list_for_period(town.villages[village].id, code, key)[0]


def test_a_posted_notice_answers_with_the_day_it_went_up(town, catalogue):
    accounts, notice = slot(town), new_id()
    answer(accounts, notice_id=notice, answered_on=OCTOBER, by=town.chen, at=noon(OCTOBER))
    assert standing(accounts.facts, OCTOBER) is Standing.ON_TIME
    assert (accounts.answer_id, accounts.answered_by_id) == (notice, town.chen.id)
    assert [line.verb for line in list_lines_of(accounts.id)] == ["answer"]


def test_of_two_notices_the_earlier_counts_whichever_was_entered_first(town, catalogue):
    accounts, first, second = slot(town), new_id(), new_id()
    answer(accounts, notice_id=second, answered_on=date(2023, 10, 25), by=town.chen)
    answer(accounts, notice_id=first, answered_on=OCTOBER, by=town.chen)
    answer(accounts, notice_id=second, answered_on=date(2023, 10, 25), by=town.chen)
    assert (accounts.answer_id, accounts.answered_on) == (first, OCTOBER)


def test_a_withdrawn_notice_leaves_the_matter_owed_again(town, catalogue):
    accounts = slot(town)
    answer(accounts, notice_id=new_id(), answered_on=OCTOBER, by=town.chen)
    unanswer(accounts, by=town.li, reason="数字有误")
    assert standing(accounts.facts, date(2023, 10, 21)) is Standing.MISSING
    assert list_lines_of(accounts.id)[-1].after["reason"] == "数字有误"


def test_a_draft_under_review_says_so_until_it_comes_back(town, catalogue):
    accounts = slot(town)
    mark_in_review([accounts], noon(OCTOBER))
    assert standing(accounts.facts, OCTOBER) is Standing.IN_REVIEW
    mark_in_review([accounts], None)
    assert standing(accounts.facts, OCTOBER) is Standing.WAITING


def test_a_secretary_signs_that_there_was_nothing_in_the_quarter(town, catalogue):
    waiting = list_confirmations(town.villages[0].id, "2023Q3")
    assert [each.item_code for each in waiting] == ["SB-01"]
    declare_nothing(waiting, on=OCTOBER, reason="本季度没有发生", by=town.chen)
    assert waiting[0].answer is Answer.NOTHING
    assert standing(waiting[0].facts, OCTOBER) is Standing.NOTHING
    assert list_confirmations(town.villages[0].id, "2023Q3") == []
    assert find_breaks() == {}


def test_nothing_is_not_signed_before_the_quarter_is_over(town, catalogue):
    assert "2023Q3" not in list_periods_to_confirm(town.villages[0].id, date(2023, 9, 29))
    assert "2023Q3" in list_periods_to_confirm(town.villages[0].id, date(2023, 9, 30))
    with pytest.raises(Refused, match="才结束"):
        declare_nothing([slot(town, "SB-01")], on=date(2023, 9, 20), reason="没有", by=town.chen)


def test_nothing_is_not_signed_where_an_event_was_recorded(town, catalogue):
    record_event(
        town.villages[0],
        catalogue.dibao,
        happens_on=date(2023, 9, 1),
        title="9月低保初审",
        by=town.chen,
    )
    assert list_items_with_events(town.villages[0].id, "2023Q3") == {"SB-01"}
    with pytest.raises(Refused, match="登记过事件"):
        declare_nothing([slot(town, "SB-01")], on=OCTOBER, reason="没有", by=town.chen)
    declare_nothing([slot(town, "SB-01", village=1)], on=OCTOBER, reason="没有", by=town.liu)


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_nothing_needs_a_reason_of_reasonable_length(town, catalogue, reason):
    with pytest.raises(Refused):
        declare_nothing([slot(town, "SB-01")], on=OCTOBER, reason=reason, by=town.chen)


def test_of_several_matters_one_that_cannot_be_signed_stops_all(town, catalogue):
    done, free = slot(town), slot(town, "SB-01")
    answer(done, notice_id=new_id(), answered_on=OCTOBER, by=town.chen)
    with pytest.raises(Refused, match="已经有结果"):
        declare_nothing([free, done], on=OCTOBER, reason="没有", by=town.chen)
    assert free.answer is None


def test_the_township_excuses_a_village_with_a_reason(town, catalogue):
    accounts = slot(town)
    with pytest.raises(Refused, match="为什么不适用"):
        excuse(accounts, reason=" ", by=town.li, on=OCTOBER)
    excuse(accounts, reason="账在移交", by=town.li, on=OCTOBER)
    assert standing(accounts.facts, date(2023, 12, 1)) is Standing.NOT_APPLICABLE


def test_what_is_published_is_not_excused(town, catalogue):
    accounts = slot(town)
    answer(accounts, notice_id=new_id(), answered_on=OCTOBER, by=town.chen)
    with pytest.raises(Refused, match="已经公示"):
        excuse(accounts, reason="账在移交", by=town.li, on=OCTOBER)


def test_a_notice_takes_the_place_of_a_signed_nothing(town, catalogue):
    dibao = slot(town, "SB-01")
    declare_nothing([dibao], on=OCTOBER, reason="没有", by=town.chen)
    answer(dibao, notice_id=new_id(), answered_on=date(2023, 10, 12), by=town.chen)
    assert dibao.answer is Answer.NOTICE
    assert dibao.reason == ""
