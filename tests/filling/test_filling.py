"""Tables as villages send them become rows; what is not sure is asked, what is wrong is named."""

from __future__ import annotations

from datetime import date

import odd_workbooks
import pytest
import workbook_factory as village
from workbook_factory import ALLOWANCE, BENEFIT, FARMLAND, PROSE, SPENDING, put, workbook

from taole.catalogue.unified_template import CellKind, Field, UnifiedTemplate
from taole.core.errors import Refused
from taole.filling.reading import LEAVE_OUT, SHEET, USE_ANYWAY, Filling, read_filled
from taole.filling.sheets import MAX_ROWS


def told(filling: Filling) -> list[str]:
    return [f"{each.row}/{each.column} {each.sentence}" for each in filling.faults]


def asked(filling: Filling) -> dict[str, str]:
    return {doubt.name: doubt.guess for doubt in filling.doubts}


def one_sheet(*rows: tuple[object, ...]) -> bytes:
    return workbook(lambda sheet: put(sheet, 1, rows))


def test_a_subsidy_list_under_a_merged_head_is_read_as_it_is() -> None:
    filling = read_filled(
        village.subsidy_under_a_merged_head(),
        "补贴.xlsx",
        FARMLAND,
        unit="东园村",
        matter="耕地地力保护补贴",
    )
    assert filling.rows == [
        ["一组", "张某某", "12.5", "92.00", "1,150.00"],
        ["一组", "李某某", "8", "92.00", "736.00"],
        ["一组", "王某某", "3.35", "92.00", "308.20"],
        ["二组", "赵某", "20", "92.00", "1,840.00"],
        ["二组", "刘某某", "10", "92.00", "920.00"],
    ]
    assert filling.head == {"发放期间": "2023年"}
    assert filling.doubts == []
    assert filling.faults == []
    assert filling.file_rows == (5, 6, 7, 8, 9)
    assert filling.skipped == (10, 11, 12)


def test_identity_numbers_accounts_and_phones_are_proposed_to_be_left_out() -> None:
    filling = read_filled(village.list_with_identity_numbers(), "名单.xlsx", ALLOWANCE)
    assert filling.rows == [
        ["张某某", "", "110.00", "2023年8月"],
        ["李某某", "", "110.00", "2023年8月"],
        ["王某某", "", "110.00", "2023年8月"],
    ]
    assert asked(filling) == {"身份证号": "", "银行账号": "", "联系电话": ""}
    assert all("不得公开" in str(doubt.sentence) for doubt in filling.doubts)
    assert "640221" not in repr(filling)


def test_a_column_for_signatures_and_one_that_counts_the_rows_are_not_asked_about() -> None:
    content = one_sheet(("编号", "姓名", "金额", "领款人签字"), (1, "张某某", 110, "张某某"))
    assert read_filled(content, "a.xlsx", ALLOWANCE).doubts == []


def test_days_as_people_type_them_subtotals_and_a_wrong_total() -> None:
    filling = read_filled(village.spending_with_odd_days(), "支出.xlsx", SPENDING)
    assert filling.rows == [
        ["2023-07-03", "办公用品", "320.00", "村集体收入", "陈某"],
        ["2023-07-15", "水渠维修", "4,860.00", "一事一议", "马某"],
        ["2023-08-02", "垃圾清运费合计", "1,200.00", "村集体收入", "陈某"],
        ["2023-09-07", "防汛沙袋", "980.50", "村集体收入", "陈某"],
    ]
    assert filling.head == {"资金总额": "20,000.00", "填报日期": "2023-10-08"}
    assert told(filling) == ["12/2 “金额”合计写7,630.50，各行加起来是7,360.50，差270.00。"]
    assert filling.faults[0].proposal == "7,360.50"


def test_what_is_wrong_is_named_with_its_row_in_the_file_and_a_proposal() -> None:
    filling = read_filled(village.benefit_with_faults(), "低保.xlsx", BENEFIT)
    places = [(each.sheet, each.row, each.column, each.proposal) for each in filling.faults]
    assert places == [
        ("低保", 4, 1, ""),
        ("低保", 4, 2, "1,200.00"),
        ("低保", 5, 2, ""),
        ("低保", 6, 0, ""),
    ]
    assert all(f"第{each.row}行" in str(each.sentence) for each in filling.faults)
    assert all(each.is_fatal for each in filling.faults)


def test_of_several_sheets_that_look_alike_one_is_asked_for() -> None:
    content = odd_workbooks.three_months_in_one_workbook()
    filling = read_filled(content, "三季度.xlsx", ALLOWANCE)
    assert [doubt.choices for doubt in filling.doubts] == [("7月", "8月", "9月")]
    september = read_filled(content, "三季度.xlsx", ALLOWANCE, decisions={SHEET: "9月"})
    assert september.rows == [["张某某", "", "109.00", ""]]
    assert september.doubts == []
    assert "周某某" not in repr(september)


