"""A ledger that comes back: its rows by column, and the record of what was exported with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taole.core.errors import Refused
from taole.core.words import N_, quoted, sentence
from taole.documents.columns import plain_name
from taole.documents.file_kinds import named
from taole.documents.workbooks import Cell, Row, Sheet, read_workbook
from taole.rectification_lists.ledger_columns import (
    COLUMNS,
    RECORD,
    RECORD_FORM,
    text_of,
    text_of_column,
)

MOST_ROWS = 20_000
_FEWEST_HEADS = 4
_NOTES = ("说明", "“已整改”", "备注", "合计", "填报", "审核", "注：")


@dataclass(frozen=True)
class Exported:
    """What one finding's row said when it was exported, and the finding's id."""

    id: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class LedgerRow:
    """One row as it came back: its number in the file, and its cells by column."""

    row: int
    cells: Mapping[str, Cell]

    def says(self, key: str) -> str:
        return text_of_column(key, self.cells.get(key))

    def as_written(self, key: str) -> str:
        """What a cell says with its line breaks."""
        cell = self.cells.get(key)
        return cell.strip() if isinstance(cell, str) else self.says(key)


@dataclass(frozen=True)
class ReadLedger:
    """``record``: what was exported, by number; None in a workbook that has lost it."""

    rows: list[LedgerRow]
    record: dict[str, Exported] | None
    township: str = ""
    unknown_heads: list[str] = field(default_factory=list)


def read_ledger(content: bytes, filename: str) -> ReadLedger:
    """Rows and record of a workbook; Refused in one sentence where it is no ledger."""
    sheets = read_workbook(content, filename, max_rows=MOST_ROWS, hidden=True)
    record, township = _record(sheets)
    heads = {plain_name(column.label): column.key for column in COLUMNS}
    for sheet in sheets:
        if sheet.name == RECORD:
            continue
        for at, row in enumerate(sheet.rows[:15]):
            columns = {
                place: heads[plain_name(cell)]
                for place, cell in enumerate(row.cells)
                if isinstance(cell, str) and plain_name(cell) in heads
            }
            if len(set(columns.values())) >= _FEWEST_HEADS and "number" in columns.values():
                _refuse_doubled(columns, row)
                others = [
                    text_of(cell)
                    for place, cell in enumerate(row.cells)
                    if cell is not None and place not in columns
                ]
                return ReadLedger(_rows(sheet.rows[at + 1 :], columns), record, township, others)
    raise Refused(
        sentence(N_("“%(file)s”不是整改台账：请先导出台账，在导出的表里改。"), file=named(filename))
    )


def _record(sheets: Sequence[Sheet]) -> tuple[dict[str, Exported] | None, str]:
    sheet = next((each for each in sheets if each.name == RECORD), None)
    if sheet is None or len(sheet.rows) < 2:
        return None, ""
    title = text_of(sheet.rows[0].cells[0]).split()
    keys = [text_of(cell) for cell in sheet.rows[1].cells]
    if len(title) < 2 or title[0] != RECORD_FORM or keys[:2] != ["id", "number"]:
        return None, ""
    found = {}
    for row in sheet.rows[2:]:
        texts = {key: text_of(cell) for key, cell in zip(keys, row.cells, strict=False)}
        if texts.get("number"):
            found[texts["number"]] = Exported(texts.pop("id", ""), texts)
    return found, title[1]


def _rows(rows: Sequence[Row], columns: Mapping[int, str]) -> list[LedgerRow]:
    found = []
    for row in rows:
        cells = {
            key: row.cells[place] if place < len(row.cells) else None
            for place, key in columns.items()
        }
        said = {key: text_of(cell) for key, cell in cells.items() if text_of(cell)}
        first = next((text_of(cell) for cell in row.cells if text_of(cell)), "")
        is_note = len(said) <= 1 and first.startswith(_NOTES)
        if said and not is_note:
            found.append(LedgerRow(row.number, cells))
    return found


def _refuse_doubled(columns: Mapping[int, str], row: Row) -> None:
    seen: dict[str, int] = {}
    for place, key in columns.items():
        if key in seen:
            raise Refused(
                sentence(
                    N_("第%(row)s行表头里“%(name)s”出现了两次，请删去其中一列"),
                    row=row.number,
                    name=quoted(text_of(row.cells[place])),
                )
            )
        seen[key] = place
