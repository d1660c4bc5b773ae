"""What can be done with units and people. Nothing here commits."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from taole.access.permissions import Actor, Role
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, quoted, sentence
from taole.organisation.models import Membership, Unit, User
from taole.organisation.passwords import hash_password, matches
from taole.organisation.queries import find_unit, find_user
from taole.organisation.rules import (
    PARENT_KINDS,
    UnitKind,
    after_failure,
    child_path,
    code_fault,
    is_locked,
    password_fault,
    username_fault,
)
from taole.trail.actions import record


@dataclass(frozen=True)
class SystemActor:
    """The house itself, when the clock or an operator acts."""

    name: str = "系统"
    id: UUID | None = None


SYSTEM = SystemActor()
_EMAIL = re.compile(r"[\w.+-]{1,60}@[\w-]+(\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"[0-9+() \-]{3,40}")


def found_unit(
    *,
    kind: UnitKind,
    code: str,
    name: str,
    parent: Unit | None,
    by: Actor,
    full_name: str = "",
    opened_on: date | None = None,
    closed_on: date | None = None,
    phone: str = "",
    note: str = "",
) -> Unit:
    """Add a unit to the tree; Refused when its code or its place is wrong."""
    fault = code_fault(kind, code)
    if fault is not None:
        raise Refused(fault)
    if find_unit(code) is not None:
        raise Refused(sentence(N_("编码 %(code)s 已经有单位了"), code=code))
    if (parent.kind if parent else None) not in PARENT_KINDS[kind]:
        raise Refused(
            sentence(
                N_("“%(name)s”不能放在“%(parent)s”下面"),
                name=name,
                parent=parent.name if parent else "—",
            )
        )
    if opened_on and closed_on and closed_on <= opened_on:
        raise Refused(sentence(N_("“%(name)s”的撤销日期不晚于设立日期"), name=name))
    unit = Unit(
        code=code,
        name=name,
        full_name=full_name or name,
        kind=kind,
        parent_id=parent.id if parent else None,
        path=child_path(parent.path if parent else "", code),
        opened_on=opened_on,
        closed_on=closed_on,
        phone=phone,
        note=note,
    )
    db.session.add(unit)
    db.session.flush()
    if kind is UnitKind.TOWNSHIP:
        unit.township_id = unit.id
    elif parent is not None:
        unit.township_id = parent.township_id
    record(
        "found_unit",
        "unit",
        unit.id,
        by=by,
        township_id=unit.township_id,
        after={"code": code, "name": name, "kind": kind},
    )
    return unit


def close_unit(unit: Unit, *, on: date, by: Actor) -> None:
    """A unit ceases to be; it owes nothing that reaches beyond that day."""
    if unit.opened_on and on <= unit.opened_on:
        raise Refused(sentence(N_("“%(name)s”的撤销日期不晚于设立日期"), name=unit.name))
    before, unit.closed_on = unit.closed_on, on
    record(
        "close_unit",
        "unit",
        unit.id,
        by=by,
        township_id=unit.township_id,
        before={"closed_on": before},
        after={"closed_on": on},
    )


def change_phone(unit: Unit, phone: str, *, by: Actor) -> None:
    """The phone that a unit's sheets carry for questions and complaints (监督电话)."""
    told = " ".join(phone.split())
    if told and not _PHONE.fullmatch(told):
        raise Refused(
            sentence(N_("“%(phone)s”不像电话号码：请填如 0952-8011132。"), phone=quoted(told))
        )
    before, unit.phone = unit.phone, told
    record(
        "change_phone",
        "unit",
        unit.id,
        by=by,
        township_id=unit.township_id,
        before={"phone": before},
        after={"phone": told},
    )


def change_email(user: User, email: str, *, by: Actor) -> None:
    """Where a person is told by mail beside the inbox; empty for nowhere."""
    told = email.strip()
    if told and not _EMAIL.fullmatch(told):
        raise Refused(
            sentence(N_("“%(email)s”不像邮箱：请填如 name@example.com。"), email=quoted(told, 40))
        )
    before, user.email = user.email, told
    db.session.flush()
    record(
        "change_email",
        "person",
        user.id,
        by=by,
        township_id=None,
        before={"has_email": bool(before)},
        after={"has_email": bool(told)},
    )


