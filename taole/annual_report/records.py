"""The records behind a figure as its page lists them, each with the page it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, select

from taole.core.database import db
from taole.core.figures import Figure, Scope
from taole.inspections.models import Finding
from taole.notices.models import Notice, Posting


@dataclass(frozen=True)
class Place:
    """Where a record can be seen: the notice or the finding."""

    kind: Literal["notice", "finding"]
    id: UUID


def select_records(figure: Figure, scope: Scope) -> Select[Any] | None:
    """Rows (id, label, day) of what the figure counts, by day; None for one without records."""
    if figure.records is None:
        return None
    counted = figure.records(scope).order_by(None).subquery()
    key, label, on = list(counted.c)[:3]
    return select(key, label, on).order_by(on, key)


def find_places(ids: Iterable[Any]) -> dict[Any, Place]:
    """The page of each of these records (one page of a list); ledger entries have none here."""
    wanted = [each for each in ids if isinstance(each, UUID)]
    places: dict[Any, Place] = {}
    if not wanted:
        return places
    for notice_id in db.session.scalars(select(Notice.id).where(Notice.id.in_(wanted))):
        places[notice_id] = Place("notice", notice_id)
    postings = select(Posting.id, Posting.notice_id).where(Posting.id.in_(wanted))
    for posting_id, notice_id in db.session.execute(postings):
        places[posting_id] = Place("notice", notice_id)
    for finding_id in db.session.scalars(select(Finding.id).where(Finding.id.in_(wanted))):
        places[finding_id] = Place("finding", finding_id)
    return places
