"""吴某 and 李某 go through the villages: one round is one visit, and what is sent twice is once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
from cast import TOWNSHIP
from check_sheet_factory import usual
from sqlalchemy import func, select

from taole.attachments.models import Attachment, Upload
from taole.attachments.uploads import finish, receive
from taole.catalogue.channels import Channel
from taole.catalogue.models import Adoption
from taole.check_sheets.marking import MarkNoted
from taole.check_sheets.models import CheckMark
from taole.check_sheets.reading import read_check_sheet
from taole.check_sheets.sheets import load_sheet
from taole.check_sheets.visit_rounds import who_inspects
from taole.check_sheets.visiting import ProblemNoted, Promised, Visit, record_visit
from taole.check_sheets.workflow import LineResult
from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.inspections.actions import close, prove
from taole.inspections.models import Finding, Inspection
from taole.inspections.queries import list_photos_of_problem
from taole.inspections.workflow import BodyLevel, Direction, InspectionKind, Severity
from taole.organisation.models import Unit, User
from taole.organisation.queries import find_user, get_township, get_unit
from taole.trail.queries import find_breaks
from tests.attachments.picture_factory import photograph
from tests.inspections.at_once import at_once
from tests.inspections.finding_factory import an_item, an_obligation

ON = date(2023, 9, 20)


def a_problem(statement="公示栏玻璃破损，3 张公示看不清", **given) -> ProblemNoted:
    values = {
        "id": uuid4(),
        "severity": Severity.MINOR,
        "due_on": ON + timedelta(days=10),
        "channel": Channel.BOARD,
        "problem_kind": "board-damaged",
    }
    return ProblemNoted(statement=statement, **{**values, **given})


def visit(*problems, marks=None, id=None, **given) -> Visit:
    values = {"held_on": ON, "kind": InspectionKind.VISIT}
    return Visit(id=id or uuid4(), marks=marks or {}, problems=problems, **{**values, **given})


def go(town, unit, told, by=None) -> Inspection:
    by = by or town.li
    reach = [grant.path for grant in by.grants]
    inspecting = who_inspects(town.township, reach)
    return record_visit(unit, told, inspecting=inspecting, by=by, at=noon(told.held_on))


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def sheet(town):
    item = an_item()
    db.session.add(
        Adoption(
            township_id=town.township.id,
            edition=item.edition,
            from_on=date(2023, 1, 1),
            until_on=None,
        )
    )
    db.session.flush()
    draft = read_check_sheet(usual(), "检查表.xlsx")
    return load_sheet(
        town.township, draft, from_on=date(2023, 1, 1), by=town.li, at=noon(date(2023, 1, 1))
    )


def test_a_visit_keeps_its_problems_with_their_days_and_places(town):
    kept = go(town, town.villages[4], visit(a_problem()))
    (finding,) = kept.findings
    assert kept.direction is Direction.OUTBOUND
    assert kept.kind is InspectionKind.VISIT
    assert kept.body == "陶乐镇综合办公室"
    assert kept.people == "李某"
    assert finding.due_on == date(2023, 9, 30)
    assert finding.channel is Channel.BOARD
    assert finding.owner_name == "马某"
    assert finding.source is InspectionKind.VISIT


def test_a_visit_sent_twice_is_one_visit(town, sheet):
    line = sheet.lines[2].id
    told = visit(a_problem(), marks={line: MarkNoted(LineResult.PROBLEM, "公开栏玻璃碎了")})
    first = go(town, town.villages[0], told)
    assert go(town, town.villages[0], told) is first
    assert count(Inspection) == 1
    assert count(Finding) == 2
    assert count(CheckMark) == 1


def test_several_villages_in_one_round_are_one_visit_and_another_round_is_another(town):
    first = go(town, town.villages[0], visit())
    assert go(town, town.villages[1], visit()) is first
    assert go(town, town.villages[2], visit(round_id=first.id)) is first
    assert {each.unit.name for each in first.visits} == {"东园村", "施家台子村", "王家庄村"}
    assert go(town, town.villages[3], visit(is_new_round=True)) is not first
    assert go(town, town.villages[0], visit(held_on=ON + timedelta(days=1))) is not first
    assert count(Inspection) == 3


def test_a_visit_to_a_second_village_of_the_round_sent_twice_is_one(town):
    go(town, town.villages[0], visit())
    told = visit(a_problem())
    go(town, town.villages[1], told)
    go(town, town.villages[1], told)
    assert (count(Inspection), count(Finding)) == (1, 1)


def test_the_countys_inspector_comes_as_the_county(town):
    told = visit(kind=InspectionKind.CHECK)
    kept = go(town, town.villages[0], told, by=town.wu)
    assert kept.direction is Direction.INBOUND
    assert (kept.body, kept.body_level) == ("平罗县", BodyLevel.COUNTY)
    with pytest.raises(Refused, match="到村查看、抽查还是检查"):
        go(town, town.villages[0], visit(is_new_round=True), by=town.wu)


def test_nobody_goes_on_with_anothers_visit(town):
    kept = go(town, town.villages[0], visit())
    with pytest.raises(Refused, match="别人记的"):
        go(town, town.villages[1], visit(id=kept.id), by=town.zhao)
    problem = a_problem()
    go(town, town.villages[0], visit(problem))
    with pytest.raises(Refused, match="别人记的"):
        go(town, town.villages[1], visit(problem))


def test_a_line_with_a_problem_makes_a_finding_with_the_subject_of_what_is_missing(town, sheet):
    dongyuan = town.villages[0]
    item = sheet_item(sheet)
    owed = an_obligation(dongyuan, item, due_on=date(2023, 7, 20))
    line = sheet.lines[0]
    told = visit(marks={line.id: MarkNoted(LineResult.PROBLEM)})
    (finding,) = go(town, dongyuan, told).findings
    mark = db.session.scalar(select(CheckMark))
    assert finding.subject == f"obligation:{owed.id}"
    assert finding.item_id == item.id
    assert finding.line_id == line.id
    assert "各项收入未公示" in finding.statement
    assert (mark.points, mark.proof, mark.finding_id) == (0, "2023-1", finding.id)


def sheet_item(sheet):
    from taole.catalogue.queries import find_item

    return find_item(sheet.township_id, "CW-02", ON)


def test_a_line_whose_problem_is_open_names_that_one_and_a_closed_one_makes_another(town, sheet):
    dongyuan, line = town.villages[0], sheet.lines[2]
    marks = {line.id: MarkNoted(LineResult.PROBLEM, "公开栏玻璃碎了")}
    (first,) = go(town, dongyuan, visit(marks=marks)).findings
    go(town, dongyuan, visit(marks=marks, held_on=ON + timedelta(days=1)))
    assert count(Finding) == 1
    prove(first, measures="换了玻璃", by=town.chen, on=ON, proof_link="https://example.org/1")
    close(first, verdict="好了", by=town.zhao, on=ON + timedelta(days=1))
    go(town, dongyuan, visit(marks=marks, held_on=ON + timedelta(days=2)))
    assert count(Finding) == 2
    back = db.session.scalar(select(Finding).where(Finding.recurs_id == first.id))
    assert back is not None


def test_a_line_that_vetoes_makes_a_serious_finding_and_fine_ones_get_their_points(town, sheet):
    fine, data = sheet.lines[1], sheet.lines[3]
    marks = {
        fine.id: MarkNoted(LineResult.FINE),
        data.id: MarkNoted(LineResult.PROBLEM),
        uuid4(): MarkNoted(LineResult.FINE),
    }
    (finding,) = go(town, town.villages[0], visit(marks=marks)).findings
    points = {mark.line_id: mark.points for mark in db.session.scalars(select(CheckMark))}
    assert points == {fine.id: 6, data.id: 0}
    assert finding.severity is Severity.SERIOUS
    assert finding.statement == "东园村公开了完整身份证号"


def test_a_photograph_that_follows_stands_with_the_problem_and_comes_once(town):
    picture = photograph(300, 200)
    promised = Promised(uuid4(), "玻璃.jpg", len(picture))
    told = visit(a_problem(promised=[promised]))
    kept = go(town, town.villages[0], told)
    go(town, town.villages[0], told)
    assert count(Upload) == 1
    upload = db.session.get(Upload, promised.id)
    receive(upload, 0, picture, by=town.li)
    finish(upload, by=town.li)
    finish(upload, by=town.li)
    (shown,) = list_photos_of_problem(kept.findings[0])
    assert shown.filename == "玻璃.jpg"
    assert count(Attachment) == 1


def test_a_village_of_another_township_is_no_part_of_a_round(town):
    kept = go(town, town.villages[0], visit())
    with pytest.raises(Refused, match="别的乡镇"):
        record_visit(
            town.neighbour_village,
            visit(id=kept.id),
            inspecting=who_inspects(town.neighbour, [town.county.path]),
            by=town.li,
            at=noon(ON),
        )


def test_a_refused_problem_is_said_and_its_visit_is_not_begun(town):
    with pytest.raises(Refused, match="整改时限早于发现日期"):
        go(town, town.villages[0], visit(a_problem(due_on=ON - timedelta(days=1))))


def test_the_same_visit_sent_twice_at_once_is_one_and_nothing_breaks(app, town, sheet):
    line = sheet.lines[2].id
    db.session.commit()
    told = visit(a_problem(), marks={line: MarkNoted(LineResult.PROBLEM)})
    code = town.villages[0].code

    def sending():
        town = _Again(find_user("li"), get_township(TOWNSHIP))
        return go(town, get_unit(code), told).id

    outcomes = at_once(app, sending, sending, sending)
    assert outcomes == [told.id] * 3
    db.session.rollback()
    assert (count(Inspection), count(Finding), count(CheckMark)) == (1, 2, 1)
    assert find_breaks() == {}


@dataclass
class _Again:
    """The town as another request sees it."""

    li: User
    township: Unit
