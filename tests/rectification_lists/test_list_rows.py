"""Whose problem each row is, by when, and which rows are none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_factory import HELD, a_workbook, asked, grid, kept, pasted, read

from taole.inspections.workflow import Severity
from taole.rectification_lists.days import read_due
from taole.rectification_lists.values import kind_of_problem, state_of

VILLAGES = ["dong", "shi", "wang", "ma", "miao"]


def of(text, **answers):
    return read(*pasted(text), answers={key.replace("_", "-"): it for key, it in answers.items()})


def units_of(cell):
    plan = of(f"问题 | 责任单位\n公示栏没写电话 | {cell}")
    assert not plan.open, asked(plan)
    return [entry.unit for entry in plan.entries]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("东园村", ["dong"]),
        ("东园", ["dong"]),
        ("陶乐镇东园村村民委员会", ["dong"]),
        ("东园村、王家庄村", ["dong", "wang"]),
        ("东园村和马太沟村", ["dong", "ma"]),
        ("东园、王家庄、马太沟三个村", ["dong", "wang", "ma"]),
        ("东园村（陈某）", ["dong"]),
        ("各村", VILLAGES),
        ("全镇各行政村", VILLAGES),
        ("五个村", VILLAGES),
        ("除东园村外各村", VILLAGES[1:]),
        ("全镇", ["zhen"]),
        ("镇政府", ["zhen"]),
        ("镇综合办公室", ["zhb"]),
        ("党政办", ["zhb"]),
        ("民生中心", ["msfw"]),
        ("各村、民生服务中心", [*VILLAGES, "msfw"]),
    ],
)
def test_a_cell_names_units_in_many_ways(cell, units):
    assert units_of(cell) == units


def test_a_name_that_nobody_knows_is_asked_with_its_rows_and_the_likeliest():
    plan = of("问题 | 村\n公示栏没写电话 | 东元村\n公示栏破损 | 东元村\n栏目空白 | 综合办")
    (question,) = plan.open
    assert str(question.text) == "第2、3行的“东元村”是哪个单位？"
    assert question.guess == "dong"
    settled = of(
        "问题 | 村\n公示栏没写电话 | 东元村\n公示栏破损 | 东元村\n栏目空白 | 综合办",
        **{question.key: "shi"},
    )
    assert [entry.unit for entry in settled.entries] == ["shi", "shi", "zhb"]
    skipped = of("问题 | 村\n公示栏没写电话 | 东元村", **{question.key: "skip"})
    assert [str(row.reason) for row in skipped.left_out] == ["不是本镇的单位"]


def test_rows_of_other_townships_and_county_departments():
    plan = of(
        """
        乡镇 | 村 | 存在的问题
        陶乐镇 | 东园村 | 没写电话
        红崖子乡 | 红翔新村 | 没公开栏
        高仁乡 | | 没更新
        """
    )
    assert kept(plan) == [("dong", "没写电话")]
    assert str(plan.left_out[0].reason) == "是“红崖子乡”的，不是本镇的"
    assert kept(of("问题 | 单位\n没写电话 | 崇岗镇\n没更新 | 东园村")) == [("dong", "没更新")]
    (question,) = of("问题 | 单位\n没写电话 | 县民政局").open
    assert question.guess == "skip"


def test_a_list_without_units_goes_by_its_words_its_headings_its_sheets():
    plan = of("序号 | 问题\n1 | 王家庄村高龄津贴没公示\n2 | 网站栏目空白")
    assert asked(plan) == ["第3行没有写责任单位，记给谁？"]
    by_heading = grid(
        "序号 | 问题 | 时限\n东园村 | |\n1 | 没写电话 | 9月20日\n马太沟村 | |\n1 | 栏破损 | 9月20日"
    )
    assert kept(read(a_workbook(by_heading))) == [("dong", "没写电话"), ("ma", "栏破损")]
    head = ["检查发现的问题", "整改建议"]
    sheets = {"东园村": [head, ["没写电话", "补写"]], "王家庄村": [head, ["栏破损", "维修"]]}
    assert kept(read(a_workbook(sheets))) == [("dong", "没写电话"), ("wang", "栏破损")]


def test_cells_merged_over_several_rows_hold_for_each():
    rows = grid(
        """
        序号 | 存在问题 | 责任单位 | 整改时限
        1 | 公示不及时 | 东园村 | 9月20日
        | | 马太沟村 | 9月21日
        """
    )
    plan = read(a_workbook(rows, ["A2:A3", "B2:B3"]))
    assert kept(plan) == [("dong", "公示不及时"), ("ma", "公示不及时")]
    assert [entry.due_on for entry in plan.entries] == [date(2023, 9, 20), date(2023, 9, 21)]
    rows = grid("村 | 问题\n东园村 | 没写电话\n | 栏破损\n王家庄村 | 栏目空白")
    plan = read(a_workbook(rows, ["A2:A3"]))
    assert kept(plan) == [("dong", "没写电话"), ("dong", "栏破损"), ("wang", "栏目空白")]
    plan = read(a_workbook(rows))
    assert asked(plan) == ["第3行没有写责任单位，记给谁？"], "not merged: nobody knows"


def test_one_problem_with_its_measures_on_several_rows_is_one():
    rows = grid(
        "序号 | 存在问题 | 责任单位 | 整改措施\n1 | 公示不及时 | 东园村 | 补公示\n | | | 查明原因"
    )
    for merged in ((), ("A2:A3", "B2:B3", "C2:C3")):
        (entry,) = read(a_workbook(rows, merged)).entries
        assert entry.measures == "补公示；查明原因"


def test_totals_signatures_notes_and_rows_without_a_problem_are_left_out():
    plan = of(
        """
        序号 | 存在问题 | 村
        1 | 没写电话 | 东园村
        2 | 未发现问题 | 王家庄村
        3 | | 马太沟村
        合计 | 1 |
        填表人：李某 | | 审核人：赵某
        注：请于9月底前整改 | |
        """
    )
    assert kept(plan) == [("dong", "没写电话")]
    assert [str(row.reason) for row in plan.left_out] == [
        "写的是没有问题",
        "没有写问题",
        "是合计、说明或落款",
        "是合计、说明或落款",
        "是合计、说明或落款",
    ]


def test_a_group_that_is_numbered_in_chinese_is_a_heading():
    plan = of(
        """
        编号 | 问 题 | 责任单位 | 完 成 时 限
        一 | 东园村（2个） | |
        1 | 公开栏破损 | 东园村 | 9月20日
        2 | 没有监督电话 | 东园村 | 9月20日
        """
    )
    assert kept(plan) == [("dong", "公开栏破损"), ("dong", "没有监督电话")]


SCORED = """
序号 | 公开领域（编码） | 一级事项 | 二级事项 | 权重 | 得分 | 扣分说明 | 整改情况
1 | CW | 财务管理 | 财务收支情况 | 5 | 3 | 王家庄村二季度未公开 |
2 | SB | 社会保障 | 高龄津贴发放 | 5 | 5 | |
3 | SB | 社会保障 | 社会救助 | 5 | 4 | |
4 | GK | 阵地 | 公开栏 | 5 | 5 | 东园村已公开 |
"""


def test_of_a_scored_table_the_rows_with_words_are_problems():
    plan = of(SCORED)
    assert asked(plan) == ["第5行没有扣分，却写了“东园村已公开”：算问题吗？"]
    plan = of(SCORED, full_0="no")
    assert kept(plan) == [("wang", "财务收支情况：王家庄村二季度未公开")]
    assert plan.entries[0].item == "财务收支情况"
    assert [str(row.reason) for row in plan.left_out] == [
        "没有扣分，也没有写问题",
        "扣了分，但没有写扣分说明：请到表里补上，或者另记一个问题",
        "没有扣分",
    ]
    assert len(of(SCORED, full_0="yes").entries) == 2


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023年9月18日", date(2023, 9, 18)),
        ("9月18日前", date(2023, 9, 18)),
        ("2023.9.18", date(2023, 9, 18)),
        ("2023/9/18", date(2023, 9, 18)),
        ("9.18", date(2023, 9, 18)),
        ("9月底前", date(2023, 9, 30)),
        ("9月中旬", date(2023, 9, 20)),
        ("本月底前", date(2023, 9, 30)),
        ("年底前", date(2023, 12, 31)),
        ("2023年10月", date(2023, 10, 31)),
        ("1月15日前", date(2024, 1, 15)),
        ("即日起至9月30日", date(2023, 9, 30)),
        ("立行立改，9月20日前完成", date(2023, 9, 20)),
        ("15日内", date(2023, 9, 27)),
        ("三个月内", date(2023, 12, 12)),
        ("十二日内", date(2023, 9, 24)),
        ("两周内", date(2023, 9, 26)),
        ("第四季度末", date(2023, 12, 31)),
        ("2023.10", date(2023, 10, 31)),
        ("23年10月初", date(2023, 10, 10)),
        ("10个工作日内", None),
        ("13月份", None),
        ("13月18日", None),
        ("45187", date(2023, 9, 18)),
        (date(2023, 9, 18), date(2023, 9, 18)),
        ("立行立改", None),
        ("长期坚持", None),
        ("2月30日", None),
        ("", None),
    ],
)
def test_a_deadline_is_read_in_all_its_forms(written, day):
    assert read_due(written, HELD)[0] == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_days_and_states(text):
    day, _words = read_due(text, HELD)
    assert day is None or 1900 < day.year < 2200
    assert isinstance(state_of(text), str)


def test_what_is_no_day_stays_as_words_and_the_day_goes_by_the_severity():
    (entry,) = of("问题 | 村 | 整改要求 | 整改时限\n没写电话 | 东园村 | 补写 | 立行立改").entries
    assert (entry.due_on, entry.demand) == (None, "补写（时限：立行立改）")
    (entry,) = of("问题 | 村 | 整改时限\n没写电话 | 东园村 | 2023年8月1日").entries
    assert entry.due_on is None
    assert "早于发现日期" in str(entry.remarks[0])


@pytest.mark.parametrize("written", ["已整改", "已完成整改", "是", "已销号", "整改到位"])
def test_a_list_that_calls_a_problem_mended_closes_nothing(written):
    head = "问题 | 村 | 整改情况 | 整改链接"
    (without,) = of(f"{head}\n没写电话 | 东园村 | {written} |").entries
    assert "没有佐证链接：按没有整改记，不销号" in str(without.remarks[0])
    (linked,) = of(f"{head}\n没写电话 | 东园村 | {written} | https://example.org/1").entries
    assert "提交后由别人复核才销号" in str(linked.remarks[0])
    assert linked.proof_link == "https://example.org/1"


def test_a_description_of_the_mending_becomes_its_measures_and_its_link_the_proof():
    (entry,) = of(
        "问题 | 村 | 整改情况\n没写电话 | 东园村 | 已补写监督电话，https://example.org/2"
    ).entries
    assert entry.measures == "已补写监督电话"
    assert entry.proof_link == "https://example.org/2"


def test_leaders_and_lead_units_go_into_the_demand_and_long_words_are_cut_and_told():
    head = "问题 | 村 | 整改要求 | 责任领导 | 牵头单位 | 依据"
    text = head + "\n{0} | 东园村 | 补写 | 赵某 | 综合办 | 第三条"
    (entry,) = of(text.format("没写电话")).entries
    assert entry.demand == "补写（牵头单位：综合办）（责任领导：赵某）"
    assert entry.basis == "第三条"
    (entry,) = of(text.format("没" * 401)).entries
    assert len(entry.statement) == 400
    assert "有 401 字" in str(entry.remarks[0])


def test_what_a_list_says_of_its_state_is_told():
    for written, said in {"逾期": "请尽快整改", "复发": "记为反弹"}.items():
        (entry,) = of(f"问题 | 村 | 状态\n没写电话 | 东园村 | {written}").entries
        assert said in str(entry.remarks[0])
    (entry,) = of("问题 | 村 | 整改情况\n没写电话 | 东园村 | 已补写监督电话").entries
    assert "按没有整改记" in str(entry.remarks[0])
    (entry,) = of("问题 | 村 | 整改情况 | 佐证\n没写电话 | 东园村 | 整改中 | 见照片").entries
    assert entry.measures == "佐证：见照片"


def test_kinds_severities_and_matters_are_the_houses_where_they_are_clear():
    text = "问题 | 村 | 问题类别 | 程度 | 事项\n栏目旧 | 东园村 | {0} | 严重 | SB-08"
    (entry,) = of(text.format("更新不及时")).entries
    assert (entry.kind, entry.severity, entry.item) == (
        "column-stale",
        Severity.SERIOUS,
        "高龄津贴发放",
    )
    (entry,) = of(text.format("年报质量")).entries
    assert entry.kind == ""
    assert kind_of_problem("错链外链", "") == "links"
    (entry,) = of("问题 | 村 | 事项\n栏目旧 | 东园村 | 没有这一项").entries
    assert "不在施行的目录里" in str(entry.remarks[0])
