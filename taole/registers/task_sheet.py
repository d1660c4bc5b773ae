"""The task ledger as a sheet that is printed or sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from taole.documents.spreadsheets import ColumnOut, SheetOut
from taole.registers.models import KeyTask
from taole.registers.task_rules import QUARTERS

_HEADS = (
    ("序号", 6),
    ("要点", 40),
    ("措施", 30),
    ("责任单位", 16),
    ("完成时限", 12),
    ("状态", 9),
    ("第一季度", 24),
    ("第二季度", 24),
    ("第三季度", 24),
    ("第四季度", 24),
)


def sheet_of(place: str, year: int, tasks: Sequence[KeyTask], on: date) -> SheetOut:
    """One row a task, with what was told of each quarter."""
    rows = []
    for task in tasks:
        told = {each.quarter: f"{each.state}：{each.text}" for each in task.quarters}
        rows.append(
            (
                task.number,
                task.title,
                task.measure,
                task.owner,
                task.due_on,
                str(task.state),
                *(told.get(quarter, "") for quarter in QUARTERS),
            )
        )
    return SheetOut(
        name=f"{year}年工作要点",
        title=f"{place}{year}年政务公开工作要点台账",
        subtitle=f"{place}　{on:%Y年%-m月%-d日}",
        columns=[ColumnOut(label, width) for label, width in _HEADS],
        rows=rows,
    )
