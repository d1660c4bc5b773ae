"""When a village's matters fall due."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.catalogue.deadlines import (
    CONFIRMATION_DAY,
    DeadlineKind,
    DeadlineRule,
    confirmation_due_on,
    describe,
    due_on_event,
    due_on_period,
)
from taole.core.errors import Refused
from taole.core.periods import Frequency, period_containing, period_of
from taole.core.workdays import UnknownYear, WorkCalendar

CALENDAR = WorkCalendar.from_library()
QUARTERLY = DeadlineRule(DeadlineKind.QUARTER_DAY, month_of_quarter=1, day=20)
MONTHLY = DeadlineRule(DeadlineKind.MONTH_DAY, day=15)
YEARLY = DeadlineRule(DeadlineKind.YEAR_DATE, month=1, day=31)
FINANCE = DeadlineRule(
    DeadlineKind.QUARTER_DAY, month_of_quarter=1, day=20, monthly_variant=MONTHLY
)
COUNTED = [
    kind
    for kind in DeadlineKind
    if kind not in (DeadlineKind.QUARTER_DAY, DeadlineKind.MONTH_DAY, DeadlineKind.YEAR_DATE)
    and kind is not DeadlineKind.BEFORE_EVENT
]
EVENTS = [kind for kind in COUNTED if kind is not DeadlineKind.UPDATE_INTERVAL]
RULES = st.one_of(
    st.builds(
        lambda month, day, variant: DeadlineRule(
            DeadlineKind.QUARTER_DAY, month_of_quarter=month, day=day, monthly_variant=variant
        ),
        st.integers(1, 3),
        st.integers(1, 31),
        st.none() | st.just(MONTHLY),
    ),
    st.builds(lambda day: DeadlineRule(DeadlineKind.MONTH_DAY, day=day), st.integers(1, 31)),
    st.builds(
        lambda month, day: DeadlineRule(DeadlineKind.YEAR_DATE, month=month, day=day),
        st.integers(1, 12),
        st.integers(1, 31),
    ),
    st.builds(
        lambda kind, days: DeadlineRule(kind, days=days, text="据实"),
        st.sampled_from(COUNTED),
        st.integers(1, 60),
    ),
    st.just(DeadlineRule(DeadlineKind.BEFORE_EVENT)),
)
DAYS = st.dates(date(2021, 6, 1), date(2025, 6, 30))


def counted(kind: DeadlineKind, days: int) -> DeadlineRule:
    return DeadlineRule(kind, days=days)


@pytest.mark.parametrize(
    ("rule", "key", "due"),
    [
        (QUARTERLY, "2023Q3", date(2023, 10, 20)),
        (QUARTERLY, "2023Q4", date(2024, 1, 20)),
        (QUARTERLY, "2023-08", date(2023, 10, 20)),
        (QUARTERLY, "2023", date(2024, 1, 20)),
        (
            DeadlineRule(DeadlineKind.QUARTER_DAY, month_of_quarter=2, day=31),
            "2023Q4",
            date(2024, 2, 29),
        ),
        (
            DeadlineRule(DeadlineKind.QUARTER_DAY, month_of_quarter=3, day=25),
            "2023Q1",
            date(2023, 6, 25),
        ),
        (MONTHLY, "2023-08", date(2023, 9, 15)),
        (MONTHLY, "2023-12", date(2024, 1, 15)),
        (DeadlineRule(DeadlineKind.MONTH_DAY, day=31), "2023-01", date(2023, 2, 28)),
        (YEARLY, "2023", date(2023, 1, 31)),
        (DeadlineRule(DeadlineKind.YEAR_DATE, month=2, day=30), "2024", date(2024, 2, 29)),
        (FINANCE, "2023Q3", date(2023, 10, 20)),
        (FINANCE, "2023-09", date(2023, 10, 15)),
        (counted(DeadlineKind.DAYS_AFTER_EVENT, 10), "2023Q3", date(2023, 10, 20)),
        (counted(DeadlineKind.WORKDAYS_AFTER_EVENT, 10), "2023", date(2024, 1, 20)),
        (DeadlineRule(DeadlineKind.BEFORE_EVENT), "2023Q2", date(2023, 7, 20)),
        (counted(DeadlineKind.UPDATE_INTERVAL, 14), "2023-09", date(2023, 9, 30)),
    ],
)
def test_a_period_falls_due_on_its_day(rule, key, due):
    assert due_on_period(rule, period_of(key), CALENDAR) == due


@pytest.mark.parametrize(
    ("rule", "event_on", "due"),
    [
        (counted(DeadlineKind.DAYS_AFTER_EVENT, 10), date(2023, 9, 11), date(2023, 9, 21)),
        (counted(DeadlineKind.DAYS_AFTER_EVENT, 10), date(2023, 9, 20), date(2023, 10, 7)),
        (counted(DeadlineKind.DAYS_AFTER_EVENT, 0), date(2023, 9, 30), date(2023, 9, 30)),
        (counted(DeadlineKind.WORKDAYS_AFTER_EVENT, 10), date(2023, 9, 20), date(2023, 10, 10)),
        (counted(DeadlineKind.WORKDAYS_AFTER_EVENT, 20), date(2023, 9, 11), date(2023, 10, 13)),
        (counted(DeadlineKind.DAYS_BEFORE_EVENT, 20), date(2023, 10, 20), date(2023, 9, 30)),
        (counted(DeadlineKind.WORKDAYS_BEFORE_EVENT, 3), date(2023, 10, 9), date(2023, 9, 28)),
        (DeadlineRule(DeadlineKind.BEFORE_EVENT), date(2023, 3, 1), date(2023, 2, 28)),
        (counted(DeadlineKind.UPDATE_INTERVAL, 14), date(2023, 9, 1), date(2023, 9, 15)),
        (QUARTERLY, date(2023, 8, 5), date(2023, 10, 20)),
        (MONTHLY, date(2023, 8, 5), date(2023, 9, 15)),
        (YEARLY, date(2023, 1, 31), date(2023, 1, 31)),
        (YEARLY, date(2023, 2, 1), date(2024, 1, 31)),
    ],
)
def test_an_event_makes_its_notice_due(rule, event_on, due):
    assert due_on_event(rule, event_on, CALENDAR) == due


@given(RULES, DAYS)
def test_only_what_must_come_beforehand_is_due_before_the_event(rule, event_on):
    beforehand = "before" in rule.kind
    assert (due_on_event(rule, event_on, CALENDAR) < event_on) == beforehand


@given(RULES, DAYS)
def test_a_later_event_is_never_due_earlier(rule, event_on):
    tomorrow = event_on + timedelta(days=1)
    assert due_on_event(rule, event_on, CALENDAR) <= due_on_event(rule, tomorrow, CALENDAR)


@given(RULES, DAYS, st.sampled_from(Frequency))
def test_the_next_period_is_never_due_earlier(rule, day, frequency):
    period = period_containing(frequency, day)
    due = due_on_period(rule, period, CALENDAR)
    assert due <= due_on_period(rule, period.next(), CALENDAR)
    if rule.kind is not DeadlineKind.YEAR_DATE:
        assert due >= period.end


@given(DAYS, st.sampled_from([Frequency.QUARTERLY, Frequency.YEARLY]))
def test_events_are_confirmed_on_the_twentieth_after_the_period(day, frequency):
    period = period_containing(frequency, day)
    due = confirmation_due_on(period)
    assert due.day == CONFIRMATION_DAY == 20
    assert due == period.end + timedelta(days=20)


def test_an_unconfirmed_year_is_said_only_where_the_calendar_is_asked():
    december = date(2029, 12, 28)
    with pytest.raises(UnknownYear):
        due_on_event(counted(DeadlineKind.WORKDAYS_AFTER_EVENT, 10), december, CALENDAR)
    assert due_on_period(QUARTERLY, period_of("2029Q4"), CALENDAR) == date(2030, 1, 20)


@pytest.mark.parametrize("kind", [*EVENTS, DeadlineKind.BEFORE_EVENT])
def test_an_event_rule_needs_its_event(kind):
    days = None if kind is DeadlineKind.BEFORE_EVENT else 5
    assert DeadlineRule(kind, days=days).needs_event


@pytest.mark.parametrize(
    "rule", [QUARTERLY, MONTHLY, YEARLY, counted(DeadlineKind.UPDATE_INTERVAL, 14)]
)
def test_a_fixed_date_or_an_interval_needs_no_event(rule):
    assert not rule.needs_event


@given(RULES)
def test_a_rule_survives_the_database(rule):
    stored = json.loads(json.dumps(rule.to_mapping()))
    assert DeadlineRule.from_mapping(stored) == rule
    assert DeadlineRule.from_mapping(stored).text == rule.text


def test_a_catalogue_file_may_leave_nulls_and_zero_days_before_an_event():
    rule = DeadlineRule.from_mapping(
        {"rule": "before_event", "days": 0, "month": None, "text": "项目实施前"}
    )
    assert rule == DeadlineRule(DeadlineKind.BEFORE_EVENT)
    assert rule.text == "项目实施前"


def test_rules_that_fall_due_alike_are_equal_whatever_their_words():
    assert DeadlineRule(DeadlineKind.MONTH_DAY, day=15, text="次月15日前") == MONTHLY


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        (None, "rule 是规则名"),
        ("每季度", "rule 是规则名"),
        ({}, "不认识公开时限规则“None”：可用 quarter_day、month_day"),
        ({"rule": "weekly"}, "不认识公开时限规则“weekly”"),
        ({"rule": ["month_day"]}, "不认识公开时限规则"),
        ({"rule": "month_day", "day": 32}, "day 写成了“32”：应为 1 到 31"),
        ({"rule": "month_day", "day": 0}, "day 写成了“0”"),
        ({"rule": "month_day", "day": True}, "day 写成了“True”"),
        ({"rule": "month_day", "day": "15"}, "day 写成了“15”：应为 1 到 31 的整数"),
        ({"rule": "month_day", "day": 15, "dya": 1}, "不认识的项 dya"),
        ({"rule": "quarter_day", "day": 20, "month_of_quarter": 4}, "month_of_quarter 写成了“4”"),
        ({"rule": "quarter_day", "day": 20}, "缺少 month_of_quarter：请补上 1 到 3"),
        ({"rule": "year_date", "month": 13, "day": 1}, "month 写成了“13”"),
        ({"rule": "days_after_event"}, "缺少 days：请补上 0 到 366"),
        ({"rule": "days_after_event", "days": -1}, "days 写成了“-1”"),
        ({"rule": "update_interval", "days": 0}, "days 写成了“0”：应为 1 到 366"),
        ({"rule": "before_event", "days": 3}, "不用 days"),
        ({"rule": "days_after_event", "days": 3, "day": 3}, "不用 day"),
        (
            {
                "rule": "quarter_day",
                "month_of_quarter": 1,
                "day": 20,
                "monthly_variant": {"rule": "year_date", "month": 1, "day": 1},
            },
            "应为 month_day",
        ),
        (
            {
                "rule": "days_after_event",
                "days": 10,
                "monthly_variant": {"rule": "month_day", "day": 15},
            },
            "只有按季度的时限",
        ),
    ],
)
def test_a_faulty_rule_is_refused_and_the_fault_named(mapping, says):
    with pytest.raises(Refused) as refusal:
        DeadlineRule.from_mapping(mapping)
    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (QUARTERLY, "每季度首月20日前"),
        (FINANCE, "每季度首月20日前"),
        (
            DeadlineRule(DeadlineKind.QUARTER_DAY, month_of_quarter=2, day=8),
            "每季度第二个月8日前",
        ),
        (DeadlineRule(DeadlineKind.QUARTER_DAY, month_of_quarter=3, day=31), "每季度末月底前"),
        (MONTHLY, "次月15日前"),
        (DeadlineRule(DeadlineKind.MONTH_DAY, day=31), "次月底前"),
        (YEARLY, "每年1月31日前"),
        (counted(DeadlineKind.WORKDAYS_AFTER_EVENT, 10), "10个工作日内"),
        (counted(DeadlineKind.DAYS_AFTER_EVENT, 10), "10日内"),
        (counted(DeadlineKind.DAYS_AFTER_EVENT, 0), "当日"),
        (DeadlineRule(DeadlineKind.BEFORE_EVENT), "事前"),
        (counted(DeadlineKind.DAYS_BEFORE_EVENT, 20), "事前20日"),
        (counted(DeadlineKind.WORKDAYS_BEFORE_EVENT, 5), "事前5个工作日"),
        (counted(DeadlineKind.UPDATE_INTERVAL, 14), "每14天更新"),
    ],
)
def test_a_rule_is_said_in_a_few_words(rule, words):
    assert str(describe(rule)) == words
