"""Now and today. Stored as aware UTC; shown and judged in Asia/Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Ningxia, whatever the host's time zone."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI)


def noon(day: date) -> datetime:
    """Midday of a Shanghai day as a moment in UTC: for records of which only the day is known."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI).astimezone(UTC)
