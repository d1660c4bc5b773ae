"""More time for a finding: asked with a reason, given by the leader, counted by the first day."""

from datetime import date, timedelta

import pytest
from finding_factory import FOUND, PAGE, a_finding

from taole.core.errors import Refused
from taole.inspections.extending import ask_extension, decide_extension, list_extensions
from taole.inspections.mending import close, prove
from taole.inspections.queries import FindingFilter, count_findings
from taole.inspections.rules import is_on_time
from taole.inspections.statistics_queries import count_year
from taole.inspections.statistics_rules import Tally
from taole.inspections.telling import extension_lines, lines, open_extensions
from taole.notifications.lines import Audience
from taole.notifications.plan import Plan

DUE, LATER = date(2023, 9, 26), date(2023, 10, 13)


@pytest.fixture
def finding(town):
    return a_finding(town.villages[0], town.li, due_on=DUE)


def granted(finding, town, until_on=LATER):
    asked = ask_extension(finding, until_on=until_on, reason="玻璃要定做", by=town.chen, on=FOUND)
    return decide_extension(asked, grant=True, words="同意", by=town.zhao, on=FOUND)


def test_the_leader_grants_more_time(finding, town):
    granted(finding, town)
    assert (finding.mend_until, finding.due_on) == (LATER, DUE)
    (asked,) = list_extensions(finding.id)
    assert (asked.decided_by_name, asked.words) == ("赵某", "同意")


def test_more_time_keeps_it_from_being_overdue_but_not_from_being_late(finding, town):
    granted(finding, town)
    on = DUE + timedelta(days=3)
    wanted = FindingFilter(town.township.path)
    assert count_findings(wanted, on).overdue == 0
    prove(finding, measures="已换玻璃", by=town.chen, on=on, proof_link=PAGE)
    close(finding, verdict="符合要求", by=town.li, on=on)
    assert not is_on_time(finding.proved_on, finding.due_on)
    (cell,) = count_year(town.township.path, 2023, on)
    assert cell.tally == Tally(found=1, closed=1, on_time=0)


def test_reminders_go_by_the_day_that_was_granted(finding, town):
    granted(finding, town)
    told = list(lines(town.township, LATER, Plan(is_on=True, since=date(2023, 1, 1))))
    assert [(line.to, line.step) for line in told] == [(Audience.SECRETARY, "0")]
    assert "10月13日" in str(told[0].text)


def test_without_the_leaders_word_nothing_changes(finding, town):
    asked = ask_extension(finding, until_on=LATER, reason="玻璃要定做", by=town.chen, on=FOUND)
    assert finding.mend_until == DUE
    decide_extension(asked, grant=False, words="抓紧改", by=town.zhao, on=FOUND)
    assert finding.mend_until == DUE


def test_a_refusal_says_why(finding, town):
    asked = ask_extension(finding, until_on=LATER, reason="玻璃要定做", by=town.chen, on=FOUND)
    with pytest.raises(Refused, match="不同意的理由"):
        decide_extension(asked, grant=False, words=" ", by=town.zhao, on=FOUND)


def test_nobody_grants_what_they_asked_for(finding, town):
    asked = ask_extension(finding, until_on=LATER, reason="玻璃要定做", by=town.zhao, on=FOUND)
    with pytest.raises(Refused, match="要请领导批示"):
        decide_extension(asked, grant=True, words="", by=town.zhao, on=FOUND)


def test_the_leader_speaks_once(finding, town):
    asked = granted(finding, town)
    with pytest.raises(Refused, match="刚刚批示过"):
        decide_extension(asked, grant=False, words="不行", by=town.zhao, on=FOUND)
    assert finding.mend_until == LATER


@pytest.mark.parametrize(
    ("until_on", "reason", "words"),
    [
        (DUE, "玻璃要定做", "更晚的日子"),
        (LATER, "  ", "请填写延期理由"),
    ],
)
def test_what_is_no_request_is_refused_in_words(finding, town, until_on, reason, words):
    with pytest.raises(Refused, match=words):
        ask_extension(finding, until_on=until_on, reason=reason, by=town.chen, on=FOUND)


def test_a_day_that_is_over_is_refused(finding, town):
    with pytest.raises(Refused, match="今天以后"):
        ask_extension(
            finding,
            until_on=DUE + timedelta(days=1),
            reason="玻璃要定做",
            by=town.chen,
            on=DUE + timedelta(days=9),
        )


def test_one_request_waits_at_a_time(finding, town):
    ask_extension(finding, until_on=LATER, reason="玻璃要定做", by=town.chen, on=FOUND)
    with pytest.raises(Refused, match="等领导批示"):
        ask_extension(finding, until_on=LATER, reason="再等等", by=town.chen, on=FOUND)


def test_what_waits_for_the_recheck_needs_no_more_time(finding, town):
    prove(finding, measures="已换玻璃", by=town.chen, on=FOUND, proof_link=PAGE)
    with pytest.raises(Refused, match="不用延期"):
        ask_extension(finding, until_on=LATER, reason="玻璃要定做", by=town.chen, on=FOUND)


def test_the_leader_is_told_of_a_request_until_the_word_is_spoken(finding, town):
    asked = ask_extension(finding, until_on=LATER, reason="玻璃要定做", by=town.chen, on=FOUND)
    plan = Plan(is_on=True, since=date(2023, 1, 1))
    (line,) = extension_lines(town.township, FOUND, plan)
    assert line.to is Audience.LEADER
    assert str(line.text) == "东园村申请延到10月13日：公示栏没写监督电话，等您批示"
    assert open_extensions([line.subject]) == {line.subject}
    decide_extension(asked, grant=True, words="", by=town.zhao, on=FOUND)
    assert list(extension_lines(town.township, FOUND, plan)) == []
    assert open_extensions([line.subject]) == set()
