"""What an item asks of a village on a day, and how two catalogues differ."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import taole.catalogue
from taole.catalogue.catalogue_sheet import catalogue_workbook
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule
from taole.catalogue.drafts import fingerprint
from taole.catalogue.item_values import (
    compare,
    join_note,
    say_value,
    split_note,
    values_of_draft,
)
from taole.catalogue.kept_file import pack, unpack
from taole.catalogue.models import CatalogueItem, Edition, ItemOverride
from taole.catalogue.reading import read_catalogue
from taole.catalogue.rules import (
    as_tree,
    effective_item,
    section_name,
    set_out,
)
from taole.core.ids import new_id
from taole.core.periods import Frequency

VILLAGE, OTHER = UUID(int=1), UUID(int=2)
DAY = date(2023, 7, 1)
MONTHLY = DeadlineRule(DeadlineKind.MONTH_DAY, day=15)
QUARTERLY = DeadlineRule(
    DeadlineKind.QUARTER_DAY, month_of_quarter=1, day=20, monthly_variant=MONTHLY
)
FILE = Path(taole.catalogue.__file__).parent / "data" / "catalogue-proposed.yaml"


@pytest.fixture(scope="module")
def proposed():
    return read_catalogue(FILE.read_bytes(), FILE.name)


def an_item(code="CW-02", title="村级财务收支明细", **more):
    values = {
        "title_en": "",
        "section": "财务管理",
        "frequency": Frequency.QUARTERLY,
        "deadline": QUARTERLY.to_mapping(),
        "channels": ["公示栏", "村居通", "查询机"],
        "compulsory_channels": ["公示栏", "村居通"],
        "parent_code": "",
    }
    return CatalogueItem(code=code, title=title, **{**values, **more})


def an_override(unit_id=None, from_on=DAY, until_on=None, **more):
    values = {"applicable": True, "frequency": None, "deadline": None, "compulsory_channels": None}
    return ItemOverride(
        id=new_id(),
        item_code="CW-02",
        unit_id=unit_id,
        from_on=from_on,
        until_on=until_on,
        reason="",
        **{**values, **more},
    )


def test_without_overrides_the_catalogues_own_values_hold():
    found = effective_item(an_item(), [], unit_id=VILLAGE, on=DAY)
    assert (found.applicable, found.frequency, found.rule) == (True, Frequency.QUARTERLY, QUARTERLY)
    assert found.compulsory_channels == ("公示栏", "村居通")


def test_a_villages_own_override_is_stronger_than_the_townships_even_if_older():
    township = an_override(compulsory_channels=["公示栏"], from_on=DAY)
    village = an_override(VILLAGE, compulsory_channels=["村居通"], from_on=DAY - timedelta(days=90))
    both = [village, township]
    assert effective_item(an_item(), both, unit_id=VILLAGE, on=DAY).compulsory_channels == (
        "村居通",
    )
    assert effective_item(an_item(), both, unit_id=OTHER, on=DAY).compulsory_channels == ("公示栏",)


def test_values_that_an_override_leaves_empty_stay_as_they_were():
    layers = [
        an_override(compulsory_channels=[]),
        an_override(VILLAGE, deadline=MONTHLY.to_mapping()),
    ]
    found = effective_item(an_item(), layers, unit_id=VILLAGE, on=DAY)
    assert found.compulsory_channels == ()
    assert found.rule == MONTHLY


def test_a_quarterly_item_published_monthly_falls_due_by_its_monthly_variant():
    found = effective_item(
        an_item(), [an_override(frequency=Frequency.MONTHLY)], unit_id=VILLAGE, on=DAY
    )
    assert (found.frequency, found.rule) == (Frequency.MONTHLY, MONTHLY)


def test_an_item_that_does_not_apply_in_the_township_may_apply_in_one_village():
    layers = [an_override(applicable=False), an_override(VILLAGE)]
    assert effective_item(an_item(), layers, unit_id=VILLAGE, on=DAY).applicable
    assert not effective_item(an_item(), layers, unit_id=OTHER, on=DAY).applicable


def test_an_override_of_another_item_changes_nothing():
    other = an_override(applicable=False)
    other.item_code = "SB-01"
    assert effective_item(an_item(), [other], unit_id=None, on=DAY).applicable


@given(st.integers(-40, 40), st.integers(1, 30))
def test_an_override_holds_from_its_first_day_until_the_day_before_its_end(shift, length):
    day = DAY + timedelta(days=shift)
    override = an_override(until_on=DAY + timedelta(days=length), applicable=False)
    inside = 0 <= shift < length
    assert effective_item(an_item(), [override], unit_id=None, on=day).applicable is not inside


def test_an_alias_means_its_section_and_an_unknown_name_itself():
    sections, aliases = ("组织机构建设",), {"自治管理": "组织机构建设"}
    assert section_name("自治管理", sections, aliases) == "组织机构建设"
    assert section_name("村级大事", sections, aliases) == "村级大事"


def test_the_page_sets_items_out_in_the_editions_order_of_sections():
    edition = Edition(sections=["社会保障", "财务管理"])
    items = [an_item(), an_item("SB-01", "低保", section="社会保障"), an_item("X", section="另外")]
    found = set_out(edition, items, [an_override(VILLAGE), an_override(OTHER)], DAY)
    assert [section.name for section in found] == ["社会保障", "财务管理", "另外"]
    assert found[1].rows[0].exceptions == 2


def test_web_columns_stand_under_the_column_above_them():
    items = [
        an_item("WZ-02"),
        an_item("WZ-05"),
        an_item("WZ-03", parent_code="WZ-02"),
        an_item("WZ-09", parent_code="gone"),
    ]
    found = [(column.item.code, column.depth) for column in as_tree(items)]
    assert found == [("WZ-02", 0), ("WZ-03", 1), ("WZ-05", 0), ("WZ-09", 0)]


def test_two_catalogues_differ_by_what_is_new_gone_and_changed(proposed):
    before = {each.code: values_of_draft(proposed, each) for each in proposed.items}
    after = {code: dict(values) for code, values in before.items()}
    del after["SB-01"]
    after["ZZ-99"] = {**before["ZZ-01"], "title": "新事项"}
    after["CW-02"]["deadline"] = MONTHLY.to_mapping()
    after["CW-03"]["deadline"] = {**before["CW-03"]["deadline"], "text": "说法不同"}
    found = compare(before, after)
    assert found.added == (("ZZ-99", "新事项"),)
    assert [code for code, _ in found.retired] == ["SB-01"]
    assert [(change.code, [each.field for each in change.fields]) for change in found.changed] == [
        ("CW-02", ["deadline"])
    ]
    assert compare(before, before).is_empty


def test_the_values_of_an_item_are_said_in_words(proposed):
    values = values_of_draft(proposed, proposed.items[0])
    said = {name: str(say_value(name, value)) for name, value in values.items()}
    assert said["frequency"] == "随时"
    assert said["deadline"] == "10个工作日内"
    assert said["notice_period_unit"] == "日"
    assert said["channels"] == "公示栏、村居通、查询机"
    assert said["personal_data"].startswith("风险：高；可以公开：申请人姓名")
    assert said["is_standing_page"] == "否"
    assert said["parent_code"] == "–"


@given(
    st.text("备注\n", max_size=12).map(str.strip),
    st.lists(st.text("S12", min_size=1, max_size=4), max_size=3),
    st.text("核实", max_size=5),
)
def test_a_stored_note_comes_apart_again(note, sources, verification):
    parts = split_note(join_note(note, sources, verification))
    assert (parts.note, parts.sources, parts.verification) == (note, tuple(sources), verification)


def test_the_proposed_catalogue_written_as_a_workbook_is_read_back_unchanged(proposed):
    edition = Edition(name=proposed.name, is_proposal=True)
    items = [
        CatalogueItem(code=each.code, **values_of_draft(proposed, each)) for each in proposed.items
    ]
    read = read_catalogue(catalogue_workbook(edition, items), "目录.xlsx")
    assert read.faults == read.questions == ()
    assert fingerprint(read) == fingerprint(proposed)
    assert [replace(each, row=None) for each in read.items] == [
        replace(each, row=None) for each in proposed.items
    ]


def test_wrong_words_in_the_houses_own_columns_are_faults_naming_the_row():
    head = "编码,一级事项,二级事项,公开时限,按月公开时限,个人信息风险,拟定依据,常设页面"
    rows = [
        "A-1,财务管理,一,每季度首月20日前,每天,很高,法律法规,是",
        "A-2,财务管理,二,10日内,次月15日前,,县定,",
        "A-3,财务管理,三,每季度首月20日前,次月10日前,低,,",
    ]
    read = read_catalogue("\n".join([head, *rows]).encode(), "目录.csv")
    assert read.fatal
    said = [str(fault) for fault in read.faults if fault.fatal]
    assert [fault.row for fault in read.faults if fault.fatal] == [2, 2, 3]
    assert "按月公开时限“每天”看不懂" in said[0] + said[1]
    assert "个人信息风险写成了“很高”：应为 无、低、高" in said[0] + said[1]
    assert "只有按季度的时限" in said[2]
    assert read.items[0].provenance == "law"
    assert read.items[1].provenance == "县定"
    assert read.items[2].deadline.monthly_variant.day == 10


def test_the_publications_of_a_yaml_file_become_its_source(proposed):
    assert proposed.source.startswith("S01 村级公开事项目录")


@given(st.binary(max_size=2000))
def test_a_file_carried_in_the_page_comes_out_as_it_went_in(content):
    assert unpack(pack(content)) == content


@pytest.mark.parametrize("nonsense", ["", "不是", "AAAA", pack(b"content" * 9)[:-8]])
def test_nonsense_in_place_of_a_carried_file_is_no_file(nonsense):
    assert unpack(nonsense) is None
