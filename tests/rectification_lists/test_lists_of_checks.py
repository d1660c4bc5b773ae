"""Lists of checks of websites, of villages and of circulars, headed as published ones are."""

from __future__ import annotations

import pytest
from list_factory import a_workbook, asked, columns_of, grid, kept, pasted, read

from taole.rectification_lists.heads import sure_field
from taole.rectification_lists.plan import Plan


def of(text: str) -> Plan:
    return read(*pasted(text))


HEADS = {
    "statement": "扣分事由 主要扣分原因 主要不足 错误信息 错别字 错敏词 异常情况 问题情形",
    "evidence": "所在页面 页面URL 错误所在页面 问题所在链接 页面快照 存在问题链接 文章标题",
    "demand": "建议修改为 修改建议 应改为 正确表述 目标要求 整改方向 预期成效",
    "proof_link": "整改佐证 整改结果链接 修改后链接 整改情况链接",
    "unit": "运营单位 栏目责任单位 村党支部 村委会 内容保障单位",
    "owner": "栏目责任人 包村干部 村支书",
    "leader": "主要领导 带班领导",
    "due": "最迟完成时间 整改到位时限 限时",
    "progress": "处理结果 整改反馈情况 回复情况",
    "rechecker": "核销人 销号审核人",
    "verdict": "核销情况 “回头看”情况",
    "source": "信息来源 线索来源",
    "unused": "公开时限 公开方式 更新频率 手机号码 逾期天数 填表时间",
    "measures": "整改思路 已采取措施",
}


@pytest.mark.parametrize("field", HEADS)
def test_heads_of_checks_are_known(field):
    assert {name: sure_field(name) for name in HEADS[field].split()} == dict.fromkeys(
        HEADS[field].split(), field
    )


def test_a_websites_check_is_read_with_its_pages_and_what_should_stand_there():
    plan = of(
        "序号 | 网站名称 | 栏目 | 页面标题 | 页面地址 | 错误表述 | 建议修改为 | 整改情况\n"
        "1 | 陶乐镇人民政府 | 工作动态 | 召开会议 | http://a.example/1 | 惯彻精神 | 贯彻精神 |"
    )
    assert kept(plan) == [("zhen", "工作动态：惯彻精神（证据：召开会议）")]
    (entry,) = plan.entries
    assert (entry.evidence_link, entry.demand) == ("http://a.example/1", "贯彻精神")


def test_a_column_whose_names_are_all_ours_is_the_unit_where_its_head_may_be_one():
    for head in ("督查对象", "检查地点", "公众号名称"):
        plan = of(f"{head} | 存在问题\n东园村 | 公开栏破损\n王家庄村 | 低保未公示")
        assert kept(plan) == [("dong", "公开栏破损"), ("wang", "低保未公示")]


def test_a_column_of_ours_is_asked_about_where_another_could_answer_too():
    plan = of("地点 | 存在问题 | 牵头单位\n东园村 | 公示缺金额 | 民生服务中心")
    assert asked(plan) == ["表格：哪一列写的是责任单位？"]
    plan = of("填报单位 | 存在问题\n东园村 | 公示缺金额")
    assert asked(plan) == ["表格：哪一列写的是责任单位？"]


def test_what_was_checked_stands_before_the_problem_where_the_unit_is_told_apart():
    plan = of("检查对象 | 责任单位 | 存在问题\n公开栏 | 东园村 | 玻璃破损")
    assert kept(plan) == [("dong", "公开栏：玻璃破损")]


def test_a_link_beside_the_link_of_the_mending_shows_the_problem():
    plan = of(
        "问题 | 责任单位 | 链接 | 整改佐证链接\n"
        "栏目空白 | 东园村 | http://a.example/1 | http://a.example/2"
    )
    (entry,) = plan.entries
    assert (entry.evidence_link, entry.proof_link) == ("http://a.example/1", "http://a.example/2")


def test_a_link_under_the_heading_of_the_problem_is_no_problem():
    plan = of(
        "序号 | 问题情况 | | | 责任单位\n"
        " | 类别 | 描述 | 链接 |\n"
        "1 | 内容不全 | 缺支出明细 | http://a.example/1 | 东园村"
    )
    assert kept(plan) == [("dong", "缺支出明细")]
    assert columns_of(plan)["问题情况·链接"] == "evidence"


def test_how_a_problem_shows_is_kept_with_it():
    plan = of("存在问题 | 具体表现 | 责任单位\n年报质量不高 | 前后数据不一 | 综合办公室")
    assert kept(plan) == [("zhb", "年报质量不高（证据：前后数据不一）")]


def test_a_column_only_named_for_time_that_holds_no_days_is_asked_about():
    plan = of("村 | 存在问题 | 规范时间 | 整改时限\n东园村 | 公开栏破损 | 未标注 | 9月20日")
    assert asked(plan) == ["表格：“C 规范时间”这一列写的是什么？如：未标注"]


def test_days_of_other_things_are_neither_limits_nor_days_of_completion():
    plan = of(
        "存在问题 | 责任单位 | 换届时间 | 反馈时限 | 整改时限\n"
        "公开栏破损 | 东园村 | 2021年3月 | 9月30日 | 9月20日"
    )
    assert not plan.open
    assert columns_of(plan) | {"换届时间": "note", "反馈时限": "note", "整改时限": "due"} == (
        columns_of(plan)
    )
    assert f"{plan.entries[0].due_on:%m-%d}" == "09-20"


@pytest.mark.parametrize(("day", "guess"), [("9月8日", "done_on"), ("9月20日", "due")])
def test_days_before_the_check_are_guessed_to_be_of_completion(day, guess):
    (question,) = of(f"存在问题 | 责任单位 | 完成时间\n公开栏破损 | 东园村 | {day}").open
    assert question.guess == guess


def test_a_sheet_of_counts_beside_the_list_is_not_asked_about():
    plan = read(
        a_workbook(
            {
                "问题台账": grid("问题 | 责任单位\n公开栏破损 | 东园村"),
                "统计表": grid("单位 | 问题总数 | 已整改数 | 整改率\n东园村 | 1 | 0 | 0%"),
            }
        )
    )
    assert kept(plan) == [("dong", "公开栏破损")]


def test_mended_with_its_link_in_one_cell_is_a_claim_with_a_link():
    plan = of(
        "问题 | 责任单位 | 整改情况\n年报漏项 | 综合办公室 | 已整改，链接：http://a.example/1"
    )
    (entry,) = plan.entries
    assert (entry.proof_link, entry.measures) == ("http://a.example/1", "")
    assert "已整改" in str(entry.remarks[0])


def test_a_line_that_ends_with_the_office_that_answers_is_no_signature():
    plan = of(
        "网站检查问题\n1.工作动态栏目未更新，责任单位：综合办公室\n2.社会救助栏目空白：民生服务中心"
    )
    assert [entry.unit for entry in plan.entries] == ["zhb", "msfw"]


def test_the_line_that_leads_to_the_problems_is_none_and_its_day_holds_for_all():
    plan = of(
        "各村注意：县上检查发现以下问题，请9月20日前整改\n"
        "1、东园村：公开栏破损\n2、马太沟村：没有监督电话"
    )
    assert [(entry.unit, f"{entry.due_on:%m-%d}") for entry in plan.entries] == [
        ("dong", "09-20"),
        ("ma", "09-20"),
    ]
