"""A message to a group and one to 陈某, and how far they got."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from taole.core.database import db
from taole.core.transactions import transaction
from taole.core.words import sentence
from taole.notifications.actions import tell, tell_group
from taole.notifications.lines import Audience, Line
from taole.notifications.models import Delivery, MessageKind

NOON = datetime(2023, 9, 20, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


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
