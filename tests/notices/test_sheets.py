"""The rows of a notice, typed and pasted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.notices.sheets import MAX_ROWS, Sheet, as_pasted, columns_of, sheet, sheet_from_paste

COLUMNS = ("姓名", "金额")


def test_what_is_said_once_for_all_rows_is_no_column() -> None:
    content = ["申请人姓名", "保障金额", "公示起止日期", "监督举报电话", "序号"]
    assert columns_of(content) == ("申请人姓名", "保障金额")


def test_empty_rows_are_left_out_and_short_ones_filled_up() -> None:
    assert sheet(COLUMNS, [["张某某", 90], ["", " "], ["李某某"]]).rows == (
        ("张某某", "90"),
        ("李某某", ""),
    )


def test_a_row_that_is_too_wide_is_named() -> None:
    with pytest.raises(Refused, match="第2行有3格"):
        sheet(COLUMNS, [["张某某", "90"], ["李某某", "90", "多"]])


def test_a_cell_that_is_too_long_and_a_table_without_end_are_refused() -> None:
    with pytest.raises(Refused, match="第1行“金额”太长"):
        sheet(COLUMNS, [["张某某", "9" * 501]])
    with pytest.raises(Refused, match="太长"):
        sheet(COLUMNS, [["张某某", "9"]] * (MAX_ROWS + 1))
    with pytest.raises(Refused, match="太宽"):
        sheet([str(number) for number in range(40)], [])


def test_a_pasted_table_brings_its_head_or_takes_the_known_one() -> None:
    with_head = sheet_from_paste("姓名\t组别\t金额\n张某某\t一组\t90\n", COLUMNS)
    assert with_head == Sheet(("姓名", "组别", "金额"), (("张某某", "一组", "90"),))
    assert sheet_from_paste("张某某\t90\r\n", COLUMNS) == Sheet(COLUMNS, (("张某某", "90"),))
    assert sheet_from_paste("甲\t乙\n1\t2", ()) == Sheet(("甲", "乙"), (("1", "2"),))
    assert sheet_from_paste("  \n", COLUMNS) == Sheet(COLUMNS)


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)


@given(st.lists(st.tuples(words, words), max_size=20))
def test_a_table_comes_back_from_its_own_text(rows: list[tuple[str, str]]) -> None:
    table = sheet(COLUMNS, rows)
    assert sheet_from_paste(as_pasted(table), COLUMNS) == table
