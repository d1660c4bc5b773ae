"""The ledger as workbooks: the empty template, the year's export, a file given back with faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from taole.catalogue.channels import CHANNELS
from taole.core.periods import LABELS as FREQUENCY_LABELS
from taole.core.periods import Frequency, label, period_of
from taole.documents.spreadsheets import CellOut, ColumnOut, SheetOut, write_workbook
from taole.documents.workbooks import Cell
from taole.imports import ledger
from taole.imports.ledger import COLUMNS, LABELS, Ledger, RowFault
from taole.imports.planning import ledger_period_key

FAULTS = "错误"
_WIDTHS = {
    ledger.UNIT: 16,
    ledger.CODE: 11,
    ledger.ITEM: 32,
    ledger.PERIOD: 17,
    ledger.TITLE: 44,
    ledger.CHANNEL: 13,
    ledger.POSTED: 13,
    ledger.UNTIL: 13,
    ledger.LINK: 28,
    ledger.COLUMN: 16,
    ledger.ACCOUNT: 16,
    ledger.REPEAT: 10,
    ledger.NUMBER: 10,
}
_TEMPLATE = [name for name in COLUMNS if name not in (ledger.REPEAT, ledger.NUMBER)]
_PERIODS = {
    Frequency.MONTHLY: "2023年9月",
    Frequency.QUARTERLY: "2023年第三季度",
    Frequency.YEARLY: "2023年",
    Frequency.ON_EVENT: "2023年9月7日，或2023年9月，或2023年第三季度",
    Frequency.INTERVAL: "2023年9月",
}
_HOW_TO = (
    "村：填第一列的村名，也可以填区划代码。",
    "目录编码和公开事项：填一个就够；两个都填时要是同一项。",
    "标题：不填时自动写成“村名＋期间＋公开事项”。同村、同事项、同期间、同标题的几行是同一件公示。",
    "渠道：一格里可以写几个，用顿号、逗号、加号或换行隔开；各渠道日期不同的，分几行写。",
    "公示起、公示止：如 2023-09-07、2023.9.7、2023年9月7日。公示止可以不填。",
    "照片或链接：只填网址。照片请在公示的页面上传。不要填身份证号、银行卡号。",
    "网站栏目：发在政府网站的才填，不填就是“村（居）务公开”。",
)


def template_workbook(
    villages: Sequence[tuple[str, str]],
    items: Sequence[tuple[str, str, Frequency]],
    columns: Sequence[str],
) -> bytes:
    """An empty ledger, and a second sheet with what may be filled in.

    ``villages`` are names and codes, ``items`` codes, titles and frequencies, ``columns`` the
    titles of the website's columns.
    """
    lists: list[Sequence[CellOut]] = []
    for at in range(max(len(villages), len(items), len(columns), len(CHANNELS))):
        village: tuple[CellOut, ...] = villages[at] if at < len(villages) else ("", "")
        item = items[at] if at < len(items) else None
        lists.append(
            (
                *village,
                *(item[:2] if item else ("", "")),
                FREQUENCY_LABELS[item[2]] if item else "",
                _PERIODS[item[2]] if item else "",
                CHANNELS[at] if at < len(CHANNELS) else "",
                columns[at] if at < len(columns) else "",
            )
        )
    names = ("村", "区划代码", "目录编码", "公开事项", "公开频次", "期间怎么写", "渠道", "网站栏目")
    return write_workbook(
        [
            SheetOut("台账", "公示台账", _columns(_TEMPLATE), []),
            SheetOut(
                "可填的内容", "可填的内容", [ColumnOut(name) for name in names], lists, _HOW_TO
            ),
        ]
    )


def export_workbook(
    title: str, rows: Iterable[Any], column_titles: Mapping[str, str] | None = None
) -> bytes:
    """The postings of a year, one row each, in the columns that an import reads.

    ``rows`` as ``queries.list_postings_of_year`` gives them; ``column_titles`` names the
    website's columns by code. A notice's rows share a number of the file.
    """
    numbers: dict[Any, int] = {}
    named = column_titles or {}
    lines: list[Sequence[CellOut]] = []
    for row in rows:
        key = ledger_period_key(row.period_key, row.frequency)
        said: dict[str, CellOut] = {
            ledger.UNIT: row.unit,
            ledger.CODE: row.code,
            ledger.ITEM: row.item,
            ledger.PERIOD: str(label(period_of(key))),
            ledger.TITLE: row.title,
            ledger.CHANNEL: str(row.channel),
            ledger.POSTED: row.posted_on,
            ledger.UNTIL: row.until_on,
            ledger.LINK: row.proof_link,
            ledger.COLUMN: named.get(row.column_code, row.column_code),
            ledger.ACCOUNT: row.account,
            ledger.REPEAT: "是" if row.repeats_id else "",
            ledger.NUMBER: numbers.setdefault(row.notice_id, len(numbers) + 1),
        }
        lines.append([said[name] for name in COLUMNS])
    return write_workbook([SheetOut("台账", title, _columns(COLUMNS), lines)])


def marked_workbook(read: Ledger, faults: Sequence[RowFault], filename: str) -> bytes:
    """The rows of a file as they came, each with what is wrong in a last column.

    Corrected there, it can be brought in again as it is.
    """
    by_row: dict[tuple[str, int], list[RowFault]] = {}
    for fault in faults:
        by_row.setdefault((fault.sheet, fault.row), []).append(fault)
    sheets = []
    for table in read.tables:
        heads = [head for head in table.heads if head != FAULTS]
        kept = [at for at, head in enumerate(table.heads) if head != FAULTS]
        lines: list[Sequence[CellOut]] = []
        for row in table.raw:
            wrong = by_row.get((table.sheet, row.number), [])
            said = "\n".join(f"{fault.column}：{fault.message}" for fault in wrong)
            lines.append([*(_cell_out(row.cells[at]) for at in kept if at < len(row.cells)), said])
        columns = [*(ColumnOut(head) for head in heads), ColumnOut(FAULTS, 60)]
        sheets.append(SheetOut(table.sheet or "台账", f"{filename}（标注了错误）", columns, lines))
    return write_workbook(sheets)


def _cell_out(cell: Cell) -> CellOut:
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return date(cell.year, cell.month, cell.day)
    return cell


def _columns(names: Iterable[str]) -> list[ColumnOut]:
    return [ColumnOut(LABELS[name], _WIDTHS[name]) for name in names]
