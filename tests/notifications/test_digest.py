"""The day's digest in 陶乐镇: who gets it, what it says, and that nobody gets it twice."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import select

from taole.access.permissions import Role
from taole.catalogue.models import CatalogueItem
from taole.core.clock import SHANGHAI
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.jobs import PartlyFailed
from taole.core.transactions import transaction
from taole.notifications import digest
from taole.notifications.actions import remind_now
from taole.notifications.digest import group_text, list_pressing, preview_switch_on, send_digests
from taole.notifications.lines import sentence_of
from taole.notifications.models import Delivery, Message, Reminder
from taole.notifications.plan import Plan
from taole.notifications.queries import list_reminders
from taole.notifications.settings import keep_plan
from taole.notifications.short_links import shortened
from taole.obligations.actions import open_obligations
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.obligations.telling import line_of
from taole.organisation.actions import SYSTEM, give_role, retire
from tests.obligations.village_catalogue import build_catalogue

one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
DUE = date(2023, 9, 15)
"""The subsidies of August fall due."""


def at(day, hour=8, minute=40):
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def morning(day):
    with time_machine.travel(at(day), tick=False):
        return send_digests(at(day))


@pytest.fixture
def village(town):
    """陶乐镇 from July to December 2023, its reminders on since the first of September."""
    build_catalogue(town)
    with time_machine.travel(at(date(2023, 9, 1)), tick=False), transaction():
        open_obligations(town.township, through=date(2023, 12, 31), by=SYSTEM)
        switch(town, since=date(2023, 9, 1))
    return town.villages[0]


def switch(town, **values):
    keep_plan(town.township, Plan(is_on=True, **values), by=SYSTEM)


def digests_of(person, day=None):
    found = select(Message).where(Message.person_id == person.id)
    messages = db.session.scalars(found.order_by(Message.created_at)).all()
    return [each for each in messages if day in (None, each.day)]


def said(message):
    return [str(sentence_of(each)) for each in message.lines]


def subsidies(unit):
    """The village's subsidies of August."""
    return next(
        each
        for each in db.session.scalars(select(Obligation).where(Obligation.unit_id == unit.id))
        if each.due_on == DUE and each.item.title == "补贴发放"
    )


def steps_told(person, matter):
    return [
        each.step
        for each in list_reminders(f"obligation:{matter.id}")
        if each.person_id == person.id
    ]


def test_the_fifth_day_after_names_the_past_period_and_reaches_head_and_leader(town, village):
    on = DUE + timedelta(days=5)
    morning(on)
    (to_chen,), (to_yang,) = digests_of(town.chen), digests_of(town.yang)
    august = "补贴发放（2023年8月）应在9月15日前公示，已超5天"
    assert august in said(to_chen)
    assert august in said(to_yang)
    assert len(to_chen.text) < 500
    assert "补贴发放（2023年8月）（超5天）" in to_chen.text
    (to_zhao,) = digests_of(town.zhao)
    assert any("庙庙湖村" in each or "补贴发放" in each for each in said(to_zhao))
    assert not digests_of(town.feng), "who has left is told nothing"


def test_a_village_without_a_head_is_shown_to_the_clerk(town, village):
    morning(DUE + timedelta(days=3))
    assert {each["subject"] for message in digests_of(town.li) for each in message.lines} >= {
        f"obligation:{subsidies(unit).id}" for unit in town.villages[1:]
    }
    assert not any(
        f"obligation:{subsidies(village).id}" in message.subjects for message in digests_of(town.li)
    )


def test_run_twice_and_at_once_again_each_person_gets_one(town, village):
    first = morning(DUE)
    assert first != "发出 0 条"
    assert morning(DUE) == "发出 0 条"
    assert len(digests_of(town.chen)) == 1


def test_nothing_goes_in_the_night_nor_before_its_hour(town, village):
    for hour, minute in ((3, 0), (8, 10), (21, 0)):
        assert send_digests(at(DUE, hour, minute)) == "发出 0 条"
    assert morning(DUE) != "发出 0 条"


@one_engine
def test_after_an_outage_of_three_days_the_latest_step_is_told_once(town, village):
    morning(DUE - timedelta(days=1))
    matter = subsidies(village)
    assert steps_told(town.chen, matter) == ["-3"]
    morning(DUE + timedelta(days=2))
    assert steps_told(town.chen, matter) == ["-3", "+1"]
    assert len(digests_of(town.chen)) == 2


@one_engine
def test_a_clock_set_back_tells_nothing_again(town, village):
    morning(DUE + timedelta(days=1))
    before = len(digests_of(town.chen))
    told = steps_told(town.chen, subsidies(village))
    morning(DUE + timedelta(days=1))
    assert len(digests_of(town.chen)) == before
    assert steps_told(town.chen, subsidies(village)) == told == ["+1"]


@one_engine
def test_what_is_answered_is_not_told_of_any_more(town, village):
    morning(DUE)
    with transaction():
        subsidies(village).answer = Answer.NOTHING
    morning(DUE + timedelta(days=1))
    assert steps_told(town.chen, subsidies(village)) == ["0"]
    assert steps_told(town.liu, subsidies(town.villages[1])) == ["0", "+1"]


@one_engine
def test_switched_off_and_on_again_makes_up_for_nothing(town, village):
    with transaction():
        keep_plan(town.township, Plan(), by=SYSTEM)
    assert morning(DUE) == "发出 0 条"
    on = DUE + timedelta(days=2)
    with transaction():
        switch(town, since=on)
    morning(on)
    assert steps_told(town.chen, subsidies(village)) == []
    morning(on + timedelta(days=1))
    assert steps_told(town.chen, subsidies(village)) == ["+3"]


