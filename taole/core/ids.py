"""Ids made by the application: time-ordered (UUIDv7), so that no database hands them out."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()
