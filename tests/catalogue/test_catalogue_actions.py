"""Editions are data with dates: loading, adopting, changing, retiring and overriding."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import taole.catalogue
from taole.catalogue.actions import adopt, load_edition, override_item, replace_item, retire_item
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule
from taole.catalogue.models import CatalogueKind
from taole.catalogue.queries import (
    find_adopted,
    find_edition_named,
    find_item,
    get_edition,
    get_item,
    list_adoptions,
    list_editions,
    list_items_in_force,
    list_items_of,
    list_overrides,
    list_versions,
)
from taole.catalogue.reading import read_catalogue
from taole.core.clock import noon, today
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.periods import Frequency
from taole.organisation.actions import SYSTEM
from taole.organisation.queries import list_townships_around
from taole.trail.queries import list_lines_of

DATA = Path(taole.catalogue.__file__).parent / "data"
START = date(2022, 1, 1)
JULY = date(2023, 7, 1)
IN_JUNE = noon(date(2023, 6, 10))


def draft(name="catalogue-proposed.yaml", old=b"", new=b""):
    content = (DATA / name).read_bytes()
    return read_catalogue(content.replace(old, new) if old else content, name)


@pytest.fixture
def edition(town):
    found = load_edition(draft(), in_force_from=START, by=SYSTEM)
    adopt(town.township, found, from_on=START, by=town.li)
    return found


def test_the_proposed_catalogue_is_loaded_with_its_seventy_items(edition, town):
    assert edition.is_proposal
    items = list_items_in_force(town.township.id, JULY)
    assert len(items) == 70
    assert items[0].rule.kind is DeadlineKind.WORKDAYS_AFTER_EVENT
    assert [line.verb for line in list_lines_of(edition.id)] == ["load_edition"]


def test_the_same_file_loaded_again_is_the_known_edition(edition):
    again = load_edition(draft(), in_force_from=JULY, by=SYSTEM)
    assert again is edition
    assert list_editions() == [edition]
    assert get_edition(edition.id) is edition
    assert find_edition_named(edition.name) is edition


def test_a_catalogue_with_a_fault_or_a_question_is_refused_whole(town):
    bad = draft(old=b"- code: SB-02", new=b"- code: SB-01")
    with pytest.raises(Refused, match="SB-01") as refusal:
        load_edition(bad, in_force_from=START, by=SYSTEM)
    assert "重复" in str(refusal.value)
    csv = "编码,一级事项,公开事项,公开时限\nX-1,财务管理,收支,及时公开\n".encode()
    with pytest.raises(Refused, match="第2行"):
        load_edition(read_catalogue(csv, "a.csv"), in_force_from=START, by=SYSTEM)
    assert list_editions() == []


def test_a_new_edition_ends_the_one_before_and_past_days_keep_the_old(edition, town):
    later = load_edition(draft(old=b"CW-13", new=b"CW-99"), in_force_from=JULY, by=SYSTEM)
    adopt(town.township, later, from_on=JULY, by=town.li)
    assert find_adopted(town.township.id, JULY - timedelta(days=1)) is edition
    assert find_adopted(town.township.id, JULY) is later
    assert find_item(town.township.id, "CW-99", JULY - timedelta(days=1)) is None
    assert find_item(town.township.id, "CW-99", JULY).edition is later
    assert find_adopted(town.township.id, START - timedelta(days=1)) is None


def test_adopting_again_what_holds_changes_nothing(edition, town):
    adopt(town.township, edition, from_on=JULY, by=town.li)
    assert len(list_adoptions(town.township.id)) == 1


def test_an_adoption_cannot_be_put_before_a_later_one_nor_before_the_edition(edition, town):
    other = load_edition(draft(old=b"CW-13", new=b"CW-99"), in_force_from=START, by=SYSTEM)
    with pytest.raises(Refused, match="请选更晚的日期"):
        adopt(town.township, other, from_on=START, by=town.li)
    with pytest.raises(Refused, match="采用日期不能更早"):
        adopt(town.neighbour, other, from_on=START - timedelta(days=1), by=town.li)
    with pytest.raises(Refused, match="停用日期要晚于采用日期"):
        adopt(town.neighbour, other, from_on=JULY, until_on=JULY, by=town.li)


def test_web_columns_are_a_catalogue_of_their_own_kind_beside_the_villages(edition, town):
    columns = load_edition(draft("website-columns.yaml"), in_force_from=START, by=SYSTEM)
    adopt(town.township, columns, from_on=START, by=town.li)
    assert find_adopted(town.township.id, JULY) is edition
    assert find_adopted(town.township.id, JULY, CatalogueKind.WEBSITE) is columns
    child = find_item(town.township.id, "WZ-03", JULY, CatalogueKind.WEBSITE)
    assert (child.parent_code, child.update_interval_days) == ("WZ-02", 365)
    assert set(list_editions()) == {edition, columns}


def test_another_township_has_no_items_until_it_adopts(edition, town):
    assert list_items_in_force(town.neighbour.id, JULY) == []


def test_a_changed_item_is_a_new_row_and_the_past_keeps_its_own(edition, town):
    item = find_item(town.township.id, "CW-02", JULY)
    changed = replace_item(
        item,
        from_on=JULY,
        by=town.li,
        at=IN_JUNE,
        frequency=Frequency.MONTHLY,
        deadline=DeadlineRule(DeadlineKind.MONTH_DAY, day=15),
    )
    assert find_item(town.township.id, "CW-02", JULY - timedelta(days=1)) is item
    assert find_item(town.township.id, "CW-02", JULY) is changed
    assert changed.replaces_id == item.id
    assert list_versions(changed) == [changed, item]
    assert get_item(changed.id).frequency is Frequency.MONTHLY
    assert len(list_items_in_force(town.township.id, JULY)) == 70
    line = list_lines_of(changed.id)[0]
    assert line.township_id == town.township.id
    assert line.before["frequency"] == "quarterly"


def test_a_retired_item_is_owed_until_its_last_day(edition, town):
    item = find_item(town.township.id, "SB-01", JULY)
    retire_item(item, from_on=JULY, by=town.li, at=IN_JUNE)
    assert find_item(town.township.id, "SB-01", JULY - timedelta(days=1)) is item
    assert find_item(town.township.id, "SB-01", JULY) is None
    assert len(list_items_of(edition, JULY)) == 69
    with pytest.raises(Refused, match="已经停用或改过"):
        replace_item(item, from_on=date(2024, 1, 1), by=town.li, at=IN_JUNE, title="新")


def test_a_change_never_reaches_into_the_past(edition, town):
    item = find_item(town.township.id, "SB-01", JULY)
    with pytest.raises(Refused, match="过去的公示不受影响"):
        retire_item(item, from_on=date(2023, 6, 9), by=town.li, at=IN_JUNE)
    with pytest.raises(Refused, match="生效日期"):
        replace_item(item, from_on=today() - timedelta(days=1), by=town.li, title="新")


def test_a_change_that_does_not_fit_or_changes_nothing_is_refused(edition, town):
    item = find_item(town.township.id, "CW-02", JULY)

    def change(**values):
        replace_item(item, from_on=JULY, by=town.li, at=IN_JUNE, **values)

    with pytest.raises(Refused, match="两处请改成一致"):
        change(frequency=Frequency.YEARLY)
    with pytest.raises(Refused, match="必发渠道"):
        change(compulsory_channels=["微博"])
    with pytest.raises(Refused, match="没有任何改动"):
        change(title=item.title)
    with pytest.raises(TypeError):
        change(colour="red")
    assert item.effective_until is None


def test_a_change_may_name_the_section_by_its_alias(edition, town):
    item = find_item(town.township.id, "CW-02", JULY)
    changed = replace_item(item, from_on=JULY, by=town.li, at=IN_JUNE, section="自治管理")
    assert changed.section == "组织机构建设"


def test_a_township_excuses_one_village_from_an_item(edition, town):
    override_item(
        town.township,
        "CW-02",
        from_on=JULY,
        by=town.li,
        reason="没有集体土地",
        unit=town.villages[0],
        applicable=False,
    )
    found = list_overrides(town.township.id)
    assert [(each.unit_id, each.applicable) for each in found] == [(town.villages[0].id, False)]


def test_an_override_that_makes_no_sense_is_refused(edition, town):
    def decide(code="CW-02", reason="理由", **values):
        override_item(town.township, code, from_on=JULY, by=town.li, reason=reason, **values)

    with pytest.raises(Refused, match="没有“XX-01”"):
        decide("XX-01")
    with pytest.raises(Refused, match="请写明理由"):
        decide(reason=" ")
    with pytest.raises(Refused, match="结束日期"):
        decide(until_on=JULY)
    with pytest.raises(Refused, match="不在陶乐镇"):
        decide(unit=town.neighbour_village)
    with pytest.raises(Refused, match="两处请改成一致"):
        decide("SB-02", frequency=Frequency.MONTHLY)
    with pytest.raises(Refused, match="必发渠道“微博”"):
        decide(compulsory_channels=["微博"])
    decide(frequency=Frequency.MONTHLY)
    assert len(list_overrides(town.township.id)) == 1


def test_an_unknown_item_or_edition_is_not_found(town):
    with pytest.raises(NotFound):
        get_item(new_id())
    with pytest.raises(NotFound):
        get_edition(new_id())


def test_a_village_belongs_to_the_catalogue_of_the_township_above_it(town):
    assert list_townships_around([town.villages[0].path]) == [town.township]
    assert list_townships_around([town.county.path]) == [town.township, town.neighbour]
    assert list_townships_around([]) == []
