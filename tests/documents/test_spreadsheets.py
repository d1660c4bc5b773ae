"""Tables that leave the house."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook
from taole.documents.workbooks import read_workbook

NINE_THIRTY = datetime(2023, 10, 12, 9, 30)  # noqa: DTZ001 - workbooks carry no zone


def sheet_of(*rows: list[object], **more: object) -> SheetOut:
    width = max((len(row) for row in rows), default=1)
    columns = [ColumnOut(f"列{at}") for at in range(width)]
    return SheetOut("台账", "陶乐镇村务公开台账", columns, rows, **more)  # type: ignore[arg-type]


def opened(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def test_title_head_rows_and_notes_stand_in_order():
    content = write_workbook(
        [sheet_of(["东园村", 3], ["王家庄村", None], notes=["注：一\n二"], subtitle="单位：陶乐镇")]
    )
    rows = [row.cells for row in read_workbook(content, "a.xlsx")[0].rows]
    assert rows == [
        ["陶乐镇村务公开台账", None],
        ["单位：陶乐镇", None],
        ["列0", "列1"],
        ["东园村", 3],
        ["王家庄村", None],
        ["注：一\n二", None],
    ]
    page = opened(content)
    assert {str(merged) for merged in page.merged_cells.ranges} == {"A1:B1", "A2:B2", "A6:B6"}
    assert page["A1"].font.bold
    assert page["A3"].fill.fgColor.rgb == "FFE7EFE9"


def test_a_table_is_printed_on_a4_across_with_its_head_on_every_page():
    page = opened(write_workbook([sheet_of(["东园村", 3])]))
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$2:$2"
    assert page.freeze_panes == "A3"


def test_days_are_days_and_aware_times_are_shanghai_time():
    page = opened(
        write_workbook(
            [
                sheet_of(
                    [
                        date(2023, 10, 12),
                        datetime(2023, 10, 12, 1, 30, tzinfo=UTC),
                        NINE_THIRTY,
                        date(1899, 1, 1),
                        time(9, 30),
                    ]
                )
            ]
        )
    )
    assert page["A3"].value == datetime(2023, 10, 12)  # noqa: DTZ001
    assert page["A3"].number_format == "yyyy-mm-dd"
    assert page["B3"].value == page["C3"].value == NINE_THIRTY
    assert page["D3"].value == "1899-01-01"
    assert page["E3"].value == "09:30"


def test_long_digits_stay_text_and_numbers_stay_numbers():
    row: list[object] = ["640221106001", 12345678901234567, 1234.5, Decimal("0.1"), True, False]
    page = opened(write_workbook([sheet_of([*row, float("nan")])]))
    assert [cell.value for cell in page[3]] == [
        "640221106001",
        "12345678901234567",
        1234.5,
        0.1,
        "是",
        "否",
        "–",
    ]
    assert page["A3"].number_format == "@"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a","b")'])
def test_what_looks_like_a_formula_stays_text(text: str):
    cell = opened(write_workbook([sheet_of([text])]))["A3"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_web_address_is_no_link_and_a_text_beyond_excels_limit_is_cut():
    page = opened(write_workbook([sheet_of(["http://example.invalid/a", "长" * 40_000])]))
    assert page["A3"].hyperlink is None
    assert len(page["B3"].value) == 32_767


def test_tab_names_are_made_legal_and_different():
    names = ["整改/清单[1]", "整改/清单[1]", "", "很" * 40, "很" * 40]
    content = write_workbook([SheetOut(name, "题", [ColumnOut("村", 10)], []) for name in names])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [
        "整改_清单_1_",
        "整改_清单_1_(2)",
        "Sheet",
        "很" * 31,
        "很" * 28 + "(2)",
    ]
    assert book.worksheets[0].column_dimensions["A"].width == pytest.approx(10, abs=1)


def test_a_workbook_without_sheets_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="at least one sheet"):
        write_workbook([])


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**14), 10**14),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zs", "Zl", "Zp"]),
        min_size=1,
    ).filter(lambda text: "_x" not in text),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4))
def test_the_same_content_gives_the_same_bytes_and_is_read_back_as_written(rows):
    content = write_workbook([sheet_of(["末"] * 3, *rows)])
    assert content == write_workbook([sheet_of(["末"] * 3, *rows)])
    read = read_workbook(content, "a.xlsx")[0].rows[3:]
    written = [[*row] for row in rows]
    while written and not any(cell is not None for cell in written[-1]):
        written.pop()
    assert [row.cells for row in read] == written
