"""A town that follows a small catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taole.core.transactions import transaction
from taole.obligations.models import Obligation
from tests.notices.notice_factory import Catalogue, adopt_catalogue, owe


@pytest.fixture
def catalogue(town: Any) -> Catalogue:
    with transaction():
        return adopt_catalogue(town.township)


@pytest.fixture
def owed(town: Any, catalogue: Catalogue) -> Obligation:
    """东园村 owes its old-age allowances of August 2023 by 20 September."""
    with transaction():
        return owe(town.villages[0], catalogue["SB-08"], "2023-08", date(2023, 9, 20))
