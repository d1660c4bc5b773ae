"""County-like check sheets as workbooks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

USUAL = (
    ["2023年平罗县村务公开检查表"],
    ["被检查村：____________", None, None, None, "检查日期："],
    ["序号", "一级指标", "检查内容", "分值", "得分", "扣分说明", "佐证编号"],
    [1, "财务公开", "各项收入", 6, None, None, None],
    [2, None, "各项支出", 6, None, None, None],
    [3, "阵地建设", "公开栏完好，看得清", 4, None, None, None],
    [4, None, "没有公开身份证号（一票否决）", 4, None, None, None],
    [None, None, "合计", 20, "=SUM(E4:E7)", None, None],
    ["说明：每处扣分不超过该项分值。"],
)


def workbook(
    *rows: Sequence[Any], merged: Sequence[str] = (), formats: Sequence[tuple[str, str]] = ()
) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "检查表"
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for cell, shown in formats:
        sheet[cell].number_format = shown
    sheet.column_dimensions["C"].width = 41
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def usual() -> bytes:
    return workbook(*USUAL, merged=("A1:G1", "B4:B5", "B6:B7"))
