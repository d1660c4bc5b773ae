"""The words of the report: every number by its key."""

from __future__ import annotations

import re

import pytest
from report_factory import NUMBERS, figures, lists_of_the_year, narrative, report_of_2023

from taole.annual_report.content import Heading, Paragraph, figure_value
from taole.annual_report.narrative import chinese_ordinal, passages, render_part
from taole.annual_report.wording import place_names
from taole.core.errors import Refused

TEMPLATES = ("preamble", "part1", "part5", "part6", "problems", "measures", "key_tasks")


def words(template: str, **values: int | None) -> str:
    given = {name: figure_value(name, value) for name, value in values.items()}
    return "".join(
        block.text for block in render_part(template, given) if isinstance(block, Paragraph)
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_types_a_number(name: str) -> None:
    text = "\n".join(passages(narrative(name)))
    for harmless in (r"\{\{[^}]*\}\}", r"\[[\w-]+[=<>][\w-]+\]", r"=== \d\.", "“12345”"):
        text = re.sub(harmless, "", text)
    assert not re.findall(r"\d+", text)


def test_every_number_of_the_year_is_cited_by_its_key() -> None:
    cited = {run.key for paragraph in report_of_2023().paragraphs() for run in paragraph.runs}
    assert set(NUMBERS) <= cited
    assert {"H1", "H2", "H3", "H4"} <= cited


def test_no_request_received_is_said_in_words_that_lead_to_the_figure() -> None:
    paragraphs = [paragraph.text for paragraph in report_of_2023().paragraphs()]
    assert "2023年，我镇未收到政府信息公开申请。" in paragraphs
    runs = [run for one in report_of_2023().paragraphs() for run in one.runs]
    assert ("未收到", "P1-request") in {(run.text, run.key) for run in runs}


def test_a_year_with_requests_says_how_many() -> None:
    report = report_of_2023(values=figures(P1_request=2, P6_request=1))
    text = "".join(paragraph.text for paragraph in report.paragraphs())
    assert "新收政府信息公开申请2件" in text
    assert "通过政府网站收到政府信息公开申请1件" in text
    assert "未收到政府信息公开申请" not in text


def test_the_counting_rule_stands_beside_974_and_427() -> None:
    text = "".join(paragraph.text for paragraph in report_of_2023().paragraphs())
    assert "974条（村居通、查询机按渠道计" in text
    assert "427条（村居通、公示栏按公示件数计" in text


def test_sections_have_the_names_of_the_catalogue() -> None:
    text = "".join(paragraph.text for paragraph in report_of_2023().paragraphs())
    assert "组织机构建设" in text
    assert "自治管理" not in text


def test_ten_key_tasks_are_numbered_in_chinese() -> None:
    tasks = [one for one in report_of_2023().paragraphs() if one.item_of == "key_tasks"]
    assert len(tasks) == 10
    assert tasks[0].text.startswith("一是")
    assert tasks[9].text.startswith("十是")
    assert [chinese_ordinal(number) for number in (1, 10, 11, 20, 35)] == [
        "一", "十", "十一", "二十", "三十五",
    ]  # fmt: skip


def test_a_line_is_used_only_when_its_condition_holds() -> None:
    template = "[a=b]{{a|全部}}办完。\n[b>a]办完{{a}}件。\n[a>0][b>5]很多。"
    assert words(template, a=3, b=3) == "全部办完。"
    assert words(template, a=3, b=7) == "办完3件。很多。"


def test_a_figure_that_nobody_registered_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="P9-nothing"):
        render_part("共{{P9-nothing}}条。", figures())


def test_a_list_or_a_name_that_nobody_gave_is_refused() -> None:
    with pytest.raises(Refused, match="problems"):
        render_part("{{*problems}}", {})
    with pytest.raises(Refused, match="town"):
        render_part("{{=town}}。", {})


def test_a_number_said_in_words_needs_its_condition() -> None:
    with pytest.raises(Refused, match="条件"):
        words("{{a|未收到}}申请。", a=0)


def test_a_figure_without_value_leaves_a_marked_gap() -> None:
    blocks = render_part("[a=0]{{a|没有}}。\n[a>0]共{{a}}条。", {"a": figure_value("a", None)})
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text == "共〔缺数：a〕条。"
    assert [run.key for run in blocks[0].runs if run.missing] == ["a"]


def test_headings_follow_the_levels_of_official_papers() -> None:
    blocks = render_part("== （一）主动公开\n\n=== 1.重点领域\n\n文字。", {})
    assert blocks[:2] == [Heading(2, "（一）主动公开"), Heading(3, "1.重点领域")]


def test_a_figure_is_printed_as_officials_write_it() -> None:
    assert figure_value("a", 100, "%").text == "100%"
    assert figure_value("a", 96.5, "%").text == "96.5%"
    assert figure_value("a", "2023-09-07", "日期").text == "2023年9月7日"
    assert figure_value("a", "良好", "等次").text == "良好"


def test_the_lists_of_the_year_pair_problems_with_measures() -> None:
    lists = lists_of_the_year()
    assert len(lists["problems"]) == len(lists["measures"]) == 3


def test_a_line_may_depend_on_whether_a_figure_has_a_value_at_all() -> None:
    template = "[a>none]结果为{{a}}。\n[a=none]没有评议。"
    assert words(template, a=None) == "没有评议。"
    assert words(template, a=3) == "结果为3。"


def test_the_report_of_another_township_speaks_of_its_own_places() -> None:
    names = place_names(town="望河乡", full_name="", county="利通区", prefecture="吴忠市")
    report = report_of_2023(names=names)
    text = "".join(paragraph.text for paragraph in report.paragraphs())
    for word in ("陶乐", "石嘴山", "平罗", "红崖子", "我镇", "本镇", "全镇", "县政府办公室"):
        assert word not in text
    for word in ("利通区人民政府网站", "市级网络问政平台", "我乡", "区政府办公室检查"):
        assert word in text


def test_a_year_without_records_is_told_without_gaps_and_without_nought_things() -> None:
    nought = dict.fromkeys((key for key in NUMBERS if key[:2] in ("P1", "P5", "P6")), 0)
    values = figures(**{key.replace("-", "_"): value for key, value in nought.items()})
    values |= {key: figure_value(key, None) for key in ("P1-guide-month", "P1-evaluation")}
    lists = {"problems": [], "measures": [], "key_tasks": []}
    report = report_of_2023(values=values, lists=lists)
    text = "".join(paragraph.text for paragraph in report.paragraphs())
    assert "缺数" not in text
    for word in ("0处", "0个账号", "0个方面", "共0项", "0月"):
        assert word not in text
