"""The workbook that comes back: the same, with what is wrong in red."""

from __future__ import annotations

import io

import odd_workbooks
import openpyxl
import pytest
import workbook_factory as village
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from workbook_factory import ALLOWANCE, BENEFIT, FARMLAND, SPENDING

from taole.core.errors import Refused
from taole.core.words import sentence
from taole.filling.reading import CellFault, read_filled, red_cells


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def is_red(cell: object) -> bool:
    assert isinstance(cell, Cell)
    return cell.fill.start_color.rgb == "FFFFC7CE"


def test_the_same_workbook_comes_back_with_red_cells_and_why() -> None:
    sent = village.benefit_with_faults()
    faults = read_filled(sent, "低保.xlsx", BENEFIT).faults
    book = opened(red_cells(sent, "低保.xlsx", faults))
    before, sheet = opened(sent)["低保"], book["低保"]
    red = {cell.coordinate for row in sheet.iter_rows() for cell in row if is_red_or_merged(cell)}
    assert red == {"B4", "C4", "C5", "A6"}
    assert "三口人" in sheet["B4"].comment.text
    assert "可以改成：1,200.00" in sheet["C4"].comment.text
    assert [[c.value for c in row] for row in sheet] == [[c.value for c in row] for row in before]
    assert sheet.column_dimensions["A"].width == before.column_dimensions["A"].width
    assert sheet["C3"].number_format == "#,##0.00"
    assert sheet["A3"].fill.start_color.rgb == "FFFFFF00"
    assert book.sheetnames == ["低保", "要改的地方"]
    notes = [row[0] for row in book["要改的地方"].iter_rows(values_only=True)]
    assert notes[0] == "有4处要改，已用红色标出："
    assert len(notes) == 5


def is_red_or_merged(cell: object) -> bool:
    return isinstance(cell, Cell) and is_red(cell)


def test_a_workbook_that_came_back_is_read_again_once_it_is_mended() -> None:
    sent = village.benefit_with_faults()
    book = opened(red_cells(sent, "低保.xlsx", read_filled(sent, "低保.xlsx", BENEFIT).faults))
    for place, value in (("B4", 3), ("C4", 1200), ("C5", 0), ("A6", "赵某某")):
        book["低保"][place] = value
    filling = read_filled(village.saved(book), "低保.xlsx", BENEFIT)
    assert filling.faults == []
    assert len(filling.rows) == 4


def test_what_was_mended_is_not_red_when_the_file_comes_back_again() -> None:
    sent = village.benefit_with_faults()
    book = opened(red_cells(sent, "低保.xlsx", read_filled(sent, "低保.xlsx", BENEFIT).faults))
    book["低保"]["B4"] = 3
    again = village.saved(book)
    faults = read_filled(again, "低保.xlsx", BENEFIT).faults
    book = opened(red_cells(again, "低保.xlsx", faults))
    assert not is_red(book["低保"]["B4"])
    assert book["低保"]["B4"].comment is None
    assert is_red(book["低保"]["C4"])
    assert book["低保"]["C4"].comment.text.count("请改成") == 1
    assert book.sheetnames == ["低保", "要改的地方"]


def test_a_fault_in_a_merged_range_reddens_the_cell_that_is_seen() -> None:
    sent = odd_workbooks.family_with_one_amount()
    faults = read_filled(sent, "a.xlsx", FARMLAND).faults
    sheet = opened(red_cells(sent, "a.xlsx", faults))["Sheet1"]
    assert is_red(sheet["E2"])
    assert "合并" in sheet["E2"].comment.text


def test_an_old_workbook_and_a_text_table_come_back_as_new_ones_with_the_same_cells() -> None:
    sent = odd_workbooks.old_excel()
    faults = read_filled(sent, "支出.xls", SPENDING).faults
    book = opened(red_cells(sent, "支出.xls", faults))
    sheet = book["支出"]
    assert sheet["A1"].value == "东园村支出明细"
    assert sheet["A3"].value.date().isoformat() == "2023-09-07"
    assert is_red(sheet["C3"])
    assert "300.00" in sheet["C3"].comment.text
    text = odd_workbooks.gbk_csv()
    faults = read_filled(text, "名单.csv", ALLOWANCE).faults
    sheet = opened(red_cells(text, "名单.csv", faults))["名单.csv"]
    assert is_red(sheet["B3"])
    assert sheet["B3"].value == "一百一"
    assert sheet["D1"].fill.start_color.rgb == "FFFFEB9C"


def test_what_is_only_doubtful_is_yellow_and_listed_apart() -> None:
    sent = odd_workbooks.another_village()
    doubt = CellFault("Sheet1", 3, 1, sentence("请看是不是写了两遍"), is_fatal=False)
    wrong = CellFault("Sheet1", 3, 0, sentence("没填姓名"))
    book = opened(red_cells(sent, "a.xlsx", [wrong, doubt]))
    assert book["Sheet1"]["B3"].fill.start_color.rgb == "FFFFEB9C"
    assert is_red(book["Sheet1"]["A3"])
    assert [row[0] for row in book["要改的地方"].iter_rows(values_only=True)] == [
        "有1处要改，已用红色标出：",
        "Sheet1 A3  没填姓名",
        "有1处请再看看，已用黄色标出：",
        "Sheet1 B3  请看是不是写了两遍",
    ]


def test_a_comment_that_was_there_stays() -> None:
    book = opened(odd_workbooks.another_village())
    book.worksheets[0]["B3"].comment = Comment("原来的话", "陈某")
    fault = CellFault("Sheet1", 3, 1, sentence("只写数字。"))
    sheet = opened(red_cells(village.saved(book), "a.xlsx", [fault]))["Sheet1"]
    assert "原来的话" in sheet["B3"].comment.text
    assert "只写数字。" in sheet["B3"].comment.text


def test_a_workbook_that_cannot_be_kept_as_it_is_comes_back_with_its_cells() -> None:
    sent = odd_workbooks.another_village()
    broken = odd_workbooks.with_impossible_styles(sent)
    fault = CellFault("Sheet1", 3, 1, sentence("只写数字。"))
    sheet = opened(red_cells(broken, "a.xlsx", [fault]))["Sheet1"]
    assert sheet["A3"].value == "张某某"
    assert is_red(sheet["B3"])


def test_a_merge_over_a_whole_sheet_does_not_stop_the_house() -> None:
    sent = odd_workbooks.merged_without_end(odd_workbooks.another_village())
    fault = CellFault("Sheet1", 3, 1, sentence("只写数字。"))
    sheet = opened(red_cells(sent, "a.xlsx", [fault]))["Sheet1"]
    assert is_red(sheet["B3"])
    assert not sheet.merged_cells.ranges


def test_a_file_that_is_no_table_is_refused() -> None:
    with pytest.raises(Refused, match="不是表格"):
        red_cells(b"%PDF-1.7 ...", "a.xlsx", [])
