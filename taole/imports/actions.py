"""Bringing a ledger in: every row checked, then all written or nothing. Nothing here commits.

The ledger tells what hung already, so its notices go the way of every notice, in one step: the
ledger's own name writes and submits them, on behalf of the villages; who imports it approves them
and is named in the trail (docs/decisions/0008-importing-a-ledger.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from taole.access.permissions import Actor
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.documents.workbooks import read_workbook
from taole.imports import ledger
from taole.imports.ledger import MAX_ROWS, Ledger, RowFault, read_ledger
from taole.imports.planning import PlannedNotice, PlannedPosting, order_faults, plan_notices
from taole.imports.queries import (
    IMPORTED,
    SlotKey,
    find_township_names,
    find_village_names,
    list_notices_by_id,
    list_registered,
    list_slots,
)
from taole.imports.rules import read_entries
from taole.notices.actions import admit, post, submit, write
from taole.notices.models import Notice
from taole.obligations.actions import open_obligations
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.organisation.actions import SystemActor
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_by_id
from taole.trail.actions import record

LEDGER = SystemActor(name="台账导入")
"""Who wrote an imported notice: the ledger itself."""

Progress = Callable[[int, int], None]
"""Told how many of how many rows are written."""


@dataclass
class Outcome:
    """What an import did, or would have done: ``created`` and ``postings`` are 0 with faults."""

    ledger: Ledger
    created: int = 0
    postings: int = 0
    faults: Sequence[RowFault] = ()
    import_id: UUID | None = None
    townships: Sequence[Unit] = field(default=())

    @property
    def rows(self) -> int:
        return len(self.ledger.rows)

    @property
    def bad_rows(self) -> int:
        return len({(fault.sheet, fault.row) for fault in self.faults})


def import_ledger(
    content: bytes,
    filename: str,
    *,
    paths: Sequence[str],
    by: Actor,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Bring in a ledger of villages within ``paths``; with any fault nothing is written.

    A dry run checks and writes as the real one and takes everything back. Raises Refused when
    the file as a whole cannot be read as a ledger.
    """
    read = read_ledger(read_workbook(content, filename, max_rows=MAX_ROWS, filled=True))
    planned, faults = _plan(read, paths)
    if faults:
        return Outcome(read, faults=faults)
    outcome = Outcome(read, import_id=new_id())
    savepoint = db.session.begin_nested()
    try:
        fault = _write_all(planned, outcome, by=by, at=now(), progress=progress)
        if fault is None:
            _tell(planned, outcome, content, filename, by=by)
            db.session.flush()
    except BaseException:
        savepoint.rollback()
        raise
    if fault is not None or dry_run:
        savepoint.rollback()
    else:
        savepoint.commit()
    return Outcome(read, faults=[fault]) if fault else outcome


def _plan(read: Ledger, paths: Sequence[str]) -> tuple[list[PlannedNotice], list[RowFault]]:
    entries, faults = read_entries(
        read.rows,
        villages=find_village_names(paths),
        names_of=cache(find_township_names),
        today=today(),
    )
    townships = {entry.unit.township_id for entry in entries if entry.unit.township_id}
    planned, known = plan_notices(entries, list_registered(townships))
    return planned, order_faults([*faults, *known], [table.sheet for table in read.tables])


def _write_all(
    planned: Sequence[PlannedNotice],
    outcome: Outcome,
    *,
    by: Actor,
    at: datetime,
    progress: Progress | None,
) -> RowFault | None:
    """Write every notice; the first refusal of a deeper rule comes back as its row's fault."""
    slots = _slots_of(planned, by=by)
    known = list_notices_by_id(each.known_id for each in planned if each.known_id)
    total = sum(len(each.postings) for each in planned)
    for each in planned:
        try:
            notice = known[each.known_id] if each.known_id else _notice(each, slots, by=by, at=at)
            for posting in each.postings:
                _post(notice, posting, by=by, at=at)
        except Refused as refusal:
            return each.postings[0].entry.row.fault(ledger.TITLE, refusal.sentences[0])
        outcome.created += int(each.known_id is None)
        outcome.postings += len(each.postings)
        if progress is not None:
            progress(outcome.postings, total)
    return None


def _notice(
    planned: PlannedNotice,
    slots: Mapping[SlotKey, Sequence[Obligation]],
    *,
    by: Actor,
    at: datetime,
) -> Notice:
    notice = write(
        planned.unit,
        planned.item,
        period_key=planned.period.key,
        title=planned.title,
        obligations=_answered_by(planned, slots),
        on_behalf=True,
        by=LEDGER,
        at=at,
    )
    submit(notice, by=LEDGER, at=at)
    admit(notice, by=by, at=at)
    return notice


def _post(notice: Notice, planned: PlannedPosting, *, by: Actor, at: datetime) -> None:
    entry, place = planned.entry, planned.place
    post(
        notice,
        channel=place.channel,
        posted_on=entry.posted_on,
        until_on=entry.until_on,
        column_code=place.column_code,
        account=place.account,
        proof_link=entry.link,
        by=by,
        at=at,
    )


def _answered_by(
    planned: PlannedNotice, slots: Mapping[SlotKey, Sequence[Obligation]]
) -> list[Obligation]:
    """The slot of its period, and of the events in the days that it names those it means.

    Where an event bears the notice's title, only that one. An earlier notice keeps its answer; a
    signed 无此事项 gives way; what is excused stays so.
    """
    found = slots.get((planned.unit.id, planned.item.code, planned.period.key), ())
    open_for = [each for each in found if _may_answer(each, planned)]
    events = [
        each
        for each in open_for
        if each.event is not None
        and planned.window.start <= each.event.happens_on <= planned.window.end
    ]
    named = [
        each
        for each in events
        if each.event is not None and planned.title.endswith(each.event.title)
    ]
    return [each for each in open_for if each.event_id is None] + (named or events)


def _may_answer(obligation: Obligation, planned: PlannedNotice) -> bool:
    if obligation.answer is Answer.NOTICE:
        return obligation.answered_on is None or planned.answers_on < obligation.answered_on
    return obligation.answer is not Answer.EXCUSED


def _slots_of(planned: Sequence[PlannedNotice], *, by: Actor) -> dict[SlotKey, list[Obligation]]:
    """What the notices can answer; slots that nobody has opened yet are opened first."""
    if not planned:
        return {}
    townships = {each.unit.township_id for each in planned if each.unit.township_id}
    start = min(each.period.start for each in planned)
    end = max(each.period.start for each in planned)
    slots = list_slots(townships, start, end)
    lacking = {
        each.unit.township_id
        for each in planned
        if each.unit.township_id and (each.unit.id, each.item.code, each.period.key) not in slots
    }
    if lacking:
        opened = [
            open_obligations(township, through=today(), by=by) for township in _townships(lacking)
        ]
        if any(opened):
            slots = list_slots(townships, start, end)
    return slots


def _tell(
    planned: Sequence[PlannedNotice], outcome: Outcome, content: bytes, filename: str, *, by: Actor
) -> None:
    ids = {each.unit.township_id for each in planned if each.unit.township_id}
    outcome.townships = _townships(ids)
    for township in outcome.townships:
        record(
            IMPORTED,
            "ledger",
            outcome.import_id,
            by=by,
            township_id=township.id,
            after={
                "file": filename[:120],
                "digest": hashlib.sha256(content).hexdigest(),
                "rows": outcome.rows,
                "notices": outcome.created,
                "postings": outcome.postings,
            },
        )


def _townships(ids: Iterable[UUID]) -> list[Unit]:
    return [get_unit_by_id(each) for each in sorted(ids)]