def add_user(
    username: str, name: str, *, by: Actor, password: str | None = None, phone: str = ""
) -> tuple[User, str]:
    """A new account with a first password, to be changed at the first sign-in."""
    fault = username_fault(username)
    if fault is not None:
        raise Refused(fault)
    if find_user(username) is not None:
        raise Refused(sentence(N_("账号“%(username)s”已经有人用了"), username=username))
    first = password or secrets.token_urlsafe(9)
    user = User(
        username=username,
        name=name,
        phone=phone,
        password_hash=hash_password(first),
        session_key=secrets.token_hex(16),
        created_at=now(),
    )
    db.session.add(user)
    db.session.flush()
    record(
        "add_user",
        "person",
        user.id,
        by=by,
        township_id=None,
        after={"username": username, "name": name},
    )
    return user, first


def give_role(
    user: User,
    role: Role,
    unit: Unit,
    *,
    from_on: date,
    by: Actor,
    until_on: date | None = None,
    stands_in_for: User | None = None,
) -> Membership:
    """Let ``user`` hold ``role`` on ``unit``; a stand-in needs the day on which it ends."""
    if stands_in_for is not None and until_on is None:
        raise Refused(N_("请填写代班到哪一天"))
    if until_on is not None and until_on <= from_on:
        raise Refused(N_("结束日期要晚于开始日期"))
    if stands_in_for is not None and not any(
        held.role == role and held.unit_id == unit.id for held in stands_in_for.memberships
    ):
        raise Refused(sentence(N_("%(name)s没有这个岗位，不能代班"), name=stands_in_for.name))
    held = Membership(
        user=user,
        role=role,
        unit=unit,
        from_on=from_on,
        until_on=until_on,
        stands_in_for_id=stands_in_for.id if stands_in_for else None,
    )
    db.session.add(held)
    db.session.flush()
    record(
        "give_role",
        "person",
        user.id,
        by=by,
        township_id=unit.township_id,
        after={
            "role": role,
            "unit": unit.code,
            "from": from_on,
            "until": until_on,
            "stands_in_for": stands_in_for.name if stands_in_for else None,
        },
    )
    return held


def end_sessions(user: User) -> None:
    """Every session of a user ends, also one whose cookie somebody copied."""
    user.session_key = secrets.token_hex(16)


def retire(user: User, *, on: date, by: Actor) -> None:
    """Somebody leaves: roles end, sessions end, everything they did stays under their name."""
    user.retired_on = on
    end_sessions(user)
    for held in user.memberships:
        if held.until_on is None or held.until_on > on:
            held.until_on = on
    record("retire", "person", user.id, by=by, township_id=None, after={"retired_on": on})


def sign_in(username: str, password: str, *, at: datetime) -> User:
    """The user, or Refused with the same sentence for an unknown account and a wrong password."""
    wrong = sentence(N_("账号或密码不对，请再试一次"))
    user = find_user(username)
    if user is None or user.retired_on is not None:
        matches(None, password)
        raise Refused(wrong)
    if is_locked(user.locked_until, at):
        raise Refused(N_("连续输错太多次，账号已暂停登录，请 15 分钟后再试或找管理员"))
    if not matches(user.password_hash, password):
        user.failures, user.locked_until = after_failure(user.failures, at)
        if user.locked_until is not None:
            record(
                "lock",
                "person",
                user.id,
                by=SYSTEM,
                township_id=None,
                after={"until": user.locked_until},
            )
        raise Refused(wrong)
    user.failures, user.locked_until = 0, None
    return user


def change_password(user: User, old: str, new: str, *, by: Actor) -> None:
    if not matches(user.password_hash, old):
        raise Refused(N_("原密码不对"))
    if old == new:
        raise Refused(N_("新密码和原密码一样，请换一个"))
    fault = password_fault(new, user.username)
    if fault is not None:
        raise Refused(fault)
    user.password_hash = hash_password(new)
    user.must_change_password = False
    end_sessions(user)
    record("change_password", "person", user.id, by=by, township_id=None)


def reset_password(user: User, *, by: Actor) -> str:
    """A new first password, told once to the administrator; all sessions of the user end."""
    first = secrets.token_urlsafe(9)
    user.password_hash = hash_password(first)
    user.must_change_password = True
    user.failures, user.locked_until = 0, None
    end_sessions(user)
    record("reset_password", "person", user.id, by=by, township_id=None)
    return first
