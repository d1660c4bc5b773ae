"""What is refused when an inspection or a finding is recorded, each in words."""

from __future__ import annotations

from datetime import date

import pytest
from finding_factory import FOUND, a_finding, closed

from taole.core.clock import noon
from taole.core.errors import Refused
from taole.inspections.actions import record_inspection
from taole.inspections.workflow import BodyLevel, Direction, InspectionKind


def recorded(town, **given):
    """The county's third-party evaluation of all villages on 2023-09-12."""
    values = {
        "direction": Direction.INBOUND,
        "kind": InspectionKind.EVALUATION,
        "body": "县里请的第三方",
        "body_level": BodyLevel.COUNTY,
        "held_on": FOUND,
        "units": town.villages,
        "by": town.li,
        "at": noon(date(2023, 9, 20)),
    }
    return record_inspection(given.pop("township", town.township), **{**values, **given})


def test_an_inspection_keeps_its_days_and_who_looked(town):
    inspection = recorded(town, until_on=date(2023, 9, 14), people="张某某、李某某")
    assert (inspection.held_on, inspection.until_on) == (FOUND, date(2023, 9, 14))
    assert inspection.people == "张某某、李某某"


def test_an_inspection_ends_after_it_begins(town):
    with pytest.raises(Refused, match="最后一天早于第一天"):
        recorded(town, until_on=date(2023, 9, 11))


def test_an_inspection_is_of_a_township(town):
    with pytest.raises(Refused, match="不是乡镇"):
        recorded(town, township=town.villages[0])


def test_an_inspection_goes_to_units_of_its_township(town):
    with pytest.raises(Refused, match="请只选本乡镇的单位"):
        recorded(town, units=[town.neighbour_village])


def test_a_finding_keeps_the_rule_broken_and_where_it_is_seen(town):
    finding = a_finding(
        town.villages[0], town.li, basis="县目录第3条", evidence_link="https://example.org/1"
    )
    assert (finding.basis, finding.evidence_link) == ("县目录第3条", "https://example.org/1")


def test_evidence_that_no_browser_opens_is_refused(town):
    with pytest.raises(Refused, match="http://"):
        a_finding(town.villages[0], town.li, evidence_link="见照片")


def test_a_finding_belongs_to_the_township_of_its_inspection(town):
    with pytest.raises(Refused, match="不在这次督查的乡镇里"):
        a_finding(town.neighbour_village, town.wu, inspection=recorded(town))


def test_one_that_came_back_twice_names_the_first_of_all(town):
    first = a_finding(town.villages[0], town.li, problem_kind="late")
    closed(first, proved_by=town.chen, by=town.li, on=FOUND)
    second = a_finding(town.villages[0], town.li, problem_kind="late")
    closed(second, proved_by=town.chen, by=town.li, on=FOUND)
    third = a_finding(town.villages[0], town.li, problem_kind="late")
    assert (second.recurs, third.recurs) == (first, first)
