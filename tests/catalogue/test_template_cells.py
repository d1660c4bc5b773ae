"""What villages write into cells, and what is made of it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.catalogue.chinese_numerals import read_numerals
from taole.catalogue.template_cells import (
    is_phone,
    propose_day,
    read_day,
    read_plain,
    read_proposed,
    read_well,
    tidy_cell,
    write_number,
)
from taole.catalogue.unified_template import NUMERIC, CellKind, Field

MONEY = Field("金额", CellKind.AMOUNT, "元")
RATE = Field("标准", CellKind.AMOUNT, "元/亩")
TEN_THOUSANDS = Field("规模", CellKind.AMOUNT, "万元")
LAND = Field("面积", CellKind.AREA, "亩")
HOMESTEAD = Field("面积", CellKind.AREA, "平方米")
PEOPLE = Field("人数", CellKind.COUNT, "人")
DAY = Field("日期", CellKind.DAY)
NAME = Field("姓名", CellKind.NAME)
PHONE = Field("电话", CellKind.PHONE)
WORDS = Field("说明")

WITHOUT_ASKING = [
    (MONEY, "220", "220.00"),
    (MONEY, "220元", "220.00"),
    (MONEY, "￥2,200.5", "2,200.50"),
    (MONEY, "２２０．００", "220.00"),
    (MONEY, "人民币220元整", "220.00"),
    (MONEY, " 4 860.00 ", "4,860.00"),
    (MONEY, "-20", "-20.00"),
    (MONEY, "-0", "0.00"),
    (MONEY, "0.125", "0.125"),
    (RATE, "120元", "120.00"),
    (RATE, "120元/亩", "120.00"),
    (TEN_THOUSANDS, "2.3万元", "2.30"),
    (LAND, "12.50亩", "12.5"),
    (HOMESTEAD, "120㎡", "120"),
    (PEOPLE, "3人", "3"),
    (PEOPLE, "３口", "3"),
    (PEOPLE, "1,200", "1200"),
    (MONEY, "/", ""),
    (PEOPLE, "无", ""),
    (DAY, "—", ""),
    (DAY, "2023.9.7", "2023-09-07"),
    (DAY, "2023年9月7日", "2023-09-07"),
    (DAY, "２０２３／９／７", "2023-09-07"),
    (DAY, "20230907", "2023-09-07"),
    (NAME, " 张　某某 ", "张某某"),
    (PHONE, "０９５２－８０１１１３２", "0952-8011132"),
    (WORDS, "  修 渠  ", "修 渠"),
]


@pytest.mark.parametrize(("field", "written", "kept"), WITHOUT_ASKING)
def test_what_is_beyond_doubt_is_put_right_without_asking(field, written, kept):
    assert tidy_cell(field, written) == kept


NEVER_TOUCHED = [
    (MONEY, "贰佰贰拾元"),
    (MONEY, "2.3万"),
    (MONEY, "约220"),
    (MONEY, "1,2"),
    (MONEY, "6402211900010100"),
    (LAND, "3平方米"),
    (PEOPLE, "2.5"),
    (DAY, "9月7日"),
    (DAY, "45176"),
    (DAY, "2023-02-30"),
    (PHONE, "找村长"),
    (WORDS, "无"),
    (WORDS, "（二）"),
]


@pytest.mark.parametrize(("field", "written"), NEVER_TOUCHED)
def test_what_has_to_be_interpreted_stays_as_it_was_written(field, written):
    assert tidy_cell(field, written) == written


PROPOSED = [
    (MONEY, "贰佰贰拾元", "220.00"),
    (MONEY, "贰佰贰拾元整", "220.00"),
    (MONEY, "壹万贰仟叁佰肆拾伍元陆角柒分", "12,345.67"),
    (MONEY, "五角", "0.50"),
    (MONEY, "伍元零伍分", "5.05"),
    (MONEY, "2.3万", "23,000.00"),
    (MONEY, "2.3万元", "23,000.00"),
    (MONEY, "3万5千", "35,000.00"),
    (MONEY, "(200)", "-200.00"),
    (MONEY, "一亿二千万", "120,000,000.00"),
    (LAND, "3亩5分", "3.5"),
    (LAND, "3亩5分2厘", "3.52"),
    (LAND, "三点五亩", "3.5"),
    (PEOPLE, "三人", "3"),
    (PEOPLE, "十五", "15"),
    (PEOPLE, "一百零五户", None),
    (PEOPLE, "二十", "20"),
    (PEOPLE, "二〇", "20"),
    (MONEY, "三百五", None),
    (MONEY, "两万三", None),
    (MONEY, "很多", None),
    (MONEY, "百", None),
    (MONEY, "一二百", None),
    (MONEY, "五X角", None),
    (MONEY, "见附件", None),
    (MONEY, "三点", None),
    (MONEY, "一百千", None),
    (MONEY, "万", None),
    (MONEY, "人角", None),
    (MONEY, "壹人元五角", None),
    (PEOPLE, "三点五", None),
]


@pytest.mark.parametrize(("field", "written", "proposal"), PROPOSED)
def test_what_a_number_probably_means_is_proposed(field, written, proposal):
    value = read_proposed(field, written)
    assert (value if value is None else write_number(field, value)) == proposal


@pytest.mark.parametrize(
    ("written", "number"),
    [("一千二百三十四", 1234), ("三万零五十", 30050), ("5百", 500), ("一万", 10000), ("零", 0)],
)
def test_written_out_numbers_are_read(written, number):
    assert read_numerals(written) == number


def test_days_are_proposed_only_with_a_year_or_from_excel():
    assert propose_day("45176", None) == date(2023, 9, 7)
    assert propose_day("9月7日", 2023) == date(2023, 9, 7)
    assert propose_day("9.7", 2023) == date(2023, 9, 7)
    assert propose_day("9月7日", None) is None
    assert propose_day("2月30日", 2023) is None
    assert propose_day("秋收以后", 2023) is None
    assert read_day("2023-02-30") is None


@pytest.mark.parametrize(
    ("written", "is_one"),
    [("0952-8011132", True), ("8011132", True), ("12345", True), ("找村长", False)],
)
def test_phones_are_told_from_words(written, is_one):
    assert is_phone(written) is is_one


fields = st.builds(
    Field,
    st.just("栏"),
    st.sampled_from(list(CellKind)),
    st.sampled_from(["", "元", "万元", "元/亩", "亩", "平方米", "人", "户"]),
)
cells = st.one_of(
    st.text(alphabet="0123456789０１２.,-（）() 元万亩人年月日贰佰拾五零整/无", max_size=14),
    st.text(max_size=12),
)


@given(fields, cells)
def test_tidying_a_cell_twice_is_tidying_it_once_and_keeps_its_value(field, written):
    tidy = tidy_cell(field, written)
    assert tidy_cell(field, tidy) == tidy
    if field.kind in NUMERIC and tidy:
        assert read_plain(field, tidy) == read_plain(field, written)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from([MONEY, LAND]),
)
def test_a_number_as_it_is_printed_reads_as_the_same_number(value, field):
    assert read_well(field, write_number(field, value)) == value


@given(st.integers(min_value=0, max_value=99_999_999))
def test_formal_numerals_of_any_amount_are_read(amount):
    assert read_numerals(_formal(amount)) == Decimal(amount)


def _formal(amount):
    """As banks write it: 壹拾万零伍佰."""
    if amount == 0:
        return "零"
    written, pending = "", False
    large, small = divmod(amount, 10000)
    for part, unit in ((large, "万"), (small, "")):
        for size, sign in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
            digit = part // size % 10
            if digit:
                written += (
                    ("零" if pending and written else "") + "零壹贰叁肆伍陆柒捌玖"[digit] + sign
                )
                pending = False
            elif written:
                pending = True
        if part and unit:
            written += unit
            pending = part % 10 == 0
    return written
