"""A coming year's holidays are entered only when something of the demonstration falls due in it."""

from datetime import date

import pytest

from taole.core.calendar_store import work_calendar
from taole.core.transactions import transaction
from taole.demonstration.build import confirm_years


@pytest.mark.parametrize(("day", "is_known"), [((2026, 11, 25), False), ((2026, 12, 30), True)])
def test_a_coming_year_stays_unknown_until_what_happens_now_falls_due_in_it(app, day, is_known):
    with transaction():
        confirm_years(date(*day))
    assert (2027 in work_calendar().confirmed_years) is is_known
