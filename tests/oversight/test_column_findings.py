"""A column that nobody updated becomes a finding of the township, until it is updated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from website_factory import adopt_columns, put_online

from taole.core.clock import noon
from taole.core.database import db
from taole.core.transactions import transaction
from taole.inspections.models import Finding
from taole.inspections.opening import open_system_findings, prove_mended
from taole.inspections.workflow import FindingState
from taole.organisation.actions import SYSTEM

LAST = date(2023, 9, 20)
STALE = LAST + timedelta(days=16)


@pytest.fixture
def column(town):
    item = adopt_columns(town.township, [("WZ-15", "动态要闻", "", 14, False)])["WZ-15"]
    put_online(town.office, item, LAST)
    return item


def look(town, on: date) -> int:
    with transaction():
        prove_mended(town.township, by=SYSTEM, at=noon(on))
        return open_system_findings(town.township, by=SYSTEM, at=noon(on))


def test_a_stale_column_is_found_once_and_handed_in_when_it_is_updated(town, column):
    assert look(town, LAST + timedelta(days=14)) == 0
    assert look(town, STALE) == 1
    assert look(town, STALE + timedelta(days=1)) == 0
    finding = db.session.scalars(select(Finding)).one()
    assert finding.unit == town.township
    assert finding.statement == ("陶乐镇网站栏目“动态要闻”未更新，应于10月4日前更新，超期2天")
    put_online(town.office, column, STALE + timedelta(days=1))
    look(town, STALE + timedelta(days=2))
    assert finding.state is FindingState.PROOFED
    assert finding.measures == "10月7日已更新"
    assert finding.proof_link.endswith("/website-duty/640221106/columns/WZ-15")


def test_the_same_column_gone_stale_again_has_come_back(town, column):
    look(town, STALE)
    (first,) = db.session.scalars(select(Finding))
    put_online(town.office, column, STALE)
    look(town, STALE)
    with transaction():
        first.closed_on, first.state = STALE, FindingState.CLOSED
    again = STALE + timedelta(days=20)
    assert look(town, again) == 1
    second = db.session.scalars(select(Finding).where(Finding.number == 2)).one()
    assert second.recurs == first
