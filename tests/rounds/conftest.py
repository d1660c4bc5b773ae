"""陶乐镇 with its collections, at the moment that a file of tests chooses."""

import pytest
import time_machine
from cast import build_town
from round_factory import OPENING, begin, nineteenth

from taole.core.transactions import transaction


@pytest.fixture
def at():
    return OPENING


@pytest.fixture
def town(app, at):
    with time_machine.travel(at, tick=False):
        with transaction():
            made = build_town()
        begin(made)
        yield made


@pytest.fixture
def round_(town):
    return nineteenth(town)
