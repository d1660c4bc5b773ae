"""What became of each matter that a unit was asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import list_items_in_force
from taole.core.database import db
from taole.notices.models import Notice, NoticeAnswer
from taole.notices.workflow import NoticeState
from taole.obligations.models import Obligation
from taole.obligations.slot_rules import is_event_driven
from taole.organisation.models import Unit
from taole.registers.models import KeyTask
from taole.rounds.models import CollectionRound, LineKind, RoundAsk, RoundLine

_GONE = (NoticeState.WITHDRAWN, NoticeState.CORRECTED)


@dataclass(frozen=True)
class LineNow:
    """A matter of the list as it stands. ``confirms``: several 随时公开 matters on one page."""

    line: RoundLine
    obligation: Obligation | None = None
    notice: Notice | None = None
    task: KeyTask | None = None

    @property
    def confirms(self) -> bool:
        owed = self.obligation
        if owed is None or owed.event_id is not None:
            return False
        return is_event_driven(owed.item.frequency, owed.item.rule)

    @property
    def is_done(self) -> bool:
        return self.obligation is not None and self.obligation.answer is not None


def list_lines_now(ask: RoundAsk) -> list[LineNow]:
    """The matters in order, each with its obligation, its task, and what was written for it."""
    owed = _obligations(_ids(ask, LineKind.OBLIGATION))
    tasks = _tasks(_ids(ask, LineKind.TASK))
    written = list_written(ask)
    brought = {each.line_id: each.notice for each in ask.contents if each.line_id is not None}
    return [
        LineNow(
            line,
            owed.get(line.subject_id),
            brought.get(line.id) or written.get(line.subject_id),
            tasks.get(line.subject_id),
        )
        for line in ask.lines
    ]


def list_written(ask: RoundAsk) -> dict[UUID, Notice]:
    """By obligation: what the unit is writing or wrote for it, though it may not be handed in."""
    found = db.session.execute(
        select(NoticeAnswer.obligation_id, Notice)
        .join(Notice, Notice.id == NoticeAnswer.notice_id)
        .where(
            NoticeAnswer.obligation_id.in_(_ids(ask, LineKind.OBLIGATION)),
            Notice.unit_id == ask.unit_id,
            Notice.state.not_in(_GONE),
        )
        .order_by(Notice.written_at)
    )
    return {row[0]: row[1] for row in found}


def list_columns_of(unit: Unit, on: date) -> list[CatalogueItem]:
    """The website's columns that an office may write for, its own first."""
    every = [
        item
        for item in list_items_in_force(unit.township_id or unit.id, on, CatalogueKind.WEBSITE)
        if not item.is_standing_page
    ]
    return sorted(every, key=lambda item: item.publisher != unit.name)


def find_line(ask: RoundAsk, line_id: UUID | None) -> RoundLine | None:
    return next((line for line in ask.lines if line.id == line_id), None)


def find_open_ask_of(unit_ids: Collection[UUID]) -> UUID | None:
    """The latest ask of these units that is open and not answered."""
    return db.session.scalar(
        select(RoundAsk.id)
        .join(RoundAsk.round)
        .where(
            RoundAsk.unit_id.in_(unit_ids),
            RoundAsk.answer.is_(None),
            CollectionRound.closed_at.is_(None),
        )
        .order_by(CollectionRound.scheduled_on.desc())
        .limit(1)
    )


def _ids(ask: RoundAsk, kind: LineKind) -> list[UUID]:
    return [line.subject_id for line in ask.lines if line.kind is kind]


def _obligations(ids: Collection[UUID]) -> dict[UUID, Obligation]:
    found = (
        select(Obligation)
        .join(Obligation.item)
        .where(Obligation.id.in_(ids))
        .options(contains_eager(Obligation.item))
    )
    return {each.id: each for each in db.session.scalars(found)}


def _tasks(ids: Collection[UUID]) -> dict[UUID, KeyTask]:
    return {
        each.id: each for each in db.session.scalars(select(KeyTask).where(KeyTask.id.in_(ids)))
    }
