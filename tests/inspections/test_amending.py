"""What is written of a finding is put right; what was judged stays as it was judged."""

from datetime import date

import pytest
from finding_factory import PAGE, a_finding, an_item, closed

from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.inspections.actions import prove
from taole.inspections.amending import amend_finding
from taole.inspections.workflow import Severity
from taole.trail.queries import list_lines_of


@pytest.fixture
def finding(town):
    with transaction():
        return a_finding(town.villages[0], town.li)


def lines(finding):
    return [line for line in list_lines_of(finding.id) if line.verb == "amend"]


def test_what_changed_is_told_before_and_after_and_the_same_again_leaves_no_line(finding, town):
    with transaction():
        item = an_item()
        amend_finding(
            finding, by=town.li, statement="没有写电话", severity=Severity.SERIOUS, item=item
        )
        amend_finding(finding, by=town.li, statement="没有写电话", item=item)
    assert (finding.statement, finding.item, finding.version) == ("没有写电话", item, 2)
    (line,) = lines(finding)
    assert line.before == {"statement": "公示栏没写监督电话", "severity": "minor", "item": None}
    assert line.after == {"statement": "没有写电话", "severity": "serious", "item": "CW-02"}
    with transaction():
        amend_finding(finding, by=town.li, item=None)
    assert finding.item is None


def test_an_owner_by_name_is_the_holder_when_it_is_their_name(finding, town):
    with transaction():
        amend_finding(finding, by=town.li, owner_name="王某某")
        assert (finding.owner_name, finding.owner_id) == ("王某某", None)
        amend_finding(finding, by=town.li, owner_name="陈某")
        assert finding.owner_id == town.chen.id


def test_what_is_settled_cannot_be_changed(finding, town):
    with transaction():
        prove(finding, measures="补了", by=town.chen, on=date(2023, 9, 13), proof_link=PAGE)
        with pytest.raises(Refused, match="请先退回"):
            amend_finding(finding, by=town.li, measures="没补")
        amend_finding(finding, by=town.li, demand="补写电话")
        other = closed(
            a_finding(town.villages[1], town.li),
            proved_by=town.liu,
            by=town.zhao,
            on=date(2023, 9, 20),
        )
        with pytest.raises(Refused, match="已经销号"):
            amend_finding(other, by=town.li, demand="补写电话")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"statement": "  "}, "请填写发现的问题"),
        ({"demand": "改" * 401}, "最多 400 字"),
        ({"proof_link": "见附件"}, "链接要以"),
        ({"problem_kind": "nonsense"}, "不在清单里"),
    ],
)
def test_wrong_words_are_refused_and_nothing_is_changed(finding, town, changes, said):
    with pytest.raises(Refused, match=said):
        amend_finding(finding, by=town.li, **changes)
    assert not lines(finding)


def test_of_two_at_once_the_second_is_told_and_no_other_column_can_be_changed(finding, town):
    with transaction():
        seen = finding.version
        amend_finding(finding, by=town.zhao, demand="补写电话")
        with pytest.raises(Refused, match="别人刚刚处理过"):
            amend_finding(finding, by=town.li, version=seen, demand="不用写")
    with pytest.raises(TypeError, match="due_on"):
        amend_finding(finding, by=town.li, due_on=date(2024, 1, 1))
