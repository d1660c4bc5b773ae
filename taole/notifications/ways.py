"""The ways out of the house, by the target of a delivery; another one is registered, not built in.

SMS is left to whoever has a contract with a carrier: a package of theirs calls
``register_way("sms", send)`` when the application starts. ``send`` takes a ``Letter`` (with its
``phone``) and the ``Settings`` and answers with an ``Outcome``. From then on everybody with a
telephone number is told that way too, once for each message as by every other.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from taole.notifications.mail import send_mail
from taole.notifications.models import RouteKind
from taole.notifications.outcomes import NO_ADDRESS, NO_MAIL_SERVER, Outcome, never
from taole.settings import Settings

EMAIL, ROUTE, SMS = "email", "route", "sms"


@dataclass(frozen=True)
class Letter:
    """Everything that sending needs, read before the transaction ends."""

    delivery_id: UUID
    target: str
    title: str
    text: str
    email: str = ""
    phone: str = ""
    route: RouteKind | None = None
    address: str = ""
    gateway: str = ""


Way = Callable[[Letter, Settings], Outcome]


def by_mail(letter: Letter, settings: Settings) -> Outcome:
    if settings.smtp is None:
        return never(NO_MAIL_SERVER)
    if not letter.email:
        return never(NO_ADDRESS)
    return send_mail(
        settings.smtp,
        to=letter.email,
        subject=letter.title,
        body=letter.text,
        message_id=str(letter.delivery_id),
    )


def by_route(letter: Letter, settings: Settings) -> Outcome:
    # Apprise is slow to load, and only who sends to a robot needs it
    from taole.notifications.robots import send_by_robot

    return send_by_robot(
        letter.route or RouteKind.WEBHOOK,
        json.loads(letter.address),
        title=letter.title,
        text=letter.text,
        gateway=letter.gateway,
        allowed_hosts=settings.webhook_hosts,
    )


WAYS: dict[str, Way] = {EMAIL: by_mail, ROUTE: by_route}


def register_way(target: str, way: Way) -> None:
    """Another way out, for all that is told from now on."""
    WAYS[target] = way


def targets_of(email: str, phone: str) -> list[str]:
    """The ways by which a person can be told beside the inbox."""
    return [
        target for target, address in ((EMAIL, email), (SMS, phone)) if address and target in WAYS
    ]