def test_titles_heads_and_sums_of_printed_pages_are_no_people() -> None:
    filling = read_filled(odd_workbooks.printed_in_pages(), "名单.xlsx", ALLOWANCE)
    assert [row[0] for row in filling.rows] == ["张某某", "李某某", "王某某"]
    assert filling.rows[1] == ["李某某", "高龄津贴", "110.00", "9月"]
    assert filling.faults == []


def test_two_lists_side_by_side_are_one_list() -> None:
    filling = read_filled(odd_workbooks.two_lists_side_by_side(), "名单.xlsx", ALLOWANCE)
    assert [row[0] for row in filling.rows] == ["张某某", "李某某", "周某某", "王某某", "赵某某"]
    assert filling.doubts == []
    fatal = [(each.row, each.column, each.proposal) for each in filling.faults if each.is_fatal]
    assert fatal == [(4, 6, "110.00")]


def test_a_group_told_in_a_line_of_its_own_is_each_ones_group() -> None:
    content = one_sheet(
        ("户主", "面积", "金额"),
        ("东园一组",),
        ("张某某", 1, 92),
        ("东园二组",),
        ("李某某", 2, 184),
    )
    assert [row[0] for row in read_filled(content, "a.xlsx", FARMLAND).rows] == [
        "东园一组",
        "东园二组",
    ]


def test_an_amount_that_is_merged_over_a_household_is_counted_once() -> None:
    filling = read_filled(odd_workbooks.family_with_one_amount(), "a.xlsx", FARMLAND)
    assert [row[4] for row in filling.rows] == ["100.00", "", "150.00"]
    assert [(each.row, each.column, each.proposal) for each in filling.faults] == [(3, 4, "0")]
    assert "合并" in str(filling.faults[0].sentence)


def test_an_old_workbook_and_a_text_table_are_read_too() -> None:
    old = read_filled(odd_workbooks.old_excel(), "支出.xls", SPENDING)
    assert old.rows == [["2023-09-07", "电费", "三百", "村集体收入", "陈某"]]
    assert [(each.row, each.column, each.proposal) for each in old.faults] == [(3, 2, "300.00")]
    text = read_filled(odd_workbooks.gbk_csv(), "名单.csv", ALLOWANCE)
    assert [row[:3] for row in text.rows] == [["张某某", "", "110.00"], ["李某某", "", "一百一"]]


def test_another_villages_file_is_asked_about_before_it_is_used() -> None:
    content = odd_workbooks.another_village()
    filling = read_filled(content, "a.xlsx", ALLOWANCE, unit="东园村", matter="高龄津贴发放")
    (doubt,) = filling.doubts
    assert "庙庙湖村" in str(doubt.sentence)
    assert "东园村" in str(doubt.sentence)
    meant = {doubt.name: USE_ANYWAY}
    assert not read_filled(content, "a.xlsx", ALLOWANCE, unit="东园村", decisions=meant).doubts
    with pytest.raises(Refused, match="换一份"):
        read_filled(content, "a.xlsx", ALLOWANCE, unit="东园村", decisions={doubt.name: LEAVE_OUT})
    assert not read_filled(content, "a.xlsx", ALLOWANCE, unit="庙庙湖村").doubts


def test_a_village_named_in_a_column_is_looked_at_too() -> None:
    content = one_sheet(("村名", "姓名", "金额"), ("庙庙湖村", "张某某", 110))
    filling = read_filled(content, "a.xlsx", ALLOWANCE, unit="东园村")
    assert any("是不是拿错了表" in str(doubt.sentence) for doubt in filling.doubts)


def test_the_table_of_another_matter_is_asked_about() -> None:
    content = one_sheet(("东园村退耕还林面积公示表",), ("姓名", "金额"), ("张某某", 110))
    filling = read_filled(content, "a.xlsx", ALLOWANCE, unit="东园村", matter="高龄津贴发放")
    assert any("退耕还林" in str(doubt.sentence) for doubt in filling.doubts)


def test_a_title_in_short_form_is_not_asked_about() -> None:
    content = one_sheet(("东园村低保名单",), ("申请人", "人口", "金额"), ("张某某", 1, 480))
    matter = "农村最低生活保障对象名单及保障金额"
    assert not read_filled(content, "a.xlsx", BENEFIT, unit="东园村", matter=matter).doubts


def test_of_two_amounts_the_one_paid_is_guessed_and_asked() -> None:
    content = odd_workbooks.gross_and_net()
    filling = read_filled(content, "a.xlsx", ALLOWANCE)
    assert asked(filling) == {"实发": "金额", "应发": "", "出生年月": ""}
    assert filling.rows[0][2] == "110.00"
    decided = {"实发": LEAVE_OUT, "应发": "金额", "出生年月": LEAVE_OUT}
    again = read_filled(content, "a.xlsx", ALLOWANCE, decisions=decided)
    assert again.doubts == []
    assert again.rows[0][2] == "120.00"
    with pytest.raises(Refused, match="两列都选成了“金额”"):
        read_filled(content, "a.xlsx", ALLOWANCE, decisions={"实发": "金额", "应发": "金额"})


