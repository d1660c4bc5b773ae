"""Places sorted and cut in the database; a township ranks its villages only if it wants to."""

from datetime import date, timedelta

import pytest
import time_machine
from cast import build_town
from sqlalchemy import select

from taole.core.database import db
from taole.core.transactions import transaction
from taole.dashboard.ranking import is_ranked
from taole.obligations.actions import open_obligations
from taole.obligations.completeness_queries import Grouping, completeness
from taole.obligations.models import Obligation
from taole.obligations.place_queries import PlaceSort, count_places, row_of, select_places
from taole.obligations.rules import Answer
from taole.organisation.actions import SYSTEM
from tests.obligations.village_catalogue import build_catalogue

ON = date(2023, 9, 20)
YEAR = {"start": date(2023, 1, 1), "end": date(2023, 12, 31), "on": ON}
OVERVIEW = "/overview/640221106"


@pytest.fixture
def town(app):
    """Each village answered one matter more than the one before it, the last ones late."""
    with time_machine.travel("2023-09-20T02:00:00Z", tick=False):
        with transaction():
            made = build_town()
        build_catalogue(made)
        with transaction():
            open_obligations(made.township, through=date(2023, 12, 31), by=SYSTEM)
            for place, village in enumerate(made.villages):
                owed = db.session.scalars(
                    select(Obligation)
                    .where(Obligation.unit_id == village.id, Obligation.due_on < ON)
                    .order_by(Obligation.due_on)
                    .limit(place + 1)
                )
                for each in owed:
                    each.answer = Answer.NOTICE
                    each.answered_on = each.due_on + timedelta(days=5 if place > 2 else 0)
        yield made


def places(unit, by, sort=PlaceSort.CODE):
    return [
        row_of(row) for row in db.session.execute(select_places(unit, **YEAR, by=by, sort=sort))
    ]


@pytest.mark.parametrize("by", [Grouping.UNIT, Grouping.TOWNSHIP, Grouping.COUNTY])
def test_places_cut_in_the_database_count_what_every_page_counts(town, by):
    above = town.region if by is Grouping.COUNTY else town.county
    found = {row.key: row.counts for row, _belongs in places(above, by)}
    assert count_places(above, start=YEAR["start"], by=by) == len(found)
    assert found == {row.key: row.counts for row in completeness(above.path, **YEAR, by=by)}


def test_what_needs_a_look_stands_first_and_who_owes_nothing_last(town):
    by_rate = [row.label for row, _ in places(town.county, Grouping.UNIT, PlaceSort.COMPLETENESS)]
    assert by_rate == [*(village.name for village in town.villages), "红翔新村"]
    late_first = [row.label for row, _ in places(town.county, Grouping.UNIT, PlaceSort.TIMELINESS)]
    assert late_first[:2] == ["马太沟村", "庙庙湖村"]
    gaps = [row.counts.missing for row, _ in places(town.county, Grouping.UNIT, PlaceSort.MISSING)]
    assert gaps == sorted(gaps, reverse=True)
    assert places(town.county, Grouping.UNIT)[0][1] == "陶乐镇"


def test_the_county_reads_its_villages_in_the_order_that_it_asks_for(town, sign_in):
    inspector = sign_in("wu")
    said = inspector.get("/overview/640221?of=villages&sort=missing&from=2023-09-01").get_data(
        as_text=True
    )
    assert "6 个村（社区）" in said
    assert said.index("东园村") < said.index("庙庙湖村")
    assert inspector.get("/overview/640221?sort=nonsense").status_code == 200


def test_villages_stand_by_code_until_the_township_lets_them_be_sorted(town, sign_in):
    clerk = sign_in("li")
    names = [village.name for village in town.villages]

    def order():
        said = clerk.get(f"{OVERVIEW}?sort=timeliness&from=2023-02-01").get_data(as_text=True)
        table = said[said.index("近 6 期") :]
        return sorted(names, key=table.index)

    assert order() == names
    assert "完整率低的在前" not in clerk.get(OVERVIEW).get_data(as_text=True)
    assert clerk.post(f"{OVERVIEW}/ranking", data={"on": "1"}).status_code == 302
    assert is_ranked(town.township)
    assert "完整率低的在前" in clerk.get(OVERVIEW).get_data(as_text=True)
    assert order() != names
    clerk.post(f"{OVERVIEW}/ranking")
    assert order() == names
