"""Arithmetic of the tables, on any year and on spoiled ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from report_factory import empty_tables, report_of_2023

from taole.annual_report.rules import Check, check
from taole.annual_report.tables import (
    APPLICANTS,
    DECISIONS,
    PATHS,
    RESULTS,
    TOTAL,
    TableFour,
    Tables,
    TableThree,
    build_table_four,
    build_table_three,
    build_table_two,
)

REPORT = report_of_2023()
TABLE_THREE_RULES = {"T3-ROW", "T3-SUM", "T3-BAL", "T3-INT", "T3-LABEL", "T3-CARRY"}
CELLS = [(row, column) for row, column in empty_tables().three.numbers]

counts = st.integers(min_value=0, max_value=500)


@st.composite
def years_of_requests(draw: st.DrawFn) -> TableThree:
    """Requests that all end in one of the 21 ways or are carried out."""
    decisions = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(sorted(DECISIONS)), st.sampled_from(APPLICANTS)),
            counts,
            max_size=12,
        )
    )
    carried_out = draw(st.dictionaries(st.sampled_from(APPLICANTS), counts))
    handled = {kind: carried_out.get(kind, 0) for kind in APPLICANTS}
    for (_, kind), number in decisions.items():
        handled[kind] += number
    carried_in = {kind: draw(st.integers(0, number)) for kind, number in handled.items()}
    new = {kind: handled[kind] - carried_in[kind] for kind in APPLICANTS}
    return build_table_three(new, carried_in, decisions, carried_out)


def failed(checks: list[Check]) -> set[str]:
    return {found.rule_id for found in checks if not found.passed}


def with_three(table: TableThree) -> list[Check]:
    tables = replace(REPORT.tables, three=table)
    return check(replace(REPORT, tables=tables), last_year=None)


@settings(max_examples=60, deadline=None)
@given(years_of_requests())
def test_any_year_of_requests_that_is_consistent_passes_table_three(table: TableThree) -> None:
    assert not failed(with_three(table)) & TABLE_THREE_RULES


@settings(max_examples=60, deadline=None)
@given(years_of_requests(), st.sampled_from(CELLS), st.integers(-50, 50).filter(bool))
def test_a_single_changed_cell_of_table_three_is_found(
    table: TableThree, place: tuple[str, str], change: int
) -> None:
    spoiled = replace(table, numbers={**table.numbers, place: table.numbers[place] + change})
    assert failed(with_three(spoiled)) & {"T3-ROW", "T3-SUM", "T3-BAL"}


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.tuples(st.sampled_from(PATHS), st.sampled_from(RESULTS)), counts),
    st.tuples(st.sampled_from(PATHS), st.sampled_from((*RESULTS, TOTAL))),
)
def test_a_single_changed_cell_of_table_four_is_found(
    results: dict[tuple[str, str], int], place: tuple[str, str]
) -> None:
    table = build_table_four(results)
    spoiled = TableFour({**table.numbers, place: table.numbers[place] + 1})
    for four, expected in ((table, False), (spoiled, True)):
        report = replace(REPORT, tables=replace(REPORT.tables, four=four))
        assert ("T4-SUM" in failed(check(report))) is expected


def test_rows_shifted_as_in_the_seed_are_named_by_their_official_label() -> None:
    rows = list(REPORT.tables.three.rows)
    rows[6], rows[9] = rows[9], rows[6]
    checks = with_three(replace(REPORT.tables.three, rows=tuple(rows)))
    said = [str(found.said) for found in checks if found.rule_id == "T3-LABEL"]
    assert len(said) == 2
    assert "第7行应是“3.危及“三安全一稳定””" in said[0]


def test_a_negative_count_is_not_a_count() -> None:
    numbers = {**REPORT.tables.three.numbers, ("R1", "natural"): -1}
    assert "T3-INT" in failed(with_three(replace(REPORT.tables.three, numbers=numbers)))


def test_requests_carried_in_must_be_those_that_last_year_carried_out() -> None:
    last_year = replace(empty_tables(), three=build_table_three({}, {}, {}, {"natural": 2}))
    assert "T3-CARRY" in failed(check(REPORT, last_year=last_year))
    assert "T3-CARRY" not in {found.rule_id for found in check(REPORT)}
    assert "T3-CARRY" not in failed(check(REPORT, last_year=empty_tables()))


def with_documents(this_year: dict[str, int]) -> Tables:
    return replace(empty_tables(), two=build_table_two(this_year))


def test_documents_in_force_follow_from_last_year() -> None:
    last_year = with_documents({"T2-normative-in_force": 4})
    now = replace(
        REPORT,
        tables=with_documents(
            {"T2-normative-issued": 2, "T2-normative-repealed": 1, "T2-normative-in_force": 5}
        ),
    )
    assert "T2-CHAIN" not in failed(check(now, last_year=last_year))
    cleaned = replace(now, tables=with_documents({"T2-normative-in_force": 1}))
    found = [one for one in check(cleaned, last_year=last_year) if one.rule_id == "T2-CHAIN"]
    assert [(one.severity, one.passed) for one in found] == [("warn", False)]


def test_fewer_documents_in_force_than_were_issued_is_questioned() -> None:
    report = replace(REPORT, tables=with_documents({"T2-normative-issued": 2}))
    assert "T2-FLOOR" in failed(check(report))


def test_a_township_makes_no_rules_but_a_city_may() -> None:
    report = replace(REPORT, tables=with_documents({"T2-rules-issued": 1, "T2-rules-in_force": 1}))
    assert "T2-RULES-TOWN" in failed(check(report))
    assert "T2-RULES-TOWN" not in failed(check(replace(report, organ_level="prefecture")))


def test_a_fee_written_in_yuan_is_questioned() -> None:
    assert "T2-FEE" in failed(check(replace(REPORT, tables=with_documents({"T2-fee": 120000}))))
