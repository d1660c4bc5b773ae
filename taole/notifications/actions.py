"""Telling a person or a group, once for each key. Nothing here sends or commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from taole.access.permissions import Actor
from taole.core.clock import SHANGHAI, local
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.notifications.lines import Line, as_json
from taole.notifications.models import Delivery, Message, MessageKind, Reminder, Route
from taole.notifications.plan import Plan
from taole.notifications.queries import find_message
from taole.notifications.settings import find_plan
from taole.notifications.sources import still_open
from taole.notifications.ways import ROUTE, targets_of
from taole.organisation.models import Unit, User
from taole.trail.actions import record

BY_HAND = "hand-"


def tell(
    person: User,
    *,
    township: Unit,
    kind: MessageKind,
    key: str,
    title: Sentence,
    lines: Sequence[Line] = (),
    link: str = "",
    text: str = "",
    day: date,
    at: datetime,
) -> Message | None:
    """A message in a person's inbox, and by e-mail where they have an address; None when they
    have one of this key already.
    """
    if find_message(person.id, key) is not None:
        return None
    message = Message(
        township_id=township.id,
        person_id=person.id,
        kind=kind,
        key=key,
        day=day,
        title=str(title),
        lines=[as_json(line) for line in lines],
        text=text,
        link=link,
        subjects=sorted({line.subject for line in lines}),
        created_at=at,
    )
    db.session.add(message)
    db.session.flush()
    for target in targets_of(person.email, person.phone):
        _deliver(message, target, at)
    return message


def tell_group(
    township: Unit,
    *,
    kind: MessageKind,
    key: str,
    title: Sentence,
    text: str,
    link: str,
    day: date,
    at: datetime,
) -> list[Message]:
    """One message for each group robot and webhook of the township that is on."""
    routes = db.session.scalars(
        select(Route)
        .where(Route.township_id == township.id, Route.is_on.is_(True), Route.retired_at.is_(None))
        .order_by(Route.made_at, Route.id)
    ).all()
    known = set(
        db.session.scalars(
            select(Message.route_id).where(
                Message.key == key, Message.route_id.in_([route.id for route in routes])
            )
        )
    )
    return [
        tell_route(
            route,
            township=township,
            kind=kind,
            key=key,
            title=title,
            text=text,
            link=link,
            day=day,
            at=at,
        )
        for route in routes
        if route.id not in known
    ]


def tell_route(
    route: Route,
    *,
    township: Unit,
    key: str,
    title: Sentence,
    text: str,
    day: date,
    at: datetime,
    kind: MessageKind = MessageKind.SYSTEM,
    link: str = "",
) -> Message:
    """One message for one group robot or webhook."""
    message = Message(
        township_id=township.id,
        route_id=route.id,
        kind=kind,
        key=key,
        day=day,
        title=str(title),
        text=text,
        link=link,
        lines=[],
        subjects=[],
        created_at=at,
    )
    db.session.add(message)
    db.session.flush()
    _deliver(message, ROUTE, at)
    return message


def remind_now(
    line: Line, *, township: Unit, people: Sequence[User], by: Actor, at: datetime
) -> list[Message]:
    """再提醒一次, from a card: each of these people, at most once a day for one subject.

    Refused when the matter is settled, when nobody is there to be told, and when they all were
    told by hand today.
    """
    day = local(at).date()
    if line.subject not in still_open([line.subject]):
        raise Refused(N_("这件事已经办好了，不用再提醒：请刷新页面看看。"))
    if not people:
        raise Refused(N_("这个单位现在没有人负责，没法提醒：请先在“人员与村”里设好岗位。"))
    step = f"{BY_HAND}{day.isoformat()}"
    told = set(
        db.session.scalars(
            select(Reminder.person_id).where(
                Reminder.subject == line.subject, Reminder.step == step
            )
        )
    )
    messages = []
    for person in people:
        if person.id in told:
            continue
        message = tell(
            person,
            township=township,
            kind=MessageKind.DIGEST,
            key=f"by-hand:{line.subject}:{day.isoformat()}",
            title=line.text,
            lines=[line],
            link=line.path,
            text=str(line.text),
            day=day,
            at=at,
        )
        if message is None:
            continue
        note_told(line, person, message, step=step, at=at, by_name=by.name)
        messages.append(message)
    if not messages:
        raise Refused(
            sentence(
                N_("今天已经提醒过%(names)s了，再急请打电话。"),
                names="、".join(person.name for person in people),
            )
        )
    record(
        "remind",
        "message",
        messages[0].id,
        by=by,
        township_id=township.id,
        after={"subject": line.subject, "people": [each.person_id for each in messages]},
    )
    return messages


def note_told(
    line: Line, person: User, message: Message, *, step: str, at: datetime, by_name: str = ""
) -> None:
    """Write down that a person was told of a subject at a step; the fence against a second time."""
    db.session.add(
        Reminder(
            township_id=message.township_id,
            subject=line.subject,
            step=step,
            person_id=person.id,
            message_id=message.id,
            told_at=at,
            by_name=by_name,
        )
    )


def mark_all_read(person: User, *, at: datetime) -> int:
    """Mark everything in a person's inbox as read; how many were not."""
    unread = db.session.scalars(
        select(Message).where(Message.person_id == person.id, Message.read_at.is_(None))
    ).all()
    for message in unread:
        message.read_at = at
    db.session.flush()
    return len(unread)


def count_told_by_hand(subject: str) -> int:
    found = select(func.count()).where(
        Reminder.subject == subject, Reminder.step.startswith(BY_HAND, autoescape=True)
    )
    return db.session.scalar(found) or 0


def leaves_at(plan: Plan, at: datetime) -> datetime:
    """The moment from which a message of ``at`` may leave the house: after the quiet hours."""
    here = local(at)
    if not plan.is_quiet(here.time()):
        return at
    opens = datetime.combine(here.date(), plan.quiet_until, SHANGHAI)
    return (opens if opens > here else opens + timedelta(days=1)).astimezone(UTC)


def _deliver(message: Message, target: str, at: datetime) -> None:
    db.session.add(
        Delivery(
            township_id=message.township_id,
            message_id=message.id,
            target=target,
            made_at=at,
            next_try_at=leaves_at(find_plan(message.township_id), at),
        )
    )
    db.session.flush()
