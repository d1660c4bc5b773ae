"""The columns of 整改台账 as a workbook to be filled in, and what a cell of it says. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from taole.core.errors import Refused
from taole.core.periods import parse_day
from taole.core.words import N_, Sentence, sentence
from taole.documents.workbooks import Cell


@dataclass(frozen=True)
class LedgerColumn:
    """One column. ``why_not``: why it cannot be changed here (None: it can)."""

    key: str
    label: str
    width: float
    why_not: Sentence | None = None


_BY_STEP = sentence(N_("状态要在系统里一步一步走：提交整改、复核、销号"))
_BY_RECHECK = sentence(N_("复核要由复核的人在系统里做"))
_BY_LEADER = sentence(N_("时限只能在系统里申请延期，由领导批"))
_FIXED = sentence(N_("这是记下问题时定的，不能改"))
_BY_PROOF = sentence(N_("完成日期由系统在提交整改时记"))

COLUMNS = (
    LedgerColumn("number", "编号", 9, _FIXED),
    LedgerColumn("source", "来源", 9, _FIXED),
    LedgerColumn("document", "来源文号和日期", 14, _FIXED),
    LedgerColumn("unit", "责任村或办（中心）", 10, _FIXED),
    LedgerColumn("item", "公开事项", 10),
    LedgerColumn("problem_kind", "问题类别", 10),
    LedgerColumn("severity", "程度", 6),
    LedgerColumn("statement", "问题描述", 24),
    LedgerColumn("evidence", "证据", 9, _FIXED),
    LedgerColumn("demand", "整改要求", 18),
    LedgerColumn("measures", "整改措施", 18),
    LedgerColumn("leader", "责任领导", 7, _FIXED),
    LedgerColumn("owner_name", "责任人", 7),
    LedgerColumn("due_on", "整改时限", 11, _BY_LEADER),
    LedgerColumn("proved_on", "完成日期", 11, _BY_PROOF),
    LedgerColumn("proof_link", "整改佐证链接", 14),
    LedgerColumn("closed_by", "复核人", 7, _BY_RECHECK),
    LedgerColumn("closed_on", "复核日期", 11, _BY_RECHECK),
    LedgerColumn("verdict", "复核结论", 10, _BY_RECHECK),
    LedgerColumn("state", "状态", 8, _BY_STEP),
)
BY_KEY = {column.key: column for column in COLUMNS}
CHANGEABLE = tuple(column.key for column in COLUMNS if column.why_not is None)
DAYS = frozenset({"due_on", "proved_on", "closed_on"})
RECORD = "导出记录"
RECORD_FORM = "taole-ledger-1"
"""Name of the hidden sheet that keeps what was exported, and the form it is written in."""

_NUMBER = re.compile(r"(20\d\d)\s*[-－–—年]\s*(?:第)?\s*0*(\d{1,6})\s*号?")


def text_of(cell: Cell) -> str:
    """What a cell says, comparable: days as 2023-09-18, one space for each break or gap."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else " ".join(str(cell).split())


def text_of_column(key: str, cell: Cell) -> str:
    """As ``text_of``; in a column of days also what a person or another program typed as one."""
    if key in DAYS and isinstance(cell, str | int | float):
        try:
            return parse_day(cell).isoformat()
        except Refused:
            return text_of(cell)
    return text_of(cell)


def number_text(year: int, number: int) -> str:
    """2023-18"""
    return f"{year}-{number}"


def read_number(cell: Cell) -> tuple[int, int] | None:
    """Year and number of a finding (2023-18); None when a cell names none.

    A spreadsheet that takes 2023-1 for January gives the first of that month.
    """
    if isinstance(cell, date):
        return (cell.year, cell.month) if cell.day == 1 else None
    found = _NUMBER.fullmatch(text_of(cell))
    return (int(found[1]), int(found[2])) if found else None
