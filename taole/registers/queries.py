"""What can be asked of the ledgers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from taole.core.database import db
from taole.core.errors import NotFound
from taole.registers.ledgers import REGISTERS, get_register
from taole.registers.models import Entry, KeyTask, ReviewCase
from taole.registers.register import Register
from taole.registers.rules import CASE_PATH_KEYS, outcome_in_year


def get_entry(key: str, entry_id: UUID) -> Entry:
    entry = db.session.get(get_register(key).model, entry_id)
    if entry is None:
        raise NotFound(entry_id)
    return entry


def select_year(register: Register, township_id: UUID, year: int) -> Select[Any]:
    """A year's entries, the newest first (key tasks by number)."""
    model: Any = register.model
    newest_first = (getattr(model, register.on).desc(), model.entered_at.desc(), model.id)
    by_number = (getattr(model, register.order),) if register.order else ()
    return (
        select(model)
        .where(*_in_year(register, township_id, year))
        .order_by(*by_number, *newest_first)
    )


def count_by_register(township_id: UUID, year: int) -> dict[str, int]:
    """How many entries each ledger's list of the year has, by key: one statement."""
    counts = [
        select(literal(register.key), func.count())
        .select_from(register.model)
        .where(*_in_year(register, township_id, year))
        for register in REGISTERS.values()
    ]
    return {row[0]: row[1] for row in db.session.execute(union_all(*counts))}


def list_key_tasks(township_id: UUID, year: int) -> list[KeyTask]:
    """The lines of a year's 工作要点, by number."""
    return list(
        db.session.scalars(
            select(KeyTask)
            .where(KeyTask.township_id == township_id, KeyTask.year == year)
            .order_by(KeyTask.number, KeyTask.id)
        )
    )


def list_tasks_with_quarters(township_id: UUID, year: int) -> list[KeyTask]:
    """The tasks of a year by number, with what was told of each quarter."""
    return list(
        db.session.scalars(
            select(KeyTask)
            .where(KeyTask.township_id == township_id, KeyTask.year == year)
            .options(selectinload(KeyTask.quarters), joinedload(KeyTask.carried_from))
            .order_by(KeyTask.number, KeyTask.id)
        )
    )


def get_key_task(task_id: UUID) -> KeyTask:
    task = db.session.get(KeyTask, task_id)
    if task is None:
        raise NotFound(task_id)
    return task


def list_carried(township_id: UUID, year: int) -> set[UUID]:
    """The tasks of the year before that went on in this one."""
    found = select(KeyTask.carried_from_id).where(
        KeyTask.township_id == township_id,
        KeyTask.year == year,
        KeyTask.carried_from_id.is_not(None),
    )
    return {each for each in db.session.scalars(found) if each is not None}


def review_grid(township_id: UUID, year: int) -> dict[tuple[str, str], int]:
    """Cases of table four by (path, result): keys as in the official form, absent means 0."""
    cases = db.session.execute(
        select(
            ReviewCase.path, ReviewCase.received_on, ReviewCase.concluded_on, ReviewCase.result
        ).where(*_in_year(REGISTERS["review_cases"], township_id, year))
    )
    counted: Counter[tuple[str, str]] = Counter()
    for path, received_on, concluded_on, result in cases:
        outcome = outcome_in_year(received_on, concluded_on, result, year)
        if outcome is not None:
            counted[CASE_PATH_KEYS[path], outcome] += 1
    return dict(counted)


def _in_year(register: Register, township_id: UUID, year: int) -> list[ColumnElement[bool]]:
    model: Any = register.model
    dated = getattr(model, register.on)
    first, last = date(year, 1, 1), date(year, 12, 31)
    wanted = [model.township_id == township_id]
    if register.model is KeyTask:
        return [*wanted, dated == year]
    if not register.until:
        return [*wanted, dated.between(first, last)]
    ended = getattr(model, register.until)
    return [*wanted, dated <= last, or_(ended.is_(None), ended >= first)]
