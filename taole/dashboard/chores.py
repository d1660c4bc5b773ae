"""What presses in a township beside its notices: collections, columns, messages, the timetable."""

from __future__ import annotations

from datetime import date, timedelta

from taole.core.clock import noon, now, today
from taole.core.jobs import find_last_tick, is_kept
from taole.dashboard.rules import Press, Pressing
from taole.notifications.routes import count_failures
from taole.organisation.models import Unit
from taole.oversight.column_rules import Standing
from taole.oversight.website_queries import website_columns
from taole.rounds.queries import count_open_asks

FAILED_SINCE = timedelta(days=14)
_STALE = (Standing.STALE, Standing.EMPTY)
_NEAR = (Standing.WARN14, Standing.WARN10)


def list_chores(township: Unit, on: date) -> list[Pressing]:
    """One row each, those that count nothing included; asks and messages only for today.

    Of asks, messages and the timetable no past day can be told. At most five statements.
    """
    columns = website_columns(township, on)
    stale = [each.item.title for each in columns if each.standing in _STALE]
    near = [each.item.title for each in columns if each.standing in _NEAR]
    rows = [
        Pressing(Press.COLUMNS_STALE, len(stale), names=stale),
        Pressing(Press.COLUMNS_SOON, len(near), names=near),
    ]
    if on == today():
        since = noon(on - FAILED_SINCE)
        stopped = find_last_tick() is not None and not is_kept(now())
        rows += [
            Pressing(Press.ASKS, count_open_asks(township.id)),
            Pressing(Press.DELIVERIES, count_failures(township.id, since)),
            Pressing(Press.CLOCK, int(stopped)),
        ]
    return rows
