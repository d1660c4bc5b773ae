"""The pages' common address book, and what several of them ask of the address."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, current_app, request, url_for

from taole.access.guard import i_may, my_reach
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.pages import day_full, in_english
from taole.core.periods import Period, label, parse_day
from taole.obligations.models import Obligation

blueprint = Blueprint("obligations", __name__)


def chosen_day() -> date:
    """``?on=2023-09-20``, or today; Refused when it is no day."""
    written = request.args.get("on", "").strip()
    return parse_day(written) if written else today()


def url_if_any(endpoint: str, **arguments: Any) -> str:
    """The address of a page of a package above this one, or nothing when there is none."""
    known = endpoint in current_app.view_functions
    return url_for(endpoint, **arguments) if known else ""


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "period_label": _period_label,
        "may": _may,
        "url_if_any": url_if_any,
        "day_beside": _day_beside,
        "layout": layout(),
    }


def _period_label(thing: Obligation | Period) -> Any:
    return label(thing if isinstance(thing, Period) else thing.period)


def _day_beside(day: date, year: int) -> str:
    """A day on a page of one year: without the year where it is that one."""
    if day.year != year:
        return day_full(day)
    return f"{day.day} {day:%b}" if in_english() else f"{day.month}月{day.day}日"


def at_a_desk() -> bool:
    """Those who look over villages sit at a desk, those of a village hold a phone."""
    return bool(my_reach(Permission.SEE_OVERVIEW))


def layout() -> str:
    return "layout/desk.html" if at_a_desk() else "layout/phone.html"


def _may(permission: str, thing: Any) -> bool:
    return i_may(Permission(permission), thing)
