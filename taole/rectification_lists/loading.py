"""A list that was read becomes one inspection with its findings, all or none; it comes in once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from taole.access.permissions import Actor
from taole.attachments.actions import keep_file
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import list_items_in_force
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.file_kinds import FileKind, kind_of
from taole.inspections.actions import add_finding, record_inspection
from taole.inspections.amending import amend_finding
from taole.inspections.models import Finding, Inspection
from taole.inspections.workflow import BodyLevel, Direction, FindingState, InspectionKind
from taole.organisation.models import Unit
from taole.organisation.queries import list_units_of_township
from taole.rectification_lists.entries import Entry
from taole.rectification_lists.models import RectificationList
from taole.rectification_lists.plan import NOTHING, Plan
from taole.rectification_lists.reading import PASTED, Source
from taole.rectification_lists.template import places_of_template
from taole.rectification_lists.units import KnownUnit, UnitNames
from taole.rectification_lists.values import ItemsByName, KnownItem

_Key = tuple[str, str]
MOST_ENTRIES = 1_000


@dataclass(frozen=True)
class ListHead:
    """The inspection that a list tells of."""

    kind: InspectionKind
    body: str
    body_level: BodyLevel
    held_on: date
    document: str = ""

    @property
    def direction(self) -> Direction:
        is_own = self.body_level is BodyLevel.TOWNSHIP
        return Direction.OUTBOUND if is_own else Direction.INBOUND


def load_list(
    township: Unit,
    source: Source,
    plan: Plan,
    head: ListHead,
    *,
    content: bytes,
    by: Actor,
    at: datetime | None = None,
) -> RectificationList:
    """Keep a list. Refused while something is open to ask, for one without a new problem, and for
    one that was loaded before."""
    at = at or now()
    if plan.open:
        raise Refused(N_("还有问题没有回答，请先看最上面的几问"))
    if len(plan.entries) > MOST_ENTRIES:
        raise Refused(
            sentence(
                N_("这份名单有 %(count)s 个问题，一次最多记 %(most)s 个：请分成几份"),
                count=len(plan.entries),
                most=MOST_ENTRIES,
            )
        )
    units = {unit.code: unit for unit in list_units_of_township(township.id)}
    fresh = dict.fromkeys(key_of(entry) for entry in plan.entries)
    known = find_known(township, plan.entries)
    if not fresh:
        raise Refused(NOTHING)
    if len(known) == len(fresh):
        raise Refused(N_("名单里的问题都已经记过，没有新的"))
    inspection = record_inspection(
        township,
        direction=head.direction,
        kind=head.kind,
        body=head.body,
        body_level=head.body_level,
        held_on=head.held_on,
        units=[units[code] for code in dict.fromkeys(entry.unit for entry in plan.entries)],
        document=head.document,
        by=by,
        at=at,
    )
    # after the line in the trail, which lets one person of the township write at a time
    _refuse_loaded(township, source)
    findings = dict(known)
    for entry in plan.entries:
        if key_of(entry) not in findings:
            findings[key_of(entry)] = _keep(entry, units[entry.unit], inspection, by, at)
    return _remember(township, source, plan, inspection, findings, content, by, at)


def _keep(entry: Entry, unit: Unit, inspection: Inspection, by: Actor, at: datetime) -> Finding:
    finding = add_finding(
        unit,
        source=inspection.kind,
        statement=entry.statement,
        severity=entry.severity,
        found_on=entry.found_on,
        due_on=entry.due_on,
        item=db.session.get(CatalogueItem, entry.item_id) if entry.item_id else None,
        problem_kind=entry.kind,
        demand=entry.demand,
        owner_name=entry.owner,
        basis=entry.basis,
        evidence_link=entry.evidence_link,
        inspection=inspection,
        by=by,
        at=at,
    )
    if entry.measures or entry.proof_link:
        amend_finding(finding, measures=entry.measures, proof_link=entry.proof_link, by=by)
    return finding


def _remember(
    township: Unit,
    source: Source,
    plan: Plan,
    inspection: Inspection,
    findings: Mapping[_Key, Finding],
    content: bytes,
    by: Actor,
    at: datetime,
) -> RectificationList:
    is_template = bool(source.tables) and _is_workbook(content, source.filename)
    kept = (
        keep_file(township, content, source.filename, by=by, owner_id=inspection.id, at=at)
        if is_template
        else None
    )
    places: dict[str, Any] = {}
    if kept is not None:
        ids = {key: str(finding.id) for key, finding in findings.items()}
        places = places_of_template(plan, ids)
        db.session.flush()
    loaded = RectificationList(
        inspection_id=inspection.id,
        inspection=inspection,
        township_id=township.id,
        fingerprint=source.fingerprint,
        name=source.filename,
        file_id=kept.id if kept else None,
        places=places,
        loaded_at=at,
    )
    db.session.add(loaded)
    db.session.flush()
    return loaded


def _is_workbook(content: bytes, filename: str) -> bool:
    try:
        return filename != PASTED and kind_of(content, filename) is FileKind.XLSX
    except Refused:
        return False


def key_of(entry: Entry) -> _Key:
    return entry.unit, entry.statement


def find_known(township: Unit, entries: Sequence[Entry]) -> dict[_Key, Finding]:
    """Those problems of a list that stand open already, by unit and words."""
    wanted = {key_of(entry) for entry in entries}
    found = db.session.scalars(
        select(Finding)
        .where(
            Finding.township_id == township.id,
            Finding.state != FindingState.CLOSED,
            Finding.statement.in_({statement for _unit, statement in wanted}),
        )
        .options(joinedload(Finding.unit))
        .order_by(Finding.year, Finding.number)
    )
    return {
        (finding.unit.code, finding.statement): finding
        for finding in found
        if (finding.unit.code, finding.statement) in wanted
    }


def find_loaded(township: Unit, source: Source) -> RectificationList | None:
    """The list of the same words that this township loaded before."""
    return db.session.scalar(
        select(RectificationList)
        .where(
            RectificationList.township_id == township.id,
            RectificationList.fingerprint == source.fingerprint,
        )
        .options(joinedload(RectificationList.inspection))
    )


def find_list(inspection_id: UUID) -> RectificationList | None:
    """The list from which an inspection was loaded."""
    return db.session.get(RectificationList, inspection_id)


def _refuse_loaded(township: Unit, source: Source) -> None:
    loaded = find_loaded(township, source)
    if loaded is not None:
        day = loaded.inspection.held_on
        raise Refused(
            sentence(
                N_("这份通报已经记过：%(body)s %(year)s年%(month)s月%(day)s日"),
                body=loaded.inspection.body,
                year=day.year,
                month=day.month,
                day=day.day,
            )
        )


def names_of_units(township: Unit) -> UnitNames:
    return UnitNames(
        [
            KnownUnit(unit.code, unit.name, unit.kind, unit.full_name)
            for unit in list_units_of_township(township.id)
        ]
    )


def items_by_name(township: Unit, on: date) -> ItemsByName:
    """The matters in force on a day, of both catalogues."""
    return ItemsByName(
        [
            KnownItem(item.id, item.code, item.title)
            for kind in CatalogueKind
            for item in list_items_in_force(township.id, on, kind)
        ]
    )
