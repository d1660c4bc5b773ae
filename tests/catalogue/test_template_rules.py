"""What is wrong in a filled sheet, and what it adds up to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.catalogue.template_cells import tidy_cell
from taole.catalogue.template_names import fold_name, forbidden_word
from taole.catalogue.template_rules import check_filled, is_sum_row, opening_text, sum_line
from taole.catalogue.unified_template import CellKind, Field, UnifiedTemplate

GRAIN = UnifiedTemplate(
    head=(Field("政策依据", required=True), Field("发放日期", CellKind.DAY)),
    columns=(
        Field("户主姓名", CellKind.NAME, required=True),
        Field("面积", CellKind.AREA, "亩", required=True, is_summed=True),
        Field("标准", CellKind.AMOUNT, "元/亩"),
        Field("金额", CellKind.AMOUNT, "元", required=True, is_summed=True),
        Field("日期", CellKind.DAY),
        Field("电话", CellKind.PHONE),
        Field("核对", may_publish=False),
    ),
    must_not=("身份证号", "银行卡/一卡通账号"),
)
HEADS = ["户主姓名", "面积（亩）", "标准", "金额 （元）", "日期", "电话"]
HEAD = {"政策依据": "宁财发〔2023〕1号"}
ZHANG = ["张某某", "10", "22.00", "220.00", "2023-09-07", "0952-8011132"]


def faults_of(rows, head=None, columns=HEADS, template=GRAIN):
    return check_filled(template, head=HEAD if head is None else head, columns=columns, rows=rows)


def told(rows, **given):
    return [str(fault.sentence) for fault in faults_of(rows, **given)]


def changed(**cells):
    """张某某's row with some cells written otherwise."""
    names = [fold_name(name) for name in HEADS]
    return [cells.get(name, cell) for name, cell in zip(names, ZHANG, strict=True)]


def test_a_sheet_that_follows_the_template_has_no_fault():
    assert told([ZHANG, changed(户主姓名="王某某")]) == []


def test_a_required_cell_left_empty_is_named_with_its_row():
    fault = faults_of([ZHANG, changed(户主姓名="王某某", 金额=" ")])[0]
    assert str(fault.sentence) == "第2行没填金额"
    assert (fault.row, fault.column, fault.is_fatal) == (1, "金额", True)


def test_a_required_head_field_left_empty_is_named():
    assert told([ZHANG], head={}) == ["没填政策依据"]


def test_an_amount_in_formal_numerals_is_shown_in_digits():
    fault = faults_of([changed(金额="贰佰贰拾元")])[0]
    assert str(fault.sentence) == "第1行“金额”只写数字，“贰佰贰拾元”请改成 220.00"
    assert (fault.proposal, fault.is_fatal) == ("220.00", True)


@pytest.mark.parametrize("written", ["220元", "２２０", "220 元整"])
def test_an_amount_with_more_than_the_number_is_proposed_without_it(written):
    assert faults_of([changed(金额=written)])[0].proposal == "220.00"


def test_what_is_no_number_is_said_to_be_none_and_a_long_number_is_not_repeated():
    assert told([changed(金额="见附件")]) == ["第1行“金额”只写数字：“见附件”不是数字，请改"]
    said = told([changed(金额="640221190001010015")])[0]
    assert "640221190001010015" not in said
    assert "***" in said


@pytest.mark.parametrize(
    ("written", "proposal"),
    [("2023.9.7", "2023-09-07"), ("45176", "2023-09-07"), ("2023-02-30", ""), ("秋天", "")],
)
def test_a_day_that_is_none_or_not_written_as_one_is_fatal(written, proposal):
    fault = faults_of([changed(日期=written)])[0]
    assert (fault.column, fault.is_fatal, fault.proposal) == ("日期", True, proposal)


def test_a_day_without_its_year_takes_the_one_year_that_the_sheet_tells():
    rows = [ZHANG, changed(户主姓名="王某某", 日期="9月8日")]
    assert faults_of(rows)[0].proposal == "2023-09-08"
    two_years = [*rows, changed(户主姓名="李某某", 日期="2022-09-08")]
    assert faults_of(two_years)[0].proposal == ""


def test_a_head_field_is_checked_as_a_cell():
    assert told([ZHANG], head=HEAD | {"发放日期": "2023.9.7"}) == [
        "“发放日期”的日期“2023.9.7”请改成 2023-09-07"
    ]


