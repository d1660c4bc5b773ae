"""Who fills which post: newcomers, moves, stand-ins, leaving. Nothing here commits."""

from __future__ import annotations

from datetime import date

from taole.access.permissions import ROLE_LABELS, Actor, Role
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.organisation.actions import add_user, give_role, retire
from taole.organisation.models import Membership, Unit, User
from taole.organisation.rules import UNIT_KIND_LABELS, fits
from taole.trail.actions import record


def engage(
    username: str,
    name: str,
    role: Role,
    unit: Unit,
    *,
    from_on: date,
    by: Actor,
    until_on: date | None = None,
    phone: str = "",
) -> tuple[User, str]:
    """A newcomer with a first role; gives the account and its first password, told once."""
    user, password = add_user(username, name, by=by, phone=phone)
    appoint(user, role, unit, from_on=from_on, until_on=until_on, by=by)
    return user, password


def appoint(
    user: User, role: Role, unit: Unit, *, from_on: date, by: Actor, until_on: date | None = None
) -> Membership:
    """One more role; Refused when it does not fit the unit, or is held already."""
    if user.retired_on is not None:
        raise Refused(
            sentence(N_("%(name)s已经离岗，不能再给岗位；请另开一个账号"), name=user.name)
        )
    if not fits(role, unit.kind):
        raise Refused(
            sentence(
                N_("“%(role)s”这个岗位不能设在%(kind)s“%(unit)s”上，请另选单位"),
                role=sentence(ROLE_LABELS[role]),
                kind=sentence(UNIT_KIND_LABELS[unit.kind]),
                unit=unit.name,
            )
        )
    for held in user.memberships:
        is_same = held.role == role and held.unit_id == unit.id and held.stands_in_for_id is None
        if is_same and (held.until_on is None or held.until_on > from_on):
            raise Refused(
                sentence(
                    N_("%(name)s已经是“%(unit)s”的%(role)s"),
                    name=user.name,
                    unit=unit.name,
                    role=sentence(ROLE_LABELS[role]),
                )
            )
    return give_role(user, role, unit, from_on=from_on, until_on=until_on, by=by)


def stand_in(
    held: Membership, colleague: User, *, from_on: date, until_on: date, by: Actor
) -> Membership:
    """Let a colleague do the work of this post until a day (excluded)."""
    if colleague.id == held.user_id:
        raise Refused(N_("不能给自己代班，请另选一位同事"))
    if colleague.retired_on is not None:
        raise Refused(sentence(N_("%(name)s已经离岗，请另选一位同事"), name=colleague.name))
    return give_role(
        colleague,
        held.role,
        held.unit,
        from_on=from_on,
        until_on=until_on,
        stands_in_for=held.user,
        by=by,
    )


def end_role(held: Membership, *, on: date, by: Actor) -> None:
    """The role ends on that day (excluded); the person may go on with others."""
    if held.until_on is not None and held.until_on <= on:
        raise Refused(N_("这个岗位在那天之前就结束了"))
    if on < held.from_on:
        raise Refused(N_("结束日期要晚于开始日期"))
    before, held.until_on = held.until_on, on
    record(
        "end_role",
        "person",
        held.user_id,
        by=by,
        township_id=held.unit.township_id,
        before={"until": before},
        after={"role": held.role, "unit": held.unit.code, "until": on},
    )


def dismiss(user: User, *, on: date, by: Actor, today: date) -> None:
    """Somebody leaves for good: never oneself, never twice, never on a day yet to come."""
    if user.id == by.id:
        raise Refused(N_("不能停用自己的账号，请另一位管理员来办"))
    if user.retired_on is not None:
        raise Refused(sentence(N_("%(name)s已经离岗了"), name=user.name))
    if on > today:
        raise Refused(N_("离岗日期还没到：请到那天再办，或者先给岗位填结束日期"))
    retire(user, on=on, by=by)
