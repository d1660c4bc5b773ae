"""On which databases a test runs: all on both, but those of pages on one of them, by turns.

What is asked and done is tested on SQLite and on PostgreSQL; a page asks nothing else.
"""

from __future__ import annotations

from zlib import crc32

import pytest

ENGINES = ("sqlite", "postgresql")


def take_turns(items: list[pytest.Item]) -> list[pytest.Item]:
    """Leave out the other engine of each test in a file of pages (``test_…_pages.py``)."""
    return [item for item in items if _engine_of(item) in (None, _turn_of(item))]


def _engine_of(item: pytest.Item) -> str | None:
    """The engine of a test of pages that would run on both."""
    engine = getattr(item, "callspec", None) and item.callspec.params.get("app")
    is_of_pages = item.path.stem.endswith("_pages")
    runs_on_both = not any("app" in mark.args[0] for mark in item.iter_markers("parametrize"))
    return engine if is_of_pages and runs_on_both else None


def _turn_of(item: pytest.Item) -> str:
    return ENGINES[crc32(f"{item.path.name}::{item.originalname}".encode()) % 2]
