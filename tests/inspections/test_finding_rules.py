"""Findings, decided without a database: their moves, their days, their sentences."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.core.periods import label, period_of
from taole.core.workdays import WorkCalendar
from taole.inspections import rules
from taole.inspections.problem_kinds import problem_kinds
from taole.inspections.rules import Owed
from taole.inspections.workflow import FINDING_MOVES, FindingState, FindingStep, Severity

CALENDAR = WorkCalendar.from_library()
Q3 = Owed(
    unit="东园村",
    item="各项收入",
    period=label(period_of("2023Q3")),
    year=2023,
    due_on=date(2023, 10, 20),
)


def test_a_finding_goes_from_open_to_closed():
    state = FindingState.OPEN
    for step, expected in [
        (FindingStep.START, FindingState.MENDING),
        (FindingStep.PROVE, FindingState.PROOFED),
        (FindingStep.CLOSE, FindingState.CLOSED),
    ]:
        state = rules.next_state(state, step, has_proof=True)
        assert state is expected


def test_a_village_may_prove_without_saying_first_that_it_starts():
    assert (
        rules.next_state(FindingState.OPEN, FindingStep.PROVE, has_proof=True)
        is FindingState.PROOFED
    )


@pytest.mark.parametrize("step", [FindingStep.PROVE, FindingStep.CLOSE])
def test_nothing_is_proved_or_closed_without_proof(step):
    state = FindingState.PROOFED if step is FindingStep.CLOSE else FindingState.MENDING
    with pytest.raises(Refused, match="照片"):
        rules.next_state(state, step, has_proof=False)


@pytest.mark.parametrize("step", [FindingStep.CLOSE, FindingStep.SEND_BACK])
def test_who_proved_the_mending_does_not_judge_it(step):
    with pytest.raises(Refused, match="另一个人"):
        rules.next_state(
            FindingState.PROOFED, step, has_proof=True, reason="看不清", by_prover=True
        )


def test_a_finding_is_not_sent_back_without_a_reason():
    with pytest.raises(Refused, match="为什么"):
        rules.next_state(FindingState.PROOFED, FindingStep.SEND_BACK, reason="  ")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(FindingStep),
            st.booleans(),
            st.sampled_from(["", "不行"]),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_whatever_people_try_only_the_table_moves_a_finding(attempts):
    state = FindingState.OPEN
    was_proved = False
    for step, has_proof, reason, by_prover in attempts:
        move = FINDING_MOVES[step]
        permitted = (
            state in move.sources
            and not (move.forbids_own and by_prover)
            and (has_proof or not move.needs_proof)
            and (bool(reason) or not move.needs_reason)
        )
        assert (step in rules.allowed_steps(state, is_own=by_prover)) >= permitted
        try:
            state = rules.next_state(
                state, step, has_proof=has_proof, reason=reason, by_prover=by_prover
            )
        except Refused:
            assert not permitted
            continue
        assert permitted
        assert state is move.target
        was_proved = was_proved or step is FindingStep.PROVE
        if state is FindingState.CLOSED:
            assert was_proved
    if state is FindingState.CLOSED:
        assert rules.allowed_steps(state, is_own=False) == frozenset()


def test_two_actors_without_an_account_are_told_apart_by_their_names():
    chen = uuid4()
    assert rules.is_same_person(chen, "陈某", chen, "陈某")
    assert not rules.is_same_person(uuid4(), "陈某", chen, "陈某")
    assert rules.is_same_person(None, "系统", None, "系统")
    assert not rules.is_same_person(None, "系统", chen, "陈某")


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        (Severity.MINOR, date(2023, 9, 26)),
        (Severity.MAJOR, date(2023, 9, 19)),
        (Severity.SERIOUS, date(2023, 9, 15)),
    ],
)
def test_a_problem_found_on_a_tuesday_is_due_after_its_working_days(severity, due):
    assert rules.mend_by(date(2023, 9, 12), severity, CALENDAR) == due


def test_the_national_day_holiday_does_not_count_as_time_to_mend():
    assert rules.mend_by(date(2023, 9, 28), Severity.SERIOUS, CALENDAR) == date(2023, 10, 9)


def test_a_list_at_the_end_of_the_known_years_names_working_days_not_a_guessed_day():
    last = date(max(CALENDAR.confirmed_years), 12, 30)
    assert str(rules.mend_within(last, Severity.MINOR, CALENDAR)) == "印发后10个工作日内"


def test_what_is_missing_is_said_in_one_sentence():
    assert (
        str(rules.missing_statement(Q3, date(2023, 11, 1)))
        == "东园村2023年第三季度各项收入未公示，应于10月20日前公示，超期12天"
    )


def test_what_was_late_says_when_it_was_published():
    assert (
        str(rules.late_statement(Q3, date(2023, 10, 25)))
        == "东园村2023年第三季度各项收入公示晚了，应于10月20日前公示，10月25日才公示，超期5天"
    )


def test_a_due_day_in_the_next_year_names_its_year():
    q4 = Owed("东园村", "各项收入", label(period_of("2023Q4")), 2023, date(2024, 1, 20))
    assert "应于2024年1月20日前公示" in str(rules.missing_statement(q4, date(2024, 2, 1)))


def test_a_matter_that_follows_an_event_names_the_event():
    owed = Owed("东园村", "村民会议决定", "", 2023, date(2023, 9, 13), event="新建文化广场")
    assert str(rules.missing_statement(owed, date(2023, 9, 14))).startswith(
        "东园村村民会议决定（新建文化广场）未公示，应于9月13日前"
    )


@pytest.mark.parametrize(
    ("days", "is_missing", "severity"),
    [
        (1, True, Severity.MINOR),
        (11, True, Severity.MAJOR),
        (31, True, Severity.SERIOUS),
        (11, False, Severity.MINOR),
        (31, False, Severity.MAJOR),
    ],
)
def test_the_longer_a_village_keeps_silent_the_graver_it_is(days, is_missing, severity):
    assert rules.severity_of_delay(days, is_missing=is_missing) is severity


def test_a_finding_closed_later_was_still_open_on_the_day():
    on = date(2023, 9, 20)
    later = rules.state_on(FindingState.CLOSED, date(2023, 9, 22), date(2023, 9, 25), on)
    proved = rules.state_on(FindingState.CLOSED, date(2023, 9, 19), date(2023, 9, 25), on)
    gone = rules.state_on(FindingState.CLOSED, date(2023, 9, 19), on, on)
    assert (later, proved, gone) == (
        FindingState.MENDING,
        FindingState.PROOFED,
        FindingState.CLOSED,
    )


@given(
    due=st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    closed=st.none() | st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    on=st.dates(date(2023, 1, 1), date(2023, 12, 31)),
)
def test_only_what_is_still_open_after_its_day_is_overdue(due, closed, on):
    still_open = closed is None or closed > on
    assert rules.is_overdue(closed, due, on) == (still_open and on > due)


def test_a_proof_is_a_page_that_others_can_open():
    assert rules.link_fault("javascript:alert(1)") is not None
    assert rules.link_fault("") is None
    assert rules.link_fault("https://www.example.org/1") is None


def test_there_are_forty_one_kinds_of_problems_each_with_what_is_demanded():
    kinds = problem_kinds()
    assert len({kind.code for kind in kinds}) == 41
    assert all(kind.label and kind.label_en and kind.demand for kind in kinds)