def test_a_column_that_is_missing_is_one_fault_beside_the_head() -> None:
    content = one_sheet(("公示",), ("姓名", "备注"), ("张某某", "新增"), ("李某某", "新增"))
    faults = read_filled(content, "a.xlsx", ALLOWANCE).faults
    fatal = [(each.row, each.column, each.proposal) for each in faults if each.is_fatal]
    assert fatal == [(2, 3, "金额（元）")]


def test_amounts_in_ten_thousands_are_told_in_yuan() -> None:
    content = one_sheet(("日期", "项目", "金额（万元）"), ("2023.9.7", "水渠", 2.3))
    assert read_filled(content, "a.xlsx", SPENDING).rows[0][2] == "23,000.00"
    content = one_sheet(
        ("单位：万元",), ("日期", "项目", "金额"), ("2023.9.7", "水渠", 2.3), ("合计", None, 2.3)
    )
    filling = read_filled(content, "a.xlsx", SPENDING)
    assert filling.rows[0][2] == "23,000.00"
    assert not any(each.is_fatal for each in filling.faults)


def test_lines_of_units_and_of_column_numbers_are_of_the_head() -> None:
    content = one_sheet(
        ("日期", "项目", "金额"), (1, 2, 3), (None, None, "万元"), ("2023.9.7", "水渠", 2.3)
    )
    assert len(read_filled(content, "a.xlsx", SPENDING).rows) == 1
    content = one_sheet(("日期", "项目", "金额"), (None, None, "万元"), ("2023.9.7", "水渠", 2.3))
    assert [row[2] for row in read_filled(content, "a.xlsx", SPENDING).rows] == ["23,000.00"]


def test_a_number_of_somebody_is_in_no_question() -> None:
    content = one_sheet(("姓名", "金额", "640221190001010018"), ("张某某", 1, 2))
    assert asked(read_filled(content, "a.xlsx", ALLOWANCE)) == {"C列": ""}


def test_two_columns_that_differ_in_brackets_only_are_two() -> None:
    template = UnifiedTemplate(
        columns=tuple(Field(f"金额（{who}）", CellKind.AMOUNT, "元") for who in ("中央", "省级"))
    )
    content = one_sheet(("姓名", "金额(省级)", "金额（中央）"), ("张某某", 2, 1))
    assert read_filled(content, "a.xlsx", template).rows == [["1.00", "2.00"]]


def test_a_column_without_a_name_is_called_by_its_letter() -> None:
    content = one_sheet(("姓名", "金额"), ("张某某", 110, "新增"))
    assert asked(read_filled(content, "a.xlsx", ALLOWANCE)) == {"C列": ""}


def test_a_matter_told_in_prose_takes_the_table_that_comes() -> None:
    content = one_sheet(
        ("东园村村规民约",), ("通过日期", "2023.9.7"), ("条目", "内容"), ("第一条", "爱护渠道")
    )
    filling = read_filled(content, "a.xlsx", PROSE)
    assert filling.columns == ("条目", "内容")
    assert filling.rows == [["第一条", "爱护渠道"]]
    assert filling.head == {"通过日期": "2023-09-07"}


def test_a_table_without_a_head_goes_by_its_order_when_it_has_all_columns() -> None:
    rows = [(1, "一组", "张某某", 1, 92, 92), (2, "一组", "李某某", 2, 92, 184)]
    assert read_filled(one_sheet(*rows), "a.xlsx", FARMLAND).rows[1] == [
        "一组",
        "李某某",
        "2",
        "92.00",
        "184.00",
    ]
    with pytest.raises(Refused, match="找不到表头"):
        read_filled(one_sheet(tuple("甲乙丙丁戊己庚")), "a.xlsx", FARMLAND)


def test_files_beyond_what_a_notice_holds_are_refused_in_one_sentence() -> None:
    many = one_sheet(("姓名", "金额"), *[("张某某", 1)] * (MAX_ROWS + 1))
    with pytest.raises(Refused, match="2001行，一件公示最多2000行"):
        read_filled(many, "a.xlsx", ALLOWANCE)
    wide = one_sheet(tuple(f"栏{at}" for at in range(40)), tuple(range(40)))
    with pytest.raises(Refused, match="40列，最多30列"):
        read_filled(wide, "a.xlsx", ALLOWANCE)
    with pytest.raises(Refused, match="里没有内容"):
        read_filled(one_sheet(), "a.xlsx", ALLOWANCE)
    with pytest.raises(Refused, match="第2行“姓名”太长"):
        read_filled(one_sheet(("姓名", "金额"), ("张" * 501, 1)), "a.xlsx", ALLOWANCE)


def test_a_day_under_a_month_is_that_month() -> None:
    content = one_sheet(("姓名", "金额", "发放月份"), ("张某某", 1, date(2023, 9, 1)))
    assert read_filled(content, "a.xlsx", ALLOWANCE).rows[0][3] == "2023年9月"