def test_a_typed_sum_that_does_not_add_up_is_told_with_the_difference():
    rows = [
        changed(面积="100", 标准="", 金额="2,200.00"),
        changed(户主姓名="王某某", 面积="10", 标准="", 金额="2,390.00"),
        ["合计", "110", "", "4,860.00", "", ""],
    ]
    wrong, there = faults_of(rows)
    assert str(wrong.sentence) == "合计写 4,860.00，各行加起来是 4,590.00，差 270.00"
    assert (wrong.row, wrong.column, wrong.is_fatal, wrong.proposal) == (
        2,
        "金额",
        True,
        "4,590.00",
    )
    assert str(there.sentence) == "第3行是合计：合计由系统加，这一行可以删掉"
    assert not there.is_fatal


def test_a_part_sum_adds_the_lines_since_the_one_before():
    rows = [
        changed(标准="", 金额="100.00"),
        ["小计：", "", "", "100.00", "", ""],
        changed(户主姓名="王某某", 标准="", 金额="200.00"),
        ["小计", "", "", "250.00", "", ""],
        ["合计", "", "", "300.00", "", ""],
    ]
    assert [each.row for each in faults_of(rows) if each.is_fatal] == [3]


def test_a_sum_in_the_head_is_held_to_the_lines():
    template = UnifiedTemplate(
        head=(Field("合计金额", CellKind.AMOUNT, "元"),), columns=GRAIN.columns
    )
    rows = [ZHANG]
    assert told(rows, head={"合计金额": "220.00"}, template=template) == []
    fault = faults_of(rows, head={"合计金额": "260.00"}, template=template)[0]
    assert (fault.row, fault.column, fault.proposal) == (None, "合计金额", "220.00")


def test_columns_beside_the_template_are_fatal_and_missing_ones_when_required():
    rows = [["张某某", "220.00", "x", "y"]]
    found = faults_of(rows, columns=["序号", "户主姓名", "备注", "备注", ""])
    said = {str(each.sentence): each.is_fatal for each in found if each.row is None}
    assert said["没用统一模板：多了“备注”一栏，请去掉"]
    assert said["没用统一模板：“备注”有两栏，请去掉一栏"]
    assert said["没用统一模板：少了“金额”一栏，请补上"]
    assert not said["没用统一模板：少了“电话”一栏，请补上"]
    assert not any("核对" in each for each in said)


def test_a_column_that_must_not_be_published_is_named_as_such():
    assert "“身份证号码”不得公开：请把这一栏去掉" in told(
        [[*ZHANG, ""]], columns=[*HEADS, "身份证号码"]
    )


def test_the_same_person_with_the_same_amount_twice_is_a_doubt():
    fault = faults_of([ZHANG, changed(户主姓名="王某某"), changed(面积="10.0")])[0]
    assert str(fault.sentence) == ("第3行和第1行的户主姓名、标准、金额一样：请看是不是写了两遍")
    assert not fault.is_fatal


def test_rows_without_names_are_doubled_only_when_all_cells_are_the_same():
    template = UnifiedTemplate(columns=(Field("事项"), Field("进展")))
    columns = ["事项", "进展"]
    rows = [["修渠", "完成"], ["修渠", "在建"], ["修渠", "完成"], ["", "完成"], ["", "完成"]]
    found = check_filled(template, head={}, columns=columns, rows=rows)
    assert [each.row for each in found] == [2]


def test_a_negative_amount_is_a_doubt():
    fault = faults_of([changed(标准="", 金额="-20.00")])[0]
    assert str(fault.sentence) == "第1行“金额”是负数（-20.00）：请确认是退回或者冲减"
    assert not fault.is_fatal


def test_an_amount_that_is_not_area_times_rate_is_a_doubt():
    assert told([changed(金额="240.00")]) == ["第1行面积乘标准是 220.00，金额写 240.00：请核对"]


def test_names_with_digits_and_phones_that_are_none_are_doubts():
    found = faults_of([changed(户主姓名="张某某1", 电话="找村长")])
    assert [each.is_fatal for each in found] == [False, False]
    assert "姓名一栏只写姓名" in str(found[0].sentence)


def test_an_empty_table_is_a_doubt_and_a_template_of_prose_leaves_tables_free():
    empty = faults_of([])
    assert [each.is_fatal for each in empty] == [False]
    prose = UnifiedTemplate(head=(Field("全文"),))
    assert check_filled(prose, head={}, columns=["随便"], rows=[["x"]]) == []


def test_a_row_shorter_than_the_head_has_empty_cells():
    assert told([["张某某", "10"]]) == ["第1行没填金额"]


