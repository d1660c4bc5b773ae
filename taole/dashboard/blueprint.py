"""The pages' common address book, and what several of them ask of the address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask_babel import format_date

from taole.access.guard import i_may
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.periods import Frequency, Period, label, parse_day
from taole.dashboard.home_rules import Doing
from taole.dashboard.rules import Press, period_shown
from taole.obligations.blueprint import chosen_day
from taole.obligations.completeness_queries import Grouping
from taole.obligations.place_queries import PlaceSort
from taole.organisation.models import Unit
from taole.organisation.rules import UnitKind

blueprint = Blueprint("dashboard", __name__)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "period_label": label,
        "weekday": lambda day: format_date(day, "EEE"),
        "Doing": Doing,
        "Press": Press,
        "i_may": i_may,
        "Permission": Permission,
    }


def chosen_sort() -> PlaceSort:
    written = request.args.get("sort", "")
    return PlaceSort(written) if written in set(PlaceSort) else PlaceSort.CODE


def usual_grouping(unit: Unit) -> Grouping:
    """What stands below: a county's townships, counties below what is above them."""
    return Grouping.TOWNSHIP if unit.kind is UnitKind.COUNTY else Grouping.COUNTY


def chosen_grouping(unit: Unit) -> Grouping:
    """``?of=villages``, or what stands below."""
    return Grouping.UNIT if request.args.get("of") == "villages" else usual_grouping(unit)


def chosen_period() -> Period:
    """The quarter, or with ``?by=fortnight`` the fortnight, of ``?from=`` or of the day shown."""
    written = request.args.get("from", "").strip()
    wanted = request.args.get("by") == "fortnight"
    return period_shown(
        parse_day(written) if written else chosen_day(),
        Frequency.INTERVAL if wanted else Frequency.QUARTERLY,
    )


def kept_day() -> dict[str, str]:
    """What the page's links carry on: the past day that is looked at."""
    on = chosen_day()
    return {} if on == today() else {"on": on.isoformat()}
