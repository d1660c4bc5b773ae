"""A township's reminder plan, as it is kept; switching it on never makes up for the past."""

from __future__ import annotations

from uuid import UUID

from taole.access.permissions import Actor
from taole.core.settings_store import find_setting, keep_setting
from taole.notifications.plan import Plan
from taole.organisation.models import Unit
from taole.trail.actions import record

KEY = "reminders"


def find_plan(township_id: UUID) -> Plan:
    """The plan; off, with the usual steps, until somebody switched it on."""
    kept = find_setting(KEY, township_id)
    return Plan() if kept is None else Plan.from_json(kept)


def keep_plan(township: Unit, plan: Plan, *, by: Actor) -> None:
    before = find_plan(township.id)
    keep_setting(KEY, plan.as_json(), township.id)
    record(
        "keep_reminder_plan",
        "unit",
        township.id,
        by=by,
        township_id=township.id,
        before=before.as_json(),
        after=plan.as_json(),
    )
