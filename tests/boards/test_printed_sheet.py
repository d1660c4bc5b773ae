"""What stands on the paper: only what may be told, with its sums, its days and its phones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.boards.codes import code_in, host_of, public_address
from taole.boards.sheet_layout import is_long, numbered, type_points
from taole.catalogue.unified_template import UnifiedTemplate
from taole.notices.printed_sheet import (
    NoticePeriod,
    phone_lines,
    phone_warnings,
    public_head,
    public_table,
)
from tests.boards.sheet_factory import CODE, TEMPLATE, a_sheet, rows_of


def test_the_sum_line_says_how_many_people_and_how_much():
    table = public_table(TEMPLATE, TEMPLATE.column_names, rows_of(16))
    assert table.counted == "16 人"
    assert table.sums == (("发放金额", "4,320.00 元"),)
    _columns, rows, total = numbered(a_sheet(16))
    assert rows[15] == ["16", "刘某某", "一组", "270.00"]
    assert total == ["合计", "16 人", "", "4,320.00"]


def test_what_must_not_be_published_is_left_out_with_its_cells():
    columns = [*TEMPLATE.column_names, "身份证号码"]
    table = public_table(TEMPLATE, columns, [[*row, "在这里"] for row in rows_of(2)])
    assert [each.label for each in table.columns] == ["姓名", "组别", "发放金额（元）"]
    assert all("在这里" not in row and "不给人看的话" not in row for row in table.rows)
    assert public_head(TEMPLATE, {"经办人手机": "有", "政策依据": "某文件"}) == (
        ("政策依据", "某文件"),
    )


@given(st.lists(st.sampled_from([*TEMPLATE.column_names, "身份证", "银行卡号"]), unique=True))
def test_no_order_of_columns_lets_a_forbidden_one_out(columns):
    table = public_table(TEMPLATE, columns, [[f"格{name}" for name in columns]] if columns else [])
    told = {cell for row in table.rows for cell in row}
    assert told.isdisjoint({"格身份证", "格银行卡号", "格经办备注"})
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_typed_sum_row_gives_way_to_the_sum_line():
    rows = [*rows_of(2), ["合计", "", "", "999.00"]]
    table = public_table(TEMPLATE, TEMPLATE.column_names, rows)
    assert len(table.rows) == 2
    assert table.total is not None
    assert table.total[-1] == "540.00"


def test_a_matter_told_in_prose_has_no_table():
    table = public_table(UnifiedTemplate(), [], [])
    assert (table.columns, table.rows, table.total, table.counted) == ((), (), None, "")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2023, 9, 20), date(2023, 9, 27), "2023年9月20日至9月27日"),
        (date(2023, 12, 28), date(2024, 1, 4), "2023年12月28日至2024年1月4日"),
        (date(2023, 9, 20), None, "2023年9月20日起"),
    ],
)
def test_the_notice_period_is_told_as_villages_write_it(start, end, words):
    assert NoticePeriod(start, end).words == words


def test_a_missing_supervision_phone_is_printed_as_such_and_warned_of():
    phones = phone_lines("", "0952-5550118", is_village=True)
    assert phones[0] == ("村务监督委员会电话", "未登记")
    (warning,) = phone_warnings("东园村", phones)
    assert "东园村" in str(warning)
    assert "村务监督委员会电话" in str(warning)


@given(st.integers(0, 200))
def test_the_type_is_never_too_small_to_read_and_never_grows_with_more_rows(count):
    sheet, longer = a_sheet(count), a_sheet(count + 1)
    assert 10 <= type_points(sheet) <= 18
    if count and not is_long(longer):
        assert type_points(longer) <= type_points(sheet)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"https://cwgk.example/n/{CODE}", CODE),
        (f"http://another.example:8000/sub/n/{CODE}/", CODE),
        (f"HTTPS://CWGK.EXAMPLE/N/{CODE.upper()}", CODE),
        ("https://pay.example/u/abcdefgh23", ""),
        ("https://cwgk.example/n/short", ""),
        ("WIFI:S:cunwei;P:12345678;;", ""),
        ("", ""),
    ],
)
def test_only_an_address_of_a_notice_names_a_notice(address, code):
    assert code_in(address) == code


@given(st.text(max_size=80))
def test_whatever_a_code_holds_is_read_without_harm(text):
    assert code_in(text) == "" or len(code_in(text)) == 10
    assert len(host_of(text)) <= 80


def test_a_public_address_is_found_again_in_itself():
    assert code_in(public_address("https://cwgk.example/", CODE)) == CODE
