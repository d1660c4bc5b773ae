"""Opening what is due: the slots of periods, ahead of time, and of recorded events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from taole.access.permissions import Actor
from taole.catalogue.deadlines import due_on_event, due_on_period
from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, ItemOverride
from taole.catalogue.queries import list_adoptions, list_overrides
from taole.catalogue.rules import EffectiveItem, effective_item
from taole.core.calendar_store import work_calendar
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.periods import period_containing
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import UnknownYear
from taole.obligations.models import Event, Obligation
from taole.obligations.slot_rules import Span, event_key, is_event_driven, opens, owed_periods
from taole.organisation.models import Unit
from taole.organisation.queries import list_grassroots
from taole.organisation.rules import GRASSROOTS
from taole.trail.actions import record

CHUNK = 500

Slot = dict[str, Any]


@dataclass(frozen=True)
class Opened:
    """How many slots were opened, and why some could not be."""

    created: int
    skipped: tuple[Sentence, ...] = ()


def open_obligations(township: Unit, *, through: date, by: Actor) -> int:
    """Open every slot of a township that falls due by ``through`` or has begun; again is harmless.

    Returns how many were new. See ``open_slots`` for what could not be opened.
    """
    return open_slots(township, through=through, by=by).created


def open_slots(township: Unit, *, through: date, by: Actor) -> Opened:
    """As ``open_obligations``, with a sentence for each year whose calendar is not confirmed."""
    skipped: dict[int, Sentence] = {}
    slots = list(plan_slots(township, through=through, skipped=skipped))
    known = {
        tuple(row)
        for row in db.session.execute(
            select(Obligation.unit_id, Obligation.item_code, Obligation.period_key).where(
                Obligation.township_id == township.id, Obligation.event_id.is_(None)
            )
        )
    }
    created = insert_slots(
        slot
        for slot in slots
        if (slot["unit_id"], slot["item_code"], slot["period_key"]) not in known
    )
    if created:
        record(
            "open_obligations",
            "unit",
            township.id,
            by=by,
            township_id=township.id,
            after={"through": through, "count": created},
        )
    return Opened(created, tuple(skipped.values()))


def plan_slots(
    township: Unit,
    *,
    through: date,
    skipped: dict[int, Sentence],
    code: str | None = None,
) -> Iterator[Slot]:
    """The slots that a township's villages owe by ``through``: of all matters, or of one code."""
    calendar, on = work_calendar(), today()
    units = list_grassroots(township.id)
    overrides = _overrides_by_code(township.id)
    for adoption in _adoptions(township.id):
        adopted = Span(adoption.from_on, adoption.until_on)
        for item_code, rows in _rows_by_code(adoption.edition_id, code).items():
            decided = overrides[item_code]
            for unit in units:

                def terms_on(
                    row: CatalogueItem,
                    day: date,
                    unit_id: UUID = unit.id,
                    decided: list[ItemOverride] = decided,
                ) -> EffectiveItem:
                    return effective_item(row, decided, unit_id=unit_id, on=day)

                lived = Span(unit.opened_on, unit.closed_on)
                for row, terms, period in owed_periods(
                    rows, terms_on, adopted=adopted, lived=lived, until=through
                ):
                    try:
                        due_on = due_on_period(terms.rule, period, calendar)
                    except UnknownYear as unknown:
                        skipped.setdefault(unknown.year, unknown.sentences[0])
                        continue
                    if opens(period, due_on, through=through, today=on):
                        yield {
                            "id": new_id(),
                            "township_id": township.id,
                            "unit_id": unit.id,
                            "item_id": row.id,
                            "item_code": row.code,
                            "section": row.section,
                            "period_key": period.key,
                            "period_start": period.start,
                            "period_end": period.end,
                            "due_on": due_on,
                            "reason": "",
                        }


def insert_slots(slots: Iterable[Slot]) -> int:
    """Insert what nobody else has inserted meanwhile; returns how many were new."""
    rows = list(slots)
    table = cast(Table, Obligation.__table__)
    kind = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    statement = (
        kind.insert(table)
        .on_conflict_do_nothing(index_elements=["unit_id", "item_code", "period_key"])
        .returning(table.c.id)
    )
    created = 0
    for start in range(0, len(rows), CHUNK):
        created += len(db.session.execute(statement, rows[start : start + CHUNK]).all())
    return created


