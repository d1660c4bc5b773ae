"""What the papers on rectification are made of, and the papers that were issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from taole.attachments.models import Attachment
from taole.catalogue.models import CatalogueItem
from taole.core.database import db, under
from taole.core.errors import NotFound
from taole.inspections import rules
from taole.inspections.models import Finding, FindingExtension, Inspection
from taole.inspections.queries import MEND_UNTIL
from taole.inspections.workflow import InspectionKind
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_by_id, name_of_clerks_office
from taole.organisation.rules import signing_name
from taole.rectification_papers.models import RectificationPaper
from taole.rectification_papers.rules import PaperHead, Problem
from taole.rectification_papers.workflow import PaperKind

_MANY = 500


@dataclass(frozen=True)
class ProblemFilter:
    """Which problems: found within these days (None: any), from these sources (none: all)."""

    path: str
    on: date
    found_from: date | None = None
    found_until: date | None = None
    sources: tuple[InspectionKind, ...] = ()

    @property
    def has_what_the_system_sees(self) -> bool:
        """Whether what the system sees today, and is not recorded yet, is asked for too."""
        if self.sources and InspectionKind.SYSTEM not in self.sources:
            return False
        return self.found_until is None or self.found_until >= self.on

    def conditions(self) -> list[ColumnElement[bool]]:
        last = self.on if self.found_until is None else min(self.found_until, self.on)
        wanted = [under(Unit.path, self.path), Finding.found_on <= last]
        if self.found_from is not None:
            wanted.append(Finding.found_on >= self.found_from)
        if self.sources:
            wanted.append(Finding.source.in_(self.sources))
        return wanted


def head_of(unit: Unit, *, on: date, site: str = "") -> PaperHead:
    """What a paper about a unit says of itself; ``site`` is what its address begins with."""
    township = get_unit_by_id(unit.township_id) if unit.township_id else unit
    is_whole = unit.id == township.id
    address = f"{site.rstrip('/')}/findings" + ("" if is_whole else f"?unit={unit.code}")
    return PaperHead(
        unit=unit.name,
        committee=signing_name(unit.name, unit.full_name, unit.kind),
        township=township.name,
        government=township.full_name or f"{township.name}人民政府",
        body=name_of_clerks_office(township) if unit.township_id else township.name,
        phone=township.phone,
        on=on,
        address=address if site else "",
    )


def list_problems(wanted: ProblemFilter) -> list[Problem]:
    """Found by then, whatever their standing: by village, then by the day they were found."""
    order = (Unit.path, Finding.found_on, Finding.year, Finding.number)
    return _problems(wanted.conditions(), wanted.on, order)


def list_problems_open_on(wanted: ProblemFilter) -> list[Problem]:
    """Those of them that were not closed by the end of the day, by their last day to mend."""
    still_open = Finding.closed_on.is_(None) | (Finding.closed_on > wanted.on)
    order = (MEND_UNTIL, Unit.path, Finding.year, Finding.number)
    return _problems([*wanted.conditions(), still_open], wanted.on, order)


def with_evidence(problems: Sequence[Problem]) -> list[Problem]:
    """The same, with how many files show each problem and its mending (照片2张)."""
    shown, mended = _count_files([each.id for each in problems])
    return [
        replace(
            each,
            evidence=_files_and_link(shown.get(each.id, 0), each.evidence),
            proof=_files_and_link(mended.get(each.id, 0), each.proof) if each.proved_on else "",
        )
        for each in problems
    ]


def with_extensions(problems: Sequence[Problem]) -> list[Problem]:
    """The same, with why more time was granted, or why it was asked for."""
    last: dict[UUID, tuple[bool, str]] = {}
    waiting = [each.id for each in problems if not each.is_closed]
    for some in _batches(waiting):
        found = db.session.execute(
            select(
                FindingExtension.finding_id, FindingExtension.is_granted, FindingExtension.reason
            )
            .where(
                FindingExtension.finding_id.in_(some),
                FindingExtension.is_granted.is_not(False),
            )
            .order_by(FindingExtension.asked_on, FindingExtension.id)
        )
        for finding_id, is_granted, reason in found:
            last[finding_id] = (is_granted is None, reason)
    return [
        replace(each, is_asked=last[each.id][0], extension=last[each.id][1])
        if each.id in last
        else each
        for each in problems
    ]


def list_documents(wanted: ProblemFilter) -> list[str]:
    """The notices because of which problems were found: 县政务公开办《限时整改通知》."""
    rows = db.session.execute(
        select(Inspection.body, Inspection.document)
        .join(Finding, Finding.inspection_id == Inspection.id)
        .join(Unit, Unit.id == Finding.unit_id)
        .where(*wanted.conditions(), Inspection.document != "")
        .order_by(Inspection.held_on, Inspection.id)
    )
    return list(dict.fromkeys(_document(body, document) for body, document in rows))


def get_paper(paper_id: UUID) -> RectificationPaper:
    found = db.session.get(
        RectificationPaper, paper_id, options=[joinedload(RectificationPaper.unit)]
    )
    if found is None:
        raise NotFound(paper_id)
    return found


def find_paper(paper_id: UUID) -> RectificationPaper | None:
    return db.session.get(RectificationPaper, paper_id)


def list_paper_files(ids: Sequence[UUID]) -> dict[UUID, dict[str, Attachment]]:
    """The files of papers as they were issued, by paper and by what they are (docx, xlsx, pdf)."""
    found = select(Attachment).where(Attachment.owner_id.in_(ids)).order_by(Attachment.id)
    files: dict[UUID, dict[str, Attachment]] = {}
    for each in db.session.scalars(found) if ids else ():
        if each.owner_id is not None:
            files.setdefault(each.owner_id, {})[each.filename.rpartition(".")[2]] = each
    return files


def get_paper_file(paper_id: UUID, suffix: str) -> Attachment:
    """One file of a paper; NotFound for a paper that was written elsewhere."""
    found = list_paper_files([paper_id]).get(paper_id, {}).get(suffix)
    if found is None:
        raise NotFound(paper_id)
    return found


def select_papers(
    paths: Sequence[str] | str, *, kind: PaperKind | None = None, year: int | None = None
) -> Select[Any]:
    """The papers about units of these subtrees, the last issued first."""
    wanted = [under(Unit.path, paths)]
    if kind is not None:
        wanted.append(RectificationPaper.kind == kind)
    if year is not None:
        wanted.append(RectificationPaper.year == year)
    return (
        select(RectificationPaper)
        .join(RectificationPaper.unit)
        .options(contains_eager(RectificationPaper.unit), defer(RectificationPaper.content))
        .where(*wanted)
        .order_by(RectificationPaper.issued_on.desc(), RectificationPaper.id.desc())
    )


def list_paper_years(paths: Sequence[str] | str) -> list[int]:
    """The years in which papers were issued, the latest first."""
    found = (
        select(RectificationPaper.year)
        .join(RectificationPaper.unit)
        .where(under(Unit.path, paths))
        .distinct()
        .order_by(RectificationPaper.year.desc())
    )
    return list(db.session.scalars(found))


def next_number(paper: RectificationPaper) -> int:
    """The number after the last of its township, kind and year."""
    last = db.session.scalar(
        select(func.max(RectificationPaper.number)).where(
            RectificationPaper.township_id == paper.township_id,
            RectificationPaper.kind == paper.kind,
            RectificationPaper.year == paper.year,
        )
    )
    return (last or 0) + 1


_WANTED: tuple[Any, ...] = (
    Finding.id, Finding.year, Finding.number, Unit.name.label("unit"), Finding.statement,
    Finding.source, Finding.severity, Finding.found_on, Finding.due_on, Finding.extended_to,
    Finding.state, Finding.problem_kind, CatalogueItem.code.label("item_code"), Finding.basis,
    Finding.evidence_link, Finding.demand, Finding.owner_name, Finding.measures,
    Finding.proved_on, Finding.proof_link, Finding.verdict, Finding.closed_on,
    Finding.closed_by_name, Finding.recurs_id,
)  # fmt: skip


def _problems(
    wanted: Sequence[ColumnElement[bool]], on: date, order: Sequence[Any]
) -> list[Problem]:
    """One query, of values: a list of thousands is read as fast as one of ten."""
    found = (
        select(*_WANTED)
        .join(Unit, Unit.id == Finding.unit_id)
        .outerjoin(CatalogueItem, CatalogueItem.id == Finding.item_id)
        .where(*wanted)
        .order_by(*order)
    )
    return [_problem(row, on) for row in db.session.execute(found)]


def _problem(row: Row[Any], on: date) -> Problem:
    state = rules.state_on(row.state, row.proved_on, row.closed_on, on)
    is_shown = row.proved_on is not None and row.proved_on <= on
    is_closed = row.closed_on is not None and row.closed_on <= on
    return Problem(
        id=row.id,
        year=row.year,
        number=row.number,
        unit=row.unit,
        statement=row.statement,
        source=row.source,
        severity=row.severity,
        found_on=row.found_on,
        due_on=row.due_on,
        mend_until=row.extended_to or row.due_on,
        state=state,
        kind=row.problem_kind,
        item_code=row.item_code or "",
        basis=row.basis,
        evidence=row.evidence_link,
        demand=row.demand,
        owner=row.owner_name,
        measures=row.measures if is_shown else "",
        proved_on=row.proved_on if is_shown else None,
        proof=row.proof_link if is_shown else "",
        verdict=row.verdict if is_closed or row.closed_on is None else "",
        closed_on=row.closed_on if is_closed else None,
        closed_by=row.closed_by_name if is_closed else "",
        recurs=row.recurs_id is not None,
    )


def _count_files(ids: Sequence[UUID]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """How many files show each problem, and how many show its mending."""
    shown: dict[UUID, int] = {}
    mended: dict[UUID, int] = {}
    for some in _batches(ids):
        proofs: dict[UUID, set[str]] = {}
        for finding_id, proof_id, photos in db.session.execute(
            select(Finding.id, Finding.proof_id, Finding.mended_photos).where(Finding.id.in_(some))
        ):
            proofs[finding_id] = {*photos, *([str(proof_id)] if proof_id else [])}
            mended[finding_id] = len(proofs[finding_id])
        for file_id, owner_id in db.session.execute(
            select(Attachment.id, Attachment.owner_id).where(Attachment.owner_id.in_(some))
        ):
            if owner_id is not None and str(file_id) not in proofs[owner_id]:
                shown[owner_id] = shown.get(owner_id, 0) + 1
    return shown, mended


def _batches(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[at : at + _MANY] for at in range(0, len(ids), _MANY)]


def _files_and_link(files: int, link: str) -> str:
    return "；".join(part for part in (f"照片{files}张" if files else "", link) if part)


def _document(body: str, document: str) -> str:
    return document if document.startswith("《") or body in document else f"{body}《{document}》"
