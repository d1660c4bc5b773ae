"""Recognising a ledger: its columns, its rows, and what is none."""

from __future__ import annotations

import pytest

from taole.core.errors import Refused
from taole.documents.workbooks import Row, Sheet
from taole.imports.ledger import CODE, ITEM, POSTED, UNIT, UNTIL, read_ledger


def sheet(*rows: list[object], name: str = "台账") -> Sheet:
    return Sheet(name, [Row(number, list(cells)) for number, cells in enumerate(rows, 1)])  # type: ignore[arg-type]


def test_columns_are_found_by_name_in_any_order_and_under_other_names() -> None:
    ledger = read_ledger(
        [
            sheet(
                ["陶乐镇公示台账", None, None, None, None, None],
                ["公示时间（止）", "公开渠道", "公示时间（起）", "公开期间", "村（社区）", "编码"],
                ["2023-10-26", "公示栏", "2023-10-12", "2023Q3", "东园村", "CW-02"],
            )
        ]
    )
    (row,) = ledger.rows
    assert row.number == 3
    assert (row.said(UNIT), row.said(CODE), row.said(POSTED), row.said(UNTIL)) == (
        "东园村",
        "CW-02",
        "2023-10-12",
        "2023-10-26",
    )
    assert row.table.name_of(UNTIL) == "公示时间（止）"
    assert row.table.name_of(ITEM) == "公开事项"


@pytest.mark.parametrize(
    ("village", "begins", "ends"),
    [
        ("村名", "公示开始", "公示结束"),
        ("单位", "起始日期", "截止"),
        ("村（社区）", "公示时间(起)", "公示时间(止)"),
    ],
)
def test_the_usual_other_names_are_known(village: str, begins: str, ends: str) -> None:
    ledger = read_ledger(
        [
            sheet(
                [village, "事项名称", "周期", "公示渠道", begins, ends, "佐证"],
                ["东园村", "财务收支", "2023Q3", "公示栏", "2023-10-12", "2023-10-26", ""],
            )
        ]
    )
    assert ledger.rows[0].said(UNIT) == "东园村"
    assert ledger.rows[0].said(UNTIL) == "2023-10-26"


def test_a_head_of_two_rows_is_one_head() -> None:
    ledger = read_ledger(
        [
            sheet(
                ["村", "公开事项", "期间", "渠道", "公示时间", "公示时间"],
                [None, None, None, None, "起", "止"],
                ["东园村", "财务收支", "2023Q3", "公示栏", "2023-10-12", "2023-10-26"],
            )
        ]
    )
    assert ledger.rows[0].said(POSTED) == "2023-10-12"
    assert ledger.rows[0].said(UNTIL) == "2023-10-26"


def test_empty_rows_are_passed_over_and_keep_the_numbers_of_the_others() -> None:
    head = ["村", "目录编码", "期间", "渠道", "公示起"]
    good = ["东园村", "CW-02", "2023Q3", "公示栏", "2023-10-12"]
    ledger = read_ledger([sheet(head, good, [None] * 5, good)])
    assert [row.number for row in ledger.rows] == [2, 4]


def test_a_sheet_of_explanations_is_passed_over_and_two_ledgers_are_both_read() -> None:
    head = ["村", "目录编码", "期间", "渠道", "公示起"]
    good = ["东园村", "CW-02", "2023Q3", "公示栏", "2023-10-12"]
    ledger = read_ledger(
        [
            sheet(head, good, name="东园村"),
            sheet(["村", "渠道"], ["东园村", "公示栏"], name="可填的内容"),
            sheet(head, good, good, name="王家庄村"),
        ]
    )
    assert [(row.table.sheet, row.number) for row in ledger.rows] == [
        ("东园村", 2),
        ("王家庄村", 2),
        ("王家庄村", 3),
    ]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (["村", "目录编码", "期间", "公示起"], "渠道"),
        (["村", "期间", "渠道", "公示起"], "目录编码”或“公开事项"),
        (["姓名", "金额"], "找不到表头"),
    ],
)
def test_a_missing_column_is_named(head: list[object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_ledger([sheet(head, ["东园村"])])


def test_a_ledger_without_rows_is_refused() -> None:
    with pytest.raises(Refused, match="没有内容"):
        read_ledger([sheet(["村", "目录编码", "期间", "渠道", "公示起"])])
