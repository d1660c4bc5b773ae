"""Column names as people write them, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.documents.columns import column_letter, find_header, plain_name
from taole.documents.workbooks import Cell, Row

WANTED = {
    "village": ("村", "村名", "行政村"),
    "item": ("二级事项", "公开事项", "事项名称"),
    "section": ("一级事项",),
    "content": ("公开内容",),
    "channels": ("公开渠道和载体", "公开渠道"),
    "until": ("公示止", "公示结束"),
    "from": ("公示起",),
}


def table(*rows: list[Cell]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(rows, 1)]


@given(st.permutations(["村", "公开事项", "公示起", "公示止", "备注"]))
def test_columns_are_found_in_any_order(names: list[str]):
    header = find_header(table([*names]), WANTED, {"village", "item"})
    assert {key: names[at] for key, at in header.columns.items()} == {
        "village": "村",
        "item": "公开事项",
        "from": "公示起",
        "until": "公示止",
    }


@pytest.mark.parametrize(
    "written",
    [
        "公开内容（要素）",
        "公开内容(要素)",
        "公 开\n内 容",
        "　公开内容：",
        "*公开内容",
        "【必填】公开内容",
    ],
)
def test_a_column_is_known_by_its_name_whatever_is_around_it(written: str):
    header = find_header(table(["村", written]), WANTED, {"content"})
    assert header.columns["content"] == 1


def test_full_width_letters_and_digits_are_the_same_as_half_width():
    assert plain_name("ＱＲ１２（号）") == plain_name("qr12")
    assert plain_name("（元）") == "元"


def test_the_head_stands_below_the_title_and_the_rows_keep_their_numbers():
    rows = table(["陶乐镇村务公开台账", None, None], [None] * 3, ["村", "公开事项", "公示起"])
    header = find_header(rows, WANTED, {"village", "item"})
    assert (header.row_number, header.last_row_number) == (3, 3)
    row = Row(4, ["东园村", "各项收入", None])
    assert header.value(row, "item") == "各项收入"
    assert header.value(row, "content") is None


def test_a_head_of_two_rows_names_the_columns_by_the_lower_one():
    rows = table(
        ["序号", "公开事项", None, "公开内容", "公开渠道和载体", None, None],
        [None, "一级事项", "二级事项", None, "政府网站", "村公示栏", "其他"],
        [1, "社会保障", "低保", "名单", "√", None, None],
    )
    header = find_header(rows, WANTED, {"item"})
    assert (header.row_number, header.last_row_number) == (1, 2)
    assert header.columns == {"section": 1, "item": 2, "content": 3, "channels": 4}
    assert header.under == {"channels": {"政府网站": 4, "村公示栏": 5, "其他": 6}}


def test_a_head_of_two_rows_is_known_also_when_merged_cells_are_repeated():
    rows = table(
        ["序号", "公开事项", "公开事项", "公开内容", "公开渠道和载体", "公开渠道和载体"],
        ["序号", "一级事项", "二级事项", "公开内容", "政府网站", "村公示栏"],
    )
    header = find_header(rows, WANTED, {"item"})
    assert header.columns == {"section": 1, "item": 2, "content": 3, "channels": 4}
    assert header.under == {"channels": {"政府网站": 4, "村公示栏": 5}}


def test_two_rows_may_say_a_name_together():
    rows = table(["村", "公开事项", "公示", None], [None, None, "起", "止"])
    header = find_header(rows, WANTED, {"village"})
    assert header.columns["from"] == 2
    assert header.columns["until"] == 3


def test_the_first_row_of_data_is_not_taken_for_a_head():
    rows = table(["村", "公开事项", None], ["东园村", "各项收入", "备注内容"])
    assert find_header(rows, WANTED, {"item"}).last_row_number == 1


def test_the_better_of_two_names_is_taken():
    header = find_header(table(["公开事项", "二级事项"]), WANTED, {"item"})
    assert header.columns["item"] == 1


def test_a_missing_column_is_named_with_the_names_seen():
    with pytest.raises(Refused) as refused:
        find_header(table(["标题"], ["村名", "期间"]), WANTED, {"village", "item"})
    assert str(refused.value) == "第2行的表头缺少“二级事项”列；表里的列名是：村名、期间。"


def test_a_table_without_any_known_name_says_what_was_read():
    with pytest.raises(Refused, match=r"前 15 行里找不到表头.*读到的是：甲、乙"):
        find_header(table(["题"], ["甲", "乙"]), WANTED, {"village"})
    with pytest.raises(Refused, match="读到的是：—"):
        find_header([], WANTED, {"village"})
    far = table(*([None] for _ in range(20)), ["村"])
    with pytest.raises(Refused, match="找不到表头"):
        find_header(far, WANTED, {"village"})


def test_many_names_seen_are_cut():
    with pytest.raises(Refused, match="……"):
        find_header(table([f"列{at}" for at in range(30)]), WANTED, {"village"})


def test_a_column_that_stands_twice_is_said_with_its_letters():
    with pytest.raises(Refused) as refused:
        find_header(table(["村", "公开事项", "期", "公开事项"]), WANTED, {"item"})
    assert "“公开事项”出现了两次（B、D 列）" in str(refused.value)


@pytest.mark.parametrize(("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(column: int, letter: str):
    assert column_letter(column) == letter
