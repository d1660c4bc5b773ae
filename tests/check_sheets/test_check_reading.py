"""Check sheets as counties write them: heads of every kind, faults by row."""

from __future__ import annotations

import pytest
from check_sheet_factory import usual, workbook

from taole.check_sheets.reading import SheetDraft, read_check_sheet
from taole.core.errors import Refused


def read(*rows, **kept) -> SheetDraft:
    return read_check_sheet(workbook(*rows, **kept), "检查表.xlsx")


def faults(*rows) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(*rows)
    return [str(each) for each in refused.value.sentences]


def told(draft: SheetDraft) -> list[tuple[str, str, int]]:
    return [(line.group, line.title, int(line.weight)) for line in draft.lines]


def test_the_usual_sheet_is_read_with_its_groups_and_without_its_sum_and_notes():
    draft = read_check_sheet(usual(), "检查表.xlsx")
    assert draft.name == "2023年平罗县村务公开检查表"
    assert told(draft) == [
        ("财务公开", "各项收入", 6),
        ("财务公开", "各项支出", 6),
        ("阵地建设", "公开栏完好，看得清", 4),
        ("阵地建设", "没有公开身份证号（一票否决）", 4),
    ]
    assert [line.row for line in draft.lines] == [4, 5, 6, 7]
    assert [line.is_veto for line in draft.lines] == [False, False, False, True]
    assert [line.problem_kind for line in draft.lines] == [
        "",
        "",
        "board-damaged",
        "identity-number",
    ]
    assert draft.places["sheet"] == "检查表"
    assert draft.places["columns"]["score"] == 4
    assert ("remark", "F", "扣分说明") in draft.recognised


def test_the_published_head_with_fields_and_two_levels_is_read():
    draft = read(
        [
            "序号",
            "公开领域（编码）",
            "一级事项",
            "二级事项",
            "权重",
            "得分",
            "扣分说明",
            "整改情况",
        ],
        [1, "财务管理", "收支", "各项收入", 0.6, None, None, None],
        [2, "财务管理", "收支", "各项支出", 0.4, None, None, None],
        formats=(("E2", "0%"), ("E3", "0%")),
    )
    assert told(draft) == [("收支", "各项收入", 60), ("收支", "各项支出", 40)]
    assert draft.places["columns"]["remark"] == 6


def test_a_head_of_two_rows_and_headings_across_the_table_are_read():
    draft = read(
        ["村务公开督查评分表", None, None, None],
        ["督查内容", "评分", None, "检查情况"],
        [None, "标准分", "实得分", None],
        ["一、财务公开（12分）", None, None, None],
        ["各项收入", 6, None, None],
        ["各项支出", "6分", None, None],
        ["二、阵地建设", None, None, None],
        ["公开栏醒目", 8, None, None],
        merged=("A1:D1", "A2:A3", "B2:C2", "D2:D3", "A4:D4", "A7:D7"),
    )
    assert told(draft) == [
        ("一、财务公开（12分）", "各项收入", 6),
        ("一、财务公开（12分）", "各项支出", 6),
        ("二、阵地建设", "公开栏醒目", 8),
    ]
    assert draft.places["columns"]["score"] == 2


def test_a_title_merged_over_its_standards_is_one_line():
    draft = read(
        ["二级指标", "评分标准", "分值", "是否符合"],
        ["各项收入", "按期公开", 4, None],
        [None, "逐笔列明", 2, None],
        ["各项支出", "按期公开", 4, None],
        merged=("A2:A3",),
    )
    assert told(draft) == [("", "各项收入", 6), ("", "各项支出", 4)]
    assert draft.lines[0].note == "按期公开；逐笔列明"


def test_a_list_without_points_and_a_csv_are_read():
    assert told(read(["检查事项", "检查结果"], ["公开栏醒目", None])) == [("", "公开栏醒目", 0)]
    draft = read_check_sheet("检查内容,分值\n各项收入,6\n".encode(), "检查表.csv")
    assert told(draft) == [("", "各项收入", 6)]
    assert draft.name == "检查表"


def test_faults_are_named_by_their_rows_all_at_once():
    assert faults(
        ["检查内容", "分值", "一票否决", "问题类型"],
        ["各项收入", "六", None, None],
        [None, 3, None, None],
        ["公开栏", 3, "也许", "不知道"],
    ) == [
        "第2行的分值“六”不是数：请填数字，如 10。",
        "第3行没有写检查什么：请补上。",
        "第4行的单项否决写的是“也许”：请填“是”或者空着。",
        "第4行的问题类型“不知道”不在清单里：请从问题类型清单里选，或者空着。",
    ]


def test_a_table_of_something_else_is_refused_with_what_was_read():
    (said,) = faults(["姓名", "金额"], ["张某某", 3])
    assert "检查内容" in said
    assert "姓名" in said


def test_a_head_without_a_line_is_refused():
    (said,) = faults(["检查内容", "分值"], ["合计", 3])
    assert "没有一条" in said
