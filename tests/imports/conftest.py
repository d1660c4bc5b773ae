"""陶乐镇 in January 2024, with a small catalogue and the slots of two years open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from taole.core.transactions import transaction
from tests.imports.ledger_factory import adopt_catalogue, open_year


@pytest.fixture
def january() -> Iterator[None]:
    with time_machine.travel(datetime(2024, 1, 15, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def items(january: None, town: Any) -> dict[str, Any]:
    with transaction():
        found = adopt_catalogue(town.township)
    open_year(town.township)
    return found
