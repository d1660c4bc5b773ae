"""What each unit of a township is asked in a round: a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from taole.catalogue.channels import Channel
from taole.catalogue.deadlines import DeadlineRule
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import list_items_in_force
from taole.core.database import db
from taole.core.periods import label
from taole.notices.models import Posting
from taole.obligations.models import Event, Obligation
from taole.obligations.rules import Answer
from taole.obligations.slot_rules import is_event_driven
from taole.organisation.models import Unit
from taole.organisation.queries import list_units_of_township
from taole.organisation.rules import GRASSROOTS, UnitKind, clerks_office
from taole.registers.models import KeyTask
from taole.registers.rules import TaskState
from taole.rounds.models import LineKind

LOOK_BACK = timedelta(days=366)


@dataclass(frozen=True)
class ListedLine:
    """One matter of a list, before it is kept."""

    kind: LineKind
    subject_id: UUID
    title: str
    due_on: date | None = None
    period_key: str = ""
    section: str = ""


def lists_of(
    township: Unit, *, on: date, until: date, left_out: frozenset[UUID]
) -> list[tuple[Unit, list[ListedLine]]]:
    """The units whose list is not empty, offices first, each with what falls due by ``until``.

    Obligations of villages (overdue ones too), web columns of the office that publishes them, and
    the year's open tasks of whoever they belong to.
    """
    units = [
        unit
        for unit in list_units_of_township(township.id)
        if unit.id not in left_out
        and unit.is_open_on(on)
        and (unit.kind in GRASSROOTS or unit.kind is UnitKind.OFFICE)
    ]
    by_unit: dict[UUID, list[ListedLine]] = {unit.id: [] for unit in units}
    for unit_id, line in _obligations(township.id, on, until):
        by_unit.get(unit_id, []).append(line)
    offices = {unit.name: unit.id for unit in units if unit.kind is UnitKind.OFFICE}
    spoken = clerks_office(township.name, list(offices))
    speaking = next((offices[name] for name in offices if spoken.endswith(name)), None)
    for publisher, line in _columns(township, on, until):
        owner = offices.get(publisher) or speaking
        if owner is not None:
            by_unit[owner].append(line)
    for unit_id, line in _tasks(township.id, on.year):
        by_unit.get(unit_id, []).append(line)
    listed = [(unit, by_unit[unit.id]) for unit in units if by_unit[unit.id]]
    return sorted(listed, key=lambda each: (each[0].kind in GRASSROOTS, each[0].path))


def _obligations(township_id: UUID, on: date, last: date) -> list[tuple[UUID, ListedLine]]:
    """What is not answered on a day and falls due by the last, overdue up to a year."""
    found = db.session.execute(
        select(Obligation, CatalogueItem, Event.title)
        .join(CatalogueItem, CatalogueItem.id == Obligation.item_id)
        .outerjoin(Event, Event.id == Obligation.event_id)
        .where(
            Obligation.township_id == township_id,
            Obligation.due_on.between(on - LOOK_BACK, last),
            or_(Obligation.answer.is_(None), Obligation.answered_on > on),
            Obligation.answer.is_distinct_from(Answer.EXCUSED),
        )
        .order_by(Obligation.due_on, CatalogueItem.position)
    )
    lines: list[tuple[UUID, ListedLine]] = []
    folded: dict[tuple[UUID, str], list[Obligation]] = {}
    for owed, item, event in found:
        rule = DeadlineRule.from_mapping(item.deadline)
        if owed.event_id is None and is_event_driven(item.frequency, rule):
            folded.setdefault((owed.unit_id, owed.period_key), []).append(owed)
            continue
        period = event or str(label(owed.period))
        title = period if item.title in period else f"{item.title}（{period}）"
        lines.append((owed.unit_id, _line_of(owed, title)))
    for (unit_id, _key), many in folded.items():
        period = str(label(many[0].period))
        lines.append((unit_id, _line_of(many[0], f"{period}无事项确认（{len(many)}项）")))
    return lines


def _line_of(owed: Obligation, title: str) -> ListedLine:
    return ListedLine(
        LineKind.OBLIGATION, owed.id, title, owed.due_on, owed.period_key, owed.section
    )


def _columns(township: Unit, on: date, until: date) -> list[tuple[str, ListedLine]]:
    """(publisher, column) of the columns that have to be updated by ``until``; no parents."""
    columns = list_items_in_force(township.id, on, CatalogueKind.WEBSITE)
    parents = {column.parent_code for column in columns}
    latest: dict[str, Any] = {
        row[0]: row[1]
        for row in db.session.execute(
            select(Posting.column_code, func.max(Posting.posted_on))
            .where(
                Posting.township_id == township.id,
                Posting.channel == Channel.WEBSITE,
                Posting.posted_on <= on,
            )
            .group_by(Posting.column_code)
        )
    }
    due: list[tuple[str, ListedLine]] = []
    for column in columns:
        interval = column.update_interval_days
        if interval is None or column.is_standing_page or column.code in parents:
            continue
        last = latest.get(column.code)
        due_on = last + timedelta(days=interval) if last else on
        if due_on <= until:
            due.append(
                (
                    column.publisher,
                    ListedLine(
                        LineKind.COLUMN, column.id, column.title, due_on, section=column.section
                    ),
                )
            )
    return due


def _tasks(township_id: UUID, year: int) -> list[tuple[UUID, ListedLine]]:
    found = db.session.scalars(
        select(KeyTask)
        .where(
            KeyTask.township_id == township_id,
            KeyTask.year == year,
            KeyTask.state != TaskState.DONE,
            KeyTask.owner_unit_id.is_not(None),
            or_(KeyTask.due_on.is_(None), KeyTask.due_on >= date(year, 1, 1)),
        )
        .order_by(KeyTask.number)
    )
    return [
        (task.owner_unit_id, ListedLine(LineKind.TASK, task.id, task.title, task.due_on))
        for task in found
        if task.owner_unit_id is not None
    ]
