"""On which databases a test runs: on SQLite or on PostgreSQL, by turns.

Half of each file's tests meet either database; where the databases themselves differ (locks, races,
migrations), and with ``TAOLE_TEST_ENGINES=both`` everywhere, a test meets both.
"""

from __future__ import annotations

import os
from zlib import crc32

import pytest

ENGINES = ("sqlite", "postgresql")
MEET_BOTH = ("_races", "_at_once", "_durability", "_migrations", "_jobs", "_transactions")


def take_turns(items: list[pytest.Item]) -> list[pytest.Item]:
    """Leave out the other engine of each test that would run on both."""
    if os.environ.get("TAOLE_TEST_ENGINES") == "both":
        return items
    return [item for item in items if _engine_of(item) in (None, _turn_of(item))]


def _engine_of(item: pytest.Item) -> str | None:
    """The engine of a test that takes turns."""
    engine = getattr(item, "callspec", None) and item.callspec.params.get("app")
    has_its_own = any("app" in mark.args[0] for mark in item.iter_markers("parametrize"))
    return None if has_its_own or item.path.stem.endswith(MEET_BOTH) else engine


def _turn_of(item: pytest.Item) -> str:
    """The same for all parameters of a test, so that it is told by its name."""
    return ENGINES[crc32(f"{item.path.name}::{item.originalname}".encode()) % 2]
