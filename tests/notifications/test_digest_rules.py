"""Who is told what: posts, stand-ins, leaders; each step once whatever days the clock runs."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from taole.core.words import sentence
from taole.core.workdays import WorkCalendar
from taole.notifications.digest_rules import (
    Digest,
    chat_items,
    digests,
    share_out,
    summed,
    title_of,
)
from taole.notifications.lines import Audience, Line
from taole.notifications.plan import Plan

CALENDAR = WorkCalendar.from_library()
VILLAGE, OTHER = UUID(int=1), UUID(int=2)
CHEN, YANG, ZHAO, LI = (UUID(int=number) for number in range(11, 15))
ON = date(2023, 9, 20)


def line(subject="obligation:1", step="+5", to=Audience.SECRETARY, due_on=ON, unit=VILLAGE):
    return Line(
        subject, step, unit, to, sentence("残疾人两项补贴发放"), "/x", due_on, unit="东园村"
    )


def holding(**posts):
    held = {Audience(name): people for name, people in posts.items()}
    return lambda audience, _unit: held.get(audience, ())


def told_of(lines, people, told=()):
    return {each.person_id: each for each in digests(share_out(lines, people), set(told))}


def test_five_gaps_of_a_village_are_one_message():
    gaps = [line(f"obligation:{number}") for number in range(5)]
    told = told_of(gaps, holding(secretary=[CHEN]))
    assert list(told) == [CHEN]
    assert len(told[CHEN].lines) == 5


def test_a_stand_in_and_the_one_stood_in_for_are_both_told():
    assert set(told_of([line()], holding(secretary=[CHEN, YANG]))) == {CHEN, YANG}


def test_a_village_without_a_head_is_told_to_the_secretary_and_to_the_clerk():
    lines = [line(), line(to=Audience.HEAD)]
    assert set(told_of(lines, holding(secretary=[CHEN], clerk=[LI]))) == {CHEN, LI}


def test_a_village_without_a_secretary_is_told_to_its_head():
    assert set(told_of([line()], holding(head=[YANG], clerk=[LI]))) == {YANG}


def test_who_holds_two_posts_is_told_of_each_matter_once_and_at_its_later_step():
    lines = [line(step="-3"), line(step="+5", to=Audience.HEAD)]
    told = told_of(lines, holding(secretary=[CHEN], head=[CHEN]), [("obligation:1", "-3", CHEN)])
    assert [each.step for each in told[CHEN].new] == ["+5"]
    assert len(told[CHEN].lines) == 1


def test_nothing_new_sends_nothing_and_something_new_lists_all():
    lines = [line("obligation:1"), line("obligation:2"), line("obligation:3", step="")]
    both = [(f"obligation:{number}", "+5", CHEN) for number in (1, 2)]
    assert not told_of(lines, holding(secretary=[CHEN]), both)
    told = told_of(lines, holding(secretary=[CHEN]), both[:1])
    assert len(told[CHEN].lines) == 3
    assert [each.subject for each in told[CHEN].new] == ["obligation:2"]


def test_who_has_todays_digest_gets_no_second():
    shared = share_out([line()], holding(secretary=[CHEN]))
    assert digests(shared, set(), have_one={CHEN}) == []


def test_the_most_overdue_stands_first():
    lines = [line(f"obligation:{n}", due_on=ON + timedelta(days=n)) for n in (3, -5, 0)]
    told = told_of(lines, holding(secretary=[CHEN]))[CHEN]
    assert [how for _unit, _what, how in chat_items(told.lines, ON)] == [
        "超5天",
        "今天到期",
        "剩3天",
    ]
    assert str(title_of(told, ON)) == "还有 3 件事要办，其中 1 件已超期"


def test_a_leader_reads_one_line_for_each_village():
    lines = [
        line(f"obligation:{unit.int}-{n}", to=Audience.LEADER, unit=unit, due_on=ON - timedelta(n))
        for unit in (VILLAGE, OTHER)
        for n in range(5, 25)
    ]
    told = told_of(lines, holding(leader=[ZHAO]))[ZHAO]
    assert len(told.lines) == 40
    assert [str(each.text) for each in summed(told.lines, ON)] == [
        "东园村有 20 件事超期，最长 24 天"
    ] * 2


MATTERS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(-15, 40)), min_size=1, max_size=6
)  # due after so many days, answered so many days after the due day
RUNS = st.lists(st.integers(0, 90), min_size=1, max_size=60)


@given(MATTERS, RUNS)
def test_each_step_is_told_once_and_none_is_missed_on_whatever_days_the_clock_runs(matters, runs):
    """Runs come in any order (a clock set back) and several times a day."""
    start, told, counted = date(2023, 3, 1), set(), []
    plan, people = Plan(is_on=True, since=start), holding(secretary=[CHEN], head=[YANG])
    expected = set()
    newest = -1
    for day in runs:
        if day < newest:
            continue  # the timetable waits while its clock stands before the newest record
        newest, on = day, start + timedelta(days=day)
        lines = []
        for number, (due, answered) in enumerate(matters):
            due_on = start + timedelta(days=due)
            if on >= due_on + timedelta(days=answered):
                continue
            for audience in (Audience.SECRETARY, Audience.HEAD):
                step = plan.reached_for(audience, due_on, on, CALENDAR)
                if step:
                    lines.append(line(f"obligation:{number}", step.name, audience, due_on))
                    person = CHEN if audience is Audience.SECRETARY else YANG
                    expected.add((f"obligation:{number}", step.name, person))
        for digest in digests(share_out(lines, people), told):
            assert isinstance(digest, Digest)
            these = [(each.subject, each.step, digest.person_id) for each in digest.new]
            counted += these
            told.update(these)
    assert len(counted) == len(set(counted))
    assert set(counted) == expected
