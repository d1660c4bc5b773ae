"""A year of reminders: each exactly once, no burst after an outage, nothing under a wrong clock."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from cast import VILLAGES, build_town
from simulated_year import SimulatedYear, Village, digests_by_person_and_day, told_steps
from sqlalchemy import func, select

from taole.core.database import db
from taole.core.models import JobRun
from taole.core.transactions import transaction
from taole.notifications.plan import Plan
from taole.notifications.settings import keep_plan
from taole.obligations.actions import open_obligations
from taole.obligations.models import Obligation
from taole.obligations.slot_rules import is_event_driven
from taole.organisation.actions import SYSTEM
from taole.organisation.queries import find_user, get_unit
from taole.rounds.actions import keep_round_setting
from taole.rounds.models import CollectionRound, RoundReminder
from taole.rounds.rules import RoundSetting, scheduled_days
from taole.schedule.timetable import BY_NAME
from tests.obligations.village_catalogue import build_catalogue

FIRST, LAST = date(2023, 1, 2), date(2023, 12, 31)
NO_POWER = frozenset(date(2023, 5, 14) + timedelta(days=n) for n in range(3))
CLOCK_OFF = {
    date(2023, 7, 18): timedelta(days=-1),
    date(2023, 10, 13): timedelta(days=365),
}
FORTNIGHTLY = RoundSetting(is_on=True, since=FIRST)
JOBS = tuple(BY_NAME[name] for name in ("open-obligations", "open-rounds", "send-digests"))


@pytest.fixture
def lived(app, monkeypatch):
    """2023, as 陶乐镇 and its five villages lived through it."""
    with time_machine.travel("2023-01-01T01:00:00Z", tick=False):
        with transaction():
            town = build_town()
        build_catalogue(town)
        with transaction():
            open_obligations(town.township, through=LAST, by=SYSTEM)
            keep_plan(town.township, Plan(is_on=True, since=FIRST), by=SYSTEM)
            keep_round_setting(town.township, FORTNIGHTLY, by=SYSTEM)
    year = SimulatedYear(
        FIRST, LAST, JOBS, 20230920, NO_POWER, CLOCK_OFF, live=Village.of(7, LAST).live
    )
    year.run(monkeypatch)
    return year


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_reminder_of_the_year_is_told_exactly_once(lived):
    assert lived.kills > 50
    for code, (name, account, _person) in VILLAGES.items():
        village, secretary = get_unit(code), find_user(account)
        told = told_steps(secretary.id)
        assert set(told.values()) == {1}, f"{name} is told nothing twice"
        for matter in list_scheduled(village.id):
            steps = {step for subject, step in told if subject == f"obligation:{matter.id}"}
            assert steps == lived.expected_steps(matter), (name, matter.item.title, matter.due_on)

    by_day = digests_by_person_and_day()
    assert set(by_day.values()) == {1}, "one digest for each person and day"
    days = Counter(day for _person, day in by_day)
    assert not days.keys() & NO_POWER
    assert not days.keys() & CLOCK_OFF.keys(), "a clock that is wrong tells nobody anything"
    assert max(days) <= LAST
    people = len({person for person, _day in by_day})
    assert days[max(NO_POWER) + timedelta(days=1)] <= people, "no burst when the power is back"
    assert count_unfinished_runs() == 0, "what was killed was taken over"

    rounds = db.session.scalars(select(CollectionRound.scheduled_on)).all()
    assert sorted(rounds) == scheduled_days(FORTNIGHTLY, FIRST, LAST), "none missed, none twice"
    reminded = db.session.execute(
        select(func.count()).select_from(RoundReminder).group_by(RoundReminder.ask_id)
    )
    assert {row[0] for row in reminded} == {2}, "nobody answered, and each was reminded twice"


def list_scheduled(village_id):
    """A village's matters with a due day of their own (the others are confirmed by quarter)."""
    found = select(Obligation).where(Obligation.unit_id == village_id)
    return [
        owed
        for owed in db.session.scalars(found)
        if not is_event_driven(owed.item.frequency, owed.item.rule)
    ]


def count_unfinished_runs():
    return db.session.scalar(select(func.count()).where(JobRun.ended_at.is_(None)))
