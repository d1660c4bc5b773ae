"""The check sheets of a township: loaded from a day on; the one that is shipped until then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid5

import yaml
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from taole.access.permissions import Actor
from taole.attachments.actions import keep_file
from taole.catalogue.queries import list_item_terms
from taole.check_sheets.models import CheckLine, CheckLineTie, CheckMark, CheckSheet
from taole.check_sheets.reading import LineDraft, SheetDraft
from taole.check_sheets.rules import Known, propose_ties
from taole.check_sheets.workflow import Relation
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.words import N_, sentence
from taole.inspections.models import Inspection
from taole.inspections.problem_kinds import problem_kinds
from taole.organisation.models import Unit
from taole.trail.actions import record

SHIPPED = "check-sheet.yaml"
SHIPPED_FROM = date(2000, 1, 1)
"""The shipped sheet holds from long ago: whatever the county sends comes after it."""
KEPT_AS_FILE = (".xlsx", ".xls")


@cache
def shipped() -> tuple[SheetDraft, Mapping[str, Mapping[str, list[str]]]]:
    """The sheet that is shipped, and by line's code the sections and items that it covers."""
    text = files("taole.check_sheets").joinpath("data", SHIPPED).read_text("utf-8")
    held = yaml.safe_load(text)
    groups = {kind.code: kind.group for kind in problem_kinds()}
    lines = [
        LineDraft(
            row=0,
            code=str(number),
            group=groups[each["kind"]],
            title=each["title"],
            weight=Decimal(str(each["weight"])),
            is_veto=each.get("veto", False),
            note=each["note"],
            problem_kind=each["kind"],
        )
        for number, each in enumerate(held["lines"], start=1)
    ]
    covers = {
        str(number): {key: each.get(key, []) for key in ("sections", "items")}
        for number, each in enumerate(held["lines"], start=1)
    }
    return SheetDraft(held["name"], held["source"], lines), covers


def find_own_sheet(township: Unit, on: date) -> CheckSheet | None:
    """The sheet of a township's rows in force on a day; None while it uses the shipped one."""
    return db.session.scalar(
        select(CheckSheet)
        .where(CheckSheet.township_id == township.id, CheckSheet.from_on <= on)
        .options(
            selectinload(CheckSheet.lines).selectinload(CheckLine.ties),
            joinedload(CheckSheet.file),
        )
        .order_by(CheckSheet.from_on.desc(), CheckSheet.loaded_at.desc())
        .limit(1)
    )


def sheet_in_force(township: Unit, on: date) -> CheckSheet:
    """The sheet that holds on a day; the shipped one as rows that are not stored yet."""
    return find_own_sheet(township, on) or _shipped_for(township)


def stored_sheet(township: Unit, on: date) -> CheckSheet:
    """The sheet that holds on a day, stored: the township's copy is made when it is first used."""
    own = find_own_sheet(township, on)
    if own is None:
        own = _shipped_for(township)
        db.session.add(own)
        db.session.flush()
    return own


def list_sheets(township: Unit) -> list[CheckSheet]:
    """All that were loaded, the latest first."""
    found = (
        select(CheckSheet)
        .where(CheckSheet.township_id == township.id)
        .order_by(CheckSheet.from_on.desc(), CheckSheet.loaded_at.desc())
    )
    return list(db.session.scalars(found))


def get_line(line_id: UUID) -> CheckLine:
    """A line with its sheet and ties; NotFound when there is none."""
    line = db.session.get(
        CheckLine,
        line_id,
        options=[joinedload(CheckLine.sheet), selectinload(CheckLine.ties)],
    )
    if line is None:
        raise NotFound(line_id)
    return line


def list_lines(township: Unit, line_ids: Collection[UUID]) -> list[CheckLine]:
    """Those of these lines that are the township's, of whichever of its sheets, in their order."""
    found = (
        select(CheckLine)
        .where(CheckLine.township_id == township.id, CheckLine.id.in_(line_ids))
        .options(selectinload(CheckLine.ties))
        .order_by(CheckLine.position)
    )
    return list(db.session.scalars(found))


