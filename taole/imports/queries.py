"""What an import looks up, all of it before the first row is written; and what it exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, not_, select
from sqlalchemy.orm import joinedload

from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.catalogue.queries import list_overrides
from taole.core.database import db, under
from taole.core.errors import NotFound
from taole.imports.known_names import ItemNames, TownshipNames, VillageNames
from taole.imports.planning import Key, Registered, ledger_period_key
from taole.notices.models import Notice, NoticeKind, Posting
from taole.notices.rules import Place
from taole.notices.workflow import NoticeState
from taole.obligations.models import Obligation
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships_around
from taole.organisation.rules import GRASSROOTS
from taole.trail.models import TrailLine

IMPORTED = "import_ledger"
SlotKey = tuple[UUID, str, str]
"""Unit, code of the item, key of the period (of the quarter, for an event)."""


@dataclass(frozen=True)
class LedgerImport:
    """An import that was done, as its line in the trail tells it."""

    id: UUID
    township: Unit
    filename: str
    by: str
    rows: int
    notices: int
    postings: int

    @property
    def path(self) -> str:
        return self.township.path


def find_village_names(paths: Sequence[str]) -> VillageNames:
    """The names of the villages within these subtrees, and of all others to tell them apart."""
    within = db.session.scalars(
        select(Unit).where(Unit.kind.in_(GRASSROOTS), under(Unit.path, paths)).order_by(Unit.path)
    ).all()
    others = db.session.execute(
        select(Unit.name, Unit.code, Unit.full_name).where(
            Unit.kind.in_(GRASSROOTS), not_(under(Unit.path, paths))
        )
    )
    names = {name for row in others for name in row if name}
    townships = {unit.township_id for unit in within}
    places = [each for each in list_townships_around(paths) if each.id in townships]
    return VillageNames(within, places, names)


def find_township_names(township_id: UUID) -> TownshipNames:
    """All matters and website columns that a township ever had, to be asked by day."""
    overrides = list_overrides(township_id)
    return TownshipNames(
        _item_names(township_id, CatalogueKind.VILLAGE, overrides),
        _item_names(township_id, CatalogueKind.WEBSITE, ()),
    )


def _item_names(township_id: UUID, kind: CatalogueKind, overrides: Any) -> ItemNames:
    adoptions = db.session.scalars(
        select(Adoption)
        .join(Adoption.edition)
        .where(Adoption.township_id == township_id, Edition.kind == kind)
    ).all()
    items = db.session.scalars(
        select(CatalogueItem)
        .where(CatalogueItem.edition_id.in_({each.edition_id for each in adoptions}))
        .options(joinedload(CatalogueItem.edition))
        .order_by(CatalogueItem.position, CatalogueItem.code)
    ).all()
    return ItemNames(items, adoptions, overrides)


def list_registered(township_ids: Iterable[UUID]) -> dict[Key, list[Registered]]:
    """The villages' notices that are registered (not the withdrawn), with their postings."""
    found: dict[Key, list[Registered]] = defaultdict(list)
    by_notice: dict[UUID, Registered] = {}
    rows = db.session.execute(
        select(
            Notice.id,
            Notice.unit_id,
            CatalogueItem.code,
            CatalogueItem.frequency,
            Notice.period_key,
            Notice.title,
            Notice.state,
            Posting.channel,
            Posting.column_code,
            Posting.account,
            Posting.posted_on,
        )
        .join(CatalogueItem, CatalogueItem.id == Notice.item_id)
        .join(Unit, Unit.id == Notice.unit_id)
        .join(Posting, Posting.notice_id == Notice.id, isouter=True)
        .where(
            Notice.township_id.in_(set(township_ids)),
            Unit.kind.in_(GRASSROOTS),
            Notice.state != NoticeState.WITHDRAWN,
        )
        .order_by(Notice.id)
    )
    for row in rows:
        known = by_notice.get(row.id)
        if known is None:
            known = by_notice[row.id] = Registered(row.id, row.state)
            period_key = ledger_period_key(row.period_key, row.frequency)
            found[row.unit_id, row.code, period_key, row.title].append(known)
        if row.channel is not None:
            known.places[Place(row.channel, row.column_code, row.account)].append(row.posted_on)
    return found


def list_slots(
    township_ids: Iterable[UUID], start: date, end: date
) -> dict[SlotKey, list[Obligation]]:
    """The obligations of periods that begin in these days, events beside their quarter."""
    found: dict[SlotKey, list[Obligation]] = defaultdict(list)
    rows = db.session.scalars(
        select(Obligation)
        .where(
            Obligation.township_id.in_(set(township_ids)),
            Obligation.period_start.between(start, end),
        )
        .options(
            joinedload(Obligation.item, innerjoin=True),
            joinedload(Obligation.unit, innerjoin=True),
            joinedload(Obligation.event),
        )
        .order_by(Obligation.period_start, Obligation.id)
    )
    for row in rows:
        key = ledger_period_key(row.period_key, row.item.frequency)
        found[row.unit_id, row.item_code, key].append(row)
    return found


def list_notices_by_id(notice_ids: Iterable[UUID]) -> dict[UUID, Notice]:
    """The notices that get more postings."""
    wanted = sorted(set(notice_ids))
    found: dict[UUID, Notice] = {}
    for at in range(0, len(wanted), 500):
        rows = db.session.scalars(
            select(Notice)
            .where(Notice.id.in_(wanted[at : at + 500]))
            .options(joinedload(Notice.postings), joinedload(Notice.answers))
        ).unique()
        found.update({row.id: row for row in rows})
    return found


def list_postings_of_year(township_id: UUID, year: int) -> Sequence[Any]:
    """The villages' postings of a year with what the ledger says of each, notice by notice."""
    days: ColumnElement[bool] = Posting.posted_on.between(date(year, 1, 1), date(year, 12, 31))
    return db.session.execute(
        select(
            Notice.id.label("notice_id"),
            Unit.name.label("unit"),
            CatalogueItem.code,
            CatalogueItem.title.label("item"),
            CatalogueItem.frequency,
            Notice.period_key,
            Notice.title,
            Posting.channel,
            Posting.posted_on,
            Posting.until_on,
            Posting.proof_link,
            Posting.column_code,
            Posting.account,
            Posting.repeats_id,
        )
        .join(Notice, Notice.id == Posting.notice_id)
        .join(CatalogueItem, CatalogueItem.id == Notice.item_id)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(
            Posting.township_id == township_id,
            days,
            Unit.kind.in_(GRASSROOTS),
            Notice.kind == NoticeKind.NOTICE,
            Notice.state != NoticeState.WITHDRAWN,
        )
        .order_by(Unit.path, Notice.first_posted_on, Notice.id, Posting.posted_on, Posting.id)
    ).all()


def get_import(import_id: UUID) -> LedgerImport:
    """An import that was done; NotFound when there is none."""
    found = db.session.execute(
        select(TrailLine, Unit)
        .join(Unit, Unit.id == TrailLine.township_id)
        .where(TrailLine.object_id == import_id, TrailLine.verb == IMPORTED)
        .order_by(TrailLine.number)
        .limit(1)
    ).first()
    if found is None:
        raise NotFound(import_id)
    line, township = found
    told = line.after
    return LedgerImport(
        import_id,
        township,
        told["file"],
        line.actor_name,
        told["rows"],
        told["notices"],
        told["postings"],
    )
