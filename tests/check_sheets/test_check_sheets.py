"""The township's check sheets: shipped, loaded once from a day on, tied, printed filled."""

from __future__ import annotations

import io
import time
from datetime import date

import pytest
from check_sheet_factory import usual, workbook
from openpyxl import load_workbook
from sqlalchemy import event, func, select

from taole.catalogue.models import Adoption
from taole.check_sheets.filling import FilledFor, filled_beforehand, filled_workbook
from taole.check_sheets.models import CheckLine, CheckSheet
from taole.check_sheets.queries import proposals_for
from taole.check_sheets.reading import read_check_sheet
from taole.check_sheets.sheets import load_sheet, sheet_in_force, stored_sheet
from taole.check_sheets.tying import change_ties
from taole.check_sheets.workflow import LineResult, Relation
from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.inspections.problem_kinds import problem_kinds
from taole.obligations.rules import Answer
from taole.organisation.models import Unit
from taole.trail.models import TrailLine
from tests.inspections.finding_factory import a_finding, an_item, an_obligation

ON = date(2023, 11, 1)


@pytest.fixture
def income(town):
    """各项收入 of the catalogue that 陶乐镇 follows."""
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
    return item


def loaded(town, content=None, *, from_on=date(2023, 1, 1), name="检查表.xlsx"):
    content = content or usual()
    draft = read_check_sheet(content, name)
    return load_sheet(
        town.township,
        draft,
        from_on=from_on,
        by=town.li,
        content=content,
        filename=name,
        at=noon(from_on),
    )


def test_the_shipped_sheet_has_a_line_for_each_kind_and_a_hundred_points(town):
    sheet = sheet_in_force(town.township, ON)
    assert [line.problem_kind for line in sheet.lines] == [kind.code for kind in problem_kinds()]
    assert sum(line.weight for line in sheet.lines) == 100
    vetoes = [line for line in sheet.lines if line.is_veto]
    assert {line.group for line in vetoes} == {"个人信息"}
    assert db.session.scalar(select(func.count()).select_from(CheckSheet)) == 0


def test_the_shipped_sheet_is_stored_once_with_the_ids_that_were_shown(town, income):
    shown = sheet_in_force(town.township, ON)
    stored = stored_sheet(town.township, ON)
    assert stored_sheet(town.township, ON) is stored
    assert [line.id for line in stored.lines] == [line.id for line in shown.lines]
    finance = next(line for line in stored.lines if line.problem_kind == "no-finance")
    assert [(tie.item_code, tie.relation) for tie in finance.ties] == [
        (income.code, Relation.COVERS)
    ]


def test_the_countys_sheet_holds_from_its_day_on_and_is_tied_by_its_names(town, income):
    loaded(town, from_on=date(2023, 10, 1))
    assert sheet_in_force(town.township, date(2023, 9, 30)).name.startswith("村务公开检查表")
    sheet = sheet_in_force(town.township, ON)
    assert sheet.name == "2023年平罗县村务公开检查表"
    assert [(tie.item_code, tie.relation) for tie in sheet.lines[0].ties] == [
        ("CW-02", Relation.EQUAL)
    ]
    assert sheet.file is not None
    assert sheet.file.filename == "检查表.xlsx"


def test_the_same_sheet_is_not_loaded_twice(town):
    loaded(town)
    with pytest.raises(Refused, match="2023-01-01起用的“2023年平罗县村务公开检查表”一样"):
        loaded(town, from_on=date(2023, 6, 1))


def test_a_tie_that_is_changed_leaves_a_line_and_an_unknown_item_is_refused(town, income):
    line = loaded(town).lines[2]
    change_ties(line, {"CW-02": Relation.PART_OF}, by=town.li, on=ON)
    assert [(tie.item_code, tie.relation) for tie in line.ties] == [("CW-02", Relation.PART_OF)]
    change_ties(line, {"CW-02": Relation.OVERLAPS}, by=town.li, on=ON)
    change_ties(line, {"CW-02": Relation.OVERLAPS}, by=town.li, on=ON)
    verbs = db.session.scalars(select(TrailLine).where(TrailLine.verb == "tie_check_line")).all()
    assert len(verbs) == 2
    with pytest.raises(Refused, match="XX-99"):
        change_ties(line, {"XX-99": Relation.EQUAL}, by=town.li, on=ON)
    change_ties(line, {}, by=town.li, on=ON)
    db.session.expire(line)
    assert line.ties == []


