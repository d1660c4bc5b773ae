"""The permission law on one page.

A role is held on a unit and reaches down its subtree. A permission is held by the roles below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Protocol
from uuid import UUID

from taole.core.words import N_


class Role(StrEnum):
    SECRETARY = auto()
    SUPERVISOR = auto()
    HEAD = auto()
    CONTRIBUTOR = auto()
    CLERK = auto()
    REVIEWER = auto()
    LEADER = auto()
    INSPECTOR = auto()
    ADMINISTRATOR = auto()


ROLE_LABELS = {
    Role.SECRETARY: N_("村务公开专干"),
    Role.SUPERVISOR: N_("村务监督委员会"),
    Role.HEAD: N_("村负责人"),
    Role.CONTRIBUTOR: N_("办（中心）信息员"),
    Role.CLERK: N_("综合办公室"),
    Role.REVIEWER: N_("审核人"),
    Role.LEADER: N_("分管领导"),
    Role.INSPECTOR: N_("督查人员"),
    Role.ADMINISTRATOR: N_("管理员"),
}


class Permission(StrEnum):
    BE_SIGNED_IN = auto()
    SEE_NOTICES = auto()
    WRITE_NOTICE = auto()
    REVIEW_NOTICE = auto()
    REVIEW_FIRST = auto()
    REVIEW_SECOND = auto()
    REVIEW_FINAL = auto()
    WITHDRAW_NOTICE = auto()
    SET_REVIEWS = auto()
    SEE_ORIGINAL = auto()
    POST_NOTICE = auto()
    IMPORT_LEDGER = auto()
    SEE_COMPLETENESS = auto()
    DECLARE_NOTHING = auto()
    RECORD_EVENT = auto()
    EXCUSE = auto()
    SEE_CATALOGUE = auto()
    CHANGE_CATALOGUE = auto()
    CHANGE_WORKDAYS = auto()
    SEE_FINDINGS = auto()
    RECORD_INSPECTION = auto()
    MEND_FINDING = auto()
    RECHECK_FINDING = auto()
    GRANT_EXTENSION = auto()
    PRINT_CHECKLIST = auto()
    SEE_OVERVIEW = auto()
    SEE_REGISTERS = auto()
    KEEP_REGISTERS = auto()
    SEE_REPORT = auto()
    MAKE_REPORT = auto()
    SEE_PEOPLE = auto()
    MANAGE_PEOPLE = auto()
    SEE_TRAIL = auto()
    SET_REMINDERS = auto()
    REMIND = auto()
    SEE_ROUNDS = auto()
    RUN_ROUND = auto()
    ANSWER_ROUND = auto()
    SEE_WEBSITE_DUTY = auto()
    CLEAR_WEBSITE = auto()
    SEE_INDICATORS = auto()
    CHANGE_INDICATORS = auto()
    SEE_BRIEF = auto()
    SET_APPRAISAL = auto()
    KEEP_SCHEDULE = auto()


_EVERYBODY = frozenset(Role)
_VILLAGE = frozenset({Role.SECRETARY, Role.SUPERVISOR, Role.HEAD})
_OFFICE = frozenset({Role.CLERK})
_TOWNSHIP = frozenset({Role.CLERK, Role.REVIEWER, Role.LEADER})
_ABOVE = _TOWNSHIP | {Role.INSPECTOR, Role.ADMINISTRATOR}

HOLDERS: dict[Permission, frozenset[Role]] = {
    Permission.BE_SIGNED_IN: _EVERYBODY,
    Permission.SEE_NOTICES: _EVERYBODY,
    Permission.WRITE_NOTICE: frozenset({Role.SECRETARY, Role.CONTRIBUTOR, Role.CLERK}),
    Permission.REVIEW_NOTICE: frozenset({Role.SUPERVISOR, Role.CLERK, Role.REVIEWER, Role.LEADER}),
    Permission.REVIEW_FIRST: frozenset({Role.SUPERVISOR, Role.REVIEWER}),
    Permission.REVIEW_SECOND: frozenset({Role.CLERK, Role.REVIEWER, Role.LEADER}),
    Permission.REVIEW_FINAL: frozenset({Role.LEADER}),
    Permission.WITHDRAW_NOTICE: frozenset({Role.CLERK, Role.LEADER}),
    Permission.SET_REVIEWS: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Permission.SEE_ORIGINAL: frozenset({Role.SECRETARY, Role.CONTRIBUTOR, Role.CLERK}),
    Permission.POST_NOTICE: frozenset({Role.SECRETARY, Role.CONTRIBUTOR, Role.CLERK}),
    Permission.IMPORT_LEDGER: _OFFICE,
    Permission.SEE_COMPLETENESS: _VILLAGE | _ABOVE,
    Permission.DECLARE_NOTHING: frozenset({Role.SECRETARY, Role.CLERK}),
    Permission.RECORD_EVENT: frozenset({Role.SECRETARY, Role.CLERK}),
    Permission.EXCUSE: frozenset({Role.CLERK, Role.LEADER}),
    Permission.SEE_CATALOGUE: _EVERYBODY,
    Permission.CHANGE_CATALOGUE: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Permission.CHANGE_WORKDAYS: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Permission.SEE_FINDINGS: _VILLAGE | _ABOVE,
    Permission.RECORD_INSPECTION: frozenset({Role.CLERK, Role.LEADER, Role.INSPECTOR}),
    Permission.MEND_FINDING: frozenset({Role.SECRETARY, Role.CLERK}),
    Permission.RECHECK_FINDING: frozenset({Role.CLERK, Role.LEADER, Role.INSPECTOR}),
    Permission.GRANT_EXTENSION: frozenset({Role.LEADER}),
    Permission.PRINT_CHECKLIST: _VILLAGE | _ABOVE,
    Permission.SEE_OVERVIEW: _ABOVE,
    Permission.SEE_REGISTERS: _ABOVE,
    Permission.KEEP_REGISTERS: _OFFICE,
    Permission.SEE_REPORT: _ABOVE,
    Permission.MAKE_REPORT: frozenset({Role.CLERK, Role.LEADER}),
    Permission.SEE_PEOPLE: _ABOVE,
    Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Permission.SEE_TRAIL: frozenset({Role.CLERK, Role.LEADER, Role.ADMINISTRATOR}),
    Permission.SET_REMINDERS: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Permission.REMIND: frozenset({Role.CLERK, Role.LEADER}),
    Permission.SEE_ROUNDS: _ABOVE,
    Permission.RUN_ROUND: _OFFICE,
    Permission.ANSWER_ROUND: frozenset({Role.SECRETARY, Role.CONTRIBUTOR, Role.CLERK}),
    Permission.SEE_WEBSITE_DUTY: _ABOVE,
    Permission.CLEAR_WEBSITE: _OFFICE,
    Permission.SEE_INDICATORS: _ABOVE,
    Permission.CHANGE_INDICATORS: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Permission.SEE_BRIEF: _TOWNSHIP,
    Permission.SET_APPRAISAL: frozenset({Role.CLERK, Role.LEADER}),
    Permission.KEEP_SCHEDULE: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
}


@dataclass(frozen=True)
class Grant:
    """A role held on the subtree of a unit, named by its path."""

    role: Role
    path: str


class Actor(Protocol):
    """Somebody who acts: a user, or the system itself."""

    @property
    def id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...


class Placed(Protocol):
    """Anything that belongs to a unit of the tree."""

    @property
    def path(self) -> str: ...


def sees(grants: Iterable[Grant], path: str) -> bool:
    """Whether this place is anywhere within the person's reach; if not, it does not exist (404)."""
    return any(path.startswith(grant.path) for grant in grants)


def may(grants: Iterable[Grant], permission: Permission, path: str) -> bool:
    holders = HOLDERS[permission]
    return any(grant.role in holders and path.startswith(grant.path) for grant in grants)


def reach(grants: Iterable[Grant], permission: Permission) -> tuple[str, ...]:
    """The subtrees in which the person holds the permission, widest first, none inside another."""
    holders = HOLDERS[permission]
    paths = sorted({grant.path for grant in grants if grant.role in holders})
    widest: list[str] = []
    for path in paths:
        if not widest or not path.startswith(widest[-1]):
            widest.append(path)
    return tuple(widest)
