"""The rows of a notice as they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.filling.sheets import MAX_ROWS, sheet

COLUMNS = ("姓名", "金额")


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


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)


@given(st.lists(st.tuples(words, words), max_size=20))
def test_a_clean_table_stays_as_it_is(rows: list[tuple[str, str]]) -> None:
    table = sheet(COLUMNS, rows)
    assert sheet(table.columns, table.rows) == table
