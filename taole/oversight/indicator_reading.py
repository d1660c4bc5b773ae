"""A table of indicators as somebody sends it: the county's Excel, or a YAML file of our own.

Columns are recognised by their usual names. A line that names no measure of ours, and whose title
tells of none, is kept for people to look at (人工核对).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import yaml

from taole.core.errors import Refused
from taole.core.words import N_, Sentence, quoted, sentence
from taole.documents.columns import find_header
from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook
from taole.documents.table_values import number_in, text_in, yes_in
from taole.documents.workbooks import read_workbook
from taole.oversight.measures import MEASURES

MOST_LINES = 200
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("序号", "编号", "代码"),
    "title": ("指标", "指标名称", "考核指标", "评价指标", "考核内容", "检查内容", "检查指标"),
    "measure": ("系统指标", "取数"),
    "weight": ("分值", "权重", "满分", "标准分"),
    "limit": ("限值", "标准值", "目标值"),
    "veto": ("单项否决", "一票否决", "是否否决"),
    "note": ("说明", "评分标准", "扣分标准", "评分办法", "备注"),
}
_REQUIRED = {"title", "weight"}
_NO_LINE = {"", "合计", "总计", "总分"}
_TOLD_BY: tuple[tuple[str, str], ...] = (
    ("空栏目", "columns_empty"),
    ("栏目", "columns_stale"),
    ("三审", "not_reviewed"),
    ("个人信息", "personal_data"),
    ("隐私", "personal_data"),
    ("照片", "no_photograph"),
    ("佐证", "no_photograph"),
    ("三个月", "messages_three_months"),
    ("留言", "messages_late"),
    ("20个工作日", "disclosed_late"),
    ("清理", "not_cleared"),
    ("撤下", "still_up"),
    ("销号", "findings_closed"),
    ("整改", "findings_overdue"),
    ("征集", "rounds_answered"),
    ("台账", "ledger_submitted"),
    ("培训", "trainings"),
    ("按时", "timeliness"),
    ("及时", "timeliness"),
    ("完整", "completeness"),
)
"""Words of a title that tell of a measure, the more telling first; the table's page shows which."""


@dataclass(frozen=True)
class IndicatorDraft:
    """A line before it is kept; ``is_guessed``: its measure was told by its title."""

    code: str
    title: str
    measure: str
    weight: Decimal
    limit: int | None
    is_veto: bool
    note: str
    is_guessed: bool = False


@dataclass(frozen=True)
class TableDraft:
    name: str
    source: str
    lines: Sequence[IndicatorDraft]

    @property
    def weight(self) -> Decimal:
        return sum((line.weight for line in self.lines), Decimal(0))


def read_indicators(content: bytes, filename: str) -> TableDraft:
    """The table of a file. Refused with every fault, each naming its row and what to do."""
    if PurePath(filename).suffix.lower() in (".yaml", ".yml"):
        return _read_yaml(content, filename)
    return _read_workbook(content, filename)


def write_indicators(draft: TableDraft) -> bytes:
    """The table as a workbook that loads back unchanged."""
    return write_workbook(
        [
            SheetOut(
                name="考核指标",
                title=draft.name,
                columns=[
                    ColumnOut(label, width)
                    for label, width in zip(
                        (COLUMNS[key][0] for key in COLUMNS), (8, 36, 24, 8, 8, 10, 60), strict=True
                    )
                ],
                rows=[
                    (
                        line.code,
                        line.title,
                        MEASURES[line.measure].label if line.measure else "",
                        line.weight,
                        line.limit,
                        "是" if line.is_veto else "",
                        line.note,
                    )
                    for line in draft.lines
                ],
            )
        ]
    )


