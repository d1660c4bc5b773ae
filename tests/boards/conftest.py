"""A town that follows a small catalogue, with a notice as villages hang it."""

from __future__ import annotations

from typing import Any

import pytest

from taole.core.transactions import transaction
from tests.notices.notice_factory import Catalogue, adopt_catalogue


@pytest.fixture
def catalogue(town: Any) -> Catalogue:
    with transaction():
        return adopt_catalogue(town.township)
