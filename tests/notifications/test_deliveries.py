"""What leaves the house: once, in its time, tried again when it should be, seen when it failed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from delivery_factory import MINUTE, NOON, state_of, to_chen, to_group

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.core.words import sentence
from taole.notifications.actions import leaves_at, tell, tell_group
from taole.notifications.delivering import send_again, send_waiting
from taole.notifications.models import Delivery, DeliveryState, MessageKind, Route
from taole.notifications.outcomes import (
    SENT,
    SETTLED,
    SWITCHED_OFF,
    TOO_OLD,
    TRIES,
    UNKNOWN_ADDRESS,
    wait_before,
)
from taole.notifications.plan import Plan
from taole.notifications.routes import count_failures, list_routes, switch_route
from taole.notifications.sources import SOURCES, Source
from taole.notifications.ways import SMS, WAYS


def test_a_digest_goes_by_mail_once(town, mail):
    delivery = to_chen(town)
    assert send_waiting(NOON) == "发出 1 条，待重试 0 条，没发出 0 条"
    send_waiting(NOON + MINUTE)
    assert state_of(delivery) == (DeliveryState.SENT, "")
    (letter,) = mail.mails
    assert "东园村：低保（超5天）" in letter.get_content()


def test_who_left_no_address_is_told_in_the_inbox_alone(town, mail):
    with transaction():
        message = tell(
            town.liu,
            township=town.township,
            kind=MessageKind.DIGEST,
            key="digest",
            title=sentence("一件事"),
            day=date(2023, 9, 20),
            at=NOON,
        )
    assert message.deliveries == []


def test_a_group_gets_the_text_and_the_address_stays_sealed(town, group):
    to_group(town)
    send_waiting(NOON)
    ((_path, body),) = group.got
    assert body["text"]["content"] == "马太沟村缺2项"
    (shown,) = list_routes(town.township.id)
    assert (shown.hint, shown.latest.state) == ("…-def", DeliveryState.SENT)
    assert "abc-def" not in db.session.get_one(Route, group.route.id).sealed


def test_a_robot_out_of_order_is_tried_five_times_and_then_seen_as_failed(town, group):
    group.answer = lambda _n: (500, {}, {})
    delivery, at = to_group(town), NOON
    for attempt in range(1, TRIES + 1):
        send_waiting(at)
        send_waiting(at)
        assert len(group.got) == attempt, "not before its time"
        at += wait_before(attempt, None) or MINUTE
    assert state_of(delivery)[0] is DeliveryState.FAILED
    assert count_failures(town.township.id, NOON - MINUTE) == 1
    with transaction():
        send_again(db.session.get_one(Delivery, delivery), by=town.li, at=at)
    group.answer = lambda _n: (200, {}, {"errcode": 0})
    send_waiting(at)
    assert state_of(delivery) == (DeliveryState.SENT, "")
    with pytest.raises(Refused, match="不用再发"):
        send_again(db.session.get_one(Delivery, delivery), by=town.li, at=at)


def test_what_will_never_arrive_is_not_tried_again(town, mail, settings):
    mail.answers["chen@example.invalid"] = "550 unknown"
    delivery = to_chen(town)
    send_waiting(NOON)
    assert state_of(delivery) == (DeliveryState.FAILED, UNKNOWN_ADDRESS)


def test_a_busy_service_is_waited_for_as_long_as_it_asks(town, group):
    group.answer = lambda n: (429, {"Retry-After": "600"}, {}) if n == 1 else (200, {}, {})
    to_group(town)
    for minutes in (0, 2, 9):
        send_waiting(NOON + minutes * MINUTE)
    assert len(group.got) == 1
    send_waiting(NOON + 10 * MINUTE)
    assert len(group.got) == 2


def test_a_group_gets_no_more_in_a_minute_than_its_robot_takes(town, group):
    with transaction():
        group.route.per_minute = 2
    for number in range(5):
        to_group(town, f"第{number}条")
    counted = []
    for minutes in range(4):
        send_waiting(NOON + minutes * MINUTE + timedelta(seconds=minutes))
        counted.append(len(group.got))
    assert counted == [2, 4, 5, 5]


def test_nothing_leaves_in_the_quiet_hours(town, group):
    night = datetime(2023, 9, 20, 14, 30, tzinfo=UTC)  # 22:30
    to_group(town, at=night)
    send_waiting(night)
    assert group.got == []
    send_waiting(datetime(2023, 9, 21, 0, 0, tzinfo=UTC))
    assert len(group.got) == 1
    assert leaves_at(Plan(), night) == datetime(2023, 9, 21, 0, 0, tzinfo=UTC)


def test_what_was_settled_meanwhile_a_switched_off_group_and_old_news_are_dropped(
    town, group, mail, monkeypatch
):
    nothing = Source("quiet", "", lambda *_: (), lambda _subjects: set())
    monkeypatch.setitem(SOURCES, "quiet", nothing)
    settled = to_chen(town, subjects=["quiet:1"])
    old = to_group(town)
    send_waiting(NOON + timedelta(hours=25))
    assert state_of(old) == (DeliveryState.DROPPED, TOO_OLD)
    assert state_of(settled)[0] is DeliveryState.DROPPED
    fresh = to_chen(town, subjects=["quiet:2"], at=NOON + MINUTE)
    with transaction():
        switch_route(db.session.get_one(Route, group.route.id), is_on=False, by=town.li)
    assert (
        tell_group(
            town.township,
            kind=MessageKind.SUMMARY,
            key="off",
            title=sentence("小结"),
            text="",
            link="",
            day=date(2023, 9, 20),
            at=NOON,
        )
        == []
    )
    send_waiting(NOON + MINUTE)
    assert state_of(fresh) == (DeliveryState.DROPPED, SETTLED)
    assert (mail.mails, group.got) == ([], [])


def test_a_group_switched_off_while_its_message_waits_gets_none(town, group):
    delivery = to_group(town)
    with transaction():
        switch_route(db.session.get_one(Route, group.route.id), is_on=False, by=town.li)
    send_waiting(NOON)
    assert state_of(delivery) == (DeliveryState.DROPPED, SWITCHED_OFF)


def test_a_package_of_an_operator_can_add_text_messages(town, monkeypatch):
    texted = []

    def text(letter, _settings):
        texted.append((letter.phone, letter.text))
        return SENT

    monkeypatch.setitem(WAYS, SMS, text)
    with transaction():
        town.chen.phone = "0952-5550001"
    to_chen(town)
    send_waiting(NOON)
    assert texted == [("0952-5550001", "东园村：低保（超5天）")]


@pytest.mark.parametrize("attempt", range(1, TRIES))
def test_each_wait_is_longer_and_never_past_four_hours(attempt):
    usual = wait_before(attempt, None)
    assert usual > (wait_before(attempt - 1, None) if attempt > 1 else timedelta())
    assert wait_before(attempt, timedelta(days=9)) == timedelta(hours=4)
    assert wait_before(attempt, timedelta(0)) == usual
