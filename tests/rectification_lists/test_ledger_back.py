"""整改台账 goes out, is filled in by people, and comes back: only what they changed is changed."""

import io
import re
from datetime import date

import openpyxl
import pytest
from sqlalchemy import func, select

from taole.core.database import db
from taole.core.transactions import transaction
from taole.inspections.actions import prove
from taole.inspections.amending import amend_finding
from taole.inspections.models import Finding
from taole.inspections.workflow import FindingState, Severity
from taole.rectification_lists.ledger_columns import COLUMNS, RECORD
from taole.trail.queries import list_lines_of
from tests.inspections.finding_factory import a_finding, closed
from tests.inspections.finding_pages import text_of

PAGE = "https://example.org/notice/9"
AT = {column.key: place for place, column in enumerate(COLUMNS, 1)}
HEAD = 3
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def findings(town):
    """2023-1 of 东园村 open, 2023-2 of 王家庄村 to be re-checked, 2023-3 of 马太沟村 closed."""
    with transaction():
        first = a_finding(town.villages[0], town.li)
        second = a_finding(town.villages[2], town.li, statement="财务没有按季公开")
        prove(second, measures="补了", by=town.wang, on=date(2023, 9, 13), proof_link=PAGE)
        third = a_finding(town.villages[3], town.li, statement="公示栏破损")
        closed(third, proved_by=town.sun, by=town.zhao, on=date(2023, 9, 20))
        return [each.id for each in (first, second, third)]


def exported(client):
    answer = client.get("/findings/ledger.xlsx")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def saved(book):
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def send(client, book, name="整改台账.xlsx"):
    content = book if isinstance(book, bytes) else saved(book)
    return client.post("/findings/ledger", data={"file": (io.BytesIO(content), name)})


def confirm(client, page, **ticked):
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)[1]
    return client.post("/findings/ledger", data={"digest": digest, **ticked})


def cell(sheet, number, key):
    row = next(row for row in sheet.iter_rows(min_row=HEAD + 1) if row[0].value == number)
    return row[AT[key] - 1]


def free_row(sheet, row):
    """Room for one more row where the notes begin."""
    for reach in list(sheet.merged_cells.ranges):
        if reach.min_row >= row:
            sheet.unmerge_cells(str(reach))
    sheet.insert_rows(row)


def copy_row(sheet, row, to):
    free_row(sheet, to)
    for column in range(1, len(COLUMNS) + 1):
        sheet.cell(to, column).value = sheet.cell(row, column).value


def fresh(finding_id):
    db.session.rollback()
    return db.session.get(Finding, finding_id)


def test_a_ledger_that_nobody_touched_changes_nothing(findings, sign_in):
    clerk = sign_in("li")
    book = exported(clerk)
    assert book[RECORD].sheet_state == "veryHidden"
    sheet = book.worksheets[0]
    assert [each.value for each in sheet[HEAD]] == [column.label for column in COLUMNS]
    assert sheet["A4"].value == "2023-1"
    assert cell(sheet, "2023-1", "due_on").value.date() == date(2023, 9, 26)
    assert "台账里没有改动" in text_of(send(clerk, book))


def test_what_a_person_changed_is_shown_before_and_after_then_changed(findings, sign_in):
    clerk = sign_in("li")
    book = exported(clerk)
    sheet = book.worksheets[0]
    cell(sheet, "2023-1", "measures").value = "补写监督电话\n并拍照"
    cell(sheet, "2023-1", "severity").value = "严重"
    cell(sheet, "2023-2", "owner_name").value = "王某某"
    answer = send(clerk, book)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "台账里改了 3 处" in page
    assert "东园村" in page
    assert "补写监督电话" in page
    done = confirm(clerk, page)
    assert done.status_code == 302, text_of(done)
    first = fresh(findings[0])
    assert (first.measures, first.severity) == ("补写监督电话\n并拍照", Severity.SERIOUS)
    assert first.due_on == date(2023, 9, 26), "the day has a step of its own"
    assert fresh(findings[1]).owner_name == "王某某"
    line = next(line for line in list_lines_of(findings[0]) if line.verb == "amend")
    assert line.before == {"measures": "", "severity": "minor"}
    assert line.after["severity"] == "serious"
    assert not [line for line in list_lines_of(findings[2]) if line.verb == "amend"]


@one_engine
def test_what_another_changed_meanwhile_stays_and_what_both_changed_is_a_conflict(
    findings, sign_in, town
):
    clerk = sign_in("li")
    book = exported(clerk)
    with transaction():
        amend_finding(
            db.session.get(Finding, findings[0]), by=town.zhao, demand="三天内改好", measures="先修"
        )
    sheet = book.worksheets[0]
    cell(sheet, "2023-1", "measures").value = "换新栏"
    cell(sheet, "2023-1", "owner_name").value = "陈某某"
    page = text_of(send(clerk, book))
    assert "两边都改过，没有覆盖" in page
    assert "先修" in page
    assert "换新栏" in page
    assert confirm(clerk, page).status_code == 302
    first = fresh(findings[0])
    assert (first.measures, first.demand, first.owner_name) == ("先修", "三天内改好", "陈某某")


@one_engine
def test_sorted_and_missing_rows_and_hidden_columns_change_nothing(findings, sign_in):
    clerk = sign_in("li")
    book = exported(clerk)
    sheet = book.worksheets[0]
    rows = [[each.value for each in sheet[row]] for row in (6, 4)]
    for row, values in zip((4, 5), rows, strict=True):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    sheet.delete_rows(6)
    sheet.delete_cols(AT["demand"])
    assert "台账里没有改动" in text_of(send(clerk, book))


