"""Units of the tree, users, and the roles they hold on units."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.access.permissions import Grant, Role
from taole.core.clock import today
from taole.core.database import Model, PathText
from taole.core.ids import new_id
from taole.organisation.rules import UnitKind, is_open
from taole.privacy.screened import ScreenedText


class Unit(Model):
    """A region, prefecture, county, township, village, community, or an office of a township.

    ``path`` is the codes from the top, each followed by "/": the tree as a prefix.
    ``township_id`` is the township it belongs to (itself for a township; empty above).
    """

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(ScreenedText(60))
    full_name: Mapped[str] = mapped_column(ScreenedText(120), default="")
    kind: Mapped[UnitKind]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(PathText, unique=True)
    township_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    phone: Mapped[str] = mapped_column(ScreenedText(40), default="")
    note: Mapped[str] = mapped_column(ScreenedText(200), default="")

    parent: Mapped[Unit | None] = relationship(
        remote_side=[id], foreign_keys=[parent_id], viewonly=True
    )

    def is_open_on(self, day: date) -> bool:
        return is_open(self.opened_on, self.closed_on, day)


class User(UserMixin, Model):
    """A person with an account. Who leaves is retired, never deleted."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(ScreenedText(40), unique=True)
    name: Mapped[str] = mapped_column(ScreenedText(40))
    phone: Mapped[str] = mapped_column(ScreenedText(40), default="")
    email: Mapped[str] = mapped_column(ScreenedText(120), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    session_key: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    retired_on: Mapped[date | None]

    memberships: Mapped[list[Membership]] = relationship(
        lazy="selectin",
        foreign_keys="Membership.user_id",
        back_populates="user",
        order_by="Membership.from_on",
    )

    def get_id(self) -> str:
        """What the session remembers: changes with the password, so that old sessions end."""
        return f"{self.id}:{self.session_key}"

    @property
    def current(self) -> list[Membership]:
        """The roles held today, stand-ins included."""
        day = today()
        return [held for held in self.memberships if is_open(held.from_on, held.until_on, day)]

    @property
    def grants(self) -> tuple[Grant, ...]:
        return tuple(Grant(held.role, held.unit.path) for held in self.current)


class Membership(Model):
    """A role on a unit from a day until another (excluded); perhaps standing in for somebody."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_unit_role", "unit_id", "role"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    stands_in_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id], back_populates="memberships")
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    @property
    def path(self) -> str:
        return self.unit.path
