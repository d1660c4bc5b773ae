"""The shipped templates, and those derived from a county's own words."""

from pathlib import Path

import pytest

import taole.catalogue
from taole.catalogue.reading import read_catalogue
from taole.catalogue.template_changes import template_faults
from taole.catalogue.template_file import read_shipped, read_shipped_contents
from taole.catalogue.template_guess import derived_template
from taole.catalogue.unified_template import NUMERIC, CellKind, UnifiedTemplate

DATA = Path(taole.catalogue.__file__).parent / "data"
DRAFT = read_catalogue((DATA / "catalogue-proposed.yaml").read_bytes(), "a.yaml")
MUST_NOT = {item.code: item.personal_data.get("must_not_publish_zh", []) for item in DRAFT.items}


def test_every_item_of_the_proposed_catalogue_has_a_template():
    assert read_shipped().keys() == read_shipped_contents().keys() == MUST_NOT.keys()
    assert len(read_shipped()) == 70


@pytest.mark.parametrize("code", sorted(read_shipped()))
def test_a_shipped_template_keeps_the_rules_that_a_township_is_held_to(code):
    assert template_faults(read_shipped()[code], MUST_NOT[code]) == []


@pytest.mark.parametrize("code", sorted(read_shipped()))
def test_a_shipped_template_says_whose_notice_it_is_and_survives_the_database(code):
    template = read_shipped()[code]
    assert "{unit}" in template.opening
    assert "{notice_period}" in template.opening
    assert UnifiedTemplate.from_mapping(template.to_mapping()) == template


def test_what_every_notice_says_anyway_is_no_field():
    names = [
        field.name
        for template in read_shipped().values()
        for field in (*template.head, *template.columns)
    ]
    assert not [name for name in names if "公示起止" in name or "监督电话" in name]


def test_a_subsistence_allowance_sheet_has_the_verified_columns():
    template = read_shipped()["SB-02"]
    assert template.column_names[:3] == ("申请人姓名", "家庭成员数量", "保障金额")
    assert template.field("保障金额").label == "保障金额（元）"
    assert template.has_sum_line


def test_money_is_summed_and_rates_are_not():
    for code, template in read_shipped().items():
        for field in template.columns:
            if "/" in field.unit:
                assert not field.is_summed, (code, field.name)
            if field.is_summed:
                assert field.kind in NUMERIC, (code, field.name)


def columns_of(*content, must_not=()):
    return {field.name: field for field in derived_template(content, must_not).columns}


def test_a_countys_words_become_columns_with_their_kinds():
    found = columns_of(
        "户主姓名", "面积", "金额（万元）", "发放日期", "办公电话", "参保人数", "说明"
    )
    kinds = {name: (field.kind, field.unit) for name, field in found.items()}
    assert kinds == {
        "户主姓名": (CellKind.NAME, ""),
        "面积": (CellKind.AREA, "亩"),
        "金额": (CellKind.AMOUNT, "万元"),
        "发放日期": (CellKind.DAY, ""),
        "办公电话": (CellKind.PHONE, ""),
        "参保人数": (CellKind.COUNT, "人"),
        "说明": (CellKind.TEXT, ""),
    }
    assert found["户主姓名"].required
    assert found["金额"].is_summed


def test_a_list_in_brackets_becomes_columns_and_prose_goes_to_the_head():
    template = derived_template(
        ["政策依据", "补贴结果（户主姓名、面积、标准、金额）", "监督渠道（举报电话、地址）"]
    )
    assert template.column_names == ("户主姓名", "面积", "标准", "金额")
    assert [field.name for field in template.head] == ["政策依据"]
    assert not template.field("标准").is_summed


def test_a_hint_in_brackets_stays_a_hint():
    assert columns_of("姓名", "供养方式（集中/分散）")["供养方式"].hint == "集中/分散"


def test_a_unit_alone_tells_the_kind():
    found = columns_of("姓名", "发放（元）", "土地（亩）", "机具（台）")
    assert [each.kind for each in found.values()] == [
        CellKind.NAME,
        CellKind.AMOUNT,
        CellKind.AREA,
        CellKind.COUNT,
    ]


def test_a_matter_in_prose_has_no_table():
    template = derived_template(["报告全文", "审议结果", "公示起止日期"])
    assert template.columns == ()
    assert [field.name for field in template.head] == ["报告全文", "审议结果"]


def test_what_must_not_be_published_gets_no_column():
    assert list(columns_of("姓名", "身份证号", "金额")) == ["姓名", "金额"]
    assert list(columns_of("姓名", "手机号", must_not=["手机号"])) == ["姓名"]


def test_a_table_needs_one_required_column():
    found = columns_of("事项", "得票数", "人数或姓名")
    assert [field.required for field in found.values()] == [True, False, False]


def test_a_column_of_the_website_is_prose_without_an_opening():
    template = derived_template([])
    assert (template.head, template.columns, template.opening) == ((), (), "{notice_period}")
