"""The sheet that is downloaded, filled in and uploaded again differs in nothing."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from workbook_factory import ALLOWANCE, BENEFIT, FARMLAND, PROSE, SPENDING, saved

from taole.catalogue.template_file import read_shipped
from taole.catalogue.template_rules import tidy_cell
from taole.catalogue.unified_template import NUMERIC, CellKind, Field, UnifiedTemplate
from taole.filling.reading import read_filled, read_pasted, template_workbook

TITLE = "东园村2023年第三季度公示"
DITTO = {"同上", "〃", "″"}

words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
amounts = st.decimals(-10_000_000, 10_000_000, places=2).map(str)
areas = st.decimals(0, 100_000, places=4).map(str)
counts = st.integers(0, 100_000).map(str)
days = st.dates(date(1960, 1, 1), date(2090, 12, 31)).map(date.isoformat)
phones = st.integers(0, 9_999_999).map(lambda number: f"0952-{number:07}")
KINDS = {
    CellKind.AMOUNT: amounts,
    CellKind.AREA: areas,
    CellKind.COUNT: counts,
    CellKind.DAY: days,
    CellKind.PHONE: phones,
}
EVERY_KIND = UnifiedTemplate(
    name="各种栏目",
    head=(Field("来源", required=True), Field("总额", CellKind.AMOUNT, "元")),
    columns=tuple(
        Field(
            f"第{kind}栏", kind, "元" if kind is CellKind.AMOUNT else "", is_summed=kind in NUMERIC
        )
        for kind in CellKind
    ),
)


def cells(each: Field) -> st.SearchStrategy[str]:
    """What may stand in a column: mostly what belongs there, at times any words, or nothing."""
    usual = KINDS.get(each.kind, words)
    return st.one_of(usual, usual, words, st.just("")).map(lambda text: tidy_cell(each, text))


def tables(template: UnifiedTemplate) -> st.SearchStrategy[list[list[str]]]:
    row = st.tuples(*(cells(each) for each in template.columns)).map(list)
    return st.lists(row.filter(any), max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize(
    "template", [FARMLAND, ALLOWANCE, SPENDING, BENEFIT, EVERY_KIND], ids=lambda each: each.name
)
def test_what_is_written_into_the_sheet_is_read_back(template: UnifiedTemplate, data: Any) -> None:
    rows = data.draw(tables(template))
    assume(not any(text in DITTO for row in rows for text in row))
    head = {each.name: tidy_cell(each, data.draw(cells(each))) for each in template.head}
    content = template_workbook(template, title=TITLE, head=head, rows=rows)
    filling = read_filled(content, "公示表.xlsx", template)
    assert filling.rows == rows
    assert filling.columns == template.column_names
    assert filling.head == {name: text for name, text in head.items() if text}
    assert filling.doubts == []


@settings(max_examples=15, deadline=None)
@given(rows=tables(EVERY_KIND))
def test_numbers_and_days_that_an_office_program_made_texts_are_the_same(
    rows: list[list[str]],
) -> None:
    assume(not any(text in DITTO for row in rows for text in row))
    book = openpyxl.load_workbook(
        io.BytesIO(template_workbook(EVERY_KIND, title=TITLE, head={}, rows=rows))
    )
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=5, max_row=4 + len(rows), min_col=2):
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.value = f"{cell.value.year}.{cell.value.month}.{cell.value.day}"
            elif isinstance(cell.value, int | float):
                cell.value = format(cell.value, ".15g")
    assert read_filled(saved(book), "公示表.xlsx", EVERY_KIND).rows == rows


@settings(max_examples=60, deadline=None)
@given(rows=tables(FARMLAND))
def test_a_table_copied_with_its_head_is_pasted_back(rows: list[list[str]]) -> None:
    assume(not any(text in DITTO or '"' in text for row in rows for text in row))
    copied = "\n".join("\t".join(row) for row in [FARMLAND.column_names, *rows])
    assert read_pasted(copied, FARMLAND).rows == rows


def test_the_sheets_of_the_catalogue_come_back_as_they_went() -> None:
    usual = {
        CellKind.COUNT: "3",
        CellKind.AMOUNT: "1,234.50",
        CellKind.AREA: "12.5",
        CellKind.DAY: "2023-09-07",
        CellKind.PHONE: "0952-5550000",
        CellKind.NAME: "张某某",
        CellKind.TEXT: "按规定办理",
    }
    for template in list(read_shipped().values())[::5]:
        rows = [[usual[each.kind] for each in template.columns]] if template.columns else []
        head = {each.name: usual[each.kind] for each in template.head}
        content = template_workbook(template, title=TITLE, head=head, rows=rows)
        filling = read_filled(content, "公示表.xlsx", template, unit="东园村")
        assert (filling.rows, filling.head, filling.doubts) == (rows, head, [])
        assert not any(each.is_fatal for each in filling.faults)


def test_an_empty_sheet_has_no_rows() -> None:
    for template in (FARMLAND, PROSE):
        filling = read_filled(
            template_workbook(template, title=TITLE, head={}), "公示表.xlsx", template
        )
        assert filling.rows == []
        assert filling.head == {}
        assert filling.doubts == []


def test_the_same_sheet_is_written_twice_the_same() -> None:
    one, other = (template_workbook(SPENDING, title=TITLE, head={}) for _ in range(2))
    assert one == other


def test_the_sheet_marks_what_is_required_and_says_what_must_not_be_told() -> None:
    content = template_workbook(
        FARMLAND,
        title=TITLE,
        head={"发放期间": "2023年"},
        rows=[["一组", "张某某", "12.5", "", ""]],
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert texts[0] == TITLE
    assert "户主姓名＊" in texts
    assert "面积（亩）＊" in texts
    assert "标准（元/亩）" in texts
    assert any("不得公开" in text and "身份证号" in text for text in texts)
    assert "=SUM(D5:D10)" in texts
    assert "=SUM(F5:F10)" in texts
    assert not sheet.protection.sheet


def test_rows_typed_into_the_empty_sheet_are_summed_by_the_sheet_itself() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(template_workbook(SPENDING, title=TITLE, head={})), data_only=False
    )
    sheet = book.worksheets[0]
    for column, value in enumerate([datetime(2023, 9, 7), "电费", 320.5, "村集体收入", "陈某"], 2):  # noqa: DTZ001
        sheet.cell(5, column).value = value
    filling = read_filled(saved(book), "填好.xlsx", SPENDING)
    assert filling.rows == [["2023-09-07", "电费", "320.50", "村集体收入", "陈某"]]
    assert filling.faults == []
