"""What a ledger that came back changes: only what the person changed. Pure.

Three texts are held against each other for each cell: what was exported, what came back, and what
the house has now. What the person did not touch stays as the house has it, whatever became of it
since; what both changed is a conflict and is not overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taole.core.words import N_, Sentence, quoted, sentence
from taole.rectification_lists.ledger_columns import (
    BY_KEY,
    CHANGEABLE,
    COLUMNS,
    number_text,
    read_number,
)
from taole.rectification_lists.ledger_reading import Exported, LedgerRow, ReadLedger

IDENTIFYING = ("unit",)


@dataclass(frozen=True)
class Known:
    """A finding as the house has it: the texts of its row, by column."""

    id: str
    unit: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One cell: what it said in the house and what it shall say. ``is_sure``: the record shows
    that a person changed it; without a record it is only a difference. ``written``: the new text
    with its line breaks."""

    row: int
    number: str
    finding_id: str
    unit: str
    key: str
    before: str
    after: str
    is_sure: bool = True
    written: str = ""

    @property
    def label(self) -> str:
        return BY_KEY[self.key].label

    @property
    def name(self) -> str:
        """The name of its field on the form."""
        return f"take-{self.number}-{self.key}"


@dataclass(frozen=True)
class Conflict:
    """One cell that a person changed in the workbook while another changed it in the house."""

    row: int
    number: str
    unit: str
    key: str
    exported: str
    mine: str
    theirs: str

    @property
    def label(self) -> str:
        return BY_KEY[self.key].label


@dataclass
class Comparison:
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[Sentence] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)
    fresh: list[LedgerRow] = field(default_factory=list)


def compare(ledger: ReadLedger, known: Mapping[str, Known]) -> Comparison:
    """Each cell that came back against what was exported and what the house has.

    ``known``: the township's findings by number (2023-18).
    """
    found = Comparison()
    seen: dict[str, int] = {}
    for row in ledger.rows:
        written = row.says("number")
        if not written:
            found.fresh.append(row)
            continue
        parts = read_number(row.cells.get("number"))
        number = number_text(*parts) if parts else written
        finding = known.get(number)
        if finding is None:
            found.faults.append(_unknown(row, written))
        elif number in seen:
            found.faults.append(
                sentence(
                    N_(
                        "第%(row)s行和第%(first)s行都是 %(number)s 号：请只留一行，新问题的编号空着"
                    ),
                    row=row.row,
                    first=seen[number],
                    number=number,
                )
            )
        else:
            seen[number] = row.row
            exported = ledger.record.get(number) if ledger.record else None
            _compare_row(found, row, number, finding, exported)
    return found


def _unknown(row: LedgerRow, written: str) -> Sentence:
    return sentence(
        N_("第%(row)s行的编号“%(number)s”不是本镇的问题：请照导出的编号填，新问题的编号空着"),
        row=row.row,
        number=quoted(written),
    )


def _compare_row(
    found: Comparison, row: LedgerRow, number: str, finding: Known, exported: Exported | None
) -> None:
    if exported is not None and exported.id != finding.id:
        found.faults.append(_unknown(row, number))
        return
    named = row.says("unit")
    if "unit" in row.cells and named != (exported.texts["unit"] if exported else finding.unit):
        found.faults.append(
            sentence(
                N_("第%(row)s行：%(number)s 号是%(unit)s的问题，表里写的是“%(named)s”，没有改"),
                row=row.row,
                number=number,
                unit=finding.unit,
                named=quoted(named),
            )
        )
        return
    for column in COLUMNS:
        if column.key in row.cells and column.key not in ("number", *IDENTIFYING):
            _compare_cell(found, row, number, finding, exported, column.key)


def _compare_cell(
    found: Comparison,
    row: LedgerRow,
    number: str,
    finding: Known,
    exported: Exported | None,
    key: str,
) -> None:
    mine, theirs = row.says(key), finding.texts.get(key, "")
    base = exported.texts.get(key, "") if exported else theirs
    if mine in (base, theirs):
        return
    if key not in CHANGEABLE:
        _locked(found, row, key, base, exported is not None)
    elif exported is not None and theirs != base:
        found.conflicts.append(Conflict(row.row, number, finding.unit, key, base, mine, theirs))
    else:
        found.changes.append(
            Change(
                row.row,
                number,
                finding.id,
                finding.unit,
                key,
                theirs,
                mine,
                exported is not None,
                row.as_written(key),
            )
        )


def _locked(found: Comparison, row: LedgerRow, key: str, base: str, is_sure: bool) -> None:
    """A cell that has its own step; without a record nobody knows who changed it."""
    column = BY_KEY[key]
    if not is_sure:
        found.remarks.append(
            sentence(
                N_("第%(row)s行“%(column)s”和系统里的不一样，没有读"),
                row=row.row,
                column=column.label,
            )
        )
        return
    found.faults.append(
        sentence(
            N_("第%(row)s行“%(column)s”不能在表里改：%(why)s。请改回“%(before)s”"),
            row=row.row,
            column=column.label,
            why=column.why_not or "",
            before=quoted(base) or "—",
        )
    )


def by_finding(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes of each finding together, in the order of the rows."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.finding_id, []).append(change)
    return grouped
