"""What hangs, or does not: no photograph, taken down early, personal data left to see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from taole.attachments.actions import keep_file
from taole.catalogue.channels import Channel
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.inspections.models import Finding
from taole.inspections.opening import open_system_findings, prove_mended
from taole.inspections.workflow import FindingState, Severity
from taole.notices.actions import add_proof, post, take_down
from taole.notices.models import SealedState, SealedText
from taole.organisation.actions import SYSTEM
from tests.attachments.picture_factory import photograph
from tests.notices.notice_factory import adopt_catalogue, approved


@pytest.fixture
def catalogue(town):
    with transaction():
        return adopt_catalogue(town.township)


def look(town) -> list[Finding]:
    """What the night opens."""
    with transaction():
        prove_mended(town.township, by=SYSTEM, at=now())
        opened = open_system_findings(town.township, by=SYSTEM, at=now())
    latest = db.session.scalars(select(Finding).order_by(Finding.number.desc()).limit(opened))
    return list(latest)[::-1]


def hung(town, catalogue, days_ago: int):
    """A sheet of 东园村 on the board since so many days, without a photograph."""
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    with transaction():
        return post(
            notice,
            channel=Channel.BOARD,
            posted_on=today() - timedelta(days=days_ago),
            until_on=today() + timedelta(days=20),
            by=town.chen,
        )


def test_a_sheet_without_a_photograph_for_a_week_becomes_a_finding(town, catalogue):
    hung(town, catalogue, 6)
    assert look(town) == []
    posting = hung(town, catalogue, 8)
    (finding,) = look(town)
    assert "没有现场照片" in finding.statement
    assert "超期7天" in finding.statement
    assert finding.subject == f"posting:{posting.id}:no_photograph"
    assert look(town) == []


def test_the_photograph_that_comes_is_the_proof(town, catalogue):
    posting = hung(town, catalogue, 8)
    (finding,) = look(town)
    with transaction():
        kept = keep_file(town.villages[0], photograph(400, 300), "公示栏.jpg", by=town.chen)
        add_proof(posting, kept, by=town.chen)
    look(town)
    assert (finding.state, finding.proof) == (FindingState.PROOFED, kept)
    assert finding.measures == "已补照片"


def test_a_sheet_taken_down_before_its_time_becomes_a_finding(town, catalogue):
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    with transaction():
        kept = keep_file(town.villages[0], photograph(400, 300), "公示栏.jpg", by=town.chen)
        posting = post(
            notice,
            channel=Channel.BOARD,
            posted_on=today() - timedelta(days=3),
            until_on=today() + timedelta(days=20),
            by=town.chen,
            proof=kept,
        )
        take_down(posting, on=today() - timedelta(days=1), by=town.chen)
    (finding,) = look(town)
    assert "提前撤下" in finding.statement
    assert finding.severity is Severity.MAJOR


@pytest.fixture
def exposed(town, catalogue):
    """A notice that is up, in whose words the gate has since found a number."""
    posting = hung(town, catalogue, 2)
    with transaction():
        sealed = SealedText(
            township_id=town.township.id,
            notice_id=posting.notice_id,
            place="body",
            kind="identity-number",
            masked="*",
            sealed="-",
            fingerprint="f",
            confidence=1.0,
            found_at=now(),
        )
        db.session.add(sealed)
    return sealed


def test_a_notice_that_shows_personal_data_is_serious(town, exposed):
    (finding,) = look(town)
    assert finding.severity is Severity.SERIOUS
    assert finding.problem_kind == "identity-number"
    assert "里有个人信息，还没有遮盖" in finding.statement
    assert "个人信息保护法" in finding.basis


def test_once_masked_it_is_handed_in(town, exposed):
    (finding,) = look(town)
    with transaction():
        db.session.get(SealedText, exposed.id).state = SealedState.MASKED
    assert look(town) == []
    assert finding.state is FindingState.PROOFED
    assert "已遮盖" in finding.measures
