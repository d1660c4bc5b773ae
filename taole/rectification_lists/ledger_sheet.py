"""整改台账 as a workbook to be filled in elsewhere, with a hidden record of what was exported.

A paper for officials, so it is written in Chinese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from taole.access.permissions import Role
from taole.core.database import db
from taole.documents.spreadsheets import CellOut, ColumnOut, SheetOut, write_workbook
from taole.inspections.models import Finding
from taole.inspections.problem_kinds import find_problem_kind
from taole.inspections.queries import FindingFilter
from taole.inspections.workflow import FINDING_STATE_LABELS, INSPECTION_KIND_LABELS, SEVERITY_LABELS
from taole.organisation.models import Unit
from taole.organisation.queries import list_holdings, list_units_of_township
from taole.rectification_lists.ledger_columns import (
    CHANGEABLE,
    COLUMNS,
    RECORD,
    RECORD_FORM,
    number_text,
    text_of,
)

_LABELS = {column.key: column.label for column in COLUMNS}
NOTES = (
    f"说明：可以改的列是{'、'.join(_LABELS[key] for key in CHANGEABLE)}；其他列和编号请不要改。"
    "改好后载回系统，只改动过的格子会变；新问题写在最后，编号空着。",
    "“已整改”要有佐证，并由别人在系统里复核后才销号；没有链接的，按没有整改算。",
)


def list_for_ledger(township: Unit, wanted: FindingFilter) -> list[Finding]:
    """The findings of a ledger in the order of their numbers."""
    found = (
        select(Finding)
        .join(Finding.unit)
        .options(
            contains_eager(Finding.unit), joinedload(Finding.item), joinedload(Finding.inspection)
        )
        .where(Finding.township_id == township.id, *wanted.conditions())
        .order_by(Finding.year, Finding.number)
    )
    return list(db.session.scalars(found))


def leaders_of(township: Unit, on: date) -> dict[UUID, str]:
    """Who heads each unit of a township on a day, by unit."""
    units = list_units_of_township(township.id)
    return {
        held.unit_id: held.name
        for held in list_holdings(units)
        if held.role is Role.HEAD and held.from_on <= on and not held.is_over(on)
    }


def values_of(finding: Finding, leader: str = "") -> dict[str, CellOut]:
    """A finding's row by column, with real days."""
    kind = find_problem_kind(finding.problem_kind)
    return {
        "number": number_text(finding.year, finding.number),
        "source": INSPECTION_KIND_LABELS[finding.source],
        "document": _document(finding),
        "unit": finding.unit.name,
        "item": finding.item.title if finding.item else "",
        "problem_kind": kind.label if kind else "",
        "severity": SEVERITY_LABELS[finding.severity],
        "statement": finding.statement,
        "evidence": finding.evidence_link,
        "demand": finding.demand,
        "measures": finding.measures,
        "leader": leader,
        "owner_name": finding.owner_name,
        "due_on": finding.mend_until,
        "proved_on": finding.proved_on,
        "proof_link": finding.proof_link,
        "closed_by": finding.closed_by_name,
        "closed_on": finding.closed_on,
        "verdict": finding.verdict,
        "state": FINDING_STATE_LABELS[finding.state],
    }


def texts_of(finding: Finding, leader: str = "") -> dict[str, str]:
    """The same row as comparable texts."""
    return {key: text_of(_cell(value)) for key, value in values_of(finding, leader).items()}


def ledger_workbook(
    township: Unit, findings: Sequence[Finding], leaders: Mapping[UUID, str], on: date
) -> bytes:
    """The ledger, print-ready, and the hidden sheet by which it is compared when it comes back."""
    rows = [values_of(each, leaders.get(each.unit_id, "")) for each in findings]
    title = f"{township.name}村务公开问题整改台账"
    shown = SheetOut(
        name="整改台账",
        title=title,
        subtitle=f"填报日期：{on.year}年{on.month}月{on.day}日　　共 {len(rows)} 个问题",
        columns=[ColumnOut(column.label, column.width) for column in COLUMNS],
        rows=[[row[column.key] for column in COLUMNS] for row in rows],
        notes=NOTES,
    )
    record = SheetOut(
        name=RECORD,
        title=f"{RECORD_FORM} {township.code} {on.isoformat()}",
        columns=[ColumnOut("id", 10), *(ColumnOut(column.key, 10) for column in COLUMNS)],
        rows=[
            [str(each.id), *(text_of(_cell(row[column.key])) for column in COLUMNS)]
            for each, row in zip(findings, rows, strict=True)
        ],
        is_hidden=True,
    )
    return write_workbook([shown, record])


def _document(finding: Finding) -> str:
    inspection = finding.inspection
    if inspection is None:
        return ""
    day = inspection.held_on
    said = inspection.document or inspection.body
    return f"{said}（{day.year}年{day.month}月{day.day}日）"


def _cell(value: CellOut) -> str | date | None:
    return value if isinstance(value, date) else None if value is None else str(value)
