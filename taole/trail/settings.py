"""A township's settings, with what they were before in the trail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from taole.access.permissions import Actor
from taole.core.settings_store import keep_setting
from taole.trail.actions import record


def change_setting(
    key: str,
    verb: str,
    township_id: UUID,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
    by: Actor,
) -> None:
    """Keep ``after`` under ``key``; the trail says under ``verb`` who changed what."""
    keep_setting(key, after, township_id)
    record(verb, "unit", township_id, by=by, township_id=township_id, before=before, after=after)
