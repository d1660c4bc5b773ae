"""Whatever breaks while it is sent, a message leaves the house once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest
from delivery_factory import MINUTE, NOON, state_of, to_chen, to_group

from taole.core.database import db
from taole.core.transactions import transaction
from taole.notifications.delivering import send_waiting
from taole.notifications.models import Delivery, DeliveryState
from taole.notifications.routes import count_failures
from taole.notifications.ways import EMAIL, WAYS


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
