"""The blueprint that the pages of inspections, findings and the checklist hang on.

Beside it, what several of them ask of the address; nonsense there counts as nothing asked.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, current_app, request

from taole.access.guard import my_reach
from taole.access.permissions import Permission
from taole.core.errors import NotFound
from taole.core.periods import EARLIEST_YEAR, LATEST_YEAR
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships

blueprint = Blueprint("inspections", __name__)


def year_asked() -> int | None:
    """``?year=2023``."""
    return request.args.get("year", type=_year)


def day_asked(otherwise: date) -> date:
    """``?on=2023-11-01``."""
    return request.args.get("on", otherwise, type=_day)


def site() -> str:
    """What the codes on papers begin with (TAOLE_PUBLIC_URL)."""
    return str(current_app.config["SETTINGS"].public_url)


def township_asked() -> tuple[Unit, list[Unit]]:
    """The township that a form is for (the first, unless the address names one), and all."""
    townships = list_townships(my_reach(Permission.RECORD_INSPECTION))
    wanted = request.values.get("township")
    township = next((each for each in townships if wanted in (None, "", each.code)), None)
    if township is None:
        raise NotFound(wanted)
    return township, townships


def _year(written: str) -> int:
    year = int(written)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(year)
    return year


def _day(written: str) -> date:
    day = date.fromisoformat(written)
    _year(str(day.year))
    return day
