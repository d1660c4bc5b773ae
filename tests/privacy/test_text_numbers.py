"""Numbers in texts and tables of villages: which are a person's, and where a cell holds a part."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from taole.privacy.findings import Context, Kind
from taole.privacy.rules import CellHit, find, find_in_rows, masked
from tests.privacy.corpus_values import card, check_sign, identity, mobile

IDENTITY = "64022119000101000" + check_sign("64022119000101000")
WRONG = IDENTITY[:17] + "5"


def kinds(text: str, column: str = "") -> list[str]:
    return [hit.kind.value for hit in find(text, Context(column=column))]


def places(hits: list[CellHit]) -> list[tuple[int, int, Kind]]:
    return [(one.row, one.column, one.hit.kind) for one in hits]


@pytest.mark.parametrize("column", ["身份证号", "户主身份证号码", "公民身份号码"])
def test_a_mistyped_identity_number_counts_under_its_column(column: str) -> None:
    assert kinds(WRONG, column) == ["identity-number"]


def test_a_mistyped_number_with_a_true_region_and_birthday_counts_anywhere() -> None:
    assert kinds(WRONG) == ["identity-number"]
    assert kinds(f"{WRONG}代领") == ["identity-number"]
    assert kinds("990221190001010034") == kinds("640221190013410034") == []


def test_a_right_number_is_surer_than_a_mistyped_one() -> None:
    right, wrong = find(f"身份证号{IDENTITY}")[0], find(f"身份证号{WRONG}")[0]
    assert right.confidence > wrong.confidence


def test_a_disabled_persons_card_is_health() -> None:
    assert kinds(f"残疾证号{IDENTITY}44") == ["health"]


def test_the_supervision_phones_of_village_and_township_may_be_printed() -> None:
    assert kinds("监督电话：0952-5550126、13800000000；举报电话：12317") == []
    assert kinds("监督人张某某，手机13800000000") == ["mobile-phone"]
    allowed = Context(allowed_phones=frozenset({"09525550126", "13800000000"}))
    assert find("电话：0952-5550126，138 0000 0000，5550126", allowed) == []


def test_eight_digits_are_a_phone_only_where_a_label_says_so() -> None:
    assert kinds("电话：55501260") == ["fixed-phone"]
    assert kinds("支出55501260元，20230907") == []


def test_a_city_code_belongs_to_the_phone() -> None:
    assert [hit.text for hit in find("王某家(0952)5550126")] == ["(0952)5550126"]


@pytest.mark.parametrize(
    "column", ["监督电话", "合同编号", "统一社会信用代码", "资金规模", "序号", "打卡时间"]
)
def test_columns_of_other_numbers_are_let_pass(column: str) -> None:
    assert kinds("13800000000", column) == []


def test_an_account_needs_its_label() -> None:
    assert kinds("640221106201") == []
    assert kinds("640221106201", "一卡通账号") == ["bank-card"]
    assert kinds("一卡通发放时间20230907101530") == []


@pytest.mark.parametrize("sizes", [(6, 14), (3, 10), (6, 10, 14), tuple(range(1, 18))])
def test_a_number_split_over_cells_of_a_row_is_found_in_each(sizes: tuple[int, ...]) -> None:
    cuts = (0, *sizes, 18)
    parts = [IDENTITY[a:b] for a, b in pairwise(cuts)]
    row = ["张某某", *parts, "500.00"]
    hits = find_in_rows([], [["李某", "50.00"], row])
    assert places(hits) == [(1, at + 1, Kind.IDENTITY) for at in range(len(parts))]
    assert "".join(one.hit.masked for one in hits) == "640221********0000"
    assert [one.hit.text for one in hits] == parts


@pytest.mark.parametrize("cut", range(2, 17))
def test_a_number_over_two_cells_below_one_another_is_found_in_both(cut: int) -> None:
    hits = find_in_rows(["姓名", ""], [["张某某", IDENTITY[:cut]], ["", IDENTITY[cut:]]])
    assert places(hits) == [(0, 1, Kind.IDENTITY), (1, 1, Kind.IDENTITY)]
    assert "".join(one.hit.masked for one in hits) == "640221********0000"


def test_lines_inside_a_cell_are_read_together() -> None:
    hits = find_in_rows(["备注"], [[f"{IDENTITY[:6]}\n{IDENTITY[6:]}"]])
    assert places(hits) == [(0, 0, Kind.IDENTITY)]


def test_a_phone_in_three_cells_counts_under_the_column_of_phones() -> None:
    row = ["张某某", "138", "0000", "0000"]
    assert places(find_in_rows(["姓名", "联系电话", "", ""], [row])) == [
        (0, 1, Kind.MOBILE),
        (0, 2, Kind.MOBILE),
        (0, 3, Kind.MOBILE),
    ]
    assert find_in_rows(["姓名", "单价", "数量", "金额"], [row]) == []


def test_a_form_has_its_label_in_the_cell_to_the_left() -> None:
    rows = [
        ["姓名", "张某某", "电话", "5550126"],
        ["监督电话", "0952-5550126", "卡号", "123456789012"],
    ]
    assert places(find_in_rows([], rows)) == [(0, 3, Kind.LANDLINE), (1, 3, Kind.BANK_CARD)]


def test_a_table_masked_cell_by_cell_is_clean() -> None:
    rng = random.Random(7)
    columns = ["序号", "户主", "身份证号", "手机", "一卡通", "金额（元）"]
    rows = [
        [str(at), "张某某", identity(rng), mobile(rng), card(rng), f"{rng.uniform(1, 9999):,.2f}"]
        for at in range(200)
    ]
    hits = find_in_rows(columns, rows)
    assert places(hits) == [
        (at, column, kind)
        for at in range(200)
        for column, kind in ((2, Kind.IDENTITY), (3, Kind.MOBILE), (4, Kind.BANK_CARD))
    ]
    for one in hits:
        rows[one.row][one.column] = masked(rows[one.row][one.column], [one.hit])
    assert find_in_rows(columns, rows) == []


def test_columns_with_what_is_known_of_them() -> None:
    known = {"联系电话": Context(allowed_phones=frozenset({"13800000000"}))}
    assert find_in_rows(["联系电话"], [["13800000000"]], known) == []
    assert places(find_in_rows(["联系电话"], [["13900000000"]], known)) == [(0, 0, Kind.MOBILE)]


@pytest.mark.parametrize("rows", [[], [[]], [[""], []], [["", ""], ["a"]], [["a\x1fb", "\x1e"]]])
def test_odd_tables_are_read(rows: list[list[str]]) -> None:
    assert find_in_rows(["甲"], rows) == []
