"""Two hosts that tell people in the same moment: everybody gets one digest, nobody two."""

from datetime import date, datetime, time
from threading import Barrier, Thread

import time_machine

from taole.core.clock import SHANGHAI
from taole.core.database import db
from taole.core.transactions import transaction
from taole.notifications.digest import send_digests
from taole.notifications.models import Message, Reminder
from taole.notifications.plan import Plan
from taole.notifications.settings import keep_plan
from taole.obligations.actions import open_obligations
from taole.organisation.actions import SYSTEM
from tests.obligations.village_catalogue import build_catalogue

MORNING = datetime.combine(date(2023, 9, 15), time(8, 40), SHANGHAI)


def test_three_hosts_at_once_tell_each_secretary_once(app, town):
    build_catalogue(town)
    with time_machine.travel(MORNING, tick=False), transaction():
        open_obligations(town.township, through=date(2023, 12, 31), by=SYSTEM)
        keep_plan(town.township, Plan(is_on=True, since=date(2023, 9, 1)), by=SYSTEM)
    secretaries = {person.id for person in (town.chen, town.liu, town.wang, town.sun, town.ma)}
    db.session.remove()
    gate, faults = Barrier(3), []

    def host():
        with app.app_context():
            gate.wait()
            try:
                send_digests(MORNING)
            except Exception as fault:
                faults.append(fault)
            db.session.remove()

    hosts = [Thread(target=host) for _ in range(3)]
    for each in hosts:
        each.start()
    for each in hosts:
        each.join()
    assert faults == []
    told = [message.person_id for message in db.session.query(Message)]
    assert len(told) == len(set(told))
    assert secretaries <= set(told)
    steps = [(each.subject, each.step, each.person_id) for each in db.session.query(Reminder)]
    assert len(steps) == len(set(steps))