def test_what_is_known_of_each_village_is_proposed_for_its_own_lines(town, income):
    dongyuan, shijia = town.villages[:2]
    an_obligation(dongyuan, income)
    an_obligation(shijia, income, answer=Answer.NOTHING, answered_on=date(2023, 10, 10))
    known = a_finding(dongyuan, town.li, problem_kind="board-damaged", statement="公开栏破损")
    sheet = loaded(town)
    proposed = proposals_for([dongyuan, shijia], sheet.lines, ON)
    first, _, board, data = [line.id for line in sheet.lines]
    assert proposed[dongyuan.id][first].result is LineResult.PROBLEM
    assert "东园村2023年第三季度各项收入未公示" in str(proposed[dongyuan.id][first].said)
    assert proposed[dongyuan.id][board].proof == f"2023-{known.number}"
    assert proposed[shijia.id][first].result is LineResult.FINE
    assert proposed[shijia.id][board].result is LineResult.NOT_SEEN
    assert proposed[shijia.id][data].result is LineResult.NOT_APPLICABLE


def test_a_whole_township_is_known_in_as_few_queries_as_one_village(town, income):
    sheet = loaded(town)
    lines = list(sheet.lines)
    proposals_for(town.villages, lines, ON)
    counts = []
    for units in (town.villages[:1], town.villages):
        asked: list[str] = []

        def count(*told: object, asked: list[str] = asked) -> None:
            asked.append(str(told[2]))

        event.listen(db.engine, "before_cursor_execute", count)
        proposals_for(units, lines, ON)
        event.remove(db.engine, "before_cursor_execute", count)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def filled(town, units, sheet) -> bytes:
    proposed = proposals_for(units, sheet.lines, ON)
    copies = [
        FilledFor(unit, ON, "综合办公室", filled_beforehand(sheet, proposed[unit.id]))
        for unit in units
    ]
    return filled_workbook(sheet, copies)


def test_the_countys_own_workbook_comes_back_filled_with_its_layout(town, income):
    dongyuan: Unit = town.villages[0]
    an_obligation(dongyuan, income)
    a_finding(dongyuan, town.li, problem_kind="board-damaged", statement="公开栏破损")
    book = load_workbook(io.BytesIO(filled(town, [dongyuan], loaded(town))))
    sheet = book["检查表"]
    assert sheet["A2"].value == "被检查村：东园村"
    assert sheet["E2"].value == "检查日期：2023年11月1日"
    assert sheet["E4"].value == 0
    assert str(sheet["F4"].value).startswith("有问题；东园村2023年第三季度各项收入未公示")
    assert sheet["E6"].value == 0
    assert sheet["G6"].value == "2023-1"
    assert sheet["E7"].value is None
    assert sheet["E8"].value == "=SUM(E4:E7)"
    assert sheet.column_dimensions["C"].width == 41
    assert "A1:G1" in {str(area) for area in sheet.merged_cells.ranges}


def test_of_a_township_each_village_has_its_sheet_within_seconds(town, income):
    sheet = loaded(town)
    begun = time.perf_counter()
    book = load_workbook(io.BytesIO(filled(town, town.villages, sheet)))
    assert book.sheetnames == [unit.name for unit in town.villages]
    assert book["马太沟村"]["A2"].value == "被检查村：马太沟村"
    assert time.perf_counter() - begun < 10


def test_a_sheet_without_a_place_to_write_comes_in_the_houses_layout(town):
    sheet = loaded(town, workbook(["检查内容", "分值"], ["公开栏完好", 5]))
    page = load_workbook(io.BytesIO(filled(town, town.villages[:1], sheet))).active
    assert page["A1"].value == "检查表"
    assert "东园村" in page["A2"].value
    assert [cell.value for cell in page[3]][2:6] == ["检查内容", "分值", "结果", "得分"]


def test_what_begins_like_a_formula_stays_words(town):
    sheet = loaded(town)
    a_finding(town.villages[0], town.li, problem_kind="board-damaged", statement="=1+1 看不清")
    book = load_workbook(io.BytesIO(filled(town, town.villages[:1], sheet)))
    assert book["检查表"]["F6"].data_type == "s"
    assert db.session.scalar(select(func.count()).select_from(CheckLine)) == 4
