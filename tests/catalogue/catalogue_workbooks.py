"""A catalogue as a workbook with one sheet, and what a reader of it says."""

from __future__ import annotations

import csv
import io

import openpyxl
import xlwt

from taole.catalogue.drafts import CatalogueDraft, ItemDraft
from taole.catalogue.reading_workbook import read_catalogue_workbook

HEAD = [
    "序号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
]
ROW = [
    1,
    "财务管理",
    "各项收入",
    "日期；金额",
    "《甲法》、《乙法》第三条",
    "每季度首月20日前",
    "村委会",
    "公示栏、村居通",
]


def xlsx(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def xls(*rows: list[object]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("目录")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def as_csv(*rows: list[object]) -> bytes:
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    return output.getvalue().encode("gbk")


def read(*rows: list[object], merged: tuple[str, ...] = ()) -> CatalogueDraft:
    return read_catalogue_workbook(xlsx(*rows, merged=merged), "目录.xlsx")


def row(**changes: object) -> list[object]:
    names = ["number", "section", "title", "content", "basis", "limit", "publisher", "channels"]
    return [changes.get(name, value) for name, value in zip(names, ROW, strict=True)]


def only(draft: CatalogueDraft) -> ItemDraft:
    assert (draft.faults, draft.questions) == ((), ())
    (item,) = draft.items
    return item


def the_question(draft: CatalogueDraft) -> str:
    (question,) = draft.questions
    assert not draft.can_be_loaded
    return str(question)
