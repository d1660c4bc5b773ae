"""What the system knows of the villages of a township for their check sheets: in few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import joinedload

from taole.attachments.models import Attachment, ScanState
from taole.catalogue.models import CatalogueItem
from taole.check_sheets.fact_rules import (
    SETTLED,
    LineView,
    OpenFinding,
    OwedFact,
    Proposal,
    SeenFact,
    UnitFacts,
    propose,
)
from taole.check_sheets.models import CheckLine, CheckMark
from taole.check_sheets.rules import Concern
from taole.core.database import db, under
from taole.core.periods import Period, label
from taole.core.words import N_, Sentence, sentence
from taole.inspections.models import Finding, Inspection
from taole.inspections.rules import WATCHED_FOR, Owed
from taole.inspections.sheet_findings import KIND_OF_DATA
from taole.inspections.sheet_rules import personal_data_statement, sheet_statement, titled
from taole.inspections.workflow import FindingState
from taole.notices.models import Notice, NoticeKind, SealedState, SealedText
from taole.notices.showing_queries import list_sheets_in_trouble
from taole.notices.showing_rules import ShowingProblem
from taole.notices.workflow import NoticeState
from taole.obligations.models import Event, Obligation
from taole.obligations.rules import Answer
from taole.organisation.models import Unit
from taole.privacy.findings import Kind

_CONCERNS = {
    ShowingProblem.TAKEN_DOWN_EARLY: Concern.HANGING,
    ShowingProblem.TOO_SHORT: Concern.HANGING,
    ShowingProblem.STILL_UP: Concern.HANGING,
    ShowingProblem.NO_PHOTOGRAPH: Concern.PHOTOGRAPH,
}


def proposals_for(
    units: Collection[Unit], lines: Iterable[CheckLine], on: date
) -> dict[UUID, dict[UUID, Proposal]]:
    """What is proposed on a day, by unit and line: the same few queries for one or for all."""
    facts = facts_of(units, on)
    views = [view_of(line) for line in lines]
    return {
        unit.id: {view.id: propose(view, facts[unit.id], on) for view in views} for unit in units
    }


def view_of(line: CheckLine) -> LineView:
    ties = {tie.item_code: tie.relation for tie in line.ties}
    return LineView(line.id, line.title, line.problem_kind, ties)


def facts_of(units: Collection[Unit], on: date) -> dict[UUID, UnitFacts]:
    """What is known of each of these units on a day."""
    paths = [unit.path for unit in units]
    owed = _owed(paths, on)
    seen = _seen(paths, on)
    found = _open_findings(paths, on)
    hanging = _hanging(paths, on)
    return {
        unit.id: UnitFacts(
            owed.get(unit.id, {}),
            seen.get(unit.id, ()),
            found.get(unit.id, ()),
            hanging.get(unit.id, 0),
        )
        for unit in units
    }


def _owed(paths: Sequence[str], on: date) -> dict[UUID, dict[str, list[OwedFact]]]:
    rows = db.session.execute(
        select(
            Obligation.id,
            Obligation.unit_id,
            Obligation.item_code,
            Obligation.due_on,
            Obligation.period_start,
            Obligation.period_end,
            Obligation.period_key,
            Obligation.answered_on,
            Unit.name,
            CatalogueItem.title,
            Event.title,
            Event.happens_on,
            Notice.number,
        )
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(CatalogueItem, CatalogueItem.id == Obligation.item_id)
        .outerjoin(Event, Event.id == Obligation.event_id)
        .outerjoin(Notice, Notice.id == Obligation.answer_id)
        .where(
            under(Unit.path, paths),
            or_(
                Obligation.due_on.between(on - WATCHED_FOR, on),
                Obligation.answered_on.between(on - WATCHED_FOR, on),
            ),
            or_(Obligation.answer.is_(None), Obligation.answer != Answer.EXCUSED),
        )
        .order_by(Obligation.due_on, Obligation.item_code, Obligation.period_key)
    )
    owed: dict[UUID, dict[str, list[OwedFact]]] = {}
    for row in rows:
        code, happened = row.item_code, row.happens_on
        period = Period(row.period_start, row.period_end, row.period_key)
        fact = OwedFact(
            code,
            Owed(
                unit=row[8],
                item=row[9],
                period="" if happened else label(period),
                year=happened.year if happened else row.period_start.year,
                due_on=row.due_on,
                event=row[10] or "",
            ),
            f"obligation:{row.id}",
            row.answered_on if row.answered_on and row.answered_on <= on else None,
            row.number or "" if row.answered_on and row.answered_on <= on else "",
        )
        owed.setdefault(row.unit_id, {}).setdefault(code, []).append(fact)
    return owed


def _seen(paths: Sequence[str], on: date) -> dict[UUID, list[SeenFact]]:
    seen: dict[UUID, list[SeenFact]] = {}
    for shown in list_sheets_in_trouble(paths, on):
        for problem in shown.problems:
            if problem in _CONCERNS:
                notice = shown.notice
                fact = SeenFact(
                    _CONCERNS[problem],
                    notice.item.code,
                    sheet_statement(notice.unit.name, notice.title, problem, shown.showing, on),
                    notice.number,
                    "never-taken-down" if problem is ShowingProblem.STILL_UP else "",
                    f"posting:{shown.posting.id}:{problem}",
                )
                seen.setdefault(notice.unit_id, []).append(fact)
    for row, kind in _personal_data(paths):
        said = personal_data_statement(row.name, row.title)
        seen.setdefault(row.unit_id, []).append(
            _of_notice(row, Concern.PERSONAL_DATA, said, kind, f"personal:{row.id}")
        )
    for row in _without_template(paths, on):
        said = sentence(N_("%(title)s没有使用统一表格"), title=titled(row.name, row.title))
        seen.setdefault(row.unit_id, []).append(
            _of_notice(row, Concern.TEMPLATE, said, "no-template", f"template:{row.id}")
        )
    return seen


def _of_notice(row: Any, concern: Concern, said: Sentence, kind: str, subject: str) -> SeenFact:
    return SeenFact(
        concern,
        row.code,
        said,
        row.number,
        kind,
        subject,
    )


def _notices(*columns: Any) -> Select[Any]:
    return (
        select(Notice.id, Notice.unit_id, CatalogueItem.code, Notice.title, Notice.number)
        .add_columns(Unit.name, *columns)
        .join(CatalogueItem, CatalogueItem.id == Notice.item_id)
        .join(Unit, Unit.id == Notice.unit_id)
    )


def _personal_data(paths: Sequence[str]) -> list[tuple[Any, str]]:
    """Of notices that hang: sealed words that nobody decided about, files in which was found."""
    hangs = Notice.state == NoticeState.POSTED, under(Unit.path, paths)
    of_words = (
        _notices(SealedText.kind)
        .join(SealedText, SealedText.notice_id == Notice.id)
        .where(SealedText.state == SealedState.OPEN, *hangs)
        .distinct()
    )
    of_files = (
        _notices()
        .join(Attachment, Attachment.owner_id == Notice.id)
        .where(Attachment.scan_state == ScanState.FOUND, *hangs)
        .distinct()
    )
    return [
        *((row, KIND_OF_DATA.get(Kind(row.kind), "")) for row in db.session.execute(of_words)),
        *((row, "") for row in db.session.execute(of_files)),
    ]


def _without_template(paths: Sequence[str], on: date) -> Sequence[Any]:
    found = (
        _notices()
        .where(*_hangs(paths, on), func.length(cast(Notice.template, String)) <= len("{}"))
        .order_by(Notice.first_posted_on)
    )
    return db.session.execute(found).all()


def _hanging(paths: Sequence[str], on: date) -> dict[UUID, int]:
    found = (
        select(Notice.unit_id, func.count())
        .join(Unit, Unit.id == Notice.unit_id)
        .where(*_hangs(paths, on))
        .group_by(Notice.unit_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def _hangs(paths: Sequence[str], on: date) -> list[ColumnElement[bool]]:
    return [
        under(Unit.path, paths),
        Notice.kind == NoticeKind.NOTICE,
        Notice.state == NoticeState.POSTED,
        Notice.first_posted_on <= on,
    ]


def _open_findings(paths: Sequence[str], on: date) -> dict[UUID, list[OpenFinding]]:
    rows = db.session.execute(
        select(
            Finding.id,
            Finding.unit_id,
            Finding.year,
            Finding.number,
            Finding.statement,
            Finding.subject,
            Finding.problem_kind,
            Finding.line_id,
            CatalogueItem.code,
        )
        .join(Finding.unit)
        .outerjoin(CatalogueItem, CatalogueItem.id == Finding.item_id)
        .where(
            under(Unit.path, paths),
            Finding.state != FindingState.CLOSED,
            Finding.found_on <= on,
        )
        .order_by(Finding.year, Finding.number)
    )
    found: dict[UUID, list[OpenFinding]] = {}
    for row in rows:
        known = OpenFinding(
            row.id,
            f"{row.year}-{row.number}",
            row.statement,
            row.subject,
            row.code or "",
            row.problem_kind,
            row.line_id,
        )
        found.setdefault(row.unit_id, []).append(known)
    return found


def number_of(finding: Finding) -> str:
    """How a finding is named on papers: 2023-18."""
    return f"{finding.year}-{finding.number}"


def list_marks(inspection: Inspection) -> dict[UUID, dict[UUID, CheckMark]]:
    """What was noted at an inspection, by unit and line."""
    found = (
        select(CheckMark)
        .where(CheckMark.inspection_id == inspection.id)
        .options(joinedload(CheckMark.line).joinedload(CheckLine.sheet))
    )
    marks: dict[UUID, dict[UUID, CheckMark]] = {}
    for mark in db.session.scalars(found):
        marks.setdefault(mark.unit_id, {})[mark.line_id] = mark
    return marks


def count_open_lines(proposals: Mapping[UUID, Proposal]) -> int:
    """How many lines somebody still has to look at."""
    return sum(1 for each in proposals.values() if each.result not in SETTLED)