def record_event(
    unit: Unit,
    item: CatalogueItem,
    *,
    happens_on: date,
    title: str,
    by: Actor,
    at: datetime | None = None,
) -> Obligation:
    """Something happened that must be published: it owes a notice of its own, with its own day.

    Refused when the unit or the matter takes no events, when the same is recorded already, and
    (UnknownYear) when the due day needs a year whose holidays are not confirmed.
    """
    title = " ".join(title.split())
    decided = _overrides_by_code(cast(UUID, unit.township_id))[item.code]
    terms = effective_item(item, decided, unit_id=unit.id, on=happens_on)
    _refuse_event(unit, terms, happens_on, title)
    due_on = due_on_event(terms.rule, happens_on, work_calendar())
    event = Event(
        id=new_id(),
        township_id=cast(UUID, unit.township_id),
        unit_id=unit.id,
        item_id=item.id,
        happens_on=happens_on,
        title=title,
        recorded_at=at or now(),
    )
    period = period_containing(terms.frequency, happens_on)
    obligation = Obligation(
        township_id=event.township_id,
        unit_id=unit.id,
        unit=unit,
        item_id=item.id,
        item=item,
        item_code=item.code,
        section=item.section,
        period_key=event_key(period, event.id),
        period_start=period.start,
        period_end=period.end,
        event_id=event.id,
        event=event,
        due_on=due_on,
    )
    db.session.add_all((event, obligation))
    db.session.flush()
    record(
        "record_event",
        "obligation",
        obligation.id,
        by=by,
        township_id=event.township_id,
        after={"item": item.code, "happens_on": happens_on, "due_on": due_on},
    )
    return obligation


def _refuse_event(unit: Unit, terms: EffectiveItem, happens_on: date, title: str) -> None:
    item = terms.item
    if unit.kind not in GRASSROOTS:
        raise Refused(sentence(N_("“%(unit)s”不是村或社区，不登记事件。"), unit=unit.name))
    if not title:
        raise Refused(N_("请写明是什么事，如“某某宅基地审批结果”。"))
    if not is_event_driven(terms.frequency, terms.rule):
        raise Refused(
            sentence(
                N_("“%(item)s”按固定周期公开，不用登记事件：到期直接登记公示。"), item=item.title
            )
        )
    if not terms.applicable:
        raise Refused(sentence(N_("“%(item)s”在本村不适用，不用登记。"), item=item.title))
    if not unit.is_open_on(happens_on):
        raise Refused(
            sentence(N_("%(day)s时“%(unit)s”不在册：请核对日期。"), day=happens_on, unit=unit.name)
        )
    known = db.session.scalar(
        select(Event.id)
        .join(CatalogueItem, CatalogueItem.id == Event.item_id)
        .where(
            Event.unit_id == unit.id,
            CatalogueItem.code == item.code,
            Event.happens_on == happens_on,
            Event.title == title,
        )
        .limit(1)
    )
    if known is not None:
        raise Refused(
            sentence(
                N_("“%(title)s”（%(day)s）已经登记过了，不要重复登记。"),
                title=title,
                day=happens_on,
            )
        )


def _adoptions(township_id: UUID) -> list[Adoption]:
    found = list_adoptions(township_id)
    return [each for each in found if each.edition.kind is CatalogueKind.VILLAGE]


def _rows_by_code(edition_id: UUID, code: str | None) -> dict[str, list[CatalogueItem]]:
    found = select(CatalogueItem).where(CatalogueItem.edition_id == edition_id)
    if code is not None:
        found = found.where(CatalogueItem.code == code)
    rows: dict[str, list[CatalogueItem]] = defaultdict(list)
    for row in db.session.scalars(found.order_by(CatalogueItem.position)):
        rows[row.code].append(row)
    return rows


def _overrides_by_code(township_id: UUID) -> dict[str, list[ItemOverride]]:
    found: dict[str, list[ItemOverride]] = defaultdict(list)
    for each in list_overrides(township_id):
        found[each.item_code].append(each)
    return found
