"""How fresh a column is, what would veto the website, and how the months are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.oversight.column_rules import (
    Clock,
    Content,
    Standing,
    as_tree,
    headline,
    in_words,
    months_of,
    standing_of,
    with_lower_columns,
)
from taole.oversight.website_rules import (
    ColumnKind,
    Judged,
    Rule,
    Waiting,
    empty_columns,
    home_stale,
    kind_of,
    months_after,
    overdue_columns,
    stale_columns,
    unanswered_messages,
    vetoes,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
ON = date(2023, 9, 20)


@pytest.mark.parametrize(
    ("passed", "standing"),
    [
        (0, Standing.FRESH),
        (9, Standing.FRESH),
        (10, Standing.WARN10),
        (13, Standing.WARN10),
        (14, Standing.WARN14),
        (15, Standing.STALE),
        (300, Standing.STALE),
    ],
)
def test_news_are_warned_of_on_day_ten_and_fourteen_and_stale_on_the_fifteenth(passed, standing):
    assert standing_of(14, ON - timedelta(passed), ON, is_empty=False) is standing


@pytest.mark.parametrize(
    ("interval", "warned", "due"), [(180, 128, 180), (365, 260, 365), (90, 64, 90), (1, 1, 1)]
)
def test_longer_intervals_warn_in_the_same_proportion(interval, warned, due):
    clock = Clock(date(2023, 1, 1), interval)
    assert (clock.warn_on - clock.last_on).days == warned
    assert (clock.due_on - clock.last_on).days == due


@given(last=DAYS, interval=st.integers(1, 800), passed=st.integers(0, 1600))
def test_a_column_only_ever_grows_older(last, interval, passed):
    order = [Standing.FRESH, Standing.WARN10, Standing.WARN14, Standing.STALE]
    today = last + timedelta(passed)
    now = standing_of(interval, last, today, is_empty=False)
    after = standing_of(interval, last, today + timedelta(1), is_empty=False)
    assert order.index(now) <= order.index(after)
    assert (now is Standing.STALE) == (passed > interval)
    reached = Clock(last, interval).reached_on(now)
    assert reached is None or reached <= today


def test_a_page_without_an_interval_is_never_late_but_may_be_empty():
    assert standing_of(None, date(2015, 1, 1), ON, is_empty=False) is Standing.STANDING_PAGE
    assert standing_of(None, None, ON, is_empty=True) is Standing.EMPTY


def test_a_column_whose_content_was_all_taken_down_is_empty():
    assert standing_of(90, ON, ON, is_empty=True) is Standing.EMPTY


def test_what_stands_in_a_lower_column_fills_the_one_above_it():
    parents = {"a": "", "b": "a", "c": "b", "d": ""}
    held = with_lower_columns(
        parents, {"c": Content(ON, 2), "a": Content(ON - timedelta(9), 1), "x": Content(ON, 9)}
    )
    assert held == {
        "a": Content(ON, 3),
        "b": Content(ON, 2),
        "c": Content(ON, 2),
        "d": Content(),
    }


def test_columns_stand_below_their_parents_even_when_they_name_each_other():
    assert as_tree({"b": "a", "a": "", "c": "", "d": "b"}) == [
        ("a", 0),
        ("b", 1),
        ("d", 2),
        ("c", 0),
    ]
    assert as_tree({"a": "gone"}) == [("a", 0)]
    assert sorted(code for code, _ in as_tree({"a": "b", "b": "a", "c": "c"})) == ["a", "b", "c"]
    assert with_lower_columns({"a": "b", "b": "a"}, {"a": Content(ON, 1)})["b"].up == 1


@given(columns=st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefg"])))
def test_no_column_is_lost_in_the_tree(columns):
    assert sorted(code for code, _ in as_tree(columns)) == sorted(columns)


def test_a_month_with_one_update_lacks_one_and_a_month_to_come_lacks_none():
    months = months_of(
        2023,
        [date(2023, 8, 1), date(2023, 8, 1), date(2023, 9, 1), date(2023, 9, 9), date(2022, 7, 7)],
        ON,
    )
    assert [each.short for each in months] == [2, 2, 2, 2, 2, 2, 2, 1, 0, 0, 0, 0]
    assert (months[7].days, months[7].postings, months[7].is_over) == (1, 2, True)
    assert not months[8].is_over
    assert not months[9].is_begun


def test_the_first_sentence_is_the_state():
    months = months_of(2023, [date(2023, 9, 1)], ON)
    said = headline(
        [Standing.WARN10, Standing.WARN10, Standing.WARN14, Standing.EMPTY, Standing.FRESH],
        months[8],
    )
    assert "，".join(map(str, said)) == "3个栏目快到期，1个空栏目，本月更新1次，还差1次"
    quiet = headline([Standing.FRESH], months_of(2023, [date(2023, 9, 1), ON], ON)[8])
    assert "，".join(map(str, quiet)) == "各栏目都按期更新，本月更新2次"
    assert str(headline([], months[8])[0]) == "还没有栏目"


def test_a_column_that_presses_says_how_long_it_waits_and_until_when():
    clock = Clock(date(2023, 9, 6), 14)
    assert str(in_words("动态要闻", Standing.WARN14, clock, ON)) == (
        "“动态要闻”栏目14天没有更新，要在 2023-09-20 前更新，剩0天。"
    )
    assert "应于 2023-09-20 前更新，超3天" in str(
        in_words("动态要闻", Standing.STALE, clock, date(2023, 9, 23))
    )
    assert "是空的" in str(in_words("文件", Standing.EMPTY, None, ON))


def test_columns_are_told_apart_by_their_names_and_their_intervals():
    assert kind_of("动态要闻", 14, is_first_level=True) is ColumnKind.NEWS
    assert kind_of("镇情", 7, is_first_level=False) is ColumnKind.NEWS
    assert kind_of("通知公告", 180, is_first_level=True) is ColumnKind.DOCUMENTS
    assert kind_of("政策文件", 180, is_first_level=False) is ColumnKind.OTHER
    assert kind_of("领导信息", 180, is_first_level=True) is ColumnKind.OTHER


def judged(code, kind, passed, standing=Standing.STALE):
    return Judged(code, code, kind, standing, ON - timedelta(passed))


def test_five_stale_columns_of_news_and_documents_together_veto_the_site():
    news = [judged(f"n{at}", ColumnKind.NEWS, 15) for at in range(3)]
    papers = [judged(f"d{at}", ColumnKind.DOCUMENTS, 185) for at in range(2)]
    fresh = [
        judged("n9", ColumnKind.NEWS, 14),
        judged("d9", ColumnKind.DOCUMENTS, 184),
        judged("o", ColumnKind.OTHER, 999),
    ]
    veto = stale_columns([*news, *papers, *fresh], ON)
    assert (veto.value, veto.is_hit) == (5, True)
    assert veto.codes == ("n0", "n1", "n2", "d0", "d1")
    almost = stale_columns([*news, papers[0], *fresh], ON)
    assert (almost.is_hit, almost.is_near) == (False, True)
    empty = Judged("e", "e", ColumnKind.NEWS, Standing.EMPTY, None)
    assert stale_columns([empty], ON).value == 0


def test_ten_overdue_columns_or_five_empty_ones_veto_the_site():
    overdue = [judged(str(at), ColumnKind.OTHER, 100) for at in range(10)]
    assert overdue_columns(overdue).is_hit
    assert not overdue_columns(overdue[1:]).is_hit
    empty = [Judged(str(at), "", ColumnKind.OTHER, Standing.EMPTY, None) for at in range(5)]
    assert empty_columns(empty).is_hit
    assert not empty_columns(empty[1:]).is_hit
    assert not empty_columns([]).is_near


def test_nothing_new_for_more_than_two_weeks_vetoes_like_a_home_page():
    assert not home_stale(ON - timedelta(14), ON).is_hit
    assert home_stale(ON - timedelta(10), ON).is_near
    assert not home_stale(ON - timedelta(9), ON).is_near
    assert home_stale(ON - timedelta(15), ON).is_hit
    assert home_stale(None, ON).is_hit
    assert not home_stale(None, ON).is_near


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2023, 8, 31), -6, date(2023, 2, 28)),
        (date(2023, 1, 15), -1, date(2022, 12, 15)),
        (date(2023, 5, 5), 12, date(2024, 5, 5)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, there):
    assert months_after(day, months) == there


def test_a_message_is_near_ten_days_before_its_three_months_and_over_the_day_after():
    waiting = Waiting(date(2023, 6, 20))
    assert waiting.until == ON
    assert not waiting.is_near(date(2023, 9, 9))
    assert waiting.is_near(date(2023, 9, 10))
    assert not waiting.is_over(ON)
    assert waiting.is_over(date(2023, 9, 21))
    assert not unanswered_messages([date(2023, 6, 20)], ON).is_hit
    assert unanswered_messages([date(2023, 6, 19)], ON).is_hit


def test_all_rules_are_told_in_the_order_of_the_indicator():
    found = vetoes([], last_on=ON, unanswered=[], on=ON)
    assert [each.rule for each in found] == [
        Rule.HOME_STALE,
        Rule.COLUMNS_STALE,
        Rule.COLUMNS_OVERDUE,
        Rule.COLUMNS_EMPTY,
        Rule.MESSAGES_UNANSWERED,
    ]
    assert not any(each.is_hit for each in found)
