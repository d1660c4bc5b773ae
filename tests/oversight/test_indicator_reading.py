"""The county's table of indicators, as counties write it."""

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from taole.core.errors import Refused
from taole.oversight.indicator_reading import (
    IndicatorDraft,
    TableDraft,
    read_indicators,
    write_indicators,
)
from taole.oversight.indicators import PROPOSED, proposed
from taole.oversight.measures import MEASURES


def excel(*rows, merged=(), formats=()):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for cell, shown in formats:
        sheet[cell].number_format = shown
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def read(*rows, **kept):
    return read_indicators(excel(*rows, **kept), "考核.xlsx")


def faults(*rows):
    with pytest.raises(Refused) as refused:
        read(*rows)
    return [str(each) for each in refused.value.sentences]


def test_a_county_table_with_a_title_points_in_words_and_a_sum_is_read():
    table = read(
        ["2023年村务公开考核细则"],
        [],
        ["序号", "考核内容", "分值", "一票否决", "评分标准"],
        [1, "各村公示及时", "10分", None, "迟一次扣2分"],
        [2, "空栏目不超过4个", 0, "√", ""],
        [3, "领导重视程度", "5", "", "看材料"],
        [None, "合计", "15分", None, None],
    )
    assert table.name == "2023年村务公开考核细则"
    assert [(each.code, each.title, each.weight) for each in table.lines] == [
        ("1", "各村公示及时", 10),
        ("2", "空栏目不超过4个", 0),
        ("3", "领导重视程度", 5),
    ]
    assert [each.measure for each in table.lines] == ["timeliness", "columns_empty", ""]
    assert [each.is_guessed for each in table.lines] == [True, True, False]
    assert [each.is_veto for each in table.lines] == [False, True, False]
    assert table.weight == 15


def test_a_table_under_merged_heads_is_read():
    table = read(
        ["考核表", None, None, None],
        ["序号", "指标", "评分", None],
        [None, None, "分值", "评分标准"],
        ["A1", "问题整改到位", 6, "超期一次扣1分"],
        merged=("A1:D1", "A2:A3", "B2:B3", "C2:D2"),
    )
    (line,) = table.lines
    assert (line.title, line.weight, line.note) == ("问题整改到位", 6, "超期一次扣1分")
    assert line.measure == "findings_overdue"


def test_a_head_of_two_rows_names_the_indicator_and_not_its_group():
    table = read(
        ["序号", "考核指标", None, "满分"],
        [None, "类别", "指标", None],
        [1, "公示", "公示按时率", 12],
        [2, None, "照片佐证", 6],
        merged=("A1:A2", "B1:C1", "D1:D2", "B3:B4"),
    )
    assert table.name == "考核", "without a title it is named after its file"
    assert [(each.title, each.measure, each.weight) for each in table.lines] == [
        ("公示按时率", "timeliness", 12),
        ("照片佐证", "no_photograph", 6),
    ]


def test_a_limit_is_read_as_counties_write_it():
    limits = {"≥95%": 95, "不低于90": 90, "95%以上": 95, "2次": 2, "": None, "0": 0}
    table = read(["指标", "分值", "限值"], *([f"指标{each}", 1, each] for each in limits))
    assert [each.limit for each in table.lines] == list(limits.values())
    shown = read(["指标", "分值", "限值"], ["公示完整率", 20, 0.95], formats=[("C2", "0%")])
    assert shown.lines[0].limit == 95, "a cell shown as 95% holds 0.95"
    assert "不是整数" in faults(["指标", "分值", "限值"], ["照片", 5, -1])[0]


def test_the_more_telling_word_of_a_title_wins():
    told = {
        "网站空栏目数量": "columns_empty",
        "栏目更新及时": "columns_stale",
        "留言超过三个月未答复": "messages_three_months",
        "问题整改销号率": "findings_closed",
        "到期公示及时撤下": "still_up",
        "资金使用": "",
    }
    table = read(["指标", "分值"], *([title, 1] for title in told))
    assert {each.title: each.measure for each in table.lines} == told


