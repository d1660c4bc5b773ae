"""What a line of a check sheet is about, told by its name; its points."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.check_sheets.rules import (
    Concern,
    Known,
    concern_of,
    guess_kind,
    points_of,
    propose_ties,
    total,
)
from taole.check_sheets.workflow import LineResult, Relation

ITEMS = [
    Known("SB-02", "农村最低生活保障对象名单及保障金额", "社会保障"),
    Known("CW-02", "各项收入", "财务管理"),
    Known("CW-03", "各项支出", "财务管理"),
    Known("CW-06", "债权债务", "财务管理"),
    Known("FW-04", "宅基地审批情况", "服务管理"),
    Known("FW-10", "水、电等费用收缴情况", "服务管理"),
]


@pytest.mark.parametrize(
    ("line", "ties"),
    [
        ("各项收入", {"CW-02": Relation.EQUAL}),
        ("各项收入是否及时公开", {"CW-02": Relation.EQUAL}),
        ("宅基地审批", {"FW-04": Relation.EQUAL}),
        ("低保", {"SB-02": Relation.PART_OF}),
        ("最低生活保障对象", {"SB-02": Relation.PART_OF}),
        ("各项支出和债权债务", {"CW-03": Relation.COVERS, "CW-06": Relation.COVERS}),
        (
            "财务公开情况",
            dict.fromkeys(("CW-02", "CW-03", "CW-06"), Relation.COVERS),
        ),
        ("水电费用收缴", {"FW-10": Relation.OVERLAPS}),
        ("公开栏完好", {}),
    ],
)
def test_a_line_is_tied_by_its_name(line: str, ties: dict[str, Relation]) -> None:
    assert propose_ties(line, ITEMS) == ties


TITLES = st.text("各项收入支出债权务宅基地审批水电费用公开情况是否的", max_size=12)


@given(TITLES, st.lists(TITLES, max_size=5))
def test_a_line_is_tied_only_to_what_there_is_and_to_its_own_name_it_is_equal(
    line: str, titles: list[str]
) -> None:
    items = [Known(f"A-{n}", title, "别的") for n, title in enumerate(titles)]
    assert propose_ties(line, items).keys() <= {each.code for each in items}
    if line.strip():
        own = Known("OWN", line, "别的")
        assert propose_ties(line, [*items, own])["OWN"] is Relation.EQUAL


@given(TITLES, st.lists(TITLES, max_size=5))
def test_the_order_of_the_catalogue_changes_no_tie(line: str, titles: list[str]) -> None:
    items = [Known(f"A-{n}", title, "别的") for n, title in enumerate(titles)]
    assert propose_ties(line, items) == propose_ties(line, items[::-1])


def test_what_a_line_looks_for_is_told_by_its_kind_then_its_title_then_its_ties() -> None:
    assert concern_of("随便", "bank-account", is_tied=False) is Concern.PERSONAL_DATA
    assert concern_of("公示及时", "", is_tied=False) is Concern.ON_TIME
    assert concern_of("公示有照片留痕", "", is_tied=False) is Concern.PHOTOGRAPH
    assert concern_of("公示期满五天", "", is_tied=True) is Concern.HANGING
    assert concern_of("各项收入", "", is_tied=True) is Concern.PUBLISHED
    assert concern_of("领导重视", "", is_tied=False) is Concern.EYES
    assert concern_of("公开栏完好", "board-damaged", is_tied=True) is Concern.EYES


def test_a_title_tells_of_a_kind_of_problem() -> None:
    assert guess_kind("有没有公开身份证号") == "identity-number"
    assert guess_kind("公开栏有无破损") == "board-damaged"
    assert guess_kind("领导重视") == ""


def test_points_are_all_or_nothing_and_what_nobody_saw_has_none() -> None:
    weight = Decimal("2.5")
    assert points_of(weight, LineResult.FINE) == weight
    assert points_of(weight, LineResult.PROBLEM) == 0
    assert points_of(weight, LineResult.NOT_SEEN) is None
    assert points_of(weight, LineResult.NOT_APPLICABLE) is None


def test_a_visit_is_summed_over_what_was_looked_at_and_a_veto_is_told() -> None:
    sums = total(
        [
            (Decimal(5), False, LineResult.FINE, Decimal(5)),
            (Decimal(2), True, LineResult.PROBLEM, Decimal(0)),
            (Decimal(3), False, LineResult.NOT_SEEN, None),
        ]
    )
    assert (sums.got, sums.of, sums.vetoed) == (5, 7, True)
