"""The sentence with which a notice opens."""

from __future__ import annotations

import re
from datetime import date

from taole.catalogue.unified_template import UnifiedTemplate

PLACES = ("unit", "period", "matter", "notice_period")
_PLACE = re.compile(r"\{(unit|period|matter|notice_period)\}")
_ENDINGS = re.compile(r"(?:情况|公示|公告)+$")


def opening_text(
    template: UnifiedTemplate,
    *,
    unit: str,
    period: str,
    matter: str,
    start: date | None = None,
    end: date | None = None,
    showing: str = "",
) -> str:
    """The sentence above the table, its places filled; days as 2023年9月7日.

    Without ``end`` the notice period says from when; without ``start`` it is ``showing``.
    """
    if start is not None and end is not None:
        showing = f"公示期自{_day(start)}至{_day(end)}。"
    elif start is not None:
        showing = f"自{_day(start)}起公示。"
    before_ending = "{matter}情况" in template.opening
    filled = {
        "unit": unit,
        "period": period,
        "matter": _ENDINGS.sub("", matter) if before_ending else matter,
        "notice_period": showing,
    }
    return _PLACE.sub(lambda place: filled[place[1]], template.opening)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
