"""Messages, the ways they go out, and what was reminded of."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from taole.core.database import Model
from taole.core.ids import new_id
from taole.core.words import N_
from taole.organisation.models import Unit, User
from taole.privacy.screened import ScreenedJson, ScreenedText


class MessageKind(StrEnum):
    DIGEST = auto()
    RETURNED = auto()
    ROUND = auto()
    BRIEF = auto()
    SUMMARY = auto()
    SYSTEM = auto()


class RouteKind(StrEnum):
    """A group robot, or any receiver of JSON."""

    WECOM = N_("企业微信群机器人")
    DINGTALK = N_("钉钉群机器人")
    FEISHU = N_("飞书群机器人")
    WEBHOOK = N_("网络接口（JSON）")


class DeliveryState(StrEnum):
    """UNSURE: the process died while sending; it is not sent again by itself."""

    WAITING = auto()
    SENDING = auto()
    SENT = auto()
    FAILED = auto()
    UNSURE = auto()
    DROPPED = auto()


class Message(Model):
    """What one person (or one group, by its route) is told; ``key`` names it once for them.

    ``lines`` are the sentences as plain JSON (see ``lines.py``), ``text`` the whole as it can be
    copied into a chat. ``subjects`` name what it is about: when all are settled it need not go out.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        UniqueConstraint("route_id", "key"),
        Index("ix_message_township_day", "township_id", "day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    route_id: Mapped[UUID | None] = mapped_column(ForeignKey("route.id"))
    kind: Mapped[MessageKind]
    key: Mapped[str] = mapped_column(String(120))
    day: Mapped[date]
    title: Mapped[str] = mapped_column(ScreenedText(200))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(ScreenedJson, default=list)
    text: Mapped[str] = mapped_column(ScreenedText(), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    subjects: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    person: Mapped[User | None] = relationship()
    route: Mapped[Route | None] = relationship()
    deliveries: Mapped[list[Delivery]] = relationship(back_populates="message")


class Route(Model):
    """A group robot or webhook of a township; its address holds a secret and lies sealed.

    ``gateway``: another host through which the robot's service is reached (a government network's
    way out), empty for its own.
    """

    __tablename__ = "route"
    __table_args__ = (Index("ix_route_township", "township_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[RouteKind]
    name: Mapped[str] = mapped_column(ScreenedText(60))
    sealed: Mapped[str] = mapped_column(Text)
    gateway: Mapped[str] = mapped_column(String(200), default="")
    per_minute: Mapped[int] = mapped_column(default=18)
    is_on: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    township: Mapped[Unit] = relationship()

    @property
    def path(self) -> str:
        return self.township.path


class Delivery(Model):
    """One message on one way out (``target``: "email", "sms", or "route"); what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("message_id", "target"),
        Index("ix_delivery_state", "state", "next_try_at"),
        Index("ix_delivery_township", "township_id", "made_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"))
    target: Mapped[str] = mapped_column(String(20))
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(120), default="")

    message: Mapped[Message] = relationship(back_populates="deliveries")
    township: Mapped[Unit] = relationship()

    @property
    def path(self) -> str:
        return self.township.path


class Reminder(Model):
    """That a person was reminded of a subject at a step of the plan: once, and it is history."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("subject", "step", "person_id"),
        Index("ix_reminder_subject", "subject"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    township_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    subject: Mapped[str] = mapped_column(String(80))
    step: Mapped[str] = mapped_column(String(24))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"))
    told_at: Mapped[datetime]
    by_name: Mapped[str] = mapped_column(String(60), default="")

    person: Mapped[User] = relationship()
