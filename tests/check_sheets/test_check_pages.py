"""李某 loads the county's check sheet, ties it, prints it filled; a visit sent by a plain form."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from uuid import UUID, uuid4

from cast import TOWNSHIP
from check_sheet_factory import usual, workbook
from openpyxl import load_workbook
from sqlalchemy import func, select

from taole.check_sheets.models import CheckLine, CheckSheet
from taole.core.clock import today
from taole.core.database import db
from taole.inspections.models import Finding, Inspection
from tests.inspections.finding_pages import a_photo, text_of

PAGE = f"/inspections/check-sheet/{TOWNSHIP}"
DONGYUAN = "640221106201"
VISIT = f"/inspections/visit/{DONGYUAN}"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


def look_at(browser, content: bytes, name="检查表.xlsx", **given):
    return browser.post(
        f"{PAGE}/load",
        data={
            "file": (io.BytesIO(content), name),
            "from_on": today().isoformat(),
            "check": "1",
            **given,
        },
    )


def test_a_sheet_is_looked_at_first_and_kept_when_agreed_to(town, sign_in):
    browser = sign_in("li")
    page = text_of(look_at(browser, usual()))
    assert "认出 4 条，分值合计 20" in page
    assert "F 扣分说明" in page
    assert db.session.scalar(select(func.count()).select_from(CheckSheet)) == 0
    kept = {name: hidden(page, name) for name in ("kept", "filename")}
    answer = browser.post(
        f"{PAGE}/load", data={**kept, "from_on": today().isoformat(), "load": "1"}
    )
    assert answer.status_code == 302
    page = text_of(browser.get(PAGE))
    assert "用的是县里的检查表：4 条" in page
    answer = browser.post(
        f"{PAGE}/load", data={**kept, "from_on": today().isoformat(), "load": "1"}
    )
    assert answer.status_code == 422
    assert "一样，不用再载入" in text_of(answer)


def test_faults_of_a_file_and_no_file_are_said_above_the_form(town, sign_in):
    browser = sign_in("li")
    answer = look_at(browser, workbook(["检查内容", "分值"], ["各项收入", "六"]))
    assert answer.status_code == 422
    assert "第2行的分值“六”不是数" in text_of(answer)
    answer = browser.post(f"{PAGE}/load", data={"from_on": today().isoformat(), "check": "1"})
    assert (answer.status_code, "请选文件" in text_of(answer)) == (422, True)


def test_a_sheet_that_cannot_be_filled_says_so_before_it_is_kept(town, sign_in):
    page = text_of(look_at(sign_in("li"), workbook(["检查内容", "分值"], ["公开栏完好", 5])))
    assert "打印填好的表时用本系统的版式" in page
    page = text_of(look_at(sign_in("li"), "检查内容,得分\n公开栏,\n".encode(), "检查表.csv"))
    assert "另存为 .xlsx" in page


def test_the_leader_may_look_but_not_load(town, sign_in):
    browser = sign_in("zhao")
    page = text_of(browser.get(PAGE))
    assert "用的是建议的检查表：41 条" in page
    assert "载入县里的检查表" not in page
    assert look_at(browser, usual()).status_code == 403


def test_the_ties_of_a_shipped_line_are_changed_on_its_page(town, sign_in):
    browser = sign_in("li")
    address = re.search(r'href="([^"]*/lines/[^"]*/ties)"', text_of(browser.get(PAGE)))
    assert address
    assert "还没有采用目录" in text_of(browser.get(address[1]))
    answer = browser.post(address[1], data={"tie-XX-1": "equal"})
    assert answer.status_code == 422
    assert "目录里没有“XX-1”这一项" in text_of(answer)
    assert browser.post(address[1], data={"tie-XX-1": "nonsense"}).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(CheckLine)) == 41
    assert browser.get(f"{PAGE}/lines/{UUID(int=1)}/ties").status_code == 404


def test_the_sheet_of_a_village_and_of_a_township_come_filled(town, sign_in):
    browser = sign_in("chen")
    answer = browser.get(f"/inspections/check-sheet/{DONGYUAN}.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["东园村"]
    assert "村里设有公开栏" in {cell.value for cell in book.active["C"]}
    assert "要到现场看" in text_of(browser.get(f"/inspections/check-sheet/{DONGYUAN}/filled"))
    browser = sign_in("li")
    answer = browser.get(f"/inspections/check-sheet/{TOWNSHIP}.xlsx")
    assert len(load_workbook(io.BytesIO(answer.data)).sheetnames) == 5
    assert browser.get(f"/inspections/check-sheet/{TOWNSHIP}-zhb.xlsx").status_code == 404


def a_visit(browser, **given):
    page = text_of(browser.get(VISIT))
    form = {name: hidden(page, name) for name in ("visit", "held_on", "problem")}
    return {**form, "kind": "visit", "severity": "minor", "within": "7", **given}


def test_a_plain_form_keeps_a_problem_with_its_photograph(town, sign_in):
    browser = sign_in("li")
    form = a_visit(
        browser, chip="unreadable", place="公示栏", photographs=(a_photo(), "栏.jpg"), done="1"
    )
    answer = browser.post(VISIT, data=form)
    assert answer.status_code == 302
    finding = db.session.scalar(select(Finding))
    assert finding.statement == "东园村公示看不清"
    assert finding.problem_kind == "board-damaged"
    assert finding.due_on == today() + timedelta(days=7)
    page = text_of(browser.get(f"/findings/{finding.id}"))
    assert "栏.jpg" in page
    sheet = browser.get(f"{answer.location}/check-sheet.xlsx")
    assert load_workbook(io.BytesIO(sheet.data)).sheetnames == ["东园村"]


def test_saved_to_note_the_next_one_goes_on_in_the_same_round(town, sign_in):
    browser = sign_in("li")
    answer = browser.post(VISIT, data=a_visit(browser, statement="甲", another="1"))
    page = text_of(browser.get(answer.location))
    assert "已记 1 个" in page
    assert "这一轮：到村查看，已去 东园村" in page
    browser.post(VISIT, data=a_visit(browser, statement="乙", done="1"))
    assert db.session.scalar(select(func.count()).select_from(Inspection)) == 1


def test_what_a_phone_kept_is_answered_with_the_next_page_or_with_words(town, sign_in):
    browser = sign_in("wu")
    form = a_visit(browser, kind="check")
    problems = f'[{{"problem": "{uuid4()}", "statement": "甲", "within": "day", "due_on": "%s"}}]'
    late = problems % (today() + timedelta(days=3)).isoformat()
    sent = browser.post(VISIT, data={**form, "problems": late}, headers={"X-Visit": "1"})
    again = browser.post(VISIT, data={**form, "problems": late}, headers={"X-Visit": "1"})
    assert sent.json == again.json
    assert sent.json["next"].startswith("/inspections/")
    assert db.session.scalar(select(func.count()).select_from(Finding)) == 1
    for wrong in ("{", "[1]", problems % "x", '[{"problem": "x", "statement": "甲"}]'):
        answer = browser.post(VISIT, data={**form, "problems": wrong}, headers={"X-Visit": "1"})
        assert answer.status_code == 422, wrong
        assert answer.json["error"]
    photographs = '[{"id": "%s", "name": "a.jpg", "size": 1}]'
    many = ", ".join([photographs[1:-1] % uuid4() for _ in range(7)])
    told = f'[{{"problem": "{uuid4()}", "statement": "甲", "photographs": [{many}]}}]'
    answer = browser.post(VISIT, data={**form, "problems": told}, headers={"X-Visit": "1"})
    assert answer.json["error"] == "一个问题最多 6 张照片"


def test_what_cannot_be_kept_is_said_above_the_form_with_what_was_typed(town, sign_in):
    browser = sign_in("li")
    answer = browser.post(VISIT, data=a_visit(browser, chip="other", done="1"))
    assert answer.status_code == 422
    assert "请写清楚发现了什么问题" in text_of(answer)
    form = a_visit(browser, statement="玻璃碎了", within="day", done="1")
    answer = browser.post(VISIT, data=form)
    assert answer.status_code == 422
    assert "请选几天改好，或者填写日期" in text_of(answer)
    assert "玻璃碎了" in text_of(answer)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    answer = browser.post(VISIT, data={**form, "held_on": tomorrow, "within": "3"})
    assert "还没有到，请检查日期" in text_of(answer)
    assert db.session.scalar(select(func.count()).select_from(Inspection)) == 0


def test_only_villages_are_visited_and_only_by_who_inspects(town, sign_in):
    assert sign_in("chen").get(VISIT).status_code == 403
    browser = sign_in("li")
    assert browser.get(f"/inspections/visit/{TOWNSHIP}").status_code == 404
    assert "东园村" in text_of(browser.get("/inspections/visit"))
