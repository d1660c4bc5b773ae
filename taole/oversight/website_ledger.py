"""The columns one by one (逐栏台账), for the page that is printed and for the workbook.

A paper for officials, so it is written in Chinese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from taole.documents.spreadsheets import CellOut, ColumnOut, SheetOut, write_workbook
from taole.organisation.models import Unit
from taole.oversight.column_rules import STANDING_LABELS
from taole.oversight.website_queries import ColumnState

COLUMNS: tuple[tuple[str, float], ...] = (
    ("序号", 6),
    ("编码", 10),
    ("栏目", 30),
    ("责任单位", 20),
    ("更新间隔（天）", 14),
    ("在网条数", 10),
    ("最近更新", 13),
    ("应于何日前更新", 16),
    ("剩余天数", 10),
    ("状态", 12),
    ("依据", 44),
)
NOTE = (
    "最近更新含下级栏目和常设页面的修改，重发的不算；在网条数为没有登记撤下的；"
    "剩余天数为负的已经超期。"
)


def ledger_title(township: Unit, on: date) -> str:
    return f"{township.name}政府网站栏目更新台账（{on.year}年）"


def ledger_rows(columns: Sequence[ColumnState]) -> list[tuple[CellOut, ...]]:
    """One row for each column, in the order of ``COLUMNS``; lower ones are set in by a sign."""
    return [
        (
            number,
            each.item.code,
            "　" * each.depth + each.item.title,
            each.item.publisher,
            each.interval,
            each.content.up,
            each.last_on,
            each.clock.due_on if each.clock else None,
            each.days_left,
            STANDING_LABELS[each.standing],
            "；".join(each.item.basis),
        )
        for number, each in enumerate(columns, 1)
    ]


def ledger_xlsx(township: Unit, columns: Sequence[ColumnState], on: date) -> bytes:
    """The ledger as a workbook of one sheet, printed on A4 across."""
    return write_workbook(
        [
            SheetOut(
                name="逐栏台账",
                title=ledger_title(township, on),
                subtitle=f"截至{on.year}年{on.month}月{on.day}日",
                columns=[ColumnOut(name, width) for name, width in COLUMNS],
                rows=ledger_rows(columns),
                notes=[NOTE],
            )
        ]
    )
