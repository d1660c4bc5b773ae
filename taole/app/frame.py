"""What stands around every page: who is signed in, where one can go, which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from taole.access.guard import my_grants, my_reach
from taole.access.permissions import ROLE_LABELS, Permission
from taole.core.clock import today
from taole.core.pages import in_english, say
from taole.core.settings_store import is_demonstration
from taole.dashboard.queries import count_open_findings
from taole.notices.queries import count_waiting_for
from taole.notifications.queries import count_unread
from taole.organisation.models import Unit
from taole.organisation.rules import GRASSROOTS, contact_line
from taole.rounds.line_queries import find_open_ask_of

FREE_WHILE_PASSWORD_IS_OLD = frozenset(
    {"organisation.password", "organisation.sign_out", "organisation.language", "static"}
)


@dataclass(frozen=True)
class Person:
    """The signed-in person as the frame names them; the township is looked up when asked for."""

    name: str
    role_label: str
    unit: Unit | None

    @property
    def unit_name(self) -> str:
        return self.unit.name if self.unit else ""

    @property
    def unit_code(self) -> str:
        return self.unit.code if self.unit else ""

    @property
    def place(self) -> Unit | None:
        """The township of a village or an office; above them the unit itself."""
        unit = self.unit
        below = unit is not None and unit.township_id not in (None, unit.id)
        return unit.parent if unit is not None and below else unit

    @property
    def township_name(self) -> str:
        return self.place.name if self.place else ""

    @property
    def township_code(self) -> str:
        """Empty for those above the townships."""
        return self.place.code if self.place and self.place.township_id else ""


@dataclass(frozen=True)
class Door:
    """An entry of the navigation."""

    key: str
    icon: str
    label: str
    url: str
    badge: int | None = None
    separated: bool = False


def add_frame(app: Flask) -> None:
    @app.before_request
    def _first_change_the_password() -> Any:
        if (
            current_user.is_authenticated
            and current_user.must_change_password
            and request.endpoint not in FREE_WHILE_PASSWORD_IS_OLD
        ):
            return redirect(url_for("organisation.password"))
        return None

    @app.context_processor
    def _frame() -> dict[str, Any]:
        try:
            return _full_frame()
        except SQLAlchemyError:
            # an error page must still be told when the database is the error
            return {"locale": "zh", "today": today(), "person": None, "navigation": []}


def _full_frame() -> dict[str, Any]:
    person = _person()
    return {
        "locale": "en" if in_english() else "zh",
        "today": today(),
        "person": person,
        "navigation": _doors(person),
        "contact": _contact(person),
        "is_demonstration": is_demonstration(),
    }


def _person() -> Person | None:
    if not current_user.is_authenticated:
        return None
    held = current_user.current
    return Person(
        name=current_user.name,
        role_label=_(ROLE_LABELS[held[0].role]) if held else "",
        unit=held[0].unit if held else None,
    )


def _contact(person: Person | None) -> str:
    """Whom a person of a township, a village or an office asks."""
    place = person.place if person else None
    if place is None or place.township_id is None:
        return ""
    return say(contact_line(place.full_name, place.phone))


def _badges(person: Person) -> dict[str, int]:
    """What waits for this person, beside the entries of the navigation: what they can judge now,
    and for the people of a township its open findings."""
    badges = {"inbox": count_unread(current_user.id)}
    if my_reach(Permission.REVIEW_NOTICE):
        badges["review"] = count_waiting_for(my_grants(), current_user.id)
    place = person.place
    if place is not None and place.township_id and my_reach(Permission.SEE_OVERVIEW):
        badges["findings"] = count_open_findings(place.township_id)
    return badges


def _asked(person: Person) -> list[Door]:
    """The way of a village or an office to the collection that it has not answered."""
    if my_reach(Permission.SEE_ROUNDS) or not my_reach(Permission.ANSWER_ROUND):
        return []
    open_ask = find_open_ask_of([person.unit.id]) if person.unit else None
    if open_ask is None:
        return []
    return [Door("rounds", "send", _("征集"), url_for("rounds.ask", ask_id=open_ask), 1)]


def _doors(person: Person | None) -> list[Door]:
    if person is None:
        return []
    doors = [
        (Permission.SEE_OVERVIEW, "overview", "home", _("总览"), "dashboard.overview"),
        (Permission.REVIEW_NOTICE, "review", "inbox", _("审核"), "notices.to_review"),
        (Permission.SEE_COMPLETENESS, "matrix", "grid", _("完整性"), "obligations.matrix"),
        (Permission.SEE_ROUNDS, "rounds", "send", _("征集"), "rounds.index"),
        (Permission.SEE_BRIEF, "brief", "eye", _("简报"), "oversight.brief"),
        (Permission.SEE_INDICATORS, "circular", "flag", _("通报预估"), "oversight.circular"),
        (Permission.SEE_WEBSITE_DUTY, "website", "globe", _("网站栏目"), "oversight.website"),
        (Permission.BE_SIGNED_IN, "inbox", "bell", _("消息"), "notifications.inbox"),
        (Permission.SEE_NOTICES, "notices", "doc", _("公示"), "notices.index"),
        (Permission.IMPORT_LEDGER, "ledger", "upload", _("导入台账"), "imports.ledger"),
        (Permission.SEE_FINDINGS, "findings", "flag", _("督查整改"), "inspections.findings"),
        (Permission.SEE_REPORT, "report", "doc", _("年度报告"), "annual_report.index"),
        (Permission.SEE_REGISTERS, "registers", "table", _("台账"), "registers.index"),
        (Permission.SEE_CATALOGUE, "catalogue", "tune", _("目录"), "catalogue.index"),
        (Permission.CHANGE_WORKDAYS, "calendar", "cal", _("工作日历"), "obligations.calendar"),
        (Permission.SEE_PEOPLE, "people", "users", _("人员与村"), "organisation.people"),
        (Permission.SET_REMINDERS, "reminders", "bell", _("提醒"), "notifications.reminders"),
        (Permission.KEEP_SCHEDULE, "schedule", "clock", _("定时任务"), "schedule.index"),
    ]
    badges = _badges(person)
    at_home = person.unit is not None and person.unit.kind in GRASSROOTS
    home = [Door("home", "home", _("待办"), url_for("dashboard.home"))] if at_home else []
    asked = _asked(person)
    return (
        home
        + asked
        + [
            Door(key, icon, label, url_for(endpoint), badges.get(key), key == "catalogue")
            for permission, key, icon, label, endpoint in doors
            if my_reach(permission)
        ]
    )