@one_engine
def test_what_has_its_own_step_is_refused_with_row_and_column(findings, sign_in):
    clerk = sign_in("li")
    book = exported(clerk)
    sheet = book.worksheets[0]
    cell(sheet, "2023-1", "state").value = "已销号"
    cell(sheet, "2023-1", "due_on").value = date(2023, 12, 31)
    cell(sheet, "2023-2", "measures").value = "换一种说法"
    cell(sheet, "2023-3", "statement").value = "没有破损"
    answer = send(clerk, book)
    page = text_of(answer)
    assert answer.status_code == 422
    assert (
        "第4行“状态”不能在表里改：状态要在系统里一步一步走：提交整改、复核、销号。请改回“待整改”"
        in page
    )
    assert (
        "第4行“整改时限”不能在表里改：时限只能在系统里申请延期，由领导批。请改回“2023-09-26”"
        in page
    )
    assert "第5行“整改措施”：整改情况已经提交复核，要改措施和链接，请先退回" in page
    assert "第6行“问题描述”：这个问题已经销号，不能再改" in page
    refused = confirm(clerk, page)
    assert refused.status_code == 422
    assert fresh(findings[0]).state is FindingState.OPEN


@one_engine
def test_wrong_words_are_told_by_row_and_column(findings, sign_in):
    clerk = sign_in("li")
    book = exported(clerk)
    sheet = book.worksheets[0]
    cell(sheet, "2023-1", "severity").value = "吓人"
    cell(sheet, "2023-1", "problem_kind").value = "乱写的"
    cell(sheet, "2023-1", "proof_link").value = "见附件"
    cell(sheet, "2023-1", "item").value = "没有这一项"
    cell(sheet, "2023-1", "statement").value = None
    cell(sheet, "2023-1", "demand").value = "改" * 401
    page = text_of(send(clerk, book))
    for said in (
        "第4行“程度”写的是“吓人”",
        "第4行“问题类别”没有“乱写的”",
        "第4行“整改佐证链接”的“见附件”不是网址",
        "第4行“公开事项”：施行的目录里没有“没有这一项”",
        "第4行“问题描述”不能空着",
        "第4行“整改要求”有 401 字",
    ):
        assert said in page


@one_engine
def test_a_foreign_number_another_village_and_a_copied_row_are_refused(findings, sign_in):
    clerk = sign_in("li")
    book = exported(clerk)
    sheet = book.worksheets[0]
    sheet["A4"].value = "2023-99"
    cell(sheet, "2023-2", "unit").value = "东园村"
    copy_row(sheet, 6, 7)
    page = text_of(send(clerk, book))
    assert "第4行的编号“2023-99”不是本镇的问题" in page
    assert "第5行：2023-2 号是王家庄村的问题，表里写的是“东园村”，没有改" in page
    assert "第7行和第6行都是 2023-3 号" in page


@one_engine
def test_the_ledger_of_another_township_is_refused(findings, sign_in, town):
    with transaction():
        a_finding(town.neighbour_village, town.wu)
    inspector = sign_in("wu")
    answer = inspector.get(f"/findings/ledger.xlsx?township={town.neighbour.code}")
    page = text_of(send(sign_in("li"), answer.data))
    assert "这份台账是另一个乡镇的，不是陶乐镇的" in page


@one_engine
def test_a_row_without_a_number_is_offered_as_a_new_problem(findings, sign_in):
    clerk = sign_in("li")
    book = exported(clerk)
    sheet = book.worksheets[0]
    free_row(sheet, 7)
    sheet.cell(7, AT["unit"]).value = "庙庙湖村"
    sheet.cell(7, AT["statement"]).value = "公示栏没有监督电话"
    page = text_of(send(clerk, book))
    assert "没有编号的行" in page
    assert confirm(clerk, page).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Finding)) == 3, "only when ticked"
    page = text_of(send(clerk, book))
    assert confirm(clerk, page, **{"fresh-7": "1"}).status_code == 302
    new = db.session.scalars(select(Finding).where(Finding.statement == "公示栏没有监督电话")).one()
    assert new.unit.name == "庙庙湖村"


@one_engine
def test_without_its_record_differences_are_asked_one_by_one(findings, sign_in):
    clerk = sign_in("li")
    book = exported(clerk)
    del book[RECORD]
    sheet = book.worksheets[0]
    cell(sheet, "2023-1", "measures").value = "补写电话"
    cell(sheet, "2023-1", "demand").value = "马上改"
    cell(sheet, "2023-1", "state").value = "已销号"
    page = text_of(send(clerk, book))
    assert "没有导出记录" in page
    assert "第4行“状态”和系统里的不一样，没有读" in page
    assert confirm(clerk, page, **{"take-2023-1-measures": "1"}).status_code == 302
    first = fresh(findings[0])
    assert (first.measures, first.demand, first.state) == ("补写电话", "", FindingState.OPEN)


@one_engine
def test_only_who_records_problems_may_load_and_a_village_exports_its_own(findings, sign_in):
    chen = sign_in("chen")
    book = exported(chen)
    assert book[RECORD]["A3"].value == str(findings[0])
    assert book[RECORD].max_row == 3
    assert chen.get("/findings/ledger").status_code == 403
    assert sign_in("li").get("/findings/ledger").status_code == 200
    no_ledger = send(sign_in("li"), openpyxl.Workbook())
    assert "不是整改台账" in text_of(no_ledger)
