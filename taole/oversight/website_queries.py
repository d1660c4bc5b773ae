"""What can be asked about a township's columns on the county's website."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import contains_eager

from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import list_items_in_force
from taole.core.database import db
from taole.core.errors import NotFound
from taole.core.figures import Scope
from taole.notices.counting import website_postings
from taole.notices.models import Notice, Posting
from taole.notices.workflow import NoticeState
from taole.organisation.models import Unit
from taole.organisation.queries import get_township
from taole.oversight.column_rules import (
    Clock,
    Content,
    MonthUpdates,
    Standing,
    as_tree,
    months_of,
    standing_of,
    with_lower_columns,
)
from taole.oversight.website_rules import Judged, Veto, Waiting, kind_of, vetoes
from taole.registers.models import PublicMessage


@dataclass(frozen=True)
class ColumnState:
    """A column on a day. ``content`` counts the columns below it too; ``depth`` 0 is the first
    level."""

    item: CatalogueItem
    content: Content
    standing: Standing
    on: date
    depth: int = 0

    @property
    def last_on(self) -> date | None:
        return self.content.last_on

    @property
    def interval(self) -> int | None:
        return self.item.update_interval_days

    @property
    def clock(self) -> Clock | None:
        """Its days; None without an interval or an update."""
        if self.last_on is None or self.interval is None:
            return None
        return Clock(self.last_on, self.interval)

    @property
    def days_left(self) -> int | None:
        """Days until it has to be updated, below 0 when it is stale; None without a clock."""
        return (self.clock.due_on - self.on).days if self.clock else None

    @property
    def judged(self) -> Judged:
        item = self.item
        kind = kind_of(item.title, item.update_interval_days, is_first_level=not item.parent_code)
        return Judged(item.code, item.title, kind, self.standing, self.last_on)


@dataclass(frozen=True)
class WaitingMessage:
    """A message without an answer on a day, and how long it may still wait."""

    message: PublicMessage
    on: date

    @property
    def waiting(self) -> Waiting:
        return Waiting(self.message.received_on)

    @property
    def until(self) -> date:
        return self.waiting.until

    @property
    def days_left(self) -> int:
        return (self.until - self.on).days

    @property
    def is_over(self) -> bool:
        return self.waiting.is_over(self.on)


@dataclass(frozen=True)
class ColumnPlace:
    """A column of a township: what the page of its postings is about."""

    township: Unit
    item: CatalogueItem

    @property
    def path(self) -> str:
        return self.township.path


def get_column(code: str, column: str, on: date) -> ColumnPlace:
    """A township's column in force on a day; NotFound when it has none of this code."""
    township = get_township(code)
    found = (each for each in _columns(township, on) if each.code == column)
    item = next(found, None)
    if item is None:
        raise NotFound(column)
    return ColumnPlace(township, item)


def website_columns(township: Unit, on: date) -> list[ColumnState]:
    """The columns in force on a day, each below its parent, with their standing: two statements.

    An update of a standing page counts as one; what repeats a posting does not. What has been
    taken down by that day no longer fills a column.
    """
    columns = {item.code: item for item in _columns(township, on)}
    parents = {code: item.parent_code for code, item in columns.items()}
    held = with_lower_columns(parents, _contents(township, on))
    return [
        ColumnState(
            columns[code],
            held[code],
            standing_of(
                columns[code].update_interval_days,
                held[code].last_on,
                on,
                is_empty=held[code].up == 0,
            ),
            on,
            depth,
        )
        for code, depth in as_tree(parents)
    ]


def _columns(township: Unit, on: date) -> list[CatalogueItem]:
    return list_items_in_force(township.id, on, CatalogueKind.WEBSITE)


def _contents(township: Unit, on: date) -> dict[str, Content]:
    """By column code when it was last updated and how many postings hang in it on a day."""
    hangs = or_(Posting.taken_down_on.is_(None), Posting.taken_down_on > on)
    is_update = Posting.repeats_id.is_(None)
    found = (
        select(
            Posting.column_code,
            func.max(case((is_update, Posting.posted_on))),
            func.count(case((hangs, 1))),
        )
        .join(Notice, Notice.id == Posting.notice_id)
        .where(*_on_the_website(township, on))
        .group_by(Posting.column_code)
    )
    return {row[0]: Content(row[1], row[2]) for row in db.session.execute(found)}


def _on_the_website(township: Unit, on: date) -> tuple[Any, ...]:
    return (
        Posting.township_id == township.id,
        Posting.channel == Channel.WEBSITE,
        Posting.posted_on <= on,
        Notice.state != NoticeState.WITHDRAWN,
    )


def column_postings(township: Unit, codes: Sequence[str], on: date) -> Select[Posting]:
    """What was put into these columns by a day, the latest first; to be cut into pages."""
    return (
        select(Posting)
        .join(Posting.notice)
        .where(*_on_the_website(township, on), Posting.column_code.in_(codes))
        .options(contains_eager(Posting.notice).joinedload(Notice.unit, innerjoin=True))
        .order_by(Posting.posted_on.desc(), Posting.id.desc())
    )


def lower_codes(states: Sequence[ColumnState], code: str) -> list[str]:
    """A column's code and those of the columns below it."""
    parents = {each.item.code: each.item.parent_code for each in states}
    found = [code]
    for each, _depth in as_tree(parents):
        if parents[each] in found and each not in found:
            found.append(each)
    return found


def updates_by_month(township: Unit, year: int, on: date) -> list[MonthUpdates]:
    """The months of a year with their updates by a day, counted as the figure P6-update-freq:
    days on which something went online, without updates of standing pages."""
    scope = Scope(township.id, township.path, date(year, 1, 1), min(date(year, 12, 31), on))
    days = [row[2] for row in db.session.execute(website_postings(scope))]
    return months_of(year, days, on)


def list_unanswered(township: Unit, on: date) -> list[WaitingMessage]:
    """The messages without an answer on a day, the longest waiting first."""
    found = (
        select(PublicMessage)
        .where(
            PublicMessage.township_id == township.id,
            PublicMessage.received_on <= on,
            or_(PublicMessage.replied_on.is_(None), PublicMessage.replied_on > on),
        )
        .order_by(PublicMessage.received_on, PublicMessage.id)
    )
    return [WaitingMessage(message, on) for message in db.session.scalars(found)]


def list_ids_unanswered(ids: Collection[UUID]) -> list[UUID]:
    """Those of these messages that nobody has answered yet."""
    found = select(PublicMessage.id).where(
        PublicMessage.id.in_(ids), PublicMessage.replied_on.is_(None)
    )
    return list(db.session.scalars(found))


def list_messages_near_three_months(township: Unit, on: date) -> list[WaitingMessage]:
    """Those that have waited nearly three months (from ten days before) or longer."""
    return [each for each in list_unanswered(township, on) if each.waiting.is_near(on)]


def website_vetoes(
    township: Unit,
    on: date,
    *,
    columns: Sequence[ColumnState] | None = None,
    unanswered: Sequence[WaitingMessage] | None = None,
) -> list[Veto]:
    """The veto rules on a day (国办秘函〔2019〕19号).

    What the caller has asked for already is not asked again.
    """
    states = website_columns(township, on) if columns is None else columns
    waiting = list_unanswered(township, on) if unanswered is None else unanswered
    return vetoes(
        [each.judged for each in states],
        last_on=max((each.last_on for each in states if each.last_on), default=None),
        unanswered=[each.message.received_on for each in waiting],
        on=on,
    )
