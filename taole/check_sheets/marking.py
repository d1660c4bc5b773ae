"""One line of a check sheet marked for a unit, and the finding that comes of a problem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.catalogue.queries import find_item
from taole.check_sheets.fact_rules import Proposal
from taole.check_sheets.models import CheckLine, CheckMark
from taole.check_sheets.queries import number_of
from taole.check_sheets.rules import points_of
from taole.check_sheets.workflow import LineResult
from taole.core.database import db
from taole.inspections.actions import add_finding
from taole.inspections.models import Finding, Inspection
from taole.inspections.problem_kinds import find_problem_kind
from taole.inspections.workflow import FindingState, Severity
from taole.organisation.models import Unit


@dataclass(frozen=True)
class MarkNoted:
    """A line as marked; ``statement`` is the problem in words where it is one."""

    result: LineResult
    statement: str = ""


def mark_line(
    inspection: Inspection,
    unit: Unit,
    line: CheckLine,
    noted: MarkNoted,
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Note what was said of a line; a problem makes a finding, or names the one that is open."""
    key = {"inspection_id": inspection.id, "unit_id": unit.id, "line_id": line.id}
    mark = db.session.get(CheckMark, key)
    if mark is None:
        mark = CheckMark(**key, township_id=unit.township_id)
    finding = None
    if noted.result is LineResult.PROBLEM:
        finding = (db.session.get(Finding, mark.finding_id) if mark.finding_id else None) or (
            _finding_of(inspection, unit, line, noted, proposal, by=by, at=at)
        )
    is_as_proposed = noted.result is proposal.result
    mark.result = noted.result
    mark.points = points_of(line.weight, noted.result)
    mark.finding_id = finding.id if finding else None
    mark.proof = number_of(finding) if finding else proposal.proof if is_as_proposed else ""
    mark.note = (finding.statement if finding else "")[:400]
    db.session.add(mark)


def _finding_of(
    inspection: Inspection,
    unit: Unit,
    line: CheckLine,
    noted: MarkNoted,
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
) -> Finding:
    """The open finding about the same, or a new one of this line."""
    is_known = proposal.result is LineResult.PROBLEM
    if is_known and proposal.finding_id is not None:
        known = db.session.get(Finding, proposal.finding_id)
        if known is not None:
            return known
    subject = (is_known and proposal.subject) or f"line:{line.id}"
    own_id = uuid5(inspection.id, f"{unit.id}/{line.id}")
    open_one = db.session.get(Finding, own_id) or db.session.scalar(
        select(Finding).where(
            Finding.unit_id == unit.id,
            Finding.subject == subject,
            Finding.state != FindingState.CLOSED,
        )
    )
    if open_one is not None:
        return open_one
    kind = find_problem_kind(line.problem_kind or (proposal.kind if is_known else ""))
    code = proposal.code if is_known else ""
    return add_finding(
        unit,
        source=inspection.kind,
        statement=noted.statement.strip() or _statement(unit, line, proposal, is_known),
        severity=Severity.SERIOUS if line.is_veto else Severity.MINOR,
        found_on=inspection.held_on,
        inspection=inspection,
        item=find_item(inspection.township_id, code, inspection.held_on) if code else None,
        problem_kind=kind.code if kind else "",
        demand=kind.demand if kind else "",
        subject=subject,
        line_id=line.id,
        id=own_id,
        by=by,
        at=at,
    )


def _statement(unit: Unit, line: CheckLine, proposal: Proposal, is_known: bool) -> str:
    kind = find_problem_kind(line.problem_kind)
    said = str(proposal.said) if is_known else f"{unit.name}{kind.label if kind else line.title}"
    return said[:400] if is_known or kind else f"{said}不符合要求"[:400]
