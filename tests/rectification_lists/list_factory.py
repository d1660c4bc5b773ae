"""Published lists in all their shapes, and 陶乐镇's names by which they are read."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import docx
import openpyxl

from taole.inspections.workflow import BodyLevel, InspectionKind, Severity
from taole.organisation.rules import UnitKind
from taole.rectification_lists.entries import Usual
from taole.rectification_lists.loading import ListHead, items_by_name, load_list, names_of_units
from taole.rectification_lists.plan import Plan, plan_list
from taole.rectification_lists.reading import PASTED, read_source
from taole.rectification_lists.units import KnownUnit, UnitNames
from taole.rectification_lists.values import ItemsByName, KnownItem

HELD = date(2023, 9, 12)
NAMES = {
    "zhen": ("陶乐镇", UnitKind.TOWNSHIP),
    "zhb": ("综合办公室", UnitKind.OFFICE),
    "msfw": ("民生服务中心", UnitKind.OFFICE),
    "dong": ("东园村", UnitKind.VILLAGE),
    "shi": ("施家台子村", UnitKind.VILLAGE),
    "wang": ("王家庄村", UnitKind.VILLAGE),
    "ma": ("马太沟村", UnitKind.VILLAGE),
    "miao": ("庙庙湖村", UnitKind.VILLAGE),
}
UNITS = UnitNames([KnownUnit(code, name, kind) for code, (name, kind) in NAMES.items()])
ITEMS = ItemsByName(
    [
        KnownItem(uuid4(), "CW-02", "财务收支情况"),
        KnownItem(uuid4(), "SB-08", "高龄津贴发放"),
        KnownItem(uuid4(), "WZ-05", "社会救助"),
    ]
)
Grid = Sequence[Sequence[Any]]


def grid(text: str) -> list[list[str]]:
    """A table as it is written in a test: cells parted by |, one row a line."""
    return [
        [cell.strip() for cell in line.strip().split("|")]
        for line in text.strip().splitlines()
        if line.strip()
    ]


def a_workbook(sheets: Mapping[str, Grid] | Grid, merged: Sequence[str] = ()) -> bytes:
    """An .xlsx of these sheets (one without a name: Sheet1); ``merged`` ranges of the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    named = sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}
    for name, rows in named.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([cell if cell != "" else None for cell in row])
    for reach in merged:
        book.worksheets[0].merge_cells(reach)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def a_document(paragraphs: Sequence[str], table: Grid = (), merged: Sequence[Any] = ()) -> bytes:
    """A .docx: paragraphs, then a table; ``merged``: ((row, column), (row, column)) each."""
    paper = docx.Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    if table:
        made = paper.add_table(rows=len(table), cols=len(table[0]))
        for at, row in enumerate(table):
            for column, text in enumerate(row):
                made.cell(at, column).text = text
        for first, last in merged:
            text = made.cell(*first).text
            made.cell(*first).merge(made.cell(*last)).text = text
    output = io.BytesIO()
    paper.save(output)
    return output.getvalue()


def pasted(text: str) -> tuple[bytes, str]:
    """What a clerk copies out of Excel: the | of the test are its tabs."""
    rows = grid(text)
    return "\n".join("\t".join(row) for row in rows).encode(), PASTED


def read(
    content: bytes, filename: str = "清单.xlsx", answers: Mapping[str, str] | None = None
) -> Plan:
    """A list as it is understood, with the answers that were given."""
    source = read_source(content, filename, UNITS.names_units)
    return plan_list(
        source.tables,
        source.text,
        answers or {},
        units=UNITS,
        items=ITEMS,
        usual=Usual(HELD, Severity.MAJOR),
    )


def loaded_list(township: Any, by: Any, rows: Grid, on: date = HELD) -> Any:
    """A list of 县政务公开办 that was loaded on a day, nothing being open to ask."""
    content, units = a_workbook(rows), names_of_units(township)
    source = read_source(content, "清单.xlsx", units.names_units)
    plan = plan_list(
        source.tables,
        source.text,
        {},
        units=units,
        items=items_by_name(township, on),
        usual=Usual(on, Severity.MINOR),
    )
    head = ListHead(InspectionKind.CIRCULAR, "县政务公开办", BodyLevel.COUNTY, on)
    return load_list(township, source, plan, head, content=content, by=by)


def columns_of(plan: Plan, table: int = 0) -> dict[str, str]:
    """The fields by the heads of their columns."""
    columns = plan.columns[table]
    return {columns.table.names[at]: found.value for at, found in columns.fields.items()}


def kept(plan: Plan) -> list[tuple[str, str]]:
    """Whose problem and what, in order; nothing may be open to ask."""
    assert not plan.open, [str(question.text) for question in plan.open]
    return [(entry.unit, entry.statement) for entry in plan.entries]


def asked(plan: Plan) -> list[str]:
    return [str(question.text) for question in plan.open]
