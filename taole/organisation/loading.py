"""Units and people from a file: read whole, checked whole, then founded, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from taole.access.permissions import Actor, Role
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.organisation.actions import add_user, found_unit
from taole.organisation.models import Unit, User
from taole.organisation.queries import find_unit, find_user
from taole.organisation.rules import UnitKind
from taole.organisation.staffing import appoint


@dataclass(frozen=True)
class UnitEntry:
    """One unit as a file says it; ``where`` names file and row."""

    where: Sentence
    code: str
    name: str
    kind: UnitKind
    parent: str = ""
    full_name: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class PersonEntry:
    """One role of one person; who has two roles has two entries with the same account."""

    where: Sentence
    account: str
    name: str
    role: Role
    unit: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class OrganisationFile:
    """A file as it was read, with what is wrong in its rows."""

    units: tuple[UnitEntry, ...]
    people: tuple[PersonEntry, ...]
    faults: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class NewAccount:
    """A first password, to be handed over once and changed at the first sign-in."""

    account: str
    name: str
    password: str


@dataclass
class Loaded:
    """What loading added; what was there already, and said the same, is counted as known."""

    units: int = 0
    people: int = 0
    roles: int = 0
    known: int = 0
    accounts: list[NewAccount] = field(default_factory=list)


def load_organisation(read: OrganisationFile, *, by: Actor) -> Loaded:
    """Found the units, add the accounts and give the roles of a file.

    Loading the same file again adds nothing. Refused with all faults, each naming file and row:
    what could not be read, a code or a place in the tree that is wrong, a unit or account that is
    already here and says something else. The caller's transaction must then be given up.
    """
    faults, loaded = list(read.faults), Loaded()
    for unit in _parents_first(read.units):
        _try(faults, unit.where, partial(_found, unit, loaded, by))
    for person in read.people:
        _try(faults, person.where, partial(_appoint, person, loaded, by))
    if faults:
        raise Refused(*faults)
    if not read.units and not read.people:
        raise Refused(N_("文件里没有单位，也没有人员：请检查是不是选错了文件。"))
    return loaded


def _try(faults: list[Sentence], where: Sentence, act: Callable[[], None]) -> None:
    try:
        act()
    except Refused as refusal:
        faults.extend(
            sentence(N_("%(where)s：%(message)s"), where=where, message=said)
            for said in refusal.sentences
        )


def _parents_first(units: tuple[UnitEntry, ...]) -> list[UnitEntry]:
    """In the file's order, but each unit after the one that it stands under."""
    by_code = {unit.code: unit for unit in reversed(units)}
    depths: dict[str, int] = {}

    def depth(code: str, seen: frozenset[str]) -> int:
        if code not in by_code or code in seen:
            return 0
        if code not in depths:
            depths[code] = 1 + depth(by_code[code].parent, seen | {code})
        return depths[code]

    return sorted(units, key=lambda unit: depth(unit.code, frozenset()))


def _found(entry: UnitEntry, loaded: Loaded, by: Actor) -> None:
    known = find_unit(entry.code)
    if known is not None:
        _refuse_other(entry, known)
        loaded.known += 1
        return
    parent = find_unit(entry.parent) if entry.parent else None
    if entry.parent and parent is None:
        raise Refused(
            sentence(
                N_("上级编码 %(code)s 没有这个单位：请先写上它，或改正编码。"), code=entry.parent
            )
        )
    found_unit(
        kind=entry.kind,
        code=entry.code,
        name=entry.name,
        parent=parent,
        full_name=entry.full_name,
        opened_on=entry.opened_on,
        closed_on=entry.closed_on,
        phone=entry.phone,
        note=entry.note,
        by=by,
    )
    loaded.units += 1


def _refuse_other(entry: UnitEntry, known: Unit) -> None:
    parent = known.parent.code if known.parent else ""
    here = (known.name, known.kind, parent, known.opened_on, known.closed_on)
    if here != (entry.name, entry.kind, entry.parent, entry.opened_on, entry.closed_on):
        raise Refused(
            sentence(
                N_(
                    "编码 %(code)s 已有“%(name)s”，名称、类型、上级或日期与文件不同："
                    "请改成一致，或删去这一行。"
                ),
                code=entry.code,
                name=known.name,
            )
        )


def _appoint(entry: PersonEntry, loaded: Loaded, by: Actor) -> None:
    unit = find_unit(entry.unit)
    if unit is None:
        raise Refused(sentence(N_("单位编码 %(code)s 没有这个单位：请核对编码。"), code=entry.unit))
    user = find_user(entry.account)
    if user is None:
        user, password = add_user(entry.account, entry.name, by=by)
        loaded.people += 1
        loaded.accounts.append(NewAccount(entry.account, entry.name, password))
    elif user.name != entry.name or user.retired_on is not None:
        raise Refused(
            sentence(
                N_("账号“%(account)s”是%(name)s的：请换一个账号，或把姓名写成一致。"),
                account=entry.account,
                name=user.name,
            )
        )
    if _holds(user, entry, unit):
        loaded.known += 1
        return
    appoint(user, entry.role, unit, from_on=entry.from_on, until_on=entry.until_on, by=by)
    loaded.roles += 1


def _holds(user: User, entry: PersonEntry, unit: Unit) -> bool:
    return any(
        (held.role, held.unit_id, held.from_on) == (entry.role, unit.id, entry.from_on)
        for held in user.memberships
    )
