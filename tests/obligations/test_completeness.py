"""The database counts what the rules count."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from village_catalogue import build_catalogue

from taole.core.database import db
from taole.core.errors import NotFound
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.obligations.completeness_queries import (
    Grouping,
    completeness,
    list_section_counts,
    total_of,
)
from taole.obligations.models import Obligation
from taole.obligations.opening import open_obligations
from taole.obligations.rules import Answer, Completeness, completeness_of
from taole.organisation.actions import SYSTEM

START, END = date(2023, 1, 1), date(2023, 12, 31)
DAYS = [date(2023, 3, 1), date(2023, 10, 21), date(2024, 3, 1)]


@pytest.fixture
def catalogue(town):
    return build_catalogue(town)


@pytest.fixture
def random_year(town, catalogue):
    """A year in which the villages answered as dice fell."""
    dice = random.Random(2023)
    with transaction():
        open_obligations(town.township, through=date(2024, 2, 1), by=SYSTEM)
        for each in db.session.scalars(select(Obligation).order_by(Obligation.id)):
            each.answer = dice.choice([None, None, *Answer, Answer.NOTICE])
            if each.answer is not None:
                each.answered_on = each.due_on + timedelta(days=dice.randint(-20, 20))
            if dice.random() < 0.2:
                each.review_since = each.entered_at = None
    return list(db.session.scalars(select(Obligation)))


def in_range(obligations):
    return [each for each in obligations if START <= each.due_on <= END]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("by", list(Grouping))
def test_sql_and_rules_count_alike_for_township_county_and_region(town, random_year, on, by):
    expected = completeness_of((each.facts for each in in_range(random_year)), on)
    for unit in (town.township, town.county, town.region):
        rows = completeness(unit.path, start=START, end=END, on=on, by=by)
        assert total_of(rows) == expected


@pytest.mark.parametrize("on", DAYS)
def test_each_village_section_month_and_item_has_its_own_counts(town, random_year, on):
    many = in_range(random_year)
    path = town.township.path
    keyed = {
        Grouping.UNIT: lambda each: each.unit.code,
        Grouping.SECTION: lambda each: each.section,
        Grouping.ITEM: lambda each: each.item_code,
        Grouping.MONTH: lambda each: f"{each.due_on:%Y-%m}",
    }
    for by, key_of in keyed.items():
        rows = completeness(path, start=START, end=END, on=on, by=by)
        assert len({row.key for row in rows}) == len(rows)
        for row in rows:
            theirs = [each.facts for each in many if key_of(each) == row.key]
            assert row.counts == completeness_of(theirs, on), (by, row)


def test_one_village_counts_only_its_own(town, random_year):
    on, village = DAYS[1], town.villages[2]
    theirs = [each.facts for each in in_range(random_year) if each.unit_id == village.id]
    rows = completeness(village.path, start=START, end=END, on=on, by=Grouping.SECTION)
    assert total_of(rows) == completeness_of(theirs, on)


def test_a_county_lists_its_townships_and_one_that_owes_nothing_has_no_rate(town, random_year):
    rows = completeness(town.county.path, start=START, end=END, on=DAYS[1], by=Grouping.TOWNSHIP)
    assert [row.label for row in rows] == ["陶乐镇", "红崖子乡"]
    assert rows[1].counts == Completeness()
    assert rows[1].counts.completeness is None


def test_units_and_sections_of_the_summary_page_add_up(town, random_year):
    on = DAYS[1]
    path = town.township.path
    counted = list_section_counts(
        (path, path[:-1] + "0"), start=START, end=END, on=on, by_township=False
    )
    expected = completeness_of((each.facts for each in in_range(random_year)), on)
    assert sum((each.counts for each in counted), Completeness()) == expected
    assert {each.path for each in counted} == {village.path for village in town.villages}


@pytest.mark.parametrize("by", list(Grouping))
def test_a_question_is_one_statement_beside_finding_the_unit(town, random_year, by):
    said, path = [], town.county.path

    def hear(_connection, _cursor, statement, *_rest):
        if statement != "BEGIN":
            said.append(statement)

    db.session.rollback()
    engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        completeness(path, start=START, end=END, on=DAYS[1], by=by)
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert len(said) == 2


def test_a_place_that_does_not_exist_is_not_found(app):
    with pytest.raises(NotFound):
        completeness(f"{new_id()}/", start=START, end=END, on=END, by=Grouping.UNIT)