def test_a_measure_is_named_by_its_label_or_key_and_an_empty_one_is_for_people():
    table = read(
        ["指标", "系统指标", "分值", "限值"],
        ["公示率", "各村公示完整率", 20, "95%"],
        ["照片", "no_photograph", 5, None],
        ["公示完整的材料", None, 5, None],
    )
    assert [each.measure for each in table.lines] == ["completeness", "no_photograph", ""]
    assert [each.limit for each in table.lines] == [95, None, None]
    assert not any(each.is_guessed for each in table.lines)


def test_every_fault_names_its_row_and_says_what_to_do():
    assert faults(
        ["指标", "系统指标", "分值", "限值", "单项否决"],
        ["公示率", "没有的", 5, None, None],
        ["按时率", "", "十分", None, None],
        ["照片", "", 5, "2.5", None],
        ["留言", "", 5, None, "也许"],
        ["整改", "", -3, None, None],
    ) == [
        "第2行的系统指标“没有的”系统里没有：请从指标页面的清单里选，或者空着。",
        "第3行的分值“十分”不是数：请填数字，如 10。",
        "第4行的限值“2.5”不是整数：请填整数，没有限值就空着。",
        "第5行的单项否决写的是“也许”：请填“是”或者空着。",
        "第6行的分值“-3”不是数：请填数字，如 10。",
    ]


def test_a_table_without_its_heads_or_without_a_line_is_refused():
    assert "指标" in faults(["村", "照片"], ["东园村", 3])[0]
    assert faults(["指标", "分值"]) == ["“考核.xlsx”里没有一条指标：请核对表头。"]
    many = [[f"指标{number}", 1] for number in range(201)]
    assert faults(["指标", "分值"], *many) == ["指标最多 200 条，请核对文件。"]


@pytest.mark.parametrize(
    "written", [b"\xff\xfe", b"- a\n- b", b"name: x", b"just words", b"[unclosed", b""]
)
def test_a_yaml_file_of_another_shape_is_refused_in_words(written):
    with pytest.raises(Refused) as refused:
        read_indicators(written, "别的.yaml")
    assert "“别的.yaml”不是指标表" in str(refused.value.sentences[0])


def test_a_yaml_file_with_odd_lines_names_them():
    with pytest.raises(Refused) as refused:
        read_indicators("name: 表\nindicators: [1, {title: 照片, weight: 2}]".encode(), "表.yml")
    assert str(refused.value.sentences[0]) == "第1行缺少指标名称：请补上。"
    with pytest.raises(Refused):
        read_indicators("name: 表\nindicators: 5".encode(), "表.yml")


def test_the_shipped_table_measures_every_line_and_goes_out_and_in_unchanged():
    table = proposed()
    assert all(line.measure in MEASURES for line in table.lines)
    assert {line.measure for line in table.lines} == set(MEASURES)
    assert [line.code for line in table.lines if line.is_veto] == ["B5", "C2", "C3", "D2"]
    again = read_indicators(write_indicators(table), f"{PROPOSED}.xlsx")
    assert (again.name, list(again.lines)) == (table.name, list(table.lines))


words = st.text("公示照片栏目率整改0123456789=+-@“”（）", min_size=1, max_size=20)
drafts = st.builds(
    IndicatorDraft,
    code=st.text("ABC123", min_size=1, max_size=5),
    title=words.filter(lambda title: title not in ("合计", "总计")),
    measure=st.sampled_from(["", *MEASURES]),
    weight=st.decimals(0, 1000, places=1),
    limit=st.none() | st.integers(0, 999),
    is_veto=st.booleans(),
    note=st.just("") | words,
)


@settings(max_examples=25)
@given(st.text("村务公开考核表", min_size=1, max_size=20), st.lists(drafts, min_size=1, max_size=5))
def test_any_table_goes_out_and_comes_in_unchanged(name, lines):
    again = read_indicators(write_indicators(TableDraft(name, "", lines)), "表.xlsx")
    assert again.name == name
    assert list(again.lines) == lines
    assert again.weight == sum((line.weight for line in lines), Decimal(0))
