"""What can be asked about units and people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from taole.access.permissions import Role
from taole.core.database import db, under
from taole.core.errors import NotFound
from taole.organisation.models import Membership, Unit, User
from taole.organisation.rules import GRASSROOTS, UnitKind


def get_unit(code: str) -> Unit:
    """The unit with this division code; NotFound when there is none."""
    unit = find_unit(code)
    if unit is None:
        raise NotFound(code)
    return unit


def find_unit(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code))


def get_unit_by_id(unit_id: UUID) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound(unit_id)
    return unit


def list_units() -> list[Unit]:
    """The whole tree, parents before children."""
    return list(db.session.scalars(select(Unit).order_by(Unit.path)))


def list_townships(paths: Sequence[str] | str | None = None) -> list[Unit]:
    found = select(Unit).where(Unit.kind == UnitKind.TOWNSHIP).order_by(Unit.path)
    if paths is not None:
        found = found.where(under(Unit.path, paths))
    return list(db.session.scalars(found))


def find_only_township() -> Unit | None:
    """The instance's only township, or None when there is none or more than one."""
    found = list(db.session.scalars(select(Unit).where(Unit.kind == UnitKind.TOWNSHIP).limit(2)))
    return found[0] if len(found) == 1 else None


def list_children(unit: Unit) -> list[Unit]:
    return list(
        db.session.scalars(select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.path))
    )


def list_grassroots(township_id: UUID, on: date | None = None) -> list[Unit]:
    """The villages and communities of a township (those open on a day), in order of code."""
    found = (
        select(Unit)
        .where(Unit.township_id == township_id, Unit.kind.in_(GRASSROOTS))
        .order_by(Unit.kind.desc(), Unit.path)
    )
    if on is not None:
        found = found.where(
            or_(Unit.opened_on.is_(None), Unit.opened_on <= on),
            or_(Unit.closed_on.is_(None), Unit.closed_on > on),
        )
    return list(db.session.scalars(found))


def list_units_of_township(township_id: UUID) -> list[Unit]:
    """Township, offices, villages and communities."""
    return list(
        db.session.scalars(select(Unit).where(Unit.township_id == township_id).order_by(Unit.path))
    )


def get_township_of(unit: Unit) -> Unit:
    """The township a unit belongs to; NotFound above the townships."""
    if unit.township_id is None:
        raise NotFound(unit.code)
    return get_unit_by_id(unit.township_id)


def find_user(username: str) -> User | None:
    return db.session.scalar(select(User).where(User.username == username))


def get_user(user_id: UUID) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound(user_id)
    return user


def list_people(paths: Sequence[str] | str) -> list[User]:
    """Everybody who holds or held a role within these subtrees."""
    found = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(under(Unit.path, paths))
        .distinct()
        .order_by(User.username)
    )
    return list(db.session.scalars(found))


def find_holder(unit_id: UUID, role: Role, on: date) -> User | None:
    """Who holds a role on a unit on a day; a stand-in before the one stood in for."""
    found = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.unit_id == unit_id,
            Membership.role == role,
            Membership.from_on <= on,
            or_(Membership.until_on.is_(None), Membership.until_on > on),
            User.retired_on.is_(None),
        )
        .order_by(Membership.stands_in_for_id.is_(None), Membership.from_on.desc())
        .limit(1)
    )
    return db.session.scalar(found)
