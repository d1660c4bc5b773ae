"""Points, problems and the cheapest fixes, as the county would count them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from taole.core.words import sentence
from taole.oversight.measure_rules import (
    MINUTES,
    Circular,
    Fix,
    How,
    IndicatorLine,
    Measured,
    Problem,
    headline,
    is_met,
    points_of,
)

TEN = Decimal(10)
weights = st.integers(0, 1000).map(Decimal)
limits = st.none() | st.integers(0, 120)


def problems(count, fix=Fix.WRITE, unit="东园村"):
    return [
        Problem(sentence(f"{unit}第{number}件{fix}"), f"/{fix.name}/{number}", fix, unit)
        for number in range(count)
    ]


def line(measured, weight=10, limit=0, title="完整率", is_veto=False):
    return IndicatorLine("A1", title, Decimal(weight), limit, is_veto, measured)


measured_values = st.one_of(
    st.builds(
        Measured.rate,
        st.none() | st.floats(0, 1),
        st.integers(0, 3).map(problems),
    ),
    st.integers(0, 9).map(problems).map(Measured.at_most),
    st.builds(Measured.at_least, st.integers(0, 30), st.integers(0, 2).map(problems)),
    st.sampled_from(How).map(Measured.nothing),
)
lines = st.builds(
    IndicatorLine,
    st.just("A1"),
    st.sampled_from(["完整率", "按时率", "空栏目"]),
    weights,
    limits,
    st.booleans(),
    st.none() | measured_values,
)


@given(measured_values, limits, weights)
def test_points_lie_between_nothing_and_the_weight(measured, limit, weight):
    points = points_of(measured, limit, weight)
    if measured.value is None:
        assert points is None
        assert is_met(measured, limit) is None
    else:
        assert 0 <= points <= weight
        assert (points == weight) or not is_met(measured, limit)


@given(st.integers(0, 12), limits, weights)
def test_one_more_problem_never_wins_a_point(count, limit, weight):
    few = points_of(Measured.at_most(problems(count)), limit, weight)
    more = points_of(Measured.at_most(problems(count + 1)), limit, weight)
    assert more <= few


@given(st.floats(0, 1), st.floats(0, 1), limits, weights)
def test_a_higher_rate_never_loses_a_point(one, other, limit, weight):
    low, high = sorted((one, other))
    assert points_of(Measured.rate(low), limit, weight) <= points_of(
        Measured.rate(high), limit, weight
    )


@given(st.lists(lines, max_size=8))
def test_a_score_is_of_a_hundred_over_what_could_be_measured(drawn):
    circular = Circular(drawn)
    counted = [each for each in drawn if each.points is not None and each.weight]
    if counted:
        assert 0 <= circular.score <= 100
    else:
        assert circular.score is None
    assert len(circular.fixes) <= 3
    assert all(each.fix in MINUTES and each.minutes > 0 for each in circular.fixes)
    assert all(each.gain > 0 or each.is_veto for each in circular.fixes)
    said = [f"{each.path}{each.said}" for each in circular.problems]
    assert len(said) == len(set(said)), "nothing is named twice"


def test_each_problem_costs_a_fifth_and_the_sixth_costs_nothing_more():
    won = [points_of(Measured.at_most(problems(count)), 0, TEN) for count in range(7)]
    assert won == [10, 8, 6, 4, 2, 0, 0]


def test_a_rate_wins_its_share_of_the_limit():
    assert points_of(Measured.rate(0.76), 95, TEN) == 8
    assert points_of(Measured.rate(0.95), 95, TEN) == 10


def test_where_the_table_gives_no_limit_a_rate_needs_all_and_a_count_needs_one():
    assert points_of(Measured.rate(0.3), None, TEN) == 3
    assert points_of(Measured.at_least(0), None, TEN) == 0
    assert points_of(Measured.at_least(1), None, TEN) == 10
    assert points_of(Measured.at_least(1, usual=2), None, TEN) == 5
    assert points_of(Measured.at_most(problems(1)), None, TEN) == 8


def test_what_nobody_can_measure_counts_neither_for_nor_against():
    circular = Circular(
        [
            line(None),
            line(Measured.nothing(How.RATE)),
            line(Measured.at_most(problems(1)), title="空栏目"),
        ]
    )
    assert circular.score == 80
    assert [each.is_met for each in circular.lines] == [None, None, False]
    assert Circular([line(None)]).score is None
    assert str(headline(Circular([line(None)]))) == "现在通报，没有会被点名的问题"


def test_a_veto_stands_first_in_the_sentence_in_the_problems_and_in_the_fixes():
    secret = Measured.at_most(problems(1, Fix.FINISH, "马太沟村"))
    circular = Circular(
        [
            line(Measured.at_most(problems(2, Fix.PHOTOGRAPH)), title="照片"),
            line(secret, weight=0, title="没有泄露个人信息", is_veto=True),
        ]
    )
    assert str(headline(circular)) == "现在通报，会有 1 项单项否决：没有泄露个人信息"
    assert circular.problems[0].unit == "马太沟村"
    first = circular.fixes[0]
    assert (first.indicator, first.is_veto, first.gain) == ("没有泄露个人信息", True, 0)


def test_a_veto_that_is_kept_or_not_measured_vetoes_nothing():
    circular = Circular(
        [
            line(Measured.at_most(problems(4)), weight=0, limit=4, is_veto=True),
            line(Measured.nothing(How.AT_MOST), weight=0, is_veto=True),
        ]
    )
    assert circular.vetoes == []
    assert circular.problems == [], "below its limit an indicator names nobody"
    assert circular.fixes == []


def test_the_three_cheapest_fixes_are_those_with_the_fewest_minutes_for_a_point():
    circular = Circular(
        [
            line(Measured.at_most(problems(1, Fix.MEND)), title="整改"),
            line(Measured.at_most(problems(2, Fix.TAKE_DOWN)), title="撤下", weight=3),
            line(Measured.at_most(problems(1, Fix.PHOTOGRAPH)), title="照片", weight=8),
            line(Measured.at_most(problems(1, Fix.UPDATE)), title="栏目", weight=9),
        ]
    )
    assert [(each.indicator, each.minutes, each.gain) for each in circular.fixes] == [
        ("照片", 2, Decimal("1.6")),
        ("撤下", 2, Decimal("1.2")),
        ("栏目", 20, Decimal("1.8")),
    ]


def test_one_indicator_with_two_kinds_of_problems_shares_what_it_lost():
    mixed = [*problems(1, Fix.POST), *problems(3, Fix.WRITE)]
    fixes = Circular([line(Measured.rate(0.5, mixed), limit=100)]).fixes
    assert [(each.fix, each.gain) for each in fixes] == [
        (Fix.POST, Decimal("1.2")),
        (Fix.WRITE, Decimal("3.8")),
    ]


def test_what_has_happened_already_is_named_but_is_no_fix():
    circular = Circular([line(Measured.at_most(problems(1, Fix.NONE)), title="提前撤下")])
    assert len(circular.problems) == 1
    assert circular.fixes == []
    assert str(headline(circular)) == "现在通报，得 80 分，会被点名 1 个问题"
