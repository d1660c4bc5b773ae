"""A notice's line in the trail."""

from __future__ import annotations

from typing import Any

from taole.access.permissions import Actor
from taole.notices.models import Notice
from taole.trail.actions import record


def tell(
    notice: Notice,
    verb: str,
    *,
    by: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        verb, "notice", notice.id, by=by, township_id=notice.township_id, before=before, after=after
    )
