"""The yearly 效能 sheet: off until switched on, and drawn from what is recorded."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from cast import build_town

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.inspections.actions import add_finding, close, prove, start_mending
from taole.inspections.workflow import InspectionKind, Severity
from taole.oversight.appraisal import find_appraisal, set_appraisal
from taole.oversight.appraisal_queries import list_village_years
from taole.oversight.appraisal_rules import Weights, points_of
from taole.rounds.models import AskAnswer, CollectionRound, RoundAsk

ADDRESS = "/appraisal/640221106"


@pytest.fixture
def autumn(app):
    with time_machine.travel("2023-09-20T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
        yield town


def at(day):
    return datetime.combine(day, time(4), UTC)


def a_round(town, opens_on, answered):
    due_at = at(date(opens_on.year, opens_on.month, opens_on.day + 11))
    held = CollectionRound(
        township_id=town.township.id,
        year=opens_on.year,
        number=opens_on.month,
        scheduled_on=opens_on,
        opens_on=opens_on,
        due_at=due_at,
        opened_at=at(opens_on),
    )
    db.session.add(held)
    db.session.flush()
    for village, day in answered:
        db.session.add(
            RoundAsk(
                township_id=town.township.id,
                round_id=held.id,
                unit_id=village.id,
                due_at=due_at,
                answer=AskAnswer.NOTHING if day else None,
                answered_at=at(day) if day else None,
            )
        )


def a_mended_finding(town, village, proved_on):
    finding = add_finding(
        village,
        source=InspectionKind.DAILY,
        statement="公示栏玻璃破损",
        severity=Severity.MINOR,
        found_on=date(2023, 3, 1),
        due_on=date(2023, 3, 10),
        by=town.li,
        demand="更换玻璃",
        at=at(date(2023, 3, 1)),
    )
    start_mending(finding, by=town.chen, at=at(date(2023, 3, 2)))
    prove(
        finding,
        measures="已更换",
        by=town.chen,
        on=proved_on,
        proof_link="https://example.invalid/proof",
    )
    close(finding, verdict="符合", by=town.li, on=proved_on)


def test_the_sheet_counts_rounds_answered_in_time_and_findings_mended_in_time(autumn):
    east, second = autumn.villages[0], autumn.villages[1]
    with transaction():
        a_round(autumn, date(2023, 3, 6), [(east, date(2023, 3, 8)), (second, date(2023, 3, 30))])
        a_round(autumn, date(2023, 9, 11), [(east, None), (second, date(2023, 9, 12))])
        a_mended_finding(autumn, east, date(2023, 3, 8))
        a_mended_finding(autumn, east, date(2023, 3, 20))
    rows = list_village_years(autumn.township, 2023, date(2023, 9, 20))
    assert [row.name for row in rows] == [village.name for village in autumn.villages]
    assert (rows[0].asked, rows[0].answered_in_time) == (1, 1), "the open round is not counted yet"
    assert (rows[1].asked, rows[1].answered_in_time) == (2, 1)
    assert (rows[0].findings_due, rows[0].mended_in_time) == (2, 1)
    assert points_of(rows[0], Weights()) == round((20 * 0.5 + 10) * 100 / 30, 1)
    assert list_village_years(autumn.township, 2024, date(2023, 9, 20)) == []


def test_nobody_sees_the_sheet_until_the_township_switches_it_on(autumn, sign_in):
    clerk, leader = sign_in("li"), sign_in("zhao")
    assert "效能情况表没有启用" in leader.get(ADDRESS).get_data(as_text=True)
    assert leader.get(f"{ADDRESS}/sheet.xlsx").status_code == 404
    typed = {"is_on": "y", "completeness": 50, "timeliness": 50, "rectification": 0, "rounds": 0}
    wrong = clerk.post(f"{ADDRESS}/settings", data={**typed, "rounds": 9})
    assert wrong.status_code == 422
    assert "加起来要等于 100，现在是 109" in wrong.get_data(as_text=True)
    assert clerk.post(f"{ADDRESS}/settings", data=typed).status_code == 302
    assert find_appraisal(autumn.township).weights == Weights(50, 50, 0, 0)
    said = leader.get(ADDRESS).get_data(as_text=True)
    assert "2023年各村效能情况" in said
    assert said.index("东园村") < said.index("施家台子村") < said.index("王家庄村")
    assert leader.get(f"{ADDRESS}/sheet.xlsx").data[:2] == b"PK"
    assert leader.get(f"{ADDRESS}/sheet.docx").data[:2] == b"PK"


def test_switching_off_again_hides_it_and_weights_must_make_a_hundred(autumn):
    with pytest.raises(Refused):
        set_appraisal(autumn.township, is_on=True, weights=Weights(1, 1, 1, 1), by=autumn.li)
    set_appraisal(autumn.township, is_on=True, weights=Weights(), by=autumn.li)
    set_appraisal(autumn.township, is_on=False, weights=Weights(), by=autumn.li)
    assert not find_appraisal(autumn.township).is_on
