"""The county's own workbook given back with what became of each of its problems."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from taole.attachments.queries import get_attachment, read_bytes
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.documents.filled_cells import FilledSheet, fill_workbook
from taole.inspections.models import Finding
from taole.inspections.workflow import FindingState
from taole.rectification_lists.fields import Field
from taole.rectification_lists.models import RectificationList
from taole.rectification_lists.plan import Plan
from taole.rectification_lists.tables import Columns

RETURNED = (Field.MEASURES, Field.PROGRESS, Field.STATE, Field.DONE_ON, Field.PROOF_LINK)
"""What is filled in; all else of the county's sheet stays as it came."""

_FOR_ADDRESSES = re.compile("链接|网址|url", re.IGNORECASE)
_STATES = {
    FindingState.OPEN: "未整改",
    FindingState.MENDING: "整改中",
    FindingState.PROOFED: "已整改，待复核",
    FindingState.CLOSED: "已整改",
}


@dataclass(frozen=True)
class Lacking:
    """A row that would count as not rectified: where it stands, whose, and what it lacks."""

    row: int
    unit: str
    statement: str
    reason: Sentence


def places_of_template(plan: Plan, finding_ids: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """Where the workbook's columns stand and which findings belong to which of its rows."""
    tables = [
        {
            "index": columns.table.index,
            "sheet": columns.table.name,
            "head": columns.table.head.last if columns.table.head else 0,
            "columns": {
                wanted.value: _the_one(columns, wanted)
                for wanted in RETURNED
                if columns.of(wanted) and not columns.table.is_reshaped
            },
        }
        for columns in plan.columns
    ]
    rows: dict[tuple[int, int], list[str]] = {}
    for entry in plan.entries:
        own = [(entry.table, row) for row in entry.rows[:1]]
        for place in [*own, *entry.also]:
            ids = rows.setdefault(place, [])
            if finding_ids[entry.unit, entry.statement] not in ids:
                ids.append(finding_ids[entry.unit, entry.statement])
    listed = [
        {"table": table, "row": row, "findings": ids} for (table, row), ids in sorted(rows.items())
    ]
    return {"tables": tables, "rows": listed}


def _the_one(columns: Columns, wanted: Field) -> int:
    """The column to write into; of several for a link the one that asks for an address."""
    found = columns.of(wanted)
    asks = [at for at in found if _FOR_ADDRESSES.search(columns.table.names.get(at, ""))]
    return min(asks or found)


def returned_workbook(loaded: RectificationList) -> bytes:
    """The county's workbook filled; Refused where it cannot be written into."""
    findings = _findings_of(loaded)
    if loaded.file_id is None:
        raise Refused(N_("这份名单不是 Excel 表，没有可以退回的模板"))
    content = read_bytes(get_attachment(loaded.file_id))
    for table in loaded.places["tables"]:
        rows = [row for row in loaded.places["rows"] if row["table"] == table["index"]]
        sheet = FilledSheet(table["sheet"], _cells(table, rows, findings))
        filled = fill_workbook(content, loaded.name, table["sheet"], table["head"], [sheet])
        if filled is None:
            raise Refused(N_("县里的表写不进去：请在原表里照着整改情况填写"))
        content = filled
    return content


def lacking_links(loaded: RectificationList) -> list[Lacking]:
    """The rows that still lack a link or its column: they count as not rectified."""
    findings = _findings_of(loaded)
    has_column = any(Field.PROOF_LINK in table["columns"] for table in loaded.places["tables"])
    rows = {(row["table"], row["row"]): row["findings"] for row in loaded.places["rows"]}
    firsts = {table["index"] for table in loaded.places["tables"]}
    lacking: list[Lacking] = []
    seen: set[str] = set()
    for (table, row), ids in rows.items():
        for each in (findings[UUID(each)] for each in ids if UUID(each) in findings):
            if table in firsts and str(each.id) not in seen and not each.proof_link:
                seen.add(str(each.id))
                lacking.append(Lacking(row, each.unit.name, each.statement, _why(each, has_column)))
    return lacking


def _why(finding: Finding, has_column: bool) -> Sentence:
    if finding.proof_id is not None:
        return sentence(N_("只有照片，没有链接"))
    if not has_column:
        return sentence(N_("没有链接，表里也没有填链接的一列"))
    return sentence(N_("没有链接"))


def _cells(
    table: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], findings: Mapping[UUID, Finding]
) -> list[tuple[int, int, str | int | float]]:
    cells: list[tuple[int, int, str | int | float]] = []
    for row in rows:
        here = [findings[UUID(each)] for each in row["findings"] if UUID(each) in findings]
        for name, column in table["columns"].items():
            said = _together(here, Field(name))
            if said:
                cells.append((row["row"], column, said))
    return cells


def _together(findings: Sequence[Finding], wanted: Field) -> str:
    """What is said of a row; where it is about several units that differ, each by its name."""
    said = [(finding.unit.name, _say(finding, wanted)) for finding in findings]
    words = dict.fromkeys(each for _unit, each in said if each)
    if len(words) <= 1 and all(each for _unit, each in said):
        return next(iter(words), "")
    return "；".join(f"{unit}：{each}" if len(said) > 1 else each for unit, each in said if each)


def _say(finding: Finding, wanted: Field) -> str:
    match wanted:
        case Field.MEASURES:
            return finding.measures
        case Field.PROOF_LINK:
            return finding.proof_link
        case Field.DONE_ON:
            return finding.proved_on.isoformat() if finding.proved_on else ""
    return _STATES[finding.state]


def _findings_of(loaded: RectificationList) -> dict[UUID, Finding]:
    ids = {UUID(each) for row in loaded.places.get("rows", ()) for each in row["findings"]}
    found = db.session.scalars(
        select(Finding).where(Finding.id.in_(ids)).options(joinedload(Finding.unit))
    )
    return {finding.id: finding for finding in found}
