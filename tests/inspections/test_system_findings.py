"""What the system finds by itself: opened once, handed in when mended, told as come back."""

from datetime import date, timedelta

import pytest
from finding_factory import PAGE, a_finding, an_item, an_obligation
from sqlalchemy import select

from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.settings_store import keep_setting
from taole.inspections.mending import close, prove
from taole.inspections.models import Finding
from taole.inspections.opening import open_system_findings, prove_mended
from taole.inspections.system_findings import SETTING, subject_of, system_findings
from taole.inspections.workflow import FindingState, InspectionKind
from taole.obligations.answering import declare_nothing, excuse, unanswer
from taole.obligations.rules import Answer
from taole.organisation.actions import SYSTEM

DUE = date(2023, 10, 20)
FOUND = DUE + timedelta(days=6)


def look(town, on: date = FOUND) -> list[Finding]:
    """What the night of a day opens."""
    at = noon(on)
    prove_mended(town.township, by=SYSTEM, at=at)
    opened = open_system_findings(town.township, by=SYSTEM, at=at)
    latest = db.session.scalars(select(Finding).order_by(Finding.number.desc()).limit(opened))
    return list(latest)[::-1]


def test_what_is_missing_for_more_than_five_days_becomes_a_finding_with_its_sentence(town):
    obligation = an_obligation(town.villages[0], an_item(), due_on=DUE)
    assert look(town, DUE + timedelta(days=5)) == []
    (finding,) = look(town)
    assert finding.statement == "东园村2023年第三季度各项收入未公示，应于10月20日前公示，超期6天"
    assert (finding.source, finding.owner_name) == (InspectionKind.SYSTEM, "陈某")
    assert finding.due_on == date(2023, 11, 9)
    assert finding.subject == subject_of(obligation.id)
    assert finding.basis == "《试行目录》财务管理 CW-02"


def test_the_same_is_not_opened_twice_while_it_is_open(town):
    an_obligation(town.villages[0], an_item(), due_on=DUE)
    assert len(look(town)) == 1
    assert look(town) == []
    assert look(town, FOUND + timedelta(days=30)) == []


def test_what_is_opened_stands_on_the_checklist_once(town):
    an_obligation(town.villages[0], an_item(), due_on=DUE)
    assert len(system_findings(town.township.path, FOUND)) == 1
    look(town)
    assert system_findings(town.township.path, FOUND) == []


def test_what_an_inspector_recorded_is_left_to_him(town):
    obligation = an_obligation(town.villages[0], an_item(), due_on=DUE)
    a_finding(
        town.villages[0],
        town.wu,
        found_on=DUE + timedelta(days=2),
        at=noon(FOUND),
        subject=subject_of(obligation.id),
    )
    assert look(town) == []


def test_recording_what_the_system_has_open_is_refused_with_its_number(town):
    obligation = an_obligation(town.villages[0], an_item(), due_on=DUE)
    look(town)
    with pytest.raises(Refused, match="2023年第1号问题，还没有销号"):
        a_finding(town.villages[0], town.wu, subject=subject_of(obligation.id))


def test_what_was_published_more_than_ten_days_late_becomes_a_finding(town):
    in_time = an_item(code="CW-03", title="各项支出")
    an_obligation(
        town.villages[0],
        an_item(),
        due_on=DUE,
        answer=Answer.NOTICE,
        answered_on=DUE + timedelta(days=11),
    )
    an_obligation(
        town.villages[0],
        in_time,
        due_on=DUE,
        answer=Answer.NOTICE,
        answered_on=DUE + timedelta(days=10),
    )
    (finding,) = look(town, DUE + timedelta(days=12))
    assert "公示晚了" in finding.statement
    assert finding.problem_kind == "late"


def test_the_township_says_how_many_days_it_waits(town):
    an_obligation(town.villages[0], an_item(), due_on=DUE)
    keep_setting(SETTING, {"missing": 20}, town.township.id)
    assert look(town) == []
    assert len(look(town, DUE + timedelta(days=21))) == 1


def test_what_fell_due_long_ago_is_history(town):
    an_obligation(town.villages[0], an_item(), due_on=DUE)
    assert look(town, DUE + timedelta(days=91)) == []


def test_a_matter_that_is_settled_is_handed_in_for_the_recheck_by_itself(town):
    obligation = an_obligation(town.villages[0], an_item(), due_on=DUE)
    (finding,) = look(town)
    declare_nothing([obligation], on=FOUND, by=town.chen, at=noon(FOUND), reason="本季度没有收入")
    look(town, FOUND + timedelta(days=1))
    assert finding.state is FindingState.PROOFED
    assert finding.measures == "10月26日已确认无此事项"
    assert finding.proof_link.endswith(f"/s/o{finding.proof_link[-22:]}")
    assert finding.proved_by_name == "陈某"
    close(finding, verdict="属实", by=town.li, on=FOUND + timedelta(days=2))
    assert finding.state is FindingState.CLOSED


def test_who_settled_the_matter_does_not_close_its_finding(town):
    obligation = an_obligation(town.villages[0], an_item(), due_on=DUE)
    (finding,) = look(town)
    excuse(obligation, reason="本村没有集体收入", by=town.li, on=FOUND, at=noon(FOUND))
    look(town, FOUND + timedelta(days=1))
    assert finding.measures == "10月26日经批准不公示：本村没有集体收入"
    with pytest.raises(Refused, match="请另一个人来复核"):
        close(finding, verdict="属实", by=town.li, on=FOUND + timedelta(days=2))


def test_what_comes_back_is_opened_again_and_names_the_first(town):
    obligation = an_obligation(town.villages[0], an_item(), due_on=DUE)
    (first,) = look(town)
    declare_nothing([obligation], on=FOUND, by=town.chen, at=noon(FOUND), reason="本季度没有收入")
    look(town, FOUND + timedelta(days=1))
    close(first, verdict="属实", by=town.li, on=FOUND + timedelta(days=1))
    assert look(town, FOUND + timedelta(days=2)) == []

    unanswer(obligation, by=town.li, reason="核实后发现有收入")
    (second,) = look(town, FOUND + timedelta(days=3))
    assert (second.number, second.recurs) == (2, first)


def test_one_that_was_closed_although_it_is_still_missing_is_not_opened_every_night(town):
    an_obligation(town.villages[0], an_item(), due_on=DUE)
    (finding,) = look(town)
    prove(finding, measures="已在村部张贴", by=town.chen, on=FOUND, proof_link=PAGE)
    close(finding, verdict="属实", by=town.li, on=FOUND)
    assert look(town, FOUND + timedelta(days=1)) == []


def test_the_same_matter_missing_in_the_next_quarter_has_come_back(town):
    item = an_item()
    an_obligation(town.villages[0], item, due_on=date(2023, 7, 20), period="2023Q2")
    an_obligation(town.villages[1], item, due_on=date(2023, 7, 20), period="2023Q2")
    first, elsewhere = look(town, date(2023, 7, 26))
    for finding, secretary in ((first, town.chen), (elsewhere, town.liu)):
        prove(finding, measures="已公示", by=secretary, on=date(2023, 7, 28), proof_link=PAGE)
        close(finding, verdict="属实", by=town.li, on=date(2023, 7, 28))
    an_obligation(town.villages[0], item, due_on=DUE)
    (second,) = look(town)
    assert second.recurs == first
