"""What can be asked about units and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from taole.access.permissions import Role
from taole.core.database import db, in_being, under
from taole.core.errors import NotFound
from taole.organisation.models import Membership, Unit, User
from taole.organisation.rules import GRASSROOTS, UnitKind, clerks_office
from taole.trail.models import INSTANCE, TrailLine

LINES_SHOWN = 100


def get_unit(code: str) -> Unit:
    """The unit with this division code; NotFound when there is none."""
    unit = find_unit(code)
    if unit is None:
        raise NotFound(code)
    return unit


def get_township(code: str) -> Unit:
    """The township with this division code; NotFound for a unit of another kind."""
    unit = get_unit(code)
    if unit.kind is not UnitKind.TOWNSHIP:
        raise NotFound(code)
    return unit


def find_unit(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code))


def get_unit_by_id(unit_id: UUID) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound(unit_id)
    return unit


def list_townships(paths: Sequence[str] | str | None = None) -> list[Unit]:
    found = select(Unit).where(Unit.kind == UnitKind.TOWNSHIP).order_by(Unit.path)
    if paths is not None:
        found = found.where(under(Unit.path, paths))
    return list(db.session.scalars(found))


def list_townships_around(paths: Sequence[str]) -> list[Unit]:
    """The townships within these subtrees, and those that the subtrees lie in."""
    above = {path[: at + 1] for path in paths for at, sign in enumerate(path) if sign == "/"}
    found = (
        select(Unit)
        .where(
            Unit.kind == UnitKind.TOWNSHIP,
            or_(under(Unit.path, paths), Unit.path.in_(sorted(above))),
        )
        .order_by(Unit.path)
    )
    return list(db.session.scalars(found))


def get_unit_at(path: str) -> Unit:
    unit = db.session.scalar(select(Unit).where(Unit.path == path))
    if unit is None:
        raise NotFound(path)
    return unit


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
        found = found.where(in_being(Unit.opened_on, Unit.closed_on, on))
    return list(db.session.scalars(found))


def name_of_clerks_office(township: Unit) -> str:
    """Who speaks for the township in these matters (see ``rules.clerks_office``)."""
    offices = [each.name for each in list_children(township) if each.kind is UnitKind.OFFICE]
    return clerks_office(township.name, offices)


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


def select_units(paths: Sequence[str] | str) -> Select[Any]:
    """The units of these subtrees, parents before children: for a page of them."""
    return select(Unit).where(under(Unit.path, paths)).order_by(Unit.path)


def list_units_under(paths: Sequence[str] | str) -> list[Unit]:
    return list(db.session.scalars(select_units(paths)))


def list_parents(paths: Sequence[str] | str) -> list[Unit]:
    """The units of these subtrees under which others may stand."""
    found = select_units(paths).where(Unit.kind.not_in([*GRASSROOTS, UnitKind.OFFICE]))
    return list(db.session.scalars(found))


@dataclass(frozen=True)
class Holding:
    """A role on a unit, with the names that a list shows; ``stands_in_for`` may be empty."""

    id: UUID
    unit_id: UUID
    user_id: UUID
    name: str
    username: str
    retired_on: date | None
    role: Role
    from_on: date
    until_on: date | None
    stands_in_for: str | None

    def is_over(self, on: date) -> bool:
        return self.until_on is not None and self.until_on <= on


def list_holdings(units: Sequence[Unit]) -> list[Holding]:
    """Who holds or held what on these units, the present before the past."""
    absent = aliased(User)
    found = (
        select(
            Membership.id,
            Membership.unit_id,
            User.id,
            User.name,
            User.username,
            User.retired_on,
            Membership.role,
            Membership.from_on,
            Membership.until_on,
            absent.name,
        )
        .join(User, User.id == Membership.user_id)
        .outerjoin(absent, absent.id == Membership.stands_in_for_id)
        .where(Membership.unit_id.in_([unit.id for unit in units]))
        .order_by(Membership.until_on.is_not(None), Membership.role, Membership.from_on.desc())
    )
    return [Holding(*tuple(row)) for row in db.session.execute(found)]


def list_stand_ins(user_id: UUID) -> list[Membership]:
    """The roles in which others stand in, or stood in, for this person."""
    found = (
        select(Membership)
        .where(Membership.stands_in_for_id == user_id)
        .order_by(Membership.from_on.desc())
    )
    return list(db.session.scalars(found))


def get_membership(held_id: UUID) -> Membership:
    held = db.session.get(Membership, held_id)
    if held is None:
        raise NotFound(held_id)
    return held


def list_trail(township: Unit) -> list[TrailLine]:
    """The latest lines about a township and about the accounts of its people, newest first."""
    people = (
        select(Membership.user_id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(under(Unit.path, township.path))
    )
    about_people = and_(TrailLine.township_id == INSTANCE, TrailLine.object_id.in_(people))
    found = (
        select(TrailLine)
        .where(or_(TrailLine.township_id == township.id, about_people))
        .order_by(TrailLine.at.desc(), TrailLine.number.desc())
        .limit(LINES_SHOWN)
    )
    return list(db.session.scalars(found))


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
            in_being(Membership.from_on, Membership.until_on, on),
            User.retired_on.is_(None),
        )
        .order_by(Membership.stands_in_for_id.is_(None), Membership.from_on.desc())
        .limit(1)
    )
    return db.session.scalar(found)
