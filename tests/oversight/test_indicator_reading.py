"""Tables of indicators as counties send them, and our own, read back unchanged."""

from __future__ import annotations

import io
from dataclasses import replace
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
from taole.oversight.indicators import proposed
from taole.oversight.measures import MEASURES


def excel(*rows, merged=(), formats=None):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    for cell, shown in (formats or {}).items():
        sheet[cell].number_format = shown
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(*rows, **shape):
    return read_indicators(excel(*rows, **shape), "县里的表.xlsx")


def faults_of(*rows):
    with pytest.raises(Refused) as refusal:
        read(*rows)
    return [str(each) for each in refusal.value.sentences]


HEAD = ("序号", "考核内容", "分值", "限值", "一票否决", "扣分标准")


def test_the_shipped_table_makes_a_hundred_points_of_measures_we_have():
    table = proposed()
    assert table.weight == 100
    assert len({line.code for line in table.lines}) == len(table.lines)
    assert {line.measure for line in table.lines} <= set(MEASURES)
    assert all(line.weight == 0 for line in table.lines if line.is_veto)
    assert all(line.note for line in table.lines), "each says where it comes from"


def test_a_county_table_with_a_title_points_written_out_and_a_sum():
    table = read(
        ("2023年村务公开考核指标",),
        HEAD,
        (1, "应公示事项完整率", "20分", "≥95%", None, "每低1%扣1分"),
        (2, "空栏目", "0", 4, "√", None),
        (3, "领导重视，组织健全", "10 分", None, "否", None),
        ("合计", None, 30, None, None, None),
        (None, "合计", 30, None, None, None),
        merged=("A1:F1",),
    )
    assert table.name == "2023年村务公开考核指标"
    told = [
        (each.title, each.measure, each.weight, each.limit, each.is_veto) for each in table.lines
    ]
    assert told == [
        ("应公示事项完整率", "completeness", 20, 95, False),
        ("空栏目", "columns_empty", 0, 4, True),
        ("领导重视，组织健全", "", 10, None, False),
    ]
    assert [each.is_guessed for each in table.lines] == [True, True, False]


def test_a_limit_that_excel_shows_in_percent_is_the_percent_that_is_seen():
    table = read(HEAD, (1, "公示完整率", 20, 0.95, "", ""), formats={"D2": "0%"})
    assert table.lines[0].limit == 95


def test_a_head_of_two_rows_with_a_merged_group():
    table = read(
        ("序号", "考核指标", None, "满分"),
        ("", "类别", "指标", ""),
        (1, "公示", "公示按时率", 12),
        (2, None, "照片佐证", 6),
        merged=("A1:A2", "B1:C1", "D1:D2", "B3:B4"),
    )
    assert table.name == "县里的表", "without a title it is named after its file"
    assert [(each.title, each.measure, each.weight) for each in table.lines] == [
        ("公示按时率", "timeliness", 12),
        ("照片佐证", "no_photograph", 6),
    ]


def test_the_more_telling_word_of_a_title_wins():
    told = {
        "网站空栏目数量": "columns_empty",
        "栏目更新及时": "columns_stale",
        "留言超过三个月未答复": "messages_three_months",
        "问题整改销号率": "findings_closed",
        "到期公示及时撤下": "still_up",
        "资金使用": "",
    }
    table = read(HEAD, *((n, title, 1) for n, title in enumerate(told, start=1)))
    assert {each.title: each.measure for each in table.lines} == told


def test_a_column_of_our_own_says_which_lines_people_look_at():
    table = read(
        ("指标", "系统指标", "权重"),
        ("公示完整率", "", 10),
        ("看照片", "没有照片的公示", 10),
        ("看培训", "trainings", 10),
    )
    assert [each.measure for each in table.lines] == ["", "no_photograph", "trainings"]


def test_every_fault_is_named_with_its_row_and_what_to_do():
    assert faults_of(
        HEAD,
        (1, "完整率", "二十", None, "", ""),
        (2, "按时率", 10, "九成", "", ""),
        (3, "照片", 10, -1, "", ""),
        (4, "三审三校", 10, 0, "也许", ""),
        (5, "好", 10, 0, "", ""),
    ) == [
        "第2行的分值“二十”不是数：请填数字，如 10。",
        "第3行的限值“九成”不是整数：请填整数，没有限值就空着。",
        "第4行的限值“-1”不是整数：请填整数，没有限值就空着。",
        "第5行的单项否决写的是“也许”：请填“是”或者空着。",
    ]
    (unknown,) = faults_of(("指标", "系统指标", "分值"), ("完整", "满意度", 10))
    assert unknown.startswith("第2行的系统指标“满意度”系统里没有")


def test_a_table_without_lines_heads_or_an_end_is_refused():
    (empty,) = faults_of(HEAD)
    assert "没有一条指标" in empty
    assert faults_of(("村", "人口"), ("东园村", 900))
    (long,) = faults_of(HEAD, *((n, f"指标{n}", 1) for n in range(201)))
    assert "最多 200 条" in long


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"name: x", b"- a", b"{", b"name: x\nindicators:\n- {weight: 3}\n"]
)
def test_a_yaml_file_that_is_no_table_is_refused_in_words(content):
    with pytest.raises(Refused) as refusal:
        read_indicators(content, "表.yaml")
    assert all(str(each).endswith("。") for each in refusal.value.sentences)


words = st.text(
    st.characters(categories=["L", "Nd", "P"], max_codepoint=0x9FFF), min_size=1, max_size=20
).filter(lambda each: each not in ("合计", "总计", "总分"))
drafts = st.builds(
    IndicatorDraft,
    code=st.from_regex(r"[A-F][1-9]", fullmatch=True),
    title=words.map(lambda each: f"指标{each}"),
    measure=st.sampled_from(["", *MEASURES]),
    weight=st.integers(0, 2000).map(lambda tenths: Decimal(tenths) / 10),
    limit=st.none() | st.integers(0, 100),
    is_veto=st.booleans(),
    note=st.just("") | words.map(lambda each: f"注{each}"),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(drafts, min_size=1, max_size=6))
def test_what_is_handed_out_loads_back_unchanged(lines):
    table = TableDraft("县里的考核表", "县里", lines)
    again = read_indicators(write_indicators(table), "再载入.xlsx")
    assert again.name == table.name
    assert list(again.lines) == lines


def test_the_shipped_table_loads_back_from_its_own_excel():
    again = read_indicators(write_indicators(proposed()), "考核指标.xlsx")
    assert list(again.lines) == [replace(each, is_guessed=False) for each in proposed().lines]
