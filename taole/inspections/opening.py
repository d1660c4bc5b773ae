"""The system opens findings of what it sees, and shows what was mended; closing is for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.core.calendar_store import work_calendar
from taole.core.clock import local
from taole.core.database import db
from taole.core.workdays import UnknownYear
from taole.inspections.actions import add_finding
from taole.inspections.mending import prove
from taole.inspections.models import Finding
from taole.inspections.rules import mend_by
from taole.inspections.seen import DETECTORS, Seen, detector_of
from taole.inspections.system_findings import LATE
from taole.inspections.workflow import FindingState, InspectionKind
from taole.notifications.short_links import short_link
from taole.organisation.models import Unit

_TO_MEND = (FindingState.OPEN, FindingState.MENDING)


def open_system_findings(township: Unit, *, by: Actor, at: datetime) -> int:
    """A finding for each trouble of the day that is none yet; how many were opened.

    One whose last day to mend falls into a year without known holidays waits for them.
    """
    on = local(at).date()
    seen = [each for detector in DETECTORS.values() for each in detector.look(township, on)]
    known = _known(township, seen)
    calendar, opened = work_calendar(), 0
    for each in seen:
        if is_new(each, known.get((each.unit.id, each.subject), [])):
            try:
                due_on = mend_by(on, each.severity, calendar)
            except UnknownYear:
                continue
            _open(each, due_on, by=by, at=at)
            opened += 1
    return opened


def _open(seen: Seen, due_on: date, *, by: Actor, at: datetime) -> None:
    add_finding(
        seen.unit,
        source=InspectionKind.SYSTEM,
        statement=str(seen.statement)[:400],
        severity=seen.severity,
        found_on=local(at).date(),
        due_on=due_on,
        item=seen.item,
        demand=str(seen.demand),
        problem_kind=seen.problem_kind,
        subject=seen.subject,
        basis=seen.basis,
        channel=seen.channel,
        by=by,
        at=at,
    )


def is_new(seen: Seen, closings: Iterable[date | None]) -> bool:
    """Whether a trouble has no finding yet: ``closings`` are the days on which its findings were
    closed, None for one that is open. What came back after the last closing is new."""
    days = list(closings)
    if not days:
        return True
    closed = [day for day in days if day is not None]
    if len(closed) < len(days):
        return False
    if seen.since > max(closed):
        return True
    detector = detector_of(seen.subject)
    back = detector.back_on(seen.subject) if detector else None
    return back is not None and back >= max(closed)


def _known(township: Unit, seen: Iterable[Seen]) -> dict[tuple[UUID, str], list[date | None]]:
    """When the findings about these subjects were closed, by unit and subject."""
    oldest = min((each.since for each in seen), default=None)
    if oldest is None:
        return {}
    rows = db.session.execute(
        select(Finding.unit_id, Finding.subject, Finding.closed_on).where(
            Finding.township_id == township.id, Finding.subject != ""
        )
    )
    known = defaultdict(list)
    for unit_id, subject, closed_on in rows:
        known[unit_id, subject].append(closed_on)
    return known


def prove_mended(township: Unit, *, by: Actor, at: datetime) -> int:
    """Hand in for re-check what the system opened and can see is mended; how many it was.

    One about being late waits for the unit's own words.
    """
    on = local(at).date()
    found = db.session.scalars(
        select(Finding).where(
            Finding.township_id == township.id,
            Finding.source == InspectionKind.SYSTEM,
            Finding.state.in_(_TO_MEND),
            Finding.problem_kind != LATE,
        )
    )
    waiting: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        waiting[finding.subject.partition(":")[0]].append(finding)
    proved = 0
    for prefix, findings in waiting.items():
        detector = DETECTORS.get(prefix)
        over = detector.mended([each.subject for each in findings], on) if detector else {}
        for finding in findings:
            mended = over.get(finding.subject)
            if mended is not None:
                prove(
                    finding,
                    measures=str(mended.words)[:400],
                    proof=mended.proof,
                    proof_link=mended.link or ("" if mended.proof else short_link(mended.page)),
                    by=by,
                    mended_by=mended.by,
                    on=max(mended.on, finding.found_on),
                )
                proved += 1
    return proved
