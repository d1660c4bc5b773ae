"""The ledger of postings as a table: its columns, what people call them, and its rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.documents.columns import Header, find_header
from taole.documents.workbooks import Cell, Row, Sheet

MAX_ROWS = 50_000

UNIT, CODE, ITEM, PERIOD, TITLE = "unit", "code", "item", "period", "title"
CHANNEL, POSTED, UNTIL, LINK = "channel", "posted", "until", "link"
COLUMN, ACCOUNT, REPEAT, NUMBER = "column", "account", "repeat", "number"

COLUMNS: dict[str, tuple[str, ...]] = {
    UNIT: ("村", "村名", "村社区", "行政村", "村居", "村居名称", "村名称", "单位", "单位名称"),
    CODE: ("目录编码", "编码", "事项编码", "目录编号", "事项编号"),
    ITEM: ("公开事项", "事项名称", "事项", "公开事项名称", "公示事项", "二级事项"),
    PERIOD: ("期间", "周期", "公开期间", "公开周期", "所属期间", "所属期"),
    TITLE: ("标题", "公示标题", "公开标题", "公示名称"),
    CHANNEL: ("渠道", "公示渠道", "公开渠道", "公开渠道和载体", "公开载体"),
    POSTED: (
        "公示起",
        "公示开始",
        "公示开始日期",
        "公示开始时间",
        "公示起始日期",
        "起始日期",
        "开始日期",
        "公示日期",
        "公示时间",
        "公示时间起",
        "公示时间开始",
        "公示期起",
    ),
    UNTIL: (
        "公示止",
        "公示结束",
        "公示结束日期",
        "公示结束时间",
        "公示截止日期",
        "公示截止",
        "截止日期",
        "截止",
        "结束日期",
        "公示时间止",
        "公示时间结束",
        "公示期止",
    ),
    LINK: ("照片或链接", "佐证", "链接", "佐证材料", "网址", "照片", "佐证链接"),
    COLUMN: ("网站栏目", "栏目"),
    ACCOUNT: ("账号", "公众号名称", "账号名称"),
    REPEAT: ("重复公示", "再次公示", "重贴"),
    NUMBER: ("公示编号",),
}
"""A field's names, the house's own first; read in any order, spaced and bracketed at will."""

LABELS = {name: names[0] for name, names in COLUMNS.items()}
REQUIRED = {UNIT, PERIOD, CHANNEL, POSTED}
_HEAD_WITHIN = 15
_ENDS = {**dict.fromkeys("起始开自从", "起"), **dict.fromkeys("止结截至到终", "止")}
_ONE_END = re.compile(r"公[示开](?:时间|日期|期间|期限|期)?\(([起始开自从止结截至到终])[^)]{0,4}\)")


@dataclass(frozen=True)
class LedgerRow:
    """One row that says something: its number in the file, and its cells by field."""

    number: int
    cells: Mapping[str, Cell]
    table: LedgerTable

    def said(self, name: str) -> str:
        """A cell as text on one line, "" when empty; whole numbers without a point."""
        value = self.cells.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str("" if value is None else value).split())

    def fault(self, name: str, message: Sentence) -> RowFault:
        return RowFault(self.number, self.table.name_of(name), message, self.table.sheet)


@dataclass(frozen=True)
class LedgerTable:
    """One sheet's table. ``names`` are its own column names by field; ``sheet`` is said only
    where a file has several tables. ``raw`` and ``heads`` are the table as it stands."""

    sheet: str
    names: Mapping[str, str]
    heads: Sequence[str]
    raw: Sequence[Row]

    def name_of(self, name: str) -> str:
        return self.names.get(name, LABELS[name])


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a cell, and what to do; ``row`` is the number in the file."""

    row: int
    column: str
    message: Sentence
    sheet: str = ""

    def __str__(self) -> str:
        where = f"“{self.sheet}”" if self.sheet else ""
        return f"{where}第{self.row}行“{self.column}”：{self.message}"


@dataclass(frozen=True)
class Ledger:
    tables: Sequence[LedgerTable] = ()
    rows: Sequence[LedgerRow] = field(default=())


def read_ledger(sheets: Sequence[Sheet]) -> Ledger:
    """The rows of every sheet that is a ledger; other sheets (notes, lists) are passed over.

    Raises Refused when no sheet has the head of a ledger (naming what the first lacks), and
    when there is no row under it.
    """
    found: list[tuple[Sheet, Header]] = []
    refusal: Refused | None = None
    for sheet in sheets:
        if not sheet.rows:
            continue
        try:
            found.append((sheet, _head_of(sheet)))
        except Refused as refused:
            refusal = refusal or refused
    if not found and refusal is not None:
        raise refusal
    tables = [_table_of(sheet, header, alone=len(found) == 1) for sheet, header in found]
    rows = [
        LedgerRow(row.number, {name: header.value(row, name) for name in COLUMNS}, table)
        for table, (_sheet, header) in zip(tables, found, strict=True)
        for row in table.raw
    ]
    if not rows:
        raise Refused(N_("台账里没有内容：请在表头下面一行填一条公示，再上传。"))
    return Ledger(tables, rows)


def _head_of(sheet: Sheet) -> Header:
    head = [_plain_ends(row) for row in sheet.rows[:_HEAD_WITHIN]]
    header = find_header(head, COLUMNS, REQUIRED, within=_HEAD_WITHIN)
    if CODE not in header.columns and ITEM not in header.columns:
        raise Refused(
            sentence(
                N_("第%(row)s行的表头缺少“目录编码”或“公开事项”列：请至少加上一列。"),
                row=header.row_number,
            )
        )
    return header


def _plain_ends(row: Row) -> Row:
    """公示时间（起） and 公示时间（止） differ only in brackets, which column names ignore."""
    return replace(row, cells=[_plain_end(cell) for cell in row.cells])


def _plain_end(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    match = _ONE_END.fullmatch("".join(unicodedata.normalize("NFKC", cell).split()))
    return f"公示{_ENDS[match[1]]}" if match else cell


def _table_of(sheet: Sheet, header: Header, *, alone: bool) -> LedgerTable:
    rows = [row for row in sheet.rows if row.number > header.last_row_number and not row.is_empty]
    own = next(row for row in sheet.rows if row.number == header.last_row_number).cells
    names = {}
    for name, column in header.columns.items():
        written = own[column] if column < len(own) else None
        said = written if isinstance(written, str) else header.names.get(column, LABELS[name])
        names[name] = " ".join(said.split())
    width = max((len(row.cells) for row in sheet.rows), default=0)
    heads = [
        " ".join(str(own[at]).split())
        if at < len(own) and own[at] is not None
        else header.names.get(at, "")
        for at in range(width)
    ]
    return LedgerTable("" if alone else sheet.name, names, heads, rows)
