"""The five papers on rectification: what stands on each of them."""

from __future__ import annotations

from datetime import date

import pytest
from paper_scene import ON, a_year, composed, paragraphs_of, rows_of

from taole.attachments.actions import keep_file
from taole.core.transactions import transaction
from taole.documents.paper import Foot, Heading, Spread, Subscription, value_of
from taole.inspections.workflow import InspectionKind
from taole.rectification_papers.workflow import PaperKind
from tests.inspections.finding_factory import a_finding
from tests.inspections.finding_pages import a_photo


@pytest.fixture
def year(town):
    with transaction():
        a_year(town)
    return town


def test_the_problem_list_names_kind_source_severity_and_the_rule_broken(year):
    paper = composed(PaperKind.PROBLEM_LIST, year.township)
    assert paper.title == "陶乐镇村务公开问题清单"
    assert paper.is_landscape
    assert [column.label for column in paper.tables[0].columns] == [
        "序号", "村", "问题", "类别", "来源", "程度", "依据", "发现日期",
    ]  # fmt: skip
    first, second, third = rows_of(paper)
    assert first == (
        "1", "东园村", "公示表没用统一模板", first[3], "季度通报", "较重", "试行目录", "9月4日",
    )  # fmt: skip
    assert (second[1], second[2], second[4]) == ("东园村", "公示栏没写监督电话", "交叉互检")
    assert third[1] == "施家台子村"
    assert "共3个问题。按来源分：季度通报2个、交叉互检1个" in paper.blocks[2].text


def test_a_list_of_certain_days_and_sources_holds_only_those(year):
    only = composed(
        PaperKind.PROBLEM_LIST,
        year.township,
        found_from=date(2023, 9, 5),
        found_until=date(2023, 9, 30),
    )
    assert [row[2] for row in rows_of(only)] == ["公示栏没写监督电话"]
    circulars = composed(PaperKind.LEDGER, year.township, sources=(InspectionKind.CIRCULAR,))
    assert [row[6] for row in rows_of(circulars)] == ["公示表没用统一模板", "施家台子村公开不及时"]


def test_the_notice_is_a_letter_to_one_village_with_demands_and_days(year):
    paper = composed(PaperKind.NOTICE, year.villages[0], site="https://taole.example")
    assert not paper.is_landscape
    assert paper.recipient == "东园村民委员会"
    assert rows_of(paper) == [
        ("1", "9月12日", "公示栏没写监督电话", "写明村、镇两级监督电话", "11月20日")
    ]
    assert "2023年9月12日，在督查中发现你单位村务公开存在1个问题（交叉互检1个）" in paragraphs_of(
        paper
    )
    assert Subscription("陶乐镇综合办公室", ON) in paper.blocks
    foot = next(each for each in paper.blocks if isinstance(each, Foot))
    assert foot.address == f"https://taole.example/findings?unit={year.villages[0].code}"
    assert any("0952-8011132" in line for line in foot.lines)


def test_a_notice_of_a_problem_past_its_day_says_so(year):
    rows = rows_of(composed(PaperKind.NOTICE, year.villages[1]))
    assert [row[4] for row in rows] == ["9月18日\n（已超期）"]


def test_the_checklist_shows_the_day_to_which_it_was_put_off(year):
    paper = composed(PaperKind.CHECKLIST, year.township)
    shown = {row[2]: (row[7], row[8]) for row in rows_of(paper)}
    assert shown == {
        "施家台子村公开不及时": ("9月18日\n（已超期）", "整改中"),
        "公示栏没写监督电话": ("11月20日", "待整改"),
    }
    spread = next(each for each in paper.blocks if isinstance(each, Spread))
    assert spread.parts == (
        "督查单位：陶乐镇综合办公室",
        "督查日期：2023年9月4日至9月12日",
        "印发日期：2023年11月1日",
    )


