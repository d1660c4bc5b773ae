"""A check sheet on paper: the county's own workbook filled, or the house's layout.

A paper for officials, so it is written in Chinese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from taole.attachments.storage import load
from taole.check_sheets.fact_rules import Proposal
from taole.check_sheets.models import CheckLine, CheckMark, CheckSheet
from taole.check_sheets.reading import FILLED
from taole.check_sheets.rules import Total, points_of, total
from taole.check_sheets.workflow import LINE_RESULT_LABELS, LineResult
from taole.core.words import Sentence
from taole.documents.filled_cells import FilledSheet, fill_workbook
from taole.documents.spreadsheets import CellOut, ColumnOut, SheetOut, write_workbook
from taole.organisation.models import Unit

_COLUMNS = (
    ColumnOut("序号", 6),
    ColumnOut("类别", 14),
    ColumnOut("检查内容", 38),
    ColumnOut("分值", 7),
    ColumnOut("结果", 10),
    ColumnOut("得分", 7),
    ColumnOut("情况说明", 46),
    ColumnOut("依据编号", 20),
)
_SIGNING = "检查人签字：________________    被检查单位签字：________________    日期：____________"
_NOT_LOOKED_AT = "没有看的行不计分；标 ▲ 的是单项否决指标。"


@dataclass(frozen=True)
class FilledLine:
    """One line as it is printed for a unit; ``points`` None where nobody looked.

    ``said`` is what the system says, for pages in the reader's language; ``note`` for the paper.
    """

    line: CheckLine
    result: LineResult
    points: Decimal | None
    note: str
    proof: str
    said: Sentence | None = None


@dataclass(frozen=True)
class FilledFor:
    """A sheet filled for one unit."""

    unit: Unit
    on: date
    inspected_by: str
    lines: Sequence[FilledLine]

    @property
    def total(self) -> Total:
        return total(
            [(each.line.weight, each.line.is_veto, each.result, each.points) for each in self.lines]
        )


def filled_by_marks(
    sheet: CheckSheet, marks: Mapping[UUID, CheckMark], proposals: Mapping[UUID, Proposal]
) -> list[FilledLine]:
    """The lines as an inspector marked them; one that was not marked as the system knows it."""
    filled = []
    for line in sheet.lines:
        mark = marks.get(line.id)
        if mark is None or (mark.result is LineResult.NOT_SEEN and line.id in proposals):
            filled.append(_as_proposed(line, proposals.get(line.id)))
        else:
            note = mark.note or _said(proposals.get(line.id), mark.result)
            filled.append(FilledLine(line, mark.result, mark.points, note, mark.proof))
    return filled


def filled_beforehand(sheet: CheckSheet, proposals: Mapping[UUID, Proposal]) -> list[FilledLine]:
    """The lines as far as the system knows them, before anybody went."""
    return [_as_proposed(line, proposals.get(line.id)) for line in sheet.lines]


def _as_proposed(line: CheckLine, proposal: Proposal | None) -> FilledLine:
    if proposal is None:
        return FilledLine(line, LineResult.NOT_SEEN, None, "", "")
    points = points_of(line.weight, proposal.result)
    said = proposal.said
    return FilledLine(line, proposal.result, points, str(said), proposal.proof, said)


def _said(proposal: Proposal | None, result: LineResult) -> str:
    return str(proposal.said) if proposal is not None and proposal.result is result else ""


def filled_workbook(sheet: CheckSheet, copies: Sequence[FilledFor]) -> bytes:
    """The county's own workbook with each line filled, one sheet for each unit.

    The house's layout for the sheet that is shipped, for a .xls or .csv, and for a table without
    a column to fill.
    """
    if sheet.file is not None and set(FILLED) & set(sheet.places.get("columns", {})):
        original = load(sheet.file.original_digest or sheet.file.digest)
        filled = fill_workbook(
            original,
            sheet.file.filename,
            sheet.places["sheet"],
            sheet.places["head"],
            [_cells_of(sheet, copy) for copy in copies],
        )
        if filled is not None:
            return filled
    return write_workbook([_page_of(sheet, copy) for copy in copies])


def _cells_of(sheet: CheckSheet, copy: FilledFor) -> FilledSheet:
    columns: Mapping[str, int] = sheet.places["columns"]
    cells: list[tuple[int, int, str | int | float]] = []
    for each in copy.lines:
        for key, value in _values(each, columns).items():
            if key in columns and value not in (None, ""):
                cells.append((each.line.row, columns[key], value))
    day = f"{copy.on.year}年{copy.on.month}月{copy.on.day}日"
    blanks = {"日期": day, "时间": day, "检查人": copy.inspected_by, "村": copy.unit.name}
    blanks |= {"被检查": copy.unit.name, "受检": copy.unit.name, "被查": copy.unit.name}
    return FilledSheet(copy.unit.name, cells, blanks)


def _values(each: FilledLine, columns: Mapping[str, int]) -> dict[str, str | int | float]:
    """What stands in a line's cells; the proof's number goes into the words where it has none."""
    values: dict[str, str | int | float] = {
        "result": str(LINE_RESULT_LABELS[each.result]),
        "proof": each.proof,
        "remark": each.note,
    }
    if each.points is not None:
        points = each.points
        values["score"] = int(points) if points == int(points) else float(points)
    words = [] if "result" in columns else [str(LINE_RESULT_LABELS[each.result])]
    words += [each.note] if each.note else []
    if each.proof and "proof" not in columns:
        words.append(f"依据：{each.proof}")
    values["remark"] = "；".join(words)
    return values


def _page_of(sheet: CheckSheet, copy: FilledFor) -> SheetOut:
    rows: list[list[CellOut]] = [
        [
            each.line.code,
            each.line.group,
            f"▲{each.line.title}" if each.line.is_veto else each.line.title,
            each.line.weight,
            str(LINE_RESULT_LABELS[each.result]),
            each.points,
            each.note,
            each.proof,
        ]
        for each in copy.lines
    ]
    sums = copy.total
    rows.append(
        ["", "", "合计", sheet_weight(sheet), "", sums.got, f"看了的行满分 {sums.of:g} 分", ""]
    )
    day = f"{copy.on.year}年{copy.on.month}月{copy.on.day}日"
    return SheetOut(
        name=copy.unit.name,
        title=sheet.name,
        subtitle=f"被检查单位：{copy.unit.name}    检查单位：{copy.inspected_by}    {day}",
        columns=_COLUMNS,
        rows=rows,
        notes=[_NOT_LOOKED_AT, _SIGNING],
    )


def sheet_weight(sheet: CheckSheet) -> Decimal:
    """All points of a sheet."""
    return sum((line.weight for line in sheet.lines), Decimal(0))
