"""Requests that know nothing of each other, as in production.

The tests keep one application context open for the database, and Flask lends it to every request:
without this, the person and the language of one browser would be remembered for the next.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import g, request_started


@pytest.fixture(autouse=True)
def fresh_requests() -> Iterator[None]:
    def forget(_sender: object, **_extra: object) -> None:
        vars(g).clear()

    with request_started.connected_to(forget):
        yield
