"""What is opened for the villages, when, and only once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from village_catalogue import build_catalogue

from taole.catalogue.models import ItemOverride
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.periods import label
from taole.core.transactions import transaction
from taole.core.workdays import UnknownYear
from taole.obligations.jobs import open_ahead
from taole.obligations.models import Obligation
from taole.obligations.opening import insert_slots, open_obligations, plan_slots, record_event
from taole.obligations.queries import find_answerable, get_obligation, list_for_period, list_open
from taole.obligations.rules import Answer
from taole.organisation.actions import SYSTEM

YEAR_END = date(2023, 12, 31)


@pytest.fixture
def catalogue(town):
    return build_catalogue(town)


def keys(unit, item):
    found = select(Obligation.period_key).where(
        Obligation.unit_id == unit.id, Obligation.item_code == item.code
    )
    return list(db.session.scalars(found.order_by(Obligation.period_key)))


def open_year(town, through=YEAR_END):
    with transaction():
        return open_obligations(town.township, through=through, by=SYSTEM)


def test_a_village_owes_every_matter_of_the_year_once(town, catalogue):
    assert open_year(town) == 5 * (4 + 4 + 1 + 12)
    village = town.villages[0]
    assert keys(village, catalogue.accounts) == ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]
    assert keys(village, catalogue.members) == ["2023"]
    assert len(keys(village, catalogue.payments)) == 12


def test_opening_again_opens_nothing(town, catalogue):
    open_year(town)
    assert open_year(town) == 0


def test_two_processes_that_open_at_once_open_everything_once(town, catalogue):
    with transaction():
        first = list(plan_slots(town.township, through=YEAR_END, skipped={}))
        second = list(plan_slots(town.township, through=YEAR_END, skipped={}))
        assert insert_slots(first) == len(first)
        assert insert_slots(second) == 0
    assert db.session.scalar(select(func.count()).select_from(Obligation)) == len(first)


def test_the_third_quarter_is_due_on_the_twentieth_of_october(town, catalogue):
    open_year(town)
    found = list_for_period(town.villages[0].id, "CW-01", "2023Q3")
    assert [each.due_on for each in found] == [date(2023, 10, 20)]
    assert found[0].item is not None


def test_what_is_neither_due_nor_begun_is_not_opened(town, catalogue, monkeypatch):
    monkeypatch.setattr("taole.obligations.opening.today", lambda: date(2023, 5, 3))
    open_year(town, through=date(2023, 8, 1))
    assert keys(town.villages[0], catalogue.accounts) == ["2023Q1", "2023Q2"]
    assert keys(town.villages[0], catalogue.payments)[-1] == "2023-06"


def test_a_village_that_opened_in_april_owes_nothing_of_the_first_quarter(town, catalogue):
    with transaction():
        town.villages[0].opened_on = date(2023, 4, 1)
    open_year(town)
    assert keys(town.villages[0], catalogue.accounts) == ["2023Q2", "2023Q3", "2023Q4"]
    assert keys(town.villages[0], catalogue.members) == []
    assert keys(town.villages[0], catalogue.payments)[0] == "2023-04"


def test_a_village_that_closed_in_june_owes_no_second_quarter(town, catalogue):
    with transaction():
        town.villages[0].closed_on = date(2023, 6, 30)
    open_year(town)
    assert keys(town.villages[0], catalogue.accounts) == ["2023Q1"]


def test_a_village_without_a_matter_does_not_owe_it(town, catalogue):
    with transaction():
        db.session.add(
            ItemOverride(
                township_id=town.township.id,
                item_code="CW-01",
                unit_id=town.villages[1].id,
                from_on=date(2023, 4, 1),
                applicable=False,
                reason="村账乡代管",
            )
        )
    open_year(town)
    assert keys(town.villages[1], catalogue.accounts) == ["2023Q1"]
    assert len(keys(town.villages[0], catalogue.accounts)) == 4


def test_an_event_owes_a_notice_of_its_own_after_ten_working_days(town, catalogue):
    open_year(town)
    with transaction():
        made = record_event(
            town.villages[0],
            catalogue.dibao,
            happens_on=date(2023, 9, 25),
            title="9月低保初审",
            by=town.chen,
        )
    # 中秋 and 国庆 (29 September to 6 October) are off, 7 and 8 October are worked
    assert made.due_on == date(2023, 10, 13)
    assert str(label(get_obligation(made.id).period)) == "2023年第三季度"
    answerable = find_answerable(town.villages[0].id, "SB-01", "2023Q3")
    assert {each.id for each in answerable} >= {made.id}
    assert len(answerable) == 2
    assert find_answerable(town.villages[0].id, "SB-01", "2023Q2")[0].event_id is None


def test_the_same_event_is_recorded_once(town, catalogue):
    def write():
        return record_event(
            town.villages[0],
            catalogue.dibao,
            happens_on=date(2023, 9, 25),
            title="9月低保初审",
            by=town.chen,
        )

    write()
    with pytest.raises(Refused, match="已经登记过"):
        write()


def test_a_matter_with_fixed_periods_takes_no_events(town, catalogue):
    with pytest.raises(Refused, match="按固定周期"):
        record_event(
            town.villages[0],
            catalogue.accounts,
            happens_on=date(2023, 9, 25),
            title="收支",
            by=town.chen,
        )


def test_an_event_in_a_year_without_holidays_entered_is_refused_rather_than_guessed(
    town, catalogue
):
    with pytest.raises(UnknownYear, match="2039年的放假安排"):
        record_event(
            town.villages[0],
            catalogue.dibao,
            happens_on=date(2039, 3, 1),
            title="低保初审",
            by=town.chen,
        )


def test_a_secretary_sees_what_has_begun_and_is_unanswered(town, catalogue):
    open_year(town)
    on = date(2023, 9, 20)
    listed = list_open(town.villages[0], on)
    assert [each.due_on for each in listed] == sorted(each.due_on for each in listed)
    assert "2023Q4" not in {each.period_key for each in listed}
    assert "2023-09" in {each.period_key for each in listed}
    assert all(each.answer is None for each in listed)


def test_the_nightly_job_opens_a_hundred_days_ahead_and_says_so(town, catalogue):
    assert "新开" in open_ahead()
    assert "新开 0 件" in open_ahead()


def test_a_township_without_a_catalogue_owes_nothing(town):
    assert open_year(town) == 0
    assert Answer.NOTICE == "notice"
