"""A township's reminder plan, as it is kept; switching it on never makes up for the past."""

from __future__ import annotations

from uuid import UUID

from taole.access.permissions import Actor
from taole.core.settings_store import find_setting
from taole.notifications.plan import Plan
from taole.organisation.models import Unit
from taole.trail.settings import change_setting

KEY = "reminders"


def find_plan(township_id: UUID) -> Plan:
    """The plan; off, with the usual steps, until somebody switched it on."""
    kept = find_setting(KEY, township_id)
    return Plan() if kept is None else Plan.from_json(kept)


def keep_plan(township: Unit, plan: Plan, *, by: Actor) -> None:
    before, after = find_plan(township.id).as_json(), plan.as_json()
    change_setting(KEY, "keep_reminder_plan", township.id, before=before, after=after, by=by)
