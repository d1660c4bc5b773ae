"""A township's quarter on a day: what several measures read is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from uuid import UUID

from sqlalchemy import and_, or_, select

from taole.catalogue.models import CatalogueItem
from taole.core.clock import SHANGHAI
from taole.core.database import db
from taole.core.periods import Period, label
from taole.notices.models import Notice, NoticeAnswer
from taole.notices.showing_queries import ShownSheet, list_sheets_in_trouble
from taole.notices.workflow import NoticeState
from taole.obligations.completeness_queries import Grouping, completeness, total_of
from taole.obligations.models import Event, Obligation
from taole.obligations.rules import Answer, Completeness
from taole.organisation.models import Unit
from taole.oversight.website_queries import ColumnState, website_columns


@dataclass(frozen=True)
class Owed:
    """An obligation of the quarter that is missing or came late, with its names."""

    id: UUID
    unit: str
    what: str
    due_on: date
    answered_on: date | None
    notice_id: UUID | None
    notice_state: NoticeState | None


@dataclass
class Quarter:
    """A township's quarter on a day: what several measures read is read once."""

    township: Unit
    period: Period
    on: date

    @property
    def end(self) -> date:
        return min(self.period.end, self.on)

    @cached_property
    def counts(self) -> Completeness:
        return total_of(
            completeness(
                self.township.path,
                start=self.period.start,
                end=self.period.end,
                on=self.on,
                by=Grouping.SECTION,
            )
        )

    @cached_property
    def owed(self) -> Sequence[Owed]:
        """What fell due in the quarter and is missing on the day, or was answered late."""
        unanswered = or_(Obligation.answer.is_(None), Obligation.answered_on > self.on)
        found = (
            select(Obligation, Unit.name, CatalogueItem.title, Event.title, Notice.id, Notice.state)
            .join(Unit, Unit.id == Obligation.unit_id)
            .join(CatalogueItem, CatalogueItem.id == Obligation.item_id)
            .outerjoin(Event, Event.id == Obligation.event_id)
            .outerjoin(
                NoticeAnswer,
                and_(NoticeAnswer.obligation_id == Obligation.id, Obligation.answer.is_(None)),
            )
            .outerjoin(Notice, Notice.id == NoticeAnswer.notice_id)
            .where(
                Obligation.township_id == self.township.id,
                Obligation.due_on.between(self.period.start, self.period.end),
                Obligation.due_on < self.on,
                Obligation.answer.is_distinct_from(Answer.EXCUSED),
                or_(unanswered, Obligation.answered_on > Obligation.due_on),
            )
            .order_by(Unit.path, Obligation.due_on, CatalogueItem.position)
        )
        rows: dict[UUID, Owed] = {}
        for owed, unit, item, event, notice_id, state in db.session.execute(found):
            answered_on = owed.answered_on
            is_late = answered_on is not None and answered_on <= self.on
            rows[owed.id] = Owed(
                owed.id,
                unit,
                event or f"{label(owed.period)}{item}",
                owed.due_on,
                answered_on if is_late else None,
                notice_id,
                state,
            )
        return list(rows.values())

    @cached_property
    def sheets(self) -> Sequence[ShownSheet]:
        return list_sheets_in_trouble([self.township.path], self.on)

    @cached_property
    def columns(self) -> Sequence[ColumnState]:
        return website_columns(self.township, self.on)

    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment of the quarter to the last before the day begins."""
        first = datetime.combine(self.period.start, time.min, SHANGHAI)
        last = min(
            datetime.combine(self.period.end, time.max, SHANGHAI),
            datetime.combine(self.on, time.min, SHANGHAI),
        )
        return first.astimezone(UTC), last.astimezone(UTC)