def test_the_ledger_has_every_problem_with_its_way_to_its_end(year):
    paper = composed(PaperKind.LEDGER, year.township)
    assert [column.label for column in paper.tables[0].columns] == [
        "问题编号", "来源", "发现日", "村", "目录编码", "问题类型", "描述", "证据", "整改要求",
        "时限", "责任人", "整改措施", "完成日", "佐证", "复核人", "复核结论", "销号日",
    ]  # fmt: skip
    first = rows_of(paper)[0]
    assert first[0] == "2023-1"
    assert first[4] == "CW-02"
    assert first[10:] == (
        "陈某", "已写明监督电话", "9月11日", "链接", "李某", "符合要求",
        "9月11日",
    )  # fmt: skip
    assert value_of(paper.tables[0].rows[0][12]) == date(2023, 9, 11)
    assert value_of(paper.tables[0].rows[0][13]) == "https://example.org/notice/1"
    assert [row[-1] for row in rows_of(paper)] == ["9月11日", "整改中", "待整改"]


def test_the_report_tells_by_source_and_kind_what_was_done_and_what_is_open(year):
    paper = composed(PaperKind.REPORT, year.township, recipient="县政务公开办")
    assert paper.title == "陶乐镇关于村务公开问题整改情况的报告"
    assert paper.recipient == "县政务公开办"
    assert [each.text for each in paper.blocks if isinstance(each, Heading)] == [
        "一、存在问题",
        "（一）季度通报（2个）",
        "（二）交叉互检（1个）",
        "二、整改情况",
        "三、尚未完成的问题",
        "四、下一步工作",
    ]
    said = paragraphs_of(paper)
    for words in (
        "根据县政务公开办《2023年第三季度通报》，",
        "共发现问题3个，涉及2个村",
        "已整改销号1个，尚未完成2个",
        "按来源分：季度通报2个、交叉互检1个。按类型分：",
        "1.东园村：公示表没用统一模板。",
        "2.施家台子村公开不及时。",
        "1.东园村：已写明监督电话。9月11日完成整改，9月11日由李某复核销号。"
        "佐证：https://example.org/notice/1。",
        "2.施家台子村公开不及时。整改中，时限9月18日，已超期。",
        "3.东园村：公示栏没写监督电话。待整改，原定时限9月26日，经批准延期到11月20日。"
        "延期理由：公示栏正在重做。",
        "对尚未完成的2个问题，在11月20日前逐个督促整改、复核销号。",
    ):
        assert words in said, words
    assert Subscription("平罗县陶乐镇人民政府", ON) in paper.blocks


def test_the_next_steps_may_be_written_by_hand(year):
    paper = composed(PaperKind.REPORT, year.township, next_steps="开一次培训会\n\n再查一遍")
    said = paragraphs_of(paper)
    assert said.endswith("开一次培训会\n再查一遍")
    assert "逐个督促" not in said


def test_a_report_of_a_year_without_problems_says_so(town):
    said = paragraphs_of(composed(PaperKind.REPORT, town.township))
    assert "没有发现陶乐镇村务公开的问题" in said
    assert "没有，发现的问题已经全部整改销号。" not in said


def test_a_photograph_counts_as_evidence_or_as_proof(year):
    with transaction():
        finding = a_finding(year.villages[2], year.li, statement="公示栏破损")
        keep_file(finding.unit, a_photo(), "a.jpg", by=year.li, owner_id=finding.id)
    row = next(
        row for row in rows_of(composed(PaperKind.LEDGER, year.township)) if row[6] == "公示栏破损"
    )
    assert (row[7], row[13]) == ("照片1张", "")


def test_what_happened_later_is_not_on_a_paper_of_an_earlier_day(year):
    paper = composed(PaperKind.LEDGER, year.township, on=date(2023, 9, 10))
    assert [row[0] for row in rows_of(paper)] == ["2023-1", "2023-2"]
    assert rows_of(paper)[0][11:] == ("", "", "", "", "", "整改中")
