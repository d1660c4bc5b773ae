"""Time limits as townships really write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.catalogue.deadline_text import QUOTED_AT_MOST, read_deadline, read_notice_period
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule, describe
from taole.core.words import Sentence
from taole.core.workdays import DayUnit


def quarter(month: int, day: int) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.QUARTER_DAY, month_of_quarter=month, day=day)


def month(day: int) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.MONTH_DAY, day=day)


def year(month: int, day: int) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.YEAR_DATE, month=month, day=day)


def days(number: int) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.DAYS_AFTER_EVENT, days=number)


def workdays(number: int) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.WORKDAYS_AFTER_EVENT, days=number)


def days_before(number: int) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.DAYS_BEFORE_EVENT, days=number)


def workdays_before(number: int) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.WORKDAYS_BEFORE_EVENT, days=number)


def every(number: int) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.UPDATE_INTERVAL, days=number)


BEFOREHAND = DeadlineRule(DeadlineKind.BEFORE_EVENT)

UNDERSTOOD = {
    "每季度的首个月20日": quarter(1, 20),
    "每季度的首个月20日(前)": quarter(1, 20),
    "每季度的首个月20日（前）": quarter(1, 20),
    "每季度首月20日前": quarter(1, 20),
    "每季度首月２０ 日前": quarter(1, 20),
    "每季度首月二十日前": quarter(1, 20),
    "每季度第一个月15日": quarter(1, 15),
    "每季度第二个月底前": quarter(2, 31),
    "每季度末月25日前": quarter(3, 25),
    "每季度最后一个月末": quarter(3, 31),
    "下季度第1个月8号": quarter(1, 8),
    "季度结束后15日内": quarter(1, 15),
    "每季度后10日内": quarter(1, 10),
    "每季度公开一次，每季度首月20日前": quarter(1, 20),
    "每年1、4、7、10月8日": quarter(1, 8),
    "2、5、8、11月8日前": quarter(2, 8),
    "3,6,9,12月底前": quarter(3, 31),
    "首季首月20日": year(1, 20),
    "每月15日前": month(15),
    "次月15日前": month(15),
    "每个月的15日": month(15),
    "每月三十一日": month(31),
    "每月月底前": month(31),
    "每月结束后10日内": month(10),
    "月后10日内": month(10),
    "每年1月31日前": year(1, 31),
    "1月31日前": year(1, 31),
    "一月三十一日前": year(1, 31),
    "十二月三十一日前": year(12, 31),
    "次年3月底前": year(3, 31),
    "每年1月31日前，及时更新": year(1, 31),
    "每年年底前": year(12, 31),
    "年末": year(12, 31),
    "信息形成或者变更之日起20个工作日内": workdays(20),
    "信息形成或者变更之日起20个工作日内予以公开（法律、法规另有规定的除外）": workdays(20),
    "获取该信息之日起20个工作日内": workdays(20),
    "制定或获取信息之日起10个工作日内": workdays(10),
    "制定或获取信息之日起10个工作日内，公示7个工作日": workdays(10),
    "分配结果确定后20个工作日内": workdays(20),
    "收到批准文件后15个工作日内": workdays(15),
    "收到批准文件后１５ 个工作日内": workdays(15),
    "二十个工作日以内": workdays(20),
    "10个工作日内": workdays(10),
    "10个工作日": workdays(10),
    "3-5个工作日内": workdays(5),
    "公示5个工作日无异议后3日内": days(3),
    "事项发生后10日内": days(10),
    "及时公开，10日内": days(10),
    "自决定之日起十五日内": days(15),
    "批准后5天": days(5),
    "九十九日内": days(99),
    "一周内": days(7),
    "两周之内": days(14),
    "24小时内": days(1),
    "评议当日": days(0),
    "选举日前20日": days_before(20),
    "选举日的二十日以前": days_before(20),
    "选举前二十日": days_before(20),
    "会议召开10日前": days_before(10),
    "会议召开前10日": days_before(10),
    "提前5天公布": days_before(5),
    "10天前": days_before(10),
    "会议召开10个工作日前": workdays_before(10),
    "提前5个工作日": workdays_before(5),
    "项目实施前": BEFOREHAND,
    "项目实施前公示": BEFOREHAND,
    "会议召开之前": BEFOREHAND,
    "选举日前": BEFOREHAND,
    "事前": BEFOREHAND,
    "两周": every(14),
    "两周更新一次": every(14),
    "每两周": every(14),
    "每14天更新一次": every(14),
    "每隔10天": every(10),
    "每周": every(7),
    "每日更新": every(1),
}


@pytest.mark.parametrize(("text", "rule"), UNDERSTOOD.items())
def test_a_plain_time_limit_becomes_a_rule(text, rule):
    read = read_deadline(text)
    assert read == rule
    assert isinstance(read, DeadlineRule)
    assert read.text == text


ASKED = {
    "": "没有写公开时限",
    " 　": "没有写公开时限",
    "每季度": "没有写明哪一天：请写成例如“每季度首月20日前”",
    "按季度公开": "没有写明哪一天：请写成例如“每季度首月20日前”",
    "每季度定期公布": "没有写明哪一天",
    "每月": "没有写明哪一天：请写成例如“次月15日前”",
    "每年": "没有写明几月几日",
    "年度": "没有写明几月几日",
    "每年/年度": "没有写明几月几日",
    "及时公开": "没有写明几日内",
    "随时公布": "没有写明几日内",
    "即时": "没有写明几日内",
    "不定期": "没有写明几日内",
    "信息变更后公开": "没有写明几日内",
    "定期": "没有写明多久更新一次",
    "长期公开": "只说公开多久",
    "公示7个工作日": "是公示期，不是公开时限",
    "公示期为7天": "是公示期，不是公开时限",
    "不少于10天": "是公示期，不是公开时限",
    "一个月内": "请换成天数",
    "20日前": "没有写明是哪个月",
    "二十日前": "没有写明是哪个月",
    "于20日前公布": "没有写明是哪个月",
    "第二季度首月20日": "没有写明是哪个月",
    "2023年9月20日": "只说某一年",
    "2024年3月31日前": "只说某一年",
    "2024年3月底前": "只说某一年",
    "2024年第一季度": "只说某一年",
    "每半年": "看不懂",
    "3月前": "看不懂",
    "每5个工作日更新一次": "看不懂",
    "动态调整": "看不懂",
    "每月35日": "数字不对",
    "每年0月1日": "数字不对",
    "1000日内": "数字不对",
    "一二日内": "数字不对",
    "十十日内": "数字不对",
    "长期公开/定期更新": "不止一个时限",
    "每季度/每月": "不止一个时限",
    "及时公开，每季度": "不止一个时限",
    "长期公开，每季度首月20日前": "不止一个时限",
    "每季度首月20日前或每月15日前": "不止一个时限",
    "每月15日、30日": "不止一个时限",
    "每年1月1日至1月31日": "不止一个时限",
    "每季度，信息形成后10个工作日内": "不止一个时限",
    "定期公开，事项发生后10日内": "不止一个时限",
    "事前、事中、事后公开": "不止一个时限",
    "项目实施前、实施后公开": "不止一个时限",
}


@pytest.mark.parametrize(("text", "asks"), ASKED.items())
def test_an_unclear_time_limit_becomes_one_question_that_quotes_it(text, asks):
    question = read_deadline(text)
    assert isinstance(question, Sentence)
    assert asks in str(question)
    assert text.strip() in str(question)


def test_a_long_time_limit_is_quoted_short():
    question = read_deadline("另行通知" * 30)
    assert isinstance(question, Sentence)
    assert len(str(question.params["text"])) == QUOTED_AT_MOST


@given(
    st.text(
        alphabet="每季度首个月日前后内周年工作第一二十两0123456789、，/公示长期及时", max_size=24
    )
)
def test_any_words_become_a_rule_or_a_question(text):
    read = read_deadline(text)
    assert isinstance(read, DeadlineRule | Sentence)
    assert str(read)
    read_notice_period(text)


SPOKEN = st.one_of(
    st.builds(quarter, st.integers(1, 3), st.integers(1, 31)),
    st.builds(month, st.integers(1, 31)),
    st.builds(year, st.integers(1, 12), st.integers(1, 31)),
    st.builds(days, st.integers(0, 366)),
    st.builds(workdays, st.integers(1, 366)),
    st.builds(days_before, st.integers(1, 366)),
    st.builds(workdays_before, st.integers(1, 366)),
    st.builds(every, st.integers(1, 366)),
    st.just(BEFOREHAND),
)


@given(SPOKEN)
def test_what_the_house_says_of_a_rule_it_also_understands(rule):
    assert read_deadline(str(describe(rule))) == rule


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("公示7个工作日", (7, DayUnit.WORKING)),
        ("公示期为7天", (7, DayUnit.CALENDAR)),
        ("公示期：１０ 日", (10, DayUnit.CALENDAR)),
        ("公示时间不少于5个工作日", (5, DayUnit.WORKING)),
        ("公示不得少于十日", (10, DayUnit.CALENDAR)),
        ("村务公开栏张贴不少于10天", (10, DayUnit.CALENDAR)),
        ("制定或获取信息之日起10个工作日内，公示7个工作日", (7, DayUnit.WORKING)),
        ("公示一周", (7, DayUnit.CALENDAR)),
        ("7个工作日", (7, DayUnit.WORKING)),
        ("不少于30日", (30, DayUnit.CALENDAR)),
        ("7天以上", (7, DayUnit.CALENDAR)),
        ("公示10日内", None),
        ("10个工作日内", None),
        ("每季度首月20日前", None),
        ("公示0天", None),
        ("公示999天", None),
        ("", None),
    ],
)
def test_a_notice_period_is_read_with_its_unit(text, period):
    assert read_notice_period(text) == period
