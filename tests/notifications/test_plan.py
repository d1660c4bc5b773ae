"""The plan of a township: which step has come, and when nothing may leave the house."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.workdays import DayUnit, WorkCalendar
from taole.notifications.lines import Audience
from taole.notifications.plan import Plan, PlanStep

CALENDAR = WorkCalendar.from_library()
DUE = date(2023, 9, 15)
DAYS = st.dates(date(2022, 3, 1), date(2024, 10, 31))
OFFSETS = st.lists(st.integers(-20, 20), min_size=1, max_size=6, unique=True)


def plan_of(offsets, **values):
    steps = tuple(PlanStep(offset, (Audience.SECRETARY,)) for offset in offsets)
    return Plan(is_on=True, steps=steps, **values)


@pytest.mark.parametrize(
    ("days", "step"),
    [(-4, None), (-3, "-3"), (-1, "-3"), (0, "0"), (2, "+1"), (5, "+5"), (200, "+5")],
)
def test_the_usual_steps_come_around_the_due_day(days, step):
    reached = Plan(is_on=True).reached(DUE, DUE + timedelta(days=days), CALENDAR)
    assert (reached and reached.name) == step


def test_working_days_jump_over_national_day():
    plan = plan_of([3], unit=DayUnit.WORKING)
    assert plan.day_of(plan.steps[0], date(2023, 9, 28), CALENDAR) == date(2023, 10, 9)


def test_a_year_whose_holidays_are_unknown_is_counted_in_calendar_days():
    plan = plan_of([3], unit=DayUnit.WORKING)
    unknown = WorkCalendar({}, frozenset())
    assert plan.day_of(plan.steps[0], DUE, unknown) == DUE + timedelta(days=3)


@given(OFFSETS, DAYS, DAYS, st.sampled_from(DayUnit))
def test_the_last_step_that_has_come_is_the_reached_one(offsets, due_on, on, unit):
    plan = plan_of(offsets, unit=unit)
    days = {step: plan.day_of(step, due_on, CALENDAR) for step in plan.steps}
    reached = plan.reached(due_on, on, CALENDAR)
    if reached is None:
        assert all(day > on for day in days.values())
        return
    assert days[reached] <= on
    assert all(day > on for step, day in days.items() if step.offset > reached.offset)


@given(OFFSETS, DAYS, DAYS, DAYS)
def test_no_step_before_the_switching_on_is_ever_made_up_for(offsets, due_on, on, since):
    plan = plan_of(offsets, since=since)
    reached = plan.reached(due_on, on, CALENDAR)
    if reached is not None:
        assert since <= due_on + timedelta(days=reached.offset) <= on
    if on < since:
        assert reached is None


@given(OFFSETS, DAYS, st.lists(DAYS, min_size=2, max_size=12))
def test_as_days_go_by_a_matter_never_falls_back_to_an_earlier_step(offsets, due_on, days):
    plan = plan_of(offsets)
    reached = [plan.reached(due_on, day, CALENDAR) for day in sorted(days)]
    come = [step.offset for step in reached if step]
    assert come == sorted(come)
    assert None not in reached[len(reached) - len(come) :]


@given(st.times(), st.times(), st.times())
def test_quiet_hours_may_span_midnight(quiet_from, quiet_until, at):
    plan = Plan(quiet_from=quiet_from, quiet_until=quiet_until)
    turned = replace(plan, quiet_from=quiet_until, quiet_until=quiet_from)
    if quiet_from != quiet_until:
        assert plan.is_quiet(at) != turned.is_quiet(at)
    assert Plan().is_quiet(time(23, 0))
    assert not Plan().is_quiet(time(8, 30))


@given(OFFSETS, DAYS, st.sampled_from(DayUnit), st.booleans())
def test_a_plan_is_kept_as_it_was_set(offsets, since, unit, is_on):
    plan = replace(plan_of(offsets, since=since, unit=unit), is_on=is_on)
    assert Plan.from_json(plan.as_json()) == plan
