"""Going over to another edition: what is still owed follows from its day, all earlier stays."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from village_catalogue import JANUARY, build_catalogue

from taole.catalogue.actions import adopt, load_edition
from taole.catalogue.drafts import CatalogueDraft
from taole.catalogue.following import preview_adoption
from taole.catalogue.reading_yaml import read_catalogue_yaml
from taole.core.clock import noon
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.obligations.actions import answer, mark_in_review, open_obligations
from taole.obligations.models import Obligation
from taole.organisation.actions import SYSTEM
from taole.trail.queries import list_lines_of

JULY = date(2023, 7, 1)
COUNTYS_OWN = """
meta:
  name_zh: 县里的目录
  sections: [社会保障, 组织机构建设, 财务管理]
items:
- {code: CW-01, section: 财务管理, title_zh: 财务收支, frequency: quarterly,
   deadline: {rule: quarter_day, month_of_quarter: 1, day: 10}, channels: [公示栏]}
- {code: CW-09, section: 财务管理, title_zh: 债权债务, frequency: quarterly,
   deadline: {rule: quarter_day, month_of_quarter: 1, day: 15}, channels: [公示栏]}
"""


@pytest.fixture
def town_with_slots(town, monkeypatch):
    for module in ("adopting", "opening"):
        monkeypatch.setattr(f"taole.obligations.{module}.today", lambda: date(2023, 5, 3))
    build_catalogue(town)
    with transaction():
        open_obligations(town.township, through=date(2024, 1, 31), by=SYSTEM)
    return town


def countys_own() -> CatalogueDraft:
    return read_catalogue_yaml(COUNTYS_OWN.encode(), "县里.yaml")


def go_over(town, from_on=JULY):
    edition = load_edition(countys_own(), in_force_from=JANUARY, by=town.li)
    adopt(town.township, edition, from_on=from_on, by=town.li)
    return edition


def facts_before(day):
    found = select(
        Obligation.id,
        Obligation.item_id,
        Obligation.section,
        Obligation.due_on,
        Obligation.answer,
    ).where(Obligation.period_start < day)
    return sorted(tuple(row) for row in db.session.execute(found))


def slots(unit, code):
    found = select(Obligation).where(Obligation.unit_id == unit.id, Obligation.item_code == code)
    return list(db.session.scalars(found.order_by(Obligation.period_start)))


def test_what_began_before_the_day_is_not_touched(town_with_slots):
    before = facts_before(JULY)
    go_over(town_with_slots)
    assert facts_before(JULY) == before


def test_what_is_owed_no_more_goes_what_is_new_comes_and_due_days_follow(town_with_slots):
    village = town_with_slots.villages[0]
    assert len([each for each in slots(village, "SB-02") if each.period_start >= JULY]) > 0
    edition = go_over(town_with_slots)
    later = select(Obligation).where(
        Obligation.unit_id == village.id, Obligation.period_start >= JULY
    )
    found = list(db.session.scalars(later))
    assert {each.item_code for each in found} == {"CW-01", "CW-09"}
    assert {each.item.edition_id for each in found} == {edition.id}
    assert [each.due_on for each in slots(village, "CW-01")][2] == date(2023, 10, 10)


def test_what_is_answered_or_under_review_stays_with_the_old_catalogue(town_with_slots):
    village = town_with_slots.villages[0]
    third, fourth = slots(village, "CW-01")[2:]
    answer(third, notice_id=new_id(), answered_on=JULY, by=town_with_slots.chen)
    mark_in_review([fourth], noon(JULY))
    item_id, due_on = third.item_id, third.due_on
    go_over(town_with_slots)
    assert (third.item_id, third.due_on) == (fourth.item_id, due_on) == (item_id, due_on)


def test_opening_again_afterwards_opens_nothing_of_the_old_catalogue(town_with_slots):
    go_over(town_with_slots)
    open_obligations(town_with_slots.township, through=date(2024, 1, 31), by=SYSTEM)
    found = select(Obligation.item_code).where(Obligation.period_start >= JULY).distinct()
    assert set(db.session.scalars(found)) == {"CW-01", "CW-09"}


def test_the_preview_counts_what_will_follow_and_writes_nothing(town_with_slots):
    before = facts_before(date(2030, 1, 1))
    (said,) = preview_adoption(town_with_slots.township, JULY)
    free = sum(1 for each in slots_from(JULY) if each.answer is None)
    assert f"没有公示的{free}件" in str(said)
    assert facts_before(date(2030, 1, 1)) == before


def test_the_trail_tells_how_many_followed(town_with_slots):
    edition = go_over(town_with_slots)
    lines = list_lines_of(edition.id)
    assert "follow_edition" in [line.verb for line in lines]


def slots_from(day):
    return list(db.session.scalars(select(Obligation).where(Obligation.period_start >= day)))
