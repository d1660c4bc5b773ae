"""The blueprint that the pages of inspections, findings and the checklist hang on.

Beside it, what several of them ask of the address; nonsense there counts as nothing asked.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, request

from taole.core.periods import EARLIEST_YEAR, LATEST_YEAR

blueprint = Blueprint("inspections", __name__)


def year_asked() -> int | None:
    """``?year=2023``."""
    return request.args.get("year", type=_year)


def day_asked(otherwise: date) -> date:
    """``?on=2023-11-01``."""
    return request.args.get("on", otherwise, type=_day)


def _year(written: str) -> int:
    year = int(written)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(year)
    return year


def _day(written: str) -> date:
    day = date.fromisoformat(written)
    _year(str(day.year))
    return day
