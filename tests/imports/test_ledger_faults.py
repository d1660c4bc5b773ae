"""What is wrong is said by row, column and what to do; nothing is saved beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taole.catalogue.models import ItemOverride
from taole.core.database import db
from taole.core.periods import Frequency
from taole.core.transactions import transaction
from tests.imports.ledger_factory import (
    CARD_NUMBER,
    HEAD,
    IDENTITY_NUMBER,
    as_csv,
    bring_in,
    counts,
    faults_of,
    line,
)

pytestmark = pytest.mark.usefixtures("items")

BAD_CELLS = [
    ("村", {"村": "东圆村"}, "是不是“东园村”"),
    ("村", {"村": "某某某"}, "没有叫“某某某”的村"),
    ("村", {"村": ""}, "没填村名"),
    ("村", {"村": "红翔新村"}, "只能填陶乐镇的村"),
    ("目录编码", {"目录编码": "CW-99", "公开事项": ""}, "是不是“CW-02"),
    ("公开事项", {"目录编码": "", "公开事项": "财务收支明细"}, "是不是“财务收支情况”"),
    ("公开事项", {"目录编码": "", "公开事项": ""}, "请填目录编码或事项名称"),
    ("目录编码", {"公开事项": "高龄津贴发放"}, "对不上"),
    ("期间", {"期间": "三季度"}, "看不懂"),
    ("期间", {"期间": ""}, "没填期间"),
    ("期间", {"期间": "2023年9月"}, "每季度公开"),
    ("期间", {"期间": "2024年第三季度"}, "还没到"),
    ("目录编码", {"期间": "2021年第三季度", "公开事项": ""}, "不在施行的目录里"),
    ("公示起", {"公示起": "去年秋天"}, "看不懂"),
    ("公示起", {"公示起": ""}, "没填公示起"),
    ("公示起", {"公示起": "2024-02-01", "公示止": ""}, "还没到"),
    ("公示止", {"公示止": "2023-10-01"}, "早于公示起"),
    ("公示止", {"公示止": "长期"}, "看不懂"),
    ("渠道", {"渠道": "大喇叭"}, "不认识渠道“大喇叭”"),
    ("渠道", {"渠道": ""}, "没填渠道"),
    ("照片或链接", {"照片或链接": "照片1.jpg"}, "不是网址"),
    ("照片或链接", {"照片或链接": "https://a.b/" + "c" * 300}, "太长"),
    ("照片或链接", {"照片或链接": f"https://a.b/{IDENTITY_NUMBER}"}, "身份证号"),
    ("标题", {"标题": f"张某某{IDENTITY_NUMBER}"}, "身份证号"),
    ("标题", {"标题": f"补贴发放 {CARD_NUMBER}"}, "银行卡号"),
    ("标题", {"标题": "长" * 201}, "标题太长"),
]


def test_a_bad_cell_is_named_with_its_row_column_and_cure(town: Any) -> None:
    before = counts()
    rows = [
        line(**{"标题": f"第{number}件", **changed})
        for number, (_, changed, _) in enumerate(BAD_CELLS)
    ]
    outcome = bring_in(town, as_csv([line(标题="好的一行"), *rows]))
    assert faults_of(outcome) == [(at, each[0]) for at, each in enumerate(BAD_CELLS, 3)]
    for fault, (_, changed, said) in zip(outcome.faults, BAD_CELLS, strict=True):
        assert said in str(fault.message), changed
        assert IDENTITY_NUMBER[:17] not in str(fault.message)
        assert CARD_NUMBER not in str(fault.message)
    assert outcome.created == 0
    assert counts() == before


def test_every_bad_cell_of_a_row_is_named_at_once(town: Any) -> None:
    row = line(村="无", 期间="无", 渠道="无", 公示起="无", 公示止="无", 照片或链接="无")
    assert [column for _, column in faults_of(bring_in(town, as_csv([row])))] == [
        "村",
        "期间",
        "渠道",
        "公示起",
        "公示止",
        "照片或链接",
    ]


def test_the_column_is_named_as_the_file_names_it(town: Any) -> None:
    content = as_csv([line(村="东圆村")], names={"村": "村（社区）"})
    assert faults_of(bring_in(town, content)) == [(2, "村（社区）")]


def test_a_row_said_twice_names_the_first(town: Any) -> None:
    outcome = bring_in(town, as_csv([line(), line(渠道="查询机"), line(渠道="公示栏")]))
    assert faults_of(outcome) == [(4, "标题")]
    assert "和第2行重复" in str(outcome.faults[0].message)


def test_a_village_with_the_same_name_twice_asks_for_the_code(town: Any) -> None:
    with transaction():
        town.villages[1].name = "东园村"
    assert "区划代码" in str(bring_in(town, as_csv([line()])).faults[0].message)
    assert bring_in(town, as_csv([line(村="640221106202")])).created == 1


@pytest.mark.parametrize("name", ["东园村委会", "陶乐镇东园村", "东园村村民委员会", " 东 园 村 "])
def test_a_village_is_known_by_its_usual_names(town: Any, name: str) -> None:
    assert bring_in(town, as_csv([line(村=name)])).created == 1


def test_the_townships_own_frequency_decides_which_period_is_asked(
    town: Any, items: dict[str, Any]
) -> None:
    with transaction():
        db.session.add(
            ItemOverride(
                township_id=town.township.id,
                item_code="CW-02",
                from_on=date(2023, 7, 1),
                frequency=Frequency.MONTHLY,
                reason="县里要求按月公开",
            )
        )
    assert "每月公开" in str(bring_in(town, as_csv([line()])).faults[0].message)
    assert bring_in(town, as_csv([line(期间="2023年9月")])).created == 1


GOOD = [line(标题=f"第{number}件") for number in range(8)]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.dictionaries(st.integers(0, 7), st.sampled_from(BAD_CELLS), min_size=1))
def test_bad_cells_are_reported_at_exactly_their_rows_and_nothing_is_saved(
    items: dict[str, Any], town: Any, planted: dict[int, tuple[str, dict[str, str], str]]
) -> None:
    rows = [{**row, **planted[at][1]} if at in planted else row for at, row in enumerate(GOOD)]
    before = counts()
    outcome = bring_in(town, as_csv(rows, HEAD))
    expected = [(at + 2, planted[at][0]) for at in sorted(planted)]
    assert faults_of(outcome) == expected
    assert counts() == before