def _read_yaml(content: bytes, filename: str) -> TableDraft:
    try:
        held = yaml.safe_load(content.decode("utf-8"))
        lines = held["indicators"]
        named = str(held["name"]), str(held.get("source", ""))
    except (UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as wrong:
        raise Refused(
            sentence(
                N_("“%(file)s”不是指标表：要有 name 和 indicators 两项。"), file=quoted(filename)
            )
        ) from wrong
    if not isinstance(lines, list):
        lines = []
    return _drafted(
        named[0],
        named[1],
        (
            (number, each if isinstance(each, Mapping) else {})
            for number, each in enumerate(lines, start=1)
        ),
        filename,
    )


def _read_workbook(content: bytes, filename: str) -> TableDraft:
    sheet = read_workbook(content, filename, max_rows=5_000, filled=True)[0]
    # A head of two rows is only told from a title over a head while its merged cells stand once.
    unfilled = read_workbook(content, filename, max_rows=5_000)[0]
    header = find_header(unfilled.rows, COLUMNS, _REQUIRED)
    entries = []
    for row in sheet.rows:
        if row.number <= header.last_row_number or row.is_empty:
            continue
        values = {key: header.value(row, key) for key in COLUMNS if key in header.columns}
        if text_in(values.get("title")) in _NO_LINE:
            continue
        entries.append((row.number, values))
    above = (row for row in sheet.rows if row.number < header.row_number)
    title = next(
        (str(cell) for row in above for cell in row.cells if cell is not None),
        PurePath(filename).stem,
    )
    return _drafted(title[:120], filename, entries, filename)


def _drafted(
    name: str, source: str, entries: Iterable[tuple[int, Mapping[str, Any]]], filename: str
) -> TableDraft:
    faults: list[Sentence] = []
    lines = []
    for number, values in entries:
        line = _line(number, values, faults)
        if line is not None:
            lines.append(line)
    if not lines and not faults:
        faults.append(sentence(N_("“%(file)s”里没有一条指标：请核对表头。"), file=quoted(filename)))
    if len(lines) > MOST_LINES:
        faults.append(sentence(N_("指标最多 %(most)s 条，请核对文件。"), most=MOST_LINES))
    if faults:
        raise Refused(*faults)
    return TableDraft(name.strip()[:120] or filename, source.strip()[:200], lines)


def _line(number: int, values: Mapping[str, Any], faults: list[Sentence]) -> IndicatorDraft | None:
    before = len(faults)
    title = text_in(values.get("title"))
    if not title:
        faults.append(sentence(N_("第%(row)s行缺少指标名称：请补上。"), row=number))
    weight = number_in(values.get("weight"), Decimal(0))
    if weight is None or not 0 <= weight <= 1000:
        faults.append(
            sentence(
                N_("第%(row)s行的分值“%(value)s”不是数：请填数字，如 10。"),
                row=number,
                value=quoted(text_in(values.get("weight"))),
            )
        )
    limit = number_in(values.get("limit"), None)
    if limit is not None and 0 < limit < 1:
        limit *= 100  # a cell that Excel shows as 95% holds 0.95
    if text_in(values.get("limit")) and (limit is None or limit != int(limit) or limit < 0):
        faults.append(
            sentence(
                N_("第%(row)s行的限值“%(value)s”不是整数：请填整数，没有限值就空着。"),
                row=number,
                value=quoted(text_in(values.get("limit"))),
            )
        )
    measure, is_guessed = _measure(text_in(values.get("measure")), title, "measure" in values)
    if measure is None:
        faults.append(
            sentence(
                N_(
                    "第%(row)s行的系统指标“%(value)s”系统里没有：请从指标页面的清单里选，或者空着。"
                ),
                row=number,
                value=quoted(text_in(values.get("measure"))),
            )
        )
    is_veto = yes_in(values.get("veto"))
    if is_veto is None:
        faults.append(
            sentence(
                N_("第%(row)s行的单项否决写的是“%(value)s”：请填“是”或者空着。"),
                row=number,
                value=quoted(text_in(values.get("veto"))),
            )
        )
    if len(faults) > before or weight is None or measure is None or is_veto is None:
        return None
    return IndicatorDraft(
        code=text_in(values.get("code"))[:24] or str(number),
        title=title[:200],
        measure=measure,
        weight=weight,
        limit=int(limit) if limit is not None else None,
        is_veto=is_veto,
        note=text_in(values.get("note"))[:400],
        is_guessed=is_guessed,
    )


def _measure(written: str, title: str, is_asked: bool) -> tuple[str | None, bool]:
    """The key of a measure ("" for none) and whether the title told it; None when unknown.

    A file that has a column for it says itself which lines have none.
    """
    if written:
        by_label = {measure.label: key for key, measure in MEASURES.items()}
        return (written if written in MEASURES else by_label.get(written)), False
    if is_asked:
        return "", False
    told = next((key for word, key in _TOLD_BY if word in title), "")
    return told, bool(told)