def load_sheet(
    township: Unit,
    draft: SheetDraft,
    *,
    from_on: date,
    by: Actor,
    content: bytes = b"",
    filename: str = "",
    at: datetime | None = None,
) -> CheckSheet:
    """Keep a sheet from a day on, its lines tied by their names, its workbook as a file.

    Refused when the very same holds on that day already.
    """
    at = at or now()
    fingerprint = _fingerprint(draft)
    current = find_own_sheet(township, from_on)
    if current is not None and current.fingerprint == fingerprint:
        raise Refused(
            sentence(
                N_("这张检查表和%(day)s起用的“%(name)s”一样，不用再载入。"),
                day=current.from_on.isoformat(),
                name=current.name,
            )
        )
    kept = None
    if content and filename.lower().endswith(KEPT_AS_FILE):
        kept = keep_file(township, content, filename, by=by, at=at)
        db.session.flush()
    sheet = CheckSheet(
        township_id=township.id,
        name=draft.name,
        source=draft.source,
        from_on=from_on,
        fingerprint=fingerprint,
        file_id=kept.id if kept else None,
        places=dict(draft.places),
        loaded_at=at,
        loaded_by_name=by.name,
    )
    known = _known_items(township, from_on)
    for position, line in enumerate(draft.lines, start=1):
        ties = propose_ties(line.title, known)
        sheet.lines.append(_line_of(line, position, township, ties))
    db.session.add(sheet)
    db.session.flush()
    record(
        "load_check_sheet",
        "check_sheet",
        sheet.id,
        by=by,
        township_id=township.id,
        after={"name": sheet.name, "from_on": from_on, "lines": len(draft.lines)},
    )
    return sheet


def _shipped_for(township: Unit) -> CheckSheet:
    """The shipped sheet with ids that are the same each time, so that it is stored once."""
    draft, covers = shipped()
    fingerprint = _fingerprint(draft)
    sheet = CheckSheet(
        id=uuid5(township.id, fingerprint),
        township_id=township.id,
        name=draft.name,
        source=draft.source,
        from_on=SHIPPED_FROM,
        fingerprint=fingerprint,
        places={},
        loaded_at=now(),
        loaded_by_name="",
    )
    items = list_item_terms(township.id, now().date())
    for position, line in enumerate(draft.lines, start=1):
        covered = covers[line.code]
        ties = {
            each.code: Relation.COVERS
            for each in items
            if each.section in covered["sections"] or each.code in covered["items"]
        }
        kept = _line_of(line, position, township, ties)
        kept.id = uuid5(sheet.id, line.code)
        sheet.lines.append(kept)
    return sheet


def _line_of(
    draft: LineDraft, position: int, township: Unit, ties: Mapping[str, Relation]
) -> CheckLine:
    return CheckLine(
        township_id=township.id,
        position=position,
        row=draft.row,
        code=draft.code or str(position),
        group=draft.group,
        title=draft.title,
        problem_kind=draft.problem_kind,
        weight=draft.weight,
        is_veto=draft.is_veto,
        note=draft.note,
        ties=[
            CheckLineTie(item_code=code, township_id=township.id, relation=relation)
            for code, relation in ties.items()
        ],
    )


def _known_items(township: Unit, on: date) -> list[Known]:
    return [Known(each.code, each.title, each.section) for each in list_item_terms(township.id, on)]


def proposed_ties(
    township: Unit, lines: Iterable[LineDraft], on: date
) -> list[dict[str, Relation]]:
    """For each line what would be proposed, for the look before a sheet is kept."""
    known = _known_items(township, on)
    return [propose_ties(line.title, known) for line in lines]


def _fingerprint(draft: SheetDraft) -> str:
    lines: list[list[Any]] = [
        [line.code, line.group, line.title, str(line.weight), line.is_veto, line.note]
        for line in draft.lines
    ]
    return hashlib.sha256(json.dumps([draft.name, lines], ensure_ascii=False).encode()).hexdigest()


def find_sheet_of(inspection: Inspection) -> CheckSheet | None:
    """The sheet by which an inspection was marked; None where nothing was marked."""
    line_id = db.session.scalar(
        select(CheckMark.line_id).where(CheckMark.inspection_id == inspection.id).limit(1)
    )
    return get_line(line_id).sheet if line_id else None