def test_the_sum_line_leaves_typed_sums_and_words_out():
    rows = [ZHANG, changed(户主姓名="王某某", 金额="见附件"), ["合计", "", "", "999.00"]]
    assert sum_line(GRAIN, HEADS, rows) == ["合计", "20", "", "220.00", "", ""]


def test_without_rows_or_columns_to_sum_there_is_no_sum_line():
    assert sum_line(GRAIN, HEADS, []) is None
    assert sum_line(GRAIN, ["户主姓名"], [["张某某"]]) is None
    assert sum_line(UnifiedTemplate(), ["金额"], [["1"]]) is None


def test_a_sheet_of_sums_only_says_the_word_before_the_first():
    assert sum_line(GRAIN, ["金额"], [["1"], ["2"]]) == ["合计 3.00"]


@pytest.mark.parametrize(
    ("row", "is_one"),
    [(["合　计", "1"], True), (["", "总计："], True), (["张合计", "1"], False), ([], False)],
)
def test_rows_of_sums_are_told_from_people(row, is_one):
    assert is_sum_row(row) is is_one


@given(
    st.lists(
        st.tuples(
            st.integers(min_value=1, max_value=10**7), st.integers(min_value=1, max_value=10**6)
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_sum_line_typed_below_the_rows_never_contradicts_them(lines):
    rows = [
        [f"户{'甲乙丙丁戊己庚辛壬癸子丑'[at]}", str(area), "", f"{cents / 100:.2f}", "", ""]
        for at, (area, cents) in enumerate(lines)
    ]
    line = sum_line(GRAIN, HEADS, rows)
    assert not any(fault.is_fatal for fault in faults_of([*rows, line]))
    assert sum_line(GRAIN, HEADS, [*rows, line]) == line


@given(
    st.lists(st.lists(st.text(max_size=8), min_size=len(HEADS), max_size=len(HEADS)), max_size=4)
)
def test_no_cell_that_somebody_types_breaks_the_check_and_each_fault_has_its_place(rows):
    for fault in faults_of(rows):
        assert fault.row is None or 0 <= fault.row < len(rows)
        assert str(fault.sentence)
        field = GRAIN.field(fault.column)
        if fault.proposal and field is not None:
            assert tidy_cell(field, fault.proposal) == fault.proposal


def test_the_opening_names_unit_period_and_the_days_of_showing():
    template = UnifiedTemplate(opening="现将{unit}{period}{matter}公示如下。{notice_period}完。")
    text = opening_text(
        template,
        unit="东园村",
        period="2023年9月",
        matter="高龄津贴发放情况",
        start=date(2023, 9, 7),
        end=date(2023, 9, 13),
    )
    assert text == (
        "现将东园村2023年9月高龄津贴发放情况公示如下。公示期自2023年9月7日至2023年9月13日。完。"
    )
    begun = opening_text(template, unit="", period="", matter="", start=date(2023, 9, 7))
    assert "自2023年9月7日起公示。" in begun
    assert "公示期" not in opening_text(template, unit="", period="", matter="{unit}")


def test_the_usual_opening_does_not_say_the_situation_twice():
    text = opening_text(UnifiedTemplate(), unit="东园村", period="", matter="各项支出情况")
    assert "现将东园村各项支出情况公示如下" in text


@pytest.mark.parametrize(
    ("name", "must_not", "word"),
    [
        ("身份证号码", (), "身份证"),
        ("一卡通账号", (), "一卡通"),
        ("联系电话", ("手机号",), "手机号"),
        ("办公电话", ("手机号",), ""),
        ("残疾等级", ("残疾类别与等级",), "残疾类别与等级"),
        ("残疾人生活补贴", ("健康与残疾细节",), ""),
        ("家庭住址", ("家庭门牌号",), "家庭门牌号"),
        ("学生姓名", ("学生姓名（不满十四周岁）",), "学生姓名（不满十四周岁）"),
        ("就诊医院", ("就诊医院",), "就诊医院"),
        ("金额", ("身份证号", "照片"), ""),
    ],
)
def test_what_must_not_be_told_is_recognised_in_a_columns_name(name, must_not, word):
    assert forbidden_word(name, must_not) == word


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("金额（元）", "金额"),
        (" 面 积 (亩) ", "面积"),
        ("（元）", "（元）"),
        ("供养（集中）", "供养（集中）"),
    ],
)
def test_a_columns_name_is_known_with_and_without_its_unit(written, name):
    assert fold_name(written) == name
