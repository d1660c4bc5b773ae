"""A township's group robots and webhooks: added, switched off, tried. Nothing here commits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from taole.access.permissions import Actor
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.sealing import seal, unseal
from taole.core.words import N_
from taole.notifications.models import Delivery, DeliveryState, Message, Route, RouteKind
from taole.notifications.robot_addresses import hint_of, read_address, read_gateway
from taole.organisation.models import Unit
from taole.trail.actions import record

MOST_A_MINUTE = 20
"""What the robots of 企业微信 and 钉钉 take in a minute."""


@dataclass(frozen=True)
class RouteShown:
    """A route with the last signs of its address and how its latest delivery went."""

    route: Route
    hint: str
    latest: Delivery | None


def add_route(
    township: Unit,
    *,
    kind: RouteKind,
    name: str,
    address: str,
    secret: str = "",
    gateway: str = "",
    per_minute: int = 18,
    by: Actor,
    at: datetime,
) -> Route:
    """A new route; its address is sealed. Refused, in words, for what is no such address."""
    if not name.strip():
        raise Refused(N_("请写这个群的名字，如“陶乐镇村务公开工作群”。"))
    if not 1 <= per_minute <= MOST_A_MINUTE:
        raise Refused(N_("每分钟请填 1 到 20 条：群机器人一分钟最多收 20 条。"))
    kept = read_address(kind, address, secret)
    # Apprise is slow to load, and only who adds a robot or sends to one needs it
    from taole.notifications.robots import check_robot

    check_robot(kind, json.loads(kept))
    route = Route(
        township_id=township.id,
        kind=kind,
        name=name.strip()[:60],
        sealed=seal(kept),
        gateway=read_gateway(gateway),
        per_minute=per_minute,
        made_at=at,
    )
    db.session.add(route)
    db.session.flush()
    record(
        "add_route",
        "route",
        route.id,
        by=by,
        township_id=township.id,
        after={"kind": kind, "name": route.name, "per_minute": per_minute},
    )
    return route


def switch_route(route: Route, *, is_on: bool, by: Actor) -> None:
    before = route.is_on
    route.is_on = is_on
    db.session.flush()
    record(
        "switch_route",
        "route",
        route.id,
        by=by,
        township_id=route.township_id,
        before={"is_on": before},
        after={"is_on": is_on},
    )


def get_route(route_id: UUID) -> Route:
    route = db.session.get(Route, route_id)
    if route is None or route.retired_at is not None:
        raise NotFound(route_id)
    return route


def get_delivery(delivery_id: UUID) -> Delivery:
    delivery = db.session.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound(delivery_id)
    return delivery


def list_routes(township_id: UUID) -> Sequence[RouteShown]:
    """The routes of a township, each with its latest delivery: three statements."""
    routes = db.session.scalars(
        select(Route)
        .where(Route.township_id == township_id, Route.retired_at.is_(None))
        .order_by(Route.made_at, Route.id)
    ).all()
    newest = (
        select(Message.route_id, func.max(Delivery.made_at).label("made_at"))
        .join(Message, Message.id == Delivery.message_id)
        .where(Message.route_id.in_([route.id for route in routes]))
        .group_by(Message.route_id)
        .subquery()
    )
    latest = {
        delivery.message.route_id: delivery
        for delivery in db.session.scalars(
            select(Delivery)
            .join(Delivery.message)
            .join(
                newest,
                and_(newest.c.route_id == Message.route_id, newest.c.made_at == Delivery.made_at),
            )
            .options(contains_eager(Delivery.message))
        )
    }
    return [
        RouteShown(route, hint_of(json.loads(unseal(route.sealed))), latest.get(route.id))
        for route in routes
    ]


def select_deliveries(township_id: UUID, *, only_troubled: bool = False) -> Select[Delivery]:
    """What went out of a township, the latest first, with message, person and route."""
    found = (
        select(Delivery)
        .where(Delivery.township_id == township_id)
        .options(
            joinedload(Delivery.message).joinedload(Message.person),
            joinedload(Delivery.message).joinedload(Message.route),
        )
        .order_by(Delivery.made_at.desc(), Delivery.id.desc())
    )
    if only_troubled:
        found = found.where(Delivery.state.in_(TROUBLED))
    return found


TROUBLED = (DeliveryState.FAILED, DeliveryState.UNSURE)


def count_failures(township_id: UUID, since: datetime) -> int:
    """How many deliveries failed, or may have, since a moment."""
    found = (
        select(func.count())
        .select_from(Delivery)
        .where(
            Delivery.township_id == township_id,
            Delivery.state.in_(TROUBLED),
            Delivery.made_at >= since,
        )
    )
    return db.session.scalar(found) or 0
