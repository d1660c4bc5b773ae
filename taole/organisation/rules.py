"""Units, division codes, passwords and lock-out: what is decided about people and places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum, auto

from taole.access.permissions import Role
from taole.core.words import N_, Sentence, sentence


class UnitKind(StrEnum):
    REGION = auto()
    PREFECTURE = auto()
    COUNTY = auto()
    TOWNSHIP = auto()
    VILLAGE = auto()
    COMMUNITY = auto()
    OFFICE = auto()


UNIT_KIND_LABELS = {
    UnitKind.REGION: N_("省（自治区）"),
    UnitKind.PREFECTURE: N_("市"),
    UnitKind.COUNTY: N_("县（区）"),
    UnitKind.TOWNSHIP: N_("乡镇"),
    UnitKind.VILLAGE: N_("行政村"),
    UnitKind.COMMUNITY: N_("社区"),
    UnitKind.OFFICE: N_("办（中心）"),
}

PARENT_KINDS: dict[UnitKind, frozenset[UnitKind | None]] = {
    UnitKind.REGION: frozenset({None}),
    UnitKind.PREFECTURE: frozenset({UnitKind.REGION}),
    UnitKind.COUNTY: frozenset({UnitKind.PREFECTURE, UnitKind.REGION, None}),
    UnitKind.TOWNSHIP: frozenset({UnitKind.COUNTY, None}),
    UnitKind.VILLAGE: frozenset({UnitKind.TOWNSHIP}),
    UnitKind.COMMUNITY: frozenset({UnitKind.TOWNSHIP}),
    UnitKind.OFFICE: frozenset({UnitKind.TOWNSHIP}),
}
"""Under what each kind of unit may stand (None: at the top)."""

GRASSROOTS = frozenset({UnitKind.VILLAGE, UnitKind.COMMUNITY})
"""The units that owe notices under the catalogue of village affairs."""

_VILLAGE_ROLES = frozenset({Role.SECRETARY, Role.SUPERVISOR})

_CODE_LENGTHS = {
    UnitKind.REGION: (6,),
    UnitKind.PREFECTURE: (6,),
    UnitKind.COUNTY: (6,),
    UnitKind.TOWNSHIP: (9, 12),
    UnitKind.VILLAGE: (12,),
    UnitKind.COMMUNITY: (12,),
}

_CLERKS_OFFICES = ("综合办公室", "党政办", "综合办")

MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
MIN_PASSWORD = 8
USERNAME = r"[A-Za-z0-9._-]{1,40}"


def code_fault(kind: UnitKind, code: str) -> Sentence | None:
    """What is wrong with a division code (GB/T 2260 and GB/T 10114: 6, 9 or 12 digits)."""
    if kind is UnitKind.OFFICE:
        if re.fullmatch(r"\d{9}(\d{3})?-[A-Za-z0-9]{1,12}", code):
            return None
        return sentence(
            N_("办（中心）的编码“%(code)s”应为乡镇编码加“-”和简称，如 640221106-zhb"), code=code
        )
    lengths = _CODE_LENGTHS[kind]
    if code.isascii() and code.isdigit() and len(code) in lengths:
        return None
    return sentence(
        N_("区划代码“%(code)s”应为 %(lengths)s 位数字"),
        code=code,
        lengths="/".join(map(str, lengths)),
    )


def child_path(parent_path: str, code: str) -> str:
    """The path of a unit below ``parent_path`` ("" at the top): codes, each with "/" after it."""
    return f"{parent_path}{code}/"


def common_path(paths: Iterable[str]) -> str:
    """The lowest place that all these places lie in ("" when they share none)."""
    every = [path.split("/")[:-1] for path in paths]
    shared = []
    for codes in zip(*every, strict=False):
        if len(set(codes)) > 1:
            break
        shared.append(codes[0])
    return "".join(f"{code}/" for code in shared)


def fits(role: Role, kind: UnitKind) -> bool:
    """Whether a role can be held on a unit of this kind.

    专干 and 村务监督委员会 belong to a village or community, every other role above it.
    """
    return (role in _VILLAGE_ROLES) == (kind in GRASSROOTS)


def clerks_office(township: str, offices: Iterable[str]) -> str:
    """Who speaks for a township in these matters, of its offices' names: 陶乐镇综合办公室.

    The office so called, or 党政综合办公室, 党政办公室 and the like; a township without one speaks
    itself.
    """
    listed = list(offices)
    for called in _CLERKS_OFFICES:
        for name in listed:
            if called in name:
                return name if name.startswith(township) else f"{township}{name}"
    return township


def signing_name(name: str, full_name: str, kind: UnitKind) -> str:
    """In whose name a unit signs or is written to: 东园村民委员会, a community's 居民委员会, an
    office by its own name."""
    if full_name and full_name != name:
        return full_name
    if kind not in GRASSROOTS:
        return name
    return f"{name}民委员会" if name.endswith("村") else f"{name}居民委员会"


def contact_line(township: str, phone: str) -> Sentence:
    """Whom to ask: the township, with its telephone if there is one."""
    if phone:
        return sentence(N_("%(township)s %(phone)s"), township=township, phone=phone)
    return Sentence("%(township)s", {"township": township})


def is_open(opened_on: date | None, closed_on: date | None, day: date) -> bool:
    """Whether a unit, a role or an edition is in being on a day (the closing day excluded)."""
    return (opened_on is None or opened_on <= day) and (closed_on is None or day < closed_on)


def owes(opened_on: date | None, closed_on: date | None, start: date, end: date) -> bool:
    """Whether a unit owes a period: only one that it lived through whole.

    A village that opened mid-year is not blamed for January, nor one that closed for December.
    """
    return (opened_on is None or opened_on <= start) and (closed_on is None or end < closed_on)


def username_fault(username: str) -> Sentence | None:
    """What is wrong with the name of a new account; it is typed on phones, so plain letters."""
    if re.fullmatch(USERNAME, username):
        return None
    return sentence(
        N_("账号“%(username)s”不能用：只用字母、数字、点、横线和下划线，最多40个"),
        username=username[:40],
    )


def password_fault(password: str, username: str) -> Sentence | None:
    """What is wrong with a new password: length, letters and digits, not the account's name."""
    if len(password) < MIN_PASSWORD:
        return sentence(N_("密码至少 %(length)s 位"), length=MIN_PASSWORD)
    if username and username.lower() in password.lower():
        return sentence(N_("密码里不要包含账号"))
    if password.isdigit() or password.isalpha():
        return sentence(N_("密码要同时有字母和数字"))
    if len(set(password)) < 4:
        return sentence(N_("密码太简单，请多用几个不同的字"))
    return None


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    return locked_until is not None and now < locked_until


def after_failure(failures: int, now: datetime) -> tuple[int, datetime | None]:
    """Failures counted and, at the fifth in a row, until when the account is locked."""
    counted = failures + 1
    if counted >= MAX_FAILURES:
        return 0, now + LOCKED_FOR
    return counted, None
