"""The three official tables: size, labels, totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from taole.annual_report.grids import draw
from taole.annual_report.official_format import FORMAT
from taole.annual_report.rules import RULES
from taole.annual_report.tables import (
    DECISIONS,
    Tables,
    build_table_four,
    build_table_three,
    build_table_two,
)

EMPTY = Tables(build_table_two({}), build_table_three({}, {}, {}, {}), build_table_four({}))

OUTCOME_LABELS = """
（一）予以公开
（二）部分公开（区分处理的，只计这一情形，不计其他情形）
1.属于国家秘密
2.其他法律行政法规禁止公开
3.危及“三安全一稳定”
4.保护第三方合法权益
5.属于三类内部事务信息
6.属于四类过程性信息
7.属于行政执法案卷
8.属于行政查询事项
1.本机关不掌握相关政府信息
2.没有现成信息需要另行制作
3.补正后申请内容仍不明确
1.信访举报投诉类申请
2.重复申请
3.要求提供公开出版物
4.无正当理由大量反复申请
5.要求行政机关确认或重新出具已获取信息
1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
3.其他
""".strip().splitlines()


def test_the_tables_have_10_175_and_15_cells() -> None:
    assert len(EMPTY.two.cells()) == 10
    assert sum(len(row) for row in EMPTY.three.cells()) == 175
    assert len(EMPTY.four.cells()) == 15


def test_the_21_outcomes_stand_in_official_order() -> None:
    assert len(DECISIONS) == 21
    assert [row.label for row in FORMAT.rows[2:23]] == OUTCOME_LABELS


def test_every_cell_has_its_own_figure_key() -> None:
    cells = [
        *EMPTY.two.cells(),
        *(cell for row in EMPTY.three.cells() for cell in row),
        *EMPTY.four.cells(),
    ]
    assert len({cell.key for cell in cells}) == 200
    assert {"T2-rules-in_force", "T3:R3.3.1:natural", "T4:review:upheld"} <= {
        cell.key for cell in cells
    }


def test_a_request_of_a_villager_is_counted_in_its_row_and_in_both_totals() -> None:
    table = build_table_three({"natural": 1}, {}, {("granted", "natural"): 1}, {})
    assert table.number("R1", "natural") == table.number("R1", "total") == 1
    assert table.number("R3.1", "natural") == table.number("R3.7", "natural") == 1
    assert table.number("R3.7", "total") == 1
    assert table.number("R4", "total") == 0


@pytest.mark.parametrize("decisions", [{("refused", "natural"): 1}, {("granted", "villager"): 1}])
def test_an_outcome_outside_the_form_is_not_counted_silently(
    decisions: dict[tuple[str, str], int],
) -> None:
    with pytest.raises(ValueError, match="not in the official form"):
        build_table_three({}, {}, decisions, {})


def test_a_lawsuit_is_counted_on_its_path() -> None:
    table = build_table_four({("direct", "upheld"): 2, ("direct", "pending"): 1})
    assert table.number("direct", "total") == 3
    assert table.number("review", "total") == 0


def test_a_fee_is_printed_in_ten_thousands_without_trailing_zeros() -> None:
    assert build_table_two({"T2-fee": Decimal("1.2500")}).cell("T2-fee").text == "1.25"
    assert build_table_two({"T2-fee": Decimal("0.00")}).cell("T2-fee").text == "0"
    assert build_table_two({"T2-fee": Decimal(100)}).cell("T2-fee").text == "100"


@pytest.mark.parametrize(("code", "columns"), [("T2", 4), ("T3", 10), ("T4", 15)])
def test_the_drawn_table_fills_its_columns_and_the_width_of_the_text(
    code: str, columns: int
) -> None:
    grid = draw(code, EMPTY)  # type: ignore[arg-type]
    area = sum(cell.colspan * cell.rowspan for row in grid.rows for cell in row)
    assert area == columns * len(grid.rows)
    assert len(grid.layout.widths_mm) == columns
    assert sum(grid.layout.widths_mm) == pytest.approx(156)


def test_every_rule_has_severity_and_basis_in_the_form() -> None:
    assert {rule.rule_id for rule in RULES} == set(FORMAT.rules)
    assert len({rule.rule_id for rule in RULES}) == len(RULES)
