"""Several people at the same moment: every finding gets its number, every proof one verdict."""

from at_once import at_once
from finding_factory import FOUND, PAGE, a_finding
from sqlalchemy import select

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.inspections.actions import close, prove, send_back
from taole.inspections.models import Finding
from taole.inspections.queries import get_finding
from taole.inspections.workflow import FindingState
from taole.organisation.queries import find_user, get_unit
from taole.trail.queries import find_breaks


def test_findings_recorded_at_once_get_different_numbers(app, town):
    codes = [village.code for village in town.villages]

    def recording(code):
        return lambda: a_finding(get_unit(code), find_user("li")).number

    numbers = at_once(app, *(recording(code) for code in codes))
    assert sorted(numbers) == [1, 2, 3, 4, 5]
    assert find_breaks() == {}


def test_of_two_verdicts_at_once_one_counts(app, town):
    with transaction():
        finding = a_finding(town.villages[0], town.li)
        prove(finding, measures="已写明", by=town.chen, on=FOUND, proof_link=PAGE)
    finding_id = finding.id
    outcomes = at_once(
        app,
        lambda: close(get_finding(finding_id), verdict="符合要求", by=find_user("li"), on=FOUND),
        lambda: send_back(get_finding(finding_id), reason="看不清", by=find_user("wu")),
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    db.session.rollback()
    db.session.expire_all()
    state = db.session.scalar(select(Finding.state))
    assert state in (FindingState.CLOSED, FindingState.MENDING)
