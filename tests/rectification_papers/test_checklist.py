"""The rectification checklist: what stands on it, and that it becomes Word, Excel and PDF."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document
from sqlalchemy import event

from taole.core.database import db
from taole.core.transactions import transaction
from taole.documents.paper_excel import paper_xlsx
from taole.documents.paper_word import paper_docx
from taole.inspections.workflow import InspectionKind, Severity
from taole.obligations.rules import Answer
from taole.organisation.actions import SYSTEM, found_unit
from taole.organisation.rules import UnitKind
from taole.rectification_papers.checklist import COLUMNS, make_checklist
from taole.rectification_papers.commands import checklist as checklist_command
from tests.inspections.finding_factory import a_finding, an_item, an_obligation, closed

ON = date(2023, 11, 1)


@pytest.fixture
def autumn(town):
    """东园村 owes its accounts, 施家台子村 was late; two findings are open, one is closed."""
    with transaction():
        item = an_item()
        dongyuan, shijia, wangjia, *_ = town.villages
        an_obligation(dongyuan, item)
        an_obligation(shijia, item, answer=Answer.NOTICE, answered_on=date(2023, 10, 25))
        a_finding(
            dongyuan,
            town.li,
            statement="公示表没用统一模板",
            source=InspectionKind.CIRCULAR,
            severity=Severity.MAJOR,
            demand="按2023版统一模板重填后公示",
        )
        closed(
            a_finding(wangjia, town.wu, statement="过期公示没撤下"),
            proved_by=town.wang,
            by=town.wu,
            on=date(2023, 9, 20),
        )
        closed(
            a_finding(shijia, town.wu, statement="公示栏玻璃破损"),
            proved_by=town.liu,
            by=town.wu,
            on=date(2023, 11, 10),
        )
    return town


def test_the_list_holds_the_open_problems_and_what_the_system_found(autumn):
    listed = make_checklist(autumn.township, on=ON)
    assert [(row.unit, row.statement, row.source, row.progress) for row in listed.rows] == [
        ("东园村", "公示表没用统一模板", "季度通报", "待整改"),
        ("施家台子村", "公示栏玻璃破损", "交叉互检", "整改中"),
        (
            "东园村",
            "东园村2023年第三季度各项收入未公示，应于10月20日前公示，超期12天",
            "系统发现",
            "未公示",
        ),
        (
            "施家台子村",
            "施家台子村2023年第三季度各项收入公示晚了，应于10月20日前公示，10月25日才公示，超期5天",
            "系统发现",
            "已公示，迟5天",
        ),
    ]
    assert [row.owner for row in listed.rows] == ["陈某", "刘某", "陈某", "刘某"]
    assert [row.number for row in listed.rows] == [1, 2, 3, 4]


def test_the_list_of_a_village_holds_only_its_own(autumn):
    listed = make_checklist(autumn.villages[0], on=ON)
    assert {row.unit for row in listed.rows} == {"东园村"}
    assert listed.title == "东园村村务公开问题整改清单"
    assert listed.head.phone == "0952-8011132"


def test_what_was_closed_by_the_day_is_left_out_and_what_was_closed_later_still_stands(autumn):
    def statements(on):
        return {row.statement for row in make_checklist(autumn.township, on=on).rows}

    assert "过期公示没撤下" in statements(date(2023, 9, 19))
    assert "过期公示没撤下" not in statements(date(2023, 9, 20))
    assert "公示栏玻璃破损" in statements(date(2023, 11, 9))
    assert "公示栏玻璃破损" not in statements(date(2023, 11, 10))


def test_a_problem_past_its_day_says_so(autumn):
    row = make_checklist(autumn.villages[0], on=ON).rows[0]
    assert row.due_words(2023) == "9月19日\n（已超期）"


def test_the_word_file_has_the_official_columns_in_order(autumn):
    listed = make_checklist(autumn.township, on=ON)
    paper = Document(io.BytesIO(paper_docx(listed.paper())))
    table = paper.tables[0]
    assert tuple(cell.text for cell in table.rows[0].cells) == COLUMNS
    assert len(table.rows) == 5
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    for line in (
        "陶乐镇村务公开问题整改清单",
        "督查单位：陶乐镇综合办公室",
        "督查日期：2023年9月12日至11月1日",
        "印发日期：2023年11月1日",
        "签发：",
        "签收（村）：",
        "联系电话：0952-8011132",
    ):
        assert line in said
    section = paper.sections[0]
    assert section.page_width > section.page_height


def test_the_workbook_has_the_same_rows_with_real_dates(autumn):
    listed = make_checklist(autumn.township, on=ON)
    sheet = openpyxl.load_workbook(io.BytesIO(paper_xlsx(listed.paper()))).active
    rows = list(sheet.iter_rows(values_only=True))
    head = rows.index(COLUMNS)
    assert rows[head + 1][1:3] == ("东园村", "公示表没用统一模板")
    assert rows[head + 1][7].date() == date(2023, 9, 19)
    assert rows[head + 1][8] == "待整改（已超期）"
    assert rows[head + 4][0] == 4


def test_a_day_without_problems_still_gives_a_paper(town):
    listed = make_checklist(town.township, on=ON)
    assert listed.rows == ()
    assert (
        "没有未销号的问题"
        in Document(io.BytesIO(paper_docx(listed.paper()))).tables[0].rows[1].cells[0].text
    )
    assert paper_xlsx(listed.paper())


@pytest.fixture
def run(app):
    def typed(*arguments):
        return CliRunner().invoke(
            checklist_command, list(arguments), obj=lambda: app, standalone_mode=True
        )

    return typed


@pytest.mark.parametrize(("suffix", "first"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_the_command_writes_the_list_and_says_how_many_rows(autumn, run, tmp_path, suffix, first):
    out = tmp_path / f"清单.{suffix}"
    answer = run("--unit", autumn.township.code, "--on", "2023-11-01", "--out", str(out))
    assert answer.exit_code == 0, answer.output
    assert "4 行" in answer.output
    assert out.read_bytes().startswith(first)
    assert list(tmp_path.iterdir()) == [out]


def test_a_paper_of_another_kind_is_wrong_use(autumn, run, tmp_path):
    answer = run("--unit", autumn.township.code, "--out", str(tmp_path / "清单.doc"))
    assert answer.exit_code == 2


def test_an_unknown_unit_gets_one_sentence(town, run, tmp_path):
    answer = run("--unit", "999", "--out", str(tmp_path / "清单.docx"))
    assert answer.exit_code == 1
    assert "没有编码为“999”的单位" in answer.output
    assert not list(tmp_path.iterdir())


def test_days_the_wrong_way_round_get_one_sentence(town, run, tmp_path):
    answer = run(
        "--unit", town.township.code, "--from", "2023-12-01", "--on", "2023-11-01",
        "--out", str(tmp_path / "清单.docx"),
    )  # fmt: skip
    assert answer.exit_code == 1
    assert "晚于" in answer.output


def test_a_folder_that_does_not_exist_gets_one_sentence(town, run, tmp_path):
    answer = run("--unit", town.township.code, "--out", str(tmp_path / "没有" / "清单.docx"))
    assert answer.exit_code == 1
    assert "没有文件夹" in answer.output


def test_a_program_may_read_what_was_written(autumn, run, tmp_path):
    out = tmp_path / "list.xlsx"
    answer = run("--unit", autumn.township.code, "--on", "2023-11-01", "--out", str(out), "--json")
    assert '"rows": 4' in answer.output


def test_a_list_looks_back_a_year_unless_told_otherwise(autumn):
    late = ON + timedelta(days=380)
    assert not [
        row for row in make_checklist(autumn.township, on=late).rows if row.source == "系统发现"
    ]
    wide = make_checklist(autumn.township, on=late, start=date(2023, 1, 1))
    assert [row.progress for row in wide.rows if row.source == "系统发现"] == [
        "未公示",
        "已公示，迟5天",
    ]


@pytest.mark.parametrize(
    ("office", "speaks"),
    [("党政办公室", "红崖子乡党政办公室"), ("综合执法办公室", "红崖子乡"), (None, "红崖子乡")],
)
def test_the_checklist_is_signed_by_the_office_that_the_township_has(town, office, speaks):
    if office:
        found_unit(
            kind=UnitKind.OFFICE,
            code=f"{town.neighbour.code}-bgs",
            name=office,
            parent=town.neighbour,
            by=SYSTEM,
        )
    assert make_checklist(town.neighbour_village, on=ON).head.body == speaks


def test_the_list_of_a_township_takes_as_few_questions_for_many_findings_as_for_few(autumn):
    def asked():
        questions = []
        note = lambda *told: questions.append(told[2])  # noqa: E731 - to be taken away again
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            make_checklist(autumn.township, on=ON)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(questions)

    few = asked()
    with transaction():
        for at in range(40):
            a_finding(autumn.villages[at % 5], autumn.li, statement=f"第{at}处没写监督电话")
    assert asked() == few <= 10
