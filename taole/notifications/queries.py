"""Who is to be told, and what they were told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from taole.access.permissions import Role
from taole.core.database import db
from taole.core.errors import NotFound
from taole.notifications.lines import Audience
from taole.notifications.models import Message, Reminder
from taole.organisation.models import Membership, Unit, User

ROLES = {
    Audience.SECRETARY: Role.SECRETARY,
    Audience.HEAD: Role.HEAD,
    Audience.CONTRIBUTOR: Role.CONTRIBUTOR,
    Audience.CLERK: Role.CLERK,
    Audience.LEADER: Role.LEADER,
}
_NAMED_AT_ONCE = 500


def list_people(unit_ids: Collection[UUID], audience: Audience, on: date) -> dict[UUID, list[User]]:
    """Who holds the audience's post on each unit on a day, stand-ins included, by unit.

    For CLERK and LEADER give the township's id. Who has left is told nothing.
    """
    found = (
        select(Membership.unit_id, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.unit_id.in_(unit_ids),
            Membership.role == ROLES[audience],
            Membership.from_on <= on,
            or_(Membership.until_on.is_(None), Membership.until_on > on),
            or_(User.retired_on.is_(None), User.retired_on > on),
        )
        .order_by(Membership.from_on, User.username)
    )
    people: dict[UUID, list[User]] = {}
    for unit_id, user in db.session.execute(found).unique():
        held = people.setdefault(unit_id, [])
        if user not in held:
            held.append(user)
    return people


def list_holders(township_id: UUID, on: date) -> dict[tuple[Role, UUID], list[UUID]]:
    """The ids of all who hold a post in a township on a day, by (role, unit): one statement."""
    found = (
        select(Membership.role, Membership.unit_id, Membership.user_id)
        .join(Unit, Unit.id == Membership.unit_id)
        .join(User, User.id == Membership.user_id)
        .where(
            Unit.township_id == township_id,
            Membership.from_on <= on,
            or_(Membership.until_on.is_(None), Membership.until_on > on),
            or_(User.retired_on.is_(None), User.retired_on > on),
        )
        .order_by(Membership.from_on, User.username)
    )
    holders: dict[tuple[Role, UUID], list[UUID]] = {}
    for role, unit_id, user_id in db.session.execute(found):
        held = holders.setdefault((role, unit_id), [])
        if user_id not in held:
            held.append(user_id)
    return holders


def list_told(subjects: Collection[str]) -> set[tuple[str, str, UUID]]:
    """Which person was told of which subject at which step, of these subjects."""
    told: set[tuple[str, str, UUID]] = set()
    named = sorted(subjects)
    for start in range(0, len(named), _NAMED_AT_ONCE):
        found = select(Reminder.subject, Reminder.step, Reminder.person_id).where(
            Reminder.subject.in_(named[start : start + _NAMED_AT_ONCE])
        )
        told.update((row[0], row[1], row[2]) for row in db.session.execute(found))
    return told


def list_reminders(subject: str) -> list[Reminder]:
    """Every reminder of one subject, oldest first, with who was told."""
    found = (
        select(Reminder)
        .where(Reminder.subject == subject)
        .options(joinedload(Reminder.person))
        .order_by(Reminder.told_at, Reminder.id)
    )
    return list(db.session.scalars(found))


def list_persons_with(key: str, person_ids: Iterable[UUID]) -> set[UUID]:
    """Who of these people has a message of this key already."""
    found = select(Message.person_id).where(
        Message.key == key, Message.person_id.in_(list(person_ids))
    )
    return {each for each in db.session.scalars(found) if each is not None}


def find_message(person_id: UUID, key: str) -> Message | None:
    return db.session.scalar(
        select(Message).where(Message.person_id == person_id, Message.key == key)
    )


def get_message(message_id: UUID) -> Message:
    found = db.session.get(Message, message_id)
    if found is None:
        raise NotFound(message_id)
    return found


def select_inbox(person_id: UUID) -> Select[Message]:
    """A person's messages, the latest first."""
    return (
        select(Message)
        .where(Message.person_id == person_id)
        .order_by(Message.created_at.desc(), Message.id.desc())
    )


def count_unread(person_id: UUID) -> int:
    found = select(func.count()).where(Message.person_id == person_id, Message.read_at.is_(None))
    return db.session.scalar(found) or 0
