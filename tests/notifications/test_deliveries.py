"""What leaves the house: once, in its time, tried again when it should be, seen when it failed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from real_servers import post_office, receiver

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.core.words import sentence
from taole.notifications.actions import leaves_at, tell, tell_group
from taole.notifications.delivering import send_again, send_waiting
from taole.notifications.lines import Audience, Line
from taole.notifications.models import Delivery, DeliveryState, MessageKind, Route, RouteKind
from taole.notifications.outcomes import (
    BAD_LOGIN,
    SENT,
    SETTLED,
    SWITCHED_OFF,
    TOO_OLD,
    TRIES,
    UNKNOWN_ADDRESS,
    wait_before,
)
from taole.notifications.plan import Plan
from taole.notifications.routes import add_route, count_failures, list_routes, switch_route
from taole.notifications.sources import SOURCES, Source
from taole.notifications.ways import EMAIL, SMS, WAYS
from taole.settings import Smtp

NOON = datetime(2023, 9, 20, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def settings(app):
    """The settings of the house, to be changed for one test."""
    before = app.config["SETTINGS"]

    def change(**values):
        app.config["SETTINGS"] = replace(before, **values)

    yield change
    app.config["SETTINGS"] = before


@pytest.fixture
def mail(settings):
    with post_office() as office:
        settings(smtp=Smtp("127.0.0.1", office.port, "taole@example.invalid"))
        yield office


@pytest.fixture
def group(town, settings):
    """A 企业微信 group reached through a gateway on this machine."""
    with receiver() as taken:
        settings(webhook_hosts=frozenset({"127.0.0.1"}))
        with transaction():
            taken.route = add_route(
                town.township,
                kind=RouteKind.WECOM,
                name="村务公开工作群",
                address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-def",
                gateway=taken.address,
                by=town.li,
                at=NOON,
            )
        yield taken


def to_group(town, text="马太沟村缺2项", at=NOON):
    with transaction():
        (message,) = tell_group(
            town.township,
            kind=MessageKind.SUMMARY,
            key=f"summary:{text}",
            title=sentence("小结"),
            text=text,
            link="",
            day=date(2023, 9, 20),
            at=at,
        )
        return message.deliveries[0].id


def to_chen(town, subjects=(), at=NOON):
    lines = [
        Line(each, "0", town.villages[0].id, Audience.SECRETARY, sentence("低保"), "/")
        for each in subjects
    ]
    with transaction():
        town.chen.email = "chen@example.invalid"
        message = tell(
            town.chen,
            township=town.township,
            kind=MessageKind.DIGEST,
            key=f"digest:{at.isoformat()}",
            title=sentence("还有 2 件事要办"),
            lines=lines,
            text="东园村：低保（超5天）",
            day=date(2023, 9, 20),
            at=at,
        )
        return message.deliveries[0].id


def state_of(delivery_id):
    db.session.expire_all()
    delivery = db.session.get_one(Delivery, delivery_id)
    return delivery.state, delivery.error


def test_a_digest_goes_by_mail_once(town, mail):
    delivery = to_chen(town)
    assert send_waiting(NOON) == "1 sent, 0 to be tried again, 0 failed"
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


def test_two_processes_at_once_send_each_message_once(app, town, group):
    for number in range(12):
        to_group(town, f"第{number}条")
    db.session.remove()
    gate = threading.Barrier(3)

    def run():
        with app.app_context():
            gate.wait()
            send_waiting(NOON)
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = sorted(body["text"]["content"] for _path, body in group.got)
    assert said == sorted(f"第{number}条" for number in range(12))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_process_killed_while_it_sends_leaves_one_message_and_no_second(
    town, group, tmp_path, app
):
    delivery = to_group(town)
    group.hang = 20
    script = (
        "import sys; from datetime import datetime; from taole.app.factory import create_app\n"
        "from taole.notifications.delivering import send_waiting\n"
        "with create_app().app_context(): send_waiting(datetime.fromisoformat(sys.argv[1]))"
    )
    settings = app.config["SETTINGS"]
    sender = subprocess.Popen(
        [sys.executable, "-c", script, NOON.isoformat()],
        env={
            **os.environ,
            "TAOLE_INSTANCE": str(settings.instance),
            "TAOLE_DATABASE_URL": settings.database_url,
            "TAOLE_SECRET_KEY": settings.secret_key,
            "TAOLE_WEBHOOK_HOSTS": "127.0.0.1",
        },
    )
    wait_for(lambda: group.got)
    sender.kill()
    sender.wait()
    group.hang = 0
    send_waiting(NOON + 10 * MINUTE)
    send_waiting(NOON + 20 * MINUTE)
    assert state_of(delivery)[0] is DeliveryState.UNSURE
    assert len(group.got) == 1


def wait_for(happened, seconds=30):
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


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


def test_a_way_that_breaks_keeps_nobody_else_from_being_told(town, group, monkeypatch):
    def broken(_letter, _settings):
        raise ValueError("号码")

    monkeypatch.setitem(WAYS, EMAIL, broken)
    lost = to_chen(town)
    to_group(town)
    send_waiting(NOON)
    assert state_of(lost)[0] is DeliveryState.UNSURE
    assert len(group.got) == 1


def test_a_message_whose_process_died_while_sending_is_not_sent_twice(town, group):
    delivery = to_group(town)
    with transaction():
        claimed = db.session.get_one(Delivery, delivery)
        claimed.state, claimed.claimed_until = DeliveryState.SENDING, NOON + MINUTE
    send_waiting(NOON + MINUTE / 2)
    assert state_of(delivery)[0] is DeliveryState.SENDING, "perhaps it is still being sent"
    send_waiting(NOON + 2 * MINUTE)
    assert state_of(delivery)[0] is DeliveryState.UNSURE
    assert group.got == []
    assert count_failures(town.township.id, NOON - MINUTE) == 1


@pytest.mark.parametrize("attempt", range(1, TRIES))
def test_each_wait_is_longer_and_never_past_four_hours(attempt):
    usual = wait_before(attempt, None)
    assert usual > (wait_before(attempt - 1, None) if attempt > 1 else timedelta())
    assert wait_before(attempt, timedelta(days=9)) == timedelta(hours=4)
    assert wait_before(attempt, timedelta(0)) == usual


def test_the_clerk_sees_what_failed_and_sends_it_again(town, group, sign_in):
    delivery = to_group(town)
    with transaction():
        kept = db.session.get_one(Delivery, delivery)
        kept.state, kept.error, kept.made_at = DeliveryState.FAILED, BAD_LOGIN, NOON
    with time_machine.travel(NOON + MINUTE, tick=False):
        clerk = sign_in("li")
        said = clerk.get("/reminders/640221106").get_data(as_text=True)
        assert "近 7 天有 1 条邮件或群消息没有发出" in said
        said = clerk.get("/deliveries/640221106?troubled=1").get_data(as_text=True)
        assert "1 条没有发出" in said
        assert "用户名或密码不对" in said
        assert clerk.post(f"/deliveries/{delivery}/again").status_code == 302
        assert state_of(delivery)[0] is DeliveryState.WAITING


def test_a_group_is_added_tried_and_switched_off_on_its_page(town, sign_in):
    clerk = sign_in("li")
    form = {
        "kind": "企业微信群机器人",
        "name": "工作群",
        "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-1234",
        "per_minute": "18",
    }
    wrong = clerk.post("/routes/640221106", data={**form, "address": "1234"})
    assert wrong.status_code == 422
    assert "以 https:// 开头" in wrong.get_data(as_text=True)
    assert clerk.post("/routes/640221106", data=form).status_code == 302
    said = clerk.get("/routes/640221106").get_data(as_text=True)
    assert "…1234" in said
    assert "secret-1234" not in said
    (shown,) = list_routes(town.township.id)
    assert clerk.post(f"/routes/{shown.route.id}/test").status_code == 302
    assert db.session.query(Delivery).count() == 1
    assert clerk.post(f"/routes/{shown.route.id}/switch").status_code == 302
    assert "停用" in clerk.get("/routes/640221106").get_data(as_text=True)
