"""Settings that people change while the house runs: a value for a township or for the instance."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from taole.core.database import db
from taole.core.models import Setting

DEMONSTRATION = "demonstration"


def find_setting(key: str, township_id: UUID | None = None) -> dict[str, Any] | None:
    return db.session.scalar(
        select(Setting.value).where(
            Setting.key == key, Setting.township_id.is_not_distinct_from(township_id)
        )
    )


def keep_setting(key: str, value: dict[str, Any], township_id: UUID | None = None) -> None:
    found = db.session.scalar(
        select(Setting).where(
            Setting.key == key, Setting.township_id.is_not_distinct_from(township_id)
        )
    )
    if found is None:
        db.session.add(Setting(key=key, value=value, township_id=township_id))
    else:
        found.value = value


def is_demonstration() -> bool:
    """Whether the persons and notices here are invented (said on every page)."""
    return find_setting(DEMONSTRATION) is not None
