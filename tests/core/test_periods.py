"""Periods, and how the people of a village write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.core.periods import (
    LABELS,
    Frequency,
    Period,
    fortnights,
    label,
    parse_day,
    parse_period,
    period_containing,
    period_of,
    periods_touching,
)

DAYS = st.dates(date(1991, 1, 1), date(2099, 12, 31))
FREQUENCIES = st.sampled_from(Frequency)


def test_every_frequency_has_a_name_for_people():
    assert set(LABELS) == set(Frequency)


@pytest.mark.parametrize(
    ("frequency", "key", "start", "end"),
    [
        (Frequency.MONTHLY, "2023-09", date(2023, 9, 1), date(2023, 9, 30)),
        (Frequency.QUARTERLY, "2023Q3", date(2023, 7, 1), date(2023, 9, 30)),
        (Frequency.YEARLY, "2023", date(2023, 1, 1), date(2023, 12, 31)),
        (Frequency.ON_EVENT, "2023Q3", date(2023, 7, 1), date(2023, 9, 30)),
        (Frequency.INTERVAL, "2023-09", date(2023, 9, 1), date(2023, 9, 30)),
    ],
)
def test_the_seventh_of_september_lies_in_its_period(frequency, key, start, end):
    assert period_containing(frequency, date(2023, 9, 7)) == Period(start, end, key)


@given(FREQUENCIES, DAYS)
def test_a_day_lies_in_its_own_period_and_the_key_leads_back(frequency, day):
    period = period_containing(frequency, day)
    assert day in period
    assert period_of(period.key) == period
    assert parse_period(str(label(period))) == period


@given(FREQUENCIES, DAYS)
def test_periods_follow_each_other_without_a_gap(frequency, day):
    period = period_containing(frequency, day)
    assert period.next().start == period.end + timedelta(days=1)
    assert period.next().previous() == period
    assert period.end + timedelta(days=1) not in period


@given(FREQUENCIES, DAYS, st.integers(0, 800))
def test_periods_touching_cover_the_range_once(frequency, first, length):
    last = first + timedelta(days=length)
    periods = periods_touching(frequency, first, last)
    assert first in periods[0]
    assert last in periods[-1]
    assert [each.next() for each in periods[:-1]] == periods[1:]


def test_a_year_has_four_quarters_and_a_backward_range_has_none():
    year = periods_touching(Frequency.QUARTERLY, date(2023, 1, 1), date(2023, 12, 31))
    assert [each.key for each in year] == ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]
    assert periods_touching(Frequency.MONTHLY, date(2023, 2, 1), date(2023, 1, 1)) == []


@pytest.mark.parametrize(
    "key", ["2023-13", "2023-7", "2023Q5", "23", "", "2023F19", "1800", "2023-00"]
)
def test_a_key_that_names_no_period_is_refused(key):
    with pytest.raises(Refused, match="期间代码"):
        period_of(key)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("2023年第三季度", "2023Q3"),
        ("2023年三季度", "2023Q3"),
        ("2023年3季度", "2023Q3"),
        ("2023年第3季度", "2023Q3"),
        ("2023第3季度", "2023Q3"),
        ("2023年度第四季度", "2023Q4"),
        ("2023年一季", "2023Q1"),
        ("2023Q3", "2023Q3"),
        ("2023q3", "2023Q3"),
        ("2023-Q3", "2023Q3"),
        ("２０２３年 第３ 季度", "2023Q3"),
        ("2023年7-9月", "2023Q3"),
        ("2023年10月至12月", "2023Q4"),
        ("2023年9月", "2023-09"),
        ("2023年09月份", "2023-09"),
        ("2023年九月", "2023-09"),
        ("2023年十一月", "2023-11"),
        ("2023.9", "2023-09"),
        ("2023-09", "2023-09"),
        ("2023/9", "2023-09"),
        ("202309", "2023-09"),
        (202309, "2023-09"),
        (" 2023 年 10 月 ", "2023-10"),
        ("２０２３．１０", "2023-10"),
        ("2023年", "2023"),
        ("2023年度", "2023"),
        ("2023", "2023"),
        (2023, "2023"),
        (2023.0, "2023"),
        ("2023年9月7日", "2023-09"),
        ("2023-09-07", "2023-09"),
        ("2023-09-07 00:00:00", "2023-09"),
        (date(2023, 9, 7), "2023-09"),
        (45176.0, "2023-09"),
    ],
)
def test_a_ledger_may_write_its_period_in_many_ways(written, key):
    assert parse_period(written) == period_of(key)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "上半年",
        "2023年上半年",
        "2023年13月",
        "202313",
        "1023年",
        "1023年第三季度",
        "1023年7-9月",
        "2023年8-10月",
        "2023年5季度",
        "2023年2月30日",
        None,
        True,
        float("nan"),
        float("inf"),
    ],
)
def test_what_names_no_period_is_refused_in_one_sentence(written):
    with pytest.raises(Refused, match=r"期间“.*”看不懂") as refusal:
        parse_period(written)
    assert len(refusal.value.sentences) == 1


@pytest.mark.parametrize(
    ("key", "words"), [("2023Q3", "2023年第三季度"), ("2023-09", "2023年9月"), ("2023", "2023年")]
)
def test_a_period_is_named_as_people_name_it(key, words):
    assert str(label(period_of(key))) == words


class TestFortnights:
    ANCHOR = date(2023, 1, 2)

    def test_the_eleventh_of_september_2023_begins_number_nineteen(self):
        period = fortnights(self.ANCHOR, date(2023, 9, 20))
        assert period == Period(date(2023, 9, 11), date(2023, 9, 24), "2023F19")
        assert str(label(period)) == "2023年第19期"
        assert period.frequency is Frequency.INTERVAL

    def test_any_day_of_the_first_week_may_be_the_anchor(self):
        assert fortnights(date(2023, 1, 8), date(2023, 1, 9)).start == date(2023, 1, 2)
        assert fortnights(date(2023, 1, 9), date(2023, 1, 9)).start == date(2023, 1, 9)

    def test_a_year_of_53_weeks_may_have_27_fortnights(self):
        assert fortnights(date(2020, 12, 28), date(2020, 12, 28)).key == "2020F27"
        assert fortnights(date(2020, 12, 28), date(2021, 1, 11)).key == "2021F01"

    @given(DAYS, DAYS)
    def test_they_are_unbroken_and_never_share_a_key(self, anchor, day):
        period = fortnights(anchor, day)
        assert day in period
        assert period.start.weekday() == 0
        assert (period.end - period.start).days == 13
        following = period.next()
        assert following.start == period.end + timedelta(days=1)
        assert following.previous() == period
        assert following.key > period.key
        assert int(following.key[5:]) in (1, int(period.key[5:]) + 1)


@pytest.mark.parametrize(
    "written",
    [
        date(2023, 9, 7),
        datetime(2023, 9, 7, 15, 30),  # noqa: DTZ001 - workbooks have no zones
        "2023.9.7",
        "2023年9月7日",
        "2023年09月07号",
        "2023-09-07",
        "2023-09-07 08:30",
        "2023-9-7T08:30:00",
        "2023/9/7 18:30:15.5",
        "20230907",
        20230907,
        20230907.0,
        "２０２３年９月７日",
        " 2023 年 9 月 7 日 ",
        45176,
        45176.0,
        45176.75,
    ],
)
def test_a_day_may_be_written_in_many_ways(written):
    assert parse_day(written) == date(2023, 9, 7)


@pytest.mark.parametrize(
    "written",
    [
        "",
        None,
        True,
        "昨天",
        "2023.2.30",
        "2023-09/07",
        "9月7日",
        "1023-09-07",
        29999.0,
        60001,
        1.5,
        float("nan"),
        float("inf"),
        "45176",
    ],
)
def test_what_names_no_day_is_refused_in_one_sentence(written):
    with pytest.raises(Refused, match=r"日期“.*”看不懂：请写成"):
        parse_day(written)


def test_an_excel_day_at_either_end_of_the_range_is_read():
    assert parse_day(30000) == date(1982, 2, 18)
    assert parse_day(60000) == date(2064, 4, 8)


@pytest.mark.parametrize(
    "number",
    [
        "64022119900101123X",
        "640221 19900101 1234",
        "６４０２２１１９９００１０１１２３４",
        640221199001011234,
        6.40221199001011234e17,
        "身份证640221199001011234",
    ],
)
def test_a_persons_identity_number_is_never_repeated(number):
    with pytest.raises(Refused) as refusal:
        parse_day(number)
    assert "19900101" not in str(refusal.value)
    assert "***" in str(refusal.value)


def test_a_long_cell_is_shortened():
    with pytest.raises(Refused) as refusal:
        parse_day("陈某" * 30)
    assert refusal.value.sentences[0].params["value"] == "陈某" * 9 + "陈…"
