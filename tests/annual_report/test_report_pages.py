"""The report's pages: who sees them, what they say, where a number leads."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import pytest
import time_machine
from docx import Document
from sqlalchemy import event

from taole.annual_report.actions import write_passages
from taole.annual_report.models import ReportPassage
from taole.core.database import db
from taole.core.settings_store import DEMONSTRATION, keep_setting
from taole.core.transactions import transaction
from taole.registers.models import Training
from taole.registers.rules import TrainingRole

PAGE = "/reports/640221106/2023"
PAIRS = [("公开不够及时。", "每两周征集一次。"), ("内容不够规范。", "统一用模板。")]


def body(answer) -> str:
    return answer.get_data(as_text=True)


def test_the_clerk_reads_the_report_of_2023(town, sign_in):
    answer = sign_in("li").get(PAGE)
    assert answer.status_code == 200
    text = body(answer)
    assert "平罗县陶乐镇2023年政府信息公开工作年度报告" in text
    assert f'href="{PAGE}/figures/P1-web"' in text
    assert f"{PAGE}/figures/H1" not in text
    assert text.count("要核对") >= 2
    assert "第五部分要写存在的问题和改进情况" in text


@pytest.mark.parametrize("account", ["zhao", "wu", "zheng"])
def test_leader_inspector_and_administrator_read_it_too(town, sign_in, account):
    assert sign_in(account).get(PAGE).status_code == 200


def test_a_secretary_does_not_see_the_townships_report(town, sign_in):
    client = sign_in("chen")
    assert client.get(PAGE).status_code == 404
    assert client.get("/reports").status_code == 403


def test_the_neighbours_report_does_not_exist_for_the_clerk(town, sign_in):
    client = sign_in("li")
    assert client.get("/reports/640221203/2023").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/reports/640221106/2007",
        "/reports/640221106/9999",
        "/reports/640221106201/2023",
        "/reports/nowhere/2023",
        f"{PAGE}/figures/P1-wbe",
        f"{PAGE}/figures/T3:R9:natural",
    ],
)
def test_a_report_or_figure_that_cannot_be_is_not_found(town, sign_in, address):
    assert sign_in("wu").get(address).status_code == 404


@pytest.mark.parametrize(("day", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026)])
def test_the_door_leads_to_the_year_being_written(town, sign_in, day, year):
    with time_machine.travel(f"{day} 12:00 +0800", tick=False):
        answer = sign_in("li").get("/reports")
    assert answer.headers["Location"] == f"/reports/640221106/{year}"


def test_the_inspector_of_the_county_chooses_a_township(town, sign_in):
    text = body(sign_in("wu").get("/reports"))
    assert "/reports/640221106/" in text
    assert "/reports/640221203/" in text


def test_the_demonstration_lists_the_years_with_records(town, sign_in):
    with transaction():
        keep_setting(DEMONSTRATION, {"seed": 1})
        write_passages(town.township, 2023, PAIRS, by=town.li)
    assert PAGE in body(sign_in("li").get("/reports"))


def test_a_number_leads_to_its_records_page_by_page(town, sign_in):
    with transaction():
        for number in range(60):
            db.session.add(
                Training(
                    township_id=town.township.id,
                    role=TrainingRole.ATTENDED,
                    held_on=date(2023, 1, 1 + number % 28),
                    topic=f"培训{number}",
                )
            )
    client = sign_in("li")
    first = body(client.get(f"{PAGE}/figures/P6-training-attend"))
    assert "数了这 60 条记录" in first
    assert "第 1 页，共 2 页" in first
    assert "2023年1月1日" in first
    last = body(client.get(f"{PAGE}/figures/P6-training-attend?page=2"))
    assert last.count("<tr><td>") == 10


@pytest.mark.parametrize(
    "key",
    ["H1", "P1-web", "P1-inquiry-rate", "P1-evaluation", "P6-board", "P6-phone", "T3-cells"],
)
def test_every_kind_of_figure_has_a_page(town, sign_in, key):
    assert sign_in("li").get(f"{PAGE}/figures/{key}").status_code == 200


def test_a_cell_of_a_table_has_a_page_too(town, sign_in):
    text = body(sign_in("li").get(f"{PAGE}/figures/T3:R3.1:natural"))
    assert "（一）予以公开 · 自然人" in text
    assert "没有数到记录" in text


def test_the_word_file_comes_down_with_its_chinese_name(town, sign_in):
    answer = sign_in("li").get(f"{PAGE}/report.docx")
    assert len(Document(io.BytesIO(answer.data)).tables) == 3
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]


def test_the_web_file_stands_alone(town, sign_in):
    text = body(sign_in("li").get(f"{PAGE}/report.html"))
    assert text.lstrip().startswith("<!doctype html>")
    assert "<style>" in text
    assert "href=" not in text
    assert "src=" not in text


def test_the_form_begins_with_the_draft(town, sign_in):
    text = body(sign_in("li").get(f"{PAGE}/passages"))
    assert "可以照用的底稿" in text
    assert text.count("<textarea") == 10


def test_the_clerk_writes_part_five(town, sign_in):
    client = sign_in("li")
    data = {}
    for place, (problem, measure) in enumerate(PAIRS):
        data |= {f"pairs-{place}-problem": problem, f"pairs-{place}-measure": measure}
    answer = client.post(f"{PAGE}/passages", data=data)
    assert answer.headers["Location"] == PAGE
    text = body(client.get(PAGE))
    assert "一是公开不够及时。" in text
    assert "第五部分要写存在的问题" not in text


def test_half_a_pair_is_shown_again_with_what_was_typed(town, sign_in):
    client = sign_in("li")
    data = {"pairs-0-problem": "公开不够及时。", "pairs-0-measure": ""}
    answer = client.post(f"{PAGE}/passages", data=data)
    assert answer.status_code == 422
    assert "第1条写了问题，请补写改进情况。" in body(answer)
    assert "公开不够及时。" in body(answer)
    assert db.session.query(ReportPassage).count() == 0


def test_an_inspector_reads_but_does_not_write(town, sign_in):
    client = sign_in("wu")
    assert "写问题和改进情况" not in body(client.get(PAGE))
    assert client.get(f"{PAGE}/passages").status_code == 403


def test_the_page_of_the_report_asks_few_questions_of_the_database(town, sign_in):
    client = sign_in("li")
    client.get(PAGE)
    asked = []
    count = lambda *arguments: asked.append(arguments[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        client.get(PAGE)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert 0 < len(asked) <= 100, len(asked)


def test_ids_of_passages_are_stable_when_only_words_change(town):
    first = write_passages(town.township, 2023, PAIRS, by=town.li)
    ids: list[UUID] = [passage.id for passage in first]
    again = [(PAIRS[0][0], "每周征集一次。"), PAIRS[1]]
    assert [one.id for one in write_passages(town.township, 2023, again, by=town.li)] == ids
