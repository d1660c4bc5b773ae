"""Cells copied from a spreadsheet or a chat and pasted into the notice."""

from __future__ import annotations

import pytest
from workbook_factory import ALLOWANCE, FARMLAND, SPENDING

from taole.core.errors import Refused
from taole.filling.reading import read_pasted


def test_pasted_cells_with_their_head_may_stand_in_any_order() -> None:
    pasted = "金额（元）\t姓名\t月份\r\n110\t张某某\t9月\r\n合计 110\r\n"
    assert read_pasted(pasted, ALLOWANCE).rows == [["张某某", "", "110.00", "9月"]]


def test_pasted_cells_without_a_head_go_by_order() -> None:
    filling = read_pasted("张某某\t高龄津贴\t110\t9月\n李某某\t高龄津贴\t110\t9月", ALLOWANCE)
    assert filling.rows[1] == ["李某某", "高龄津贴", "110.00", "9月"]
    assert filling.doubts == []
    assert filling.file_rows == (1, 2)


def test_fewer_columns_without_a_head_are_asked_about() -> None:
    filling = read_pasted("张某某\t110", ALLOWANCE)
    assert [(doubt.name, doubt.guess) for doubt in filling.doubts] == [
        ("A列", "姓名"),
        ("B列", "补贴名称"),
    ]
    decided = read_pasted("张某某\t110", ALLOWANCE, decisions={"A列": "姓名", "B列": "金额"})
    assert decided.rows == [["张某某", "", "110.00", ""]]
    assert decided.doubts == []


def test_more_columns_without_a_head_are_refused() -> None:
    with pytest.raises(Refused, match="请连表头"):
        read_pasted("\t".join("甲乙丙丁戊己庚"), ALLOWANCE)


def test_a_cell_with_line_breaks_and_quotes_stays_one_cell() -> None:
    pasted = '日期\t项目\t金额\n2023.9.7\t"维修""东支渠""\n两处"\t4,860.00\n'
    assert read_pasted(pasted, SPENDING).rows[0][:3] == [
        "2023-09-07",
        '维修"东支渠" 两处',
        "4,860.00",
    ]


def test_a_single_quote_mark_swallows_nothing() -> None:
    pasted = '日期\t项目\t金额\n2023.9.7\t"水管\t20\n2023.9.8\t铁锹\t30\n'
    assert [row[1] for row in read_pasted(pasted, SPENDING).rows] == ['"水管', "铁锹"]


def test_spaces_part_cells_where_there_are_no_tabs() -> None:
    pasted = "组别  户主  面积  标准  金额\n一组  张 某某  1.5  92  138\n二组  李某某  2  92  184"
    assert read_pasted(pasted, FARMLAND).rows == [
        ["一组", "张某某", "1.5", "92.00", "138.00"],
        ["二组", "李某某", "2", "92.00", "184.00"],
    ]
    assert read_pasted("姓名 金额\n张某某 110", ALLOWANCE).rows[0][2] == "110.00"
    assert read_pasted("姓名，金额\n张某某，110", ALLOWANCE).rows[0][2] == "110.00"


def test_nothing_pasted_is_no_row() -> None:
    assert read_pasted(" \n\t\n", ALLOWANCE).rows == []


def test_faults_are_named_by_the_pasted_line() -> None:
    filling = read_pasted("姓名\t金额\n张某某\t贰佰元", ALLOWANCE)
    fatal = [(each.row, each.column, each.proposal) for each in filling.faults if each.is_fatal]
    assert fatal == [(2, 1, "200.00")]