@one_engine
def test_the_preview_counts_exactly_what_then_goes(town, village):
    with transaction():
        keep_plan(town.township, Plan(), by=SYSTEM)
    people, lines = preview_switch_on(town.township, DUE, Plan())
    assert people >= 5
    with transaction():
        switch(town, since=DUE)
    assert morning(DUE) == f"发出 {people} 条"
    assert len(db.session.scalars(select(Reminder.id)).all()) == lines


@one_engine
def test_a_stand_in_is_told_beside_the_one_stood_in_for(town, village):
    with transaction():
        give_role(town.liu, Role.SECRETARY, village, from_on=date(2023, 9, 10), by=SYSTEM)
    morning(DUE)
    matter = subsidies(village)
    assert steps_told(town.chen, matter) == steps_told(town.liu, matter) == ["0"]
    assert len(digests_of(town.liu)) == 1, "two posts, one message"


@one_engine
def test_one_who_cannot_be_told_does_not_keep_the_others_from_it(town, village, monkeypatch):
    really = digest._tell

    def fail_for_chen(each, *rest):
        if each.person_id == town.chen.id:
            raise RuntimeError
        return really(each, *rest)

    monkeypatch.setattr(digest, "_tell", fail_for_chen)
    with pytest.raises(PartlyFailed, match="1 处没成功：RuntimeError"):
        morning(DUE)
    assert digests_of(town.liu)
    assert not digests_of(town.chen)
    monkeypatch.undo()
    assert morning(DUE) == "发出 1 条"
    assert steps_told(town.chen, subsidies(village)) == ["0"]


@one_engine
def test_an_e_mail_waits_until_the_quiet_hours_are_over(town, village):
    with transaction():
        town.chen.email = "chen@example.invalid"
        switch(town, since=date(2023, 9, 1), send_at=time(8, 30))
    morning(DUE)
    (delivery,) = db.session.scalars(select(Delivery)).all()
    assert delivery.message.person_id == town.chen.id
    assert delivery.target == "email"
    late = at(DUE, 22, 0)
    with transaction():
        remind_now(
            line_of(subsidies(village), DUE),
            township=town.township,
            people=[town.chen],
            by=town.li,
            at=late,
        )
    waiting = max(db.session.scalars(select(Delivery.next_try_at)))
    assert waiting == at(DUE + timedelta(days=1), 8, 0)


@one_engine
def test_by_hand_once_a_day_and_never_of_what_is_settled(town, village):
    matter = subsidies(village)

    def remind(day):
        with transaction():
            return remind_now(
                line_of(matter, day),
                township=town.township,
                people=[town.chen],
                by=town.li,
                at=at(day, 10),
            )

    (message,) = remind(DUE)
    assert message.link == f"/obligations/{matter.id}"
    with pytest.raises(Refused, match="今天已经提醒过陈某了，再急请打电话"):
        remind(DUE)
    remind(DUE + timedelta(days=1))
    assert [each.by_name for each in list_reminders(f"obligation:{matter.id}")] == ["李某"] * 2
    with transaction():
        matter.answer = Answer.NOTHING
    with pytest.raises(Refused, match="已经办好了"):
        remind(DUE + timedelta(days=2))


@one_engine
def test_the_text_for_the_group_names_villages_and_days_in_under_500_signs(town, village):
    on = DUE + timedelta(days=5)
    text = group_text(town.township, list_pressing(town.township, on), on)
    assert len(text) < 500
    assert "东园村：" in text
    assert "补贴发放（2023年8月）（超5天）" in text
    assert text.count("http") == 1
    assert text.splitlines()[-1].startswith("http")


@one_engine
def test_the_text_about_one_matter_opens_its_very_card(town, village):
    (matter,) = [
        each
        for each in list_pressing(town.township, DUE)
        if each.subject == f"obligation:{subsidies(village).id}"
    ]
    text = group_text(village, [matter], DUE)
    assert text.endswith(shortened(f"/obligations/{subsidies(village).id}"))


@one_engine
def test_a_secretary_who_has_left_is_not_told_and_the_head_is(town, village):
    with transaction():
        retire(town.chen, on=date(2023, 9, 10), by=SYSTEM)
    morning(DUE)
    assert not digests_of(town.chen)
    assert steps_told(town.yang, subsidies(village)) == ["0"]


@one_engine
def test_the_confirmations_of_a_quarter_are_one_line(town, village):
    with time_machine.travel(at(date(2023, 9, 1)), tick=False), transaction():
        add_on_event("SB-09", "临时救助公示")
        open_obligations(town.township, through=date(2023, 12, 31), by=SYSTEM)
    morning(date(2023, 10, 18))
    folded = [
        each
        for message in digests_of(town.chen)
        for each in message.lines
        if each["subject"] == f"confirmation:{village.id}:2023Q3"
    ]
    (line,) = folded
    assert str(sentence_of(line)) == "2023年第三季度有 2 项没有事的要确认，应在10月20日前确认"
    assert line["path"] == f"/villages/{village.code}/nothing"


def add_on_event(code, title):
    """One more matter like 低保初审公示."""
    like = db.session.scalars(select(CatalogueItem).where(CatalogueItem.code == "SB-01")).one()
    copied = (
        "section",
        "content",
        "basis",
        "channels",
        "compulsory_channels",
        "personal_data",
        "effective_from",
        "frequency",
        "deadline",
    )
    values = {name: getattr(like, name) for name in copied}
    db.session.add(
        CatalogueItem(edition=like.edition, code=code, title=title, position=9, **values)
    )
    db.session.flush()
