"""The workbook of a village's gifts of money, as a secretary has it."""

from __future__ import annotations

import re

import openpyxl

from tests.filling.workbook_factory import put, saved
from tests.journeys.inside import LAST_QUARTER
from tests.notices.number_factory import identity

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DONOR = "爱心企业（电话13900000000）"
RAW = re.compile(r"640221190001010\d{2}[\dX]|13900000000")
"""What of it nobody may read."""


def gifts(village: str) -> bytes:
    """慰问品 as a village keeps them: a title, a head of two rows, a column of identity numbers and
    one more beside a gift, a donor's phone, days and amounts as people type them, and a sum."""
    start = LAST_QUARTER.start
    year, month = start.year, start.month
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "花名册"
    put(
        sheet,
        1,
        [
            [f"陶乐镇{village}慰问金、慰问品发放花名册"],
            [f"单位：{village}村委会", None, None, None, None, "单位：元"],
            ["序号", "姓名", "身份证号", "发放款物", None, "数额（元）", "发放时间"],
            [None, None, None, "品名", "来源", None, None],
            [1, "张某某", identity(1), "慰问金", "镇民政", "３００", f"{year}.{month}.7"],
            [2, "李某某", identity(2), "慰问金", "镇民政", "300元", f"{year}年{month}月7日"],
            [3, "王某某", None, f"米面油（{identity(3)}代领）", DONOR, 260.5, f"{year}-{month}-8"],
            ["合 计", None, None, None, None, "=SUM(F5:F7)", None],
            ["制表人：陈某"],
        ],
    )
    for merged in ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4"):
        sheet.merge_cells(merged)
    return saved(book)
