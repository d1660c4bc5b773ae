"""Numbers in the words against the tables, their parts and each other."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from report_factory import empty_tables, figures, narrative, report_of_2023

from taole.annual_report.content import Heading, Part, ReportContent, Value
from taole.annual_report.official_format import FORMAT
from taole.annual_report.rules import Check, check
from taole.annual_report.tables import build_table_three

PARTS_OF_255 = FORMAT.breakdowns[0].parts


def failed(report: ReportContent) -> list[Check]:
    return [found for found in check(report) if not found.passed]


def rules_that_fail(report: ReportContent) -> set[str]:
    return {found.rule_id for found in failed(report)}


def with_figures(**changed: Value) -> ReportContent:
    return report_of_2023(values=figures(**changed))


def test_the_report_of_2023_passes_every_rule() -> None:
    assert failed(report_of_2023()) == []


def test_974_and_427_are_two_ways_of_counting_and_no_error() -> None:
    untold = narrative("part1").replace("按渠道计", "")
    found = failed(report_of_2023(templates={"part1": untold}))
    assert [(one.rule_id, one.severity) for one in found] == [("TX-SCOPE", "info")]
    assert "口径不同：974" in str(found[0].said)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(PARTS_OF_255), st.integers(1, 9))
def test_255_with_one_wrong_part_is_found(key: str, more: int) -> None:
    report = report_of_2023()
    figure = report.values[key]
    assert isinstance(figure.value, int)
    spoiled = {**report.values, key: replace(figure, value=figure.value + more)}
    assert "TX-BREAKDOWN" in rules_that_fail(replace(report, values=spoiled))


def test_a_breakdown_that_is_not_complete_may_stay_below_its_total() -> None:
    partial = replace(FORMAT.breakdowns[0], parts=PARTS_OF_255[:3], exhaustive=False)
    assert "TX-BREAKDOWN" not in rules_that_fail(replace(report_of_2023(), breakdowns=(partial,)))


def test_one_training_told_twice_has_one_number() -> None:
    assert "TX-REPEAT" in rules_that_fail(with_figures(P6_training_host=2))


def test_more_problems_closed_than_found_is_impossible() -> None:
    assert "TX-REPEAT" in rules_that_fail(with_figures(P6_cross_closed=4))


def test_a_section_called_by_its_old_name_is_found() -> None:
    tasks = ["各行政村公开自治管理事项。"] * 10
    found = [
        str(one.said)
        for one in failed(report_of_2023(lists={"key_tasks": tasks}))
        if one.rule_id == "TX-REPEAT"
    ]
    assert len(found) == 1
    assert "组织机构建设" in found[0]


def test_requests_in_the_words_are_those_of_table_three() -> None:
    asked = replace(
        empty_tables(),
        three=build_table_three({"natural": 2}, {"natural": 1}, {("granted", "natural"): 3}, {}),
    )
    assert "TX-REQ" in rules_that_fail(report_of_2023(tables=asked))
    for told in (2, 3):
        report = report_of_2023(tables=asked, values=figures(P1_request=told))
        assert "TX-REQ" not in rules_that_fail(report)


def test_a_rate_that_does_not_follow_from_its_numbers_is_questioned() -> None:
    assert "TX-PERCENT" in rules_that_fail(with_figures(P1_inquiry_ontime=70))
    right = with_figures(P1_inquiry_ontime=70, P1_inquiry_rate=93.33)
    assert "TX-PERCENT" not in rules_that_fail(right)


def test_a_figure_without_value_is_missing() -> None:
    found = failed(with_figures(P1_newmedia=None))
    assert [one.rule_id for one in found] == ["TX-MISSING"]
    assert "P1-newmedia" in str(found[0].said)


def test_no_problem_told_is_no_report() -> None:
    assert "P5-EMPTY" in rules_that_fail(report_of_2023(lists={"problems": []}))
    assert "P5-EMPTY" in rules_that_fail(
        report_of_2023(lists={"problems": ["无。"], "measures": ["无。"]})
    )


def test_problems_and_measures_come_in_pairs() -> None:
    assert "P5-EMPTY" in rules_that_fail(report_of_2023(lists={"measures": ["加强管理。"]}))


def test_the_information_fee_is_told_even_when_none_was_taken() -> None:
    silent = narrative("part6").replace("信息处理费", "费用")
    assert "P6-FEE" in rules_that_fail(report_of_2023(templates={"part6": silent}))
    report = report_of_2023()
    taken = {**report.values, **figures(P6_infofee=30)}
    assert "P6-FEE" in rules_that_fail(replace(report, values=taken))
    assert "P6-FEE" not in rules_that_fail(with_figures(P6_infofee=30))


def test_six_parts_in_official_order() -> None:
    report = report_of_2023()
    assert "DOC-SIX" in rules_that_fail(replace(report, parts=report.parts[:5]))
    assert "DOC-SIX" in rules_that_fail(replace(report, parts=report.parts[::-1]))


def test_marks_of_a_template_are_found() -> None:
    for leak in ("**七是构筑平台。**", "应急管理 etc 栏目。", "[P1-request=0 未收到。"):
        report = report_of_2023(lists={"key_tasks": [leak] * 10})
        assert "DOC-TEMPLATE-LEAK" in rules_that_fail(report)


def test_a_heading_told_twice_is_found() -> None:
    report = report_of_2023()
    first = report.parts[0]
    doubled = Part(1, first.heading, (Heading(2, "（一）总体情况"), *first.blocks))
    assert "DOC-TEMPLATE-LEAK" in rules_that_fail(
        replace(report, parts=(doubled, *report.parts[1:]))
    )
