"""The demonstration can be made on any day, also in a year whose holidays nobody knows yet."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from cast import settings_for

from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.core.calendar_store import work_calendar
from taole.core.clock import today
from taole.core.database import db
from taole.core.figures import REGISTRY, Scope, evaluate
from taole.core.transactions import transaction
from taole.demonstration.build import confirm_years
from taole.demonstration.commands import make
from taole.organisation.queries import get_unit


@pytest.mark.slow
def test_the_year_comes_out_the_same_at_the_turn_of_a_year_without_holidays(tmp_path):
    app = create_app(settings_for(tmp_path))
    prepare_schema(app)
    with time_machine.travel(datetime(2026, 12, 30, 4, tzinfo=UTC)):
        make(app)
        with app.app_context():
            town = get_unit("640221106")
            year = Scope(town.id, town.path, date(2023, 1, 1), date(2023, 12, 31))
            assert evaluate(REGISTRY["P6-board"], year) == 427
            assert evaluate(REGISTRY["P1-screen"], year) == 974
            assert today().year == 2026
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize(("day", "is_known"), [((2026, 11, 25), False), ((2026, 12, 30), True)])
def test_a_coming_year_stays_unknown_until_what_happens_now_falls_due_in_it(app, day, is_known):
    with transaction():
        confirm_years(date(*day))
    assert (2027 in work_calendar().confirmed_years) is is_known
