"""What leaves the house: each delivery claimed, sent outside any transaction, and noted.

At most once: a delivery whose process died while sending is UNSURE, and only a person sends it
again. Whoever reads the inbox has it in any case.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from flask import current_app
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import joinedload
from structlog import get_logger

from taole.access.permissions import Actor
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.sealing import unseal
from taole.core.transactions import transaction
from taole.core.words import N_
from taole.notifications.actions import leaves_at
from taole.notifications.models import Delivery, DeliveryState, Message, Route
from taole.notifications.outcomes import (
    LOST,
    NO_WAY,
    SETTLED,
    SWITCHED_OFF,
    TOO_OLD,
    UNSURE,
    Outcome,
    never,
    wait_before,
)
from taole.notifications.settings import find_plan
from taole.notifications.sources import still_open
from taole.notifications.ways import ROUTE, WAYS, Letter
from taole.organisation.models import User
from taole.trail.actions import record

log = get_logger("taole")

HOLD_FOR = timedelta(minutes=3)
TOO_OLD_AFTER = timedelta(hours=24)
A_MINUTE = timedelta(minutes=1)
AT_ONCE = 100
"""Deliveries looked at in one run; the rest waits for the next minute."""


def send_waiting(at: datetime) -> str:
    """Send what is due; what became of it, in a line. Safe beside another process that does it."""
    counted = {DeliveryState.SENT: 0, DeliveryState.WAITING: 0, DeliveryState.FAILED: 0}
    began = monotonic()
    _give_up_lost(at)
    for delivery_id in _due(at):
        moment = at + timedelta(seconds=monotonic() - began)
        letter = _claim(delivery_id, moment)
        if letter is None:
            continue
        state = _note(letter, _sent_out(letter), at)
        counted[state] = counted.get(state, 0) + 1
    return (
        f"发出 {counted[DeliveryState.SENT]} 条，待重试 {counted[DeliveryState.WAITING]} 条，"
        f"没发出 {counted[DeliveryState.FAILED]} 条"
    )


def send_out(letter: Letter) -> Outcome:
    """Send one letter now by the way of its target; no database is asked."""
    way = WAYS.get(letter.target)
    return way(letter, current_app.config["SETTINGS"]) if way else never(NO_WAY)


def _sent_out(letter: Letter) -> Outcome:
    """As ``send_out``; a way that breaks keeps nobody else from being told."""
    try:
        return send_out(letter)
    except Exception as broken:
        log.error("a way out broke", target=letter.target, kind=type(broken).__name__)
        return LOST


def send_again(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """再发一次, of one that failed, was dropped, or of which nobody knows."""
    if delivery.state not in (
        DeliveryState.FAILED,
        DeliveryState.UNSURE,
        DeliveryState.DROPPED,
    ):
        raise Refused(N_("这一条已经发出，或者正在等着发，不用再发。"))
    before = delivery.state
    delivery.state, delivery.attempts, delivery.error = DeliveryState.WAITING, 0, ""
    delivery.made_at = delivery.next_try_at = at
    db.session.flush()
    record(
        "send_again",
        "delivery",
        delivery.id,
        by=by,
        township_id=delivery.township_id,
        before={"state": before},
    )


def _give_up_lost(at: datetime) -> None:
    """What somebody began to send and never noted: nobody knows whether it went."""
    with transaction():
        db.session.execute(
            update(Delivery)
            .where(Delivery.state == DeliveryState.SENDING, Delivery.claimed_until < at)
            .values(state=DeliveryState.UNSURE, error=UNSURE)
        )


def _due(at: datetime) -> list[UUID]:
    found = (
        select(Delivery.id)
        .where(Delivery.state == DeliveryState.WAITING, Delivery.next_try_at <= at)
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(AT_ONCE)
    )
    return list(db.session.scalars(found))


def _claim(delivery_id: UUID, at: datetime) -> Letter | None:
    """Take a delivery for this process, unless it need not, may not or cannot go now."""
    with transaction():
        delivery = db.session.scalar(
            select(Delivery)
            .where(Delivery.id == delivery_id, Delivery.state == DeliveryState.WAITING)
            .options(
                joinedload(Delivery.message).joinedload(Message.person),
                joinedload(Delivery.message).joinedload(Message.route),
            )
        )
        if delivery is None:
            return None
        message = delivery.message
        reason = _why_not(delivery, message, at)
        if reason:
            _settle(delivery_id, DeliveryState.DROPPED, reason)
            return None
        leaves = leaves_at(find_plan(delivery.township_id), at)
        if leaves > at:
            _put_off(delivery_id, leaves)
            return None
        if message.route is not None and _is_busy(message.route, at):
            _put_off(delivery_id, at + A_MINUTE)
            return None
        claimed = db.session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id, Delivery.state == DeliveryState.WAITING)
            .values(
                state=DeliveryState.SENDING,
                claimed_until=at + HOLD_FOR,
                sent_at=at,
                attempts=Delivery.attempts + 1,
            )
        )
        if not claimed.rowcount:  # type: ignore[attr-defined]
            return None
        return letter_of(delivery, message)


def letter_of(delivery: Delivery, message: Message) -> Letter:
    person: User | None = message.person
    route: Route | None = message.route
    text = message.text or f"{message.title}\n{message.link}"
    return Letter(
        delivery.id,
        delivery.target,
        message.title,
        text,
        email=person.email if person else "",
        phone=person.phone if person else "",
        route=route.kind if route else None,
        address=unseal(route.sealed) if route else "",
        gateway=route.gateway if route else "",
    )


def _why_not(delivery: Delivery, message: Message, at: datetime) -> str:
    if at - delivery.made_at > TOO_OLD_AFTER:
        return TOO_OLD
    if message.subjects and not still_open(message.subjects):
        return SETTLED
    if message.route is not None and (not message.route.is_on or message.route.retired_at):
        return SWITCHED_OFF
    return ""


def _is_busy(route: Route, at: datetime) -> bool:
    """Whether a robot got as many messages in the last minute as it takes, from all hosts."""
    found = (
        select(func.count())
        .select_from(Delivery)
        .join(Message, Message.id == Delivery.message_id)
        .where(
            Message.route_id == route.id,
            Delivery.target == ROUTE,
            Delivery.sent_at > at - A_MINUTE,
            or_(
                Delivery.state == DeliveryState.SENDING,
                Delivery.state == DeliveryState.SENT,
                Delivery.state == DeliveryState.UNSURE,
            ),
        )
    )
    return (db.session.scalar(found) or 0) >= route.per_minute


def _note(letter: Letter, outcome: Outcome, at: datetime) -> DeliveryState:
    """What became of a delivery that this process had claimed."""
    with transaction():
        delivery = db.session.get_one(Delivery, letter.delivery_id)
        wait = None if outcome.is_final else wait_before(delivery.attempts, outcome.wait)
        if outcome.is_unsure:
            delivery.state, delivery.error = DeliveryState.UNSURE, outcome.reason
        elif outcome.is_sent:
            delivery.state, delivery.sent_at, delivery.error = DeliveryState.SENT, at, ""
        elif wait is None:
            delivery.state, delivery.error = DeliveryState.FAILED, outcome.reason
        else:
            delivery.state, delivery.error = DeliveryState.WAITING, outcome.reason
            delivery.next_try_at = at + wait
        delivery.claimed_until = None
        return delivery.state


def _settle(delivery_id: UUID, state: DeliveryState, reason: str) -> None:
    db.session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.state == DeliveryState.WAITING)
        .values(state=state, error=reason)
    )


def _put_off(delivery_id: UUID, until: datetime) -> None:
    db.session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.state == DeliveryState.WAITING)
        .values(next_try_at=until)
    )
