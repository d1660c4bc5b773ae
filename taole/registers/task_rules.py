"""The yearly task ledger (工作要点台账): its quarters, what is behind, what is carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taole.registers.rules import TaskState

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class TaskFacts:
    """What the ledger's sentence needs of a task; ``told``: the quarters that have a word."""

    id: UUID
    state: TaskState
    due_on: date | None
    told: Mapping[int, TaskState]

    @property
    def is_done(self) -> bool:
        return self.state is TaskState.DONE


def quarter_of(day: date) -> int:
    return (day.month - 1) // 3 + 1


def quarters_begun(year: int, on: date) -> tuple[int, ...]:
    """The quarters of a year that have begun by a day; all of a past year, none of a coming one."""
    if year != on.year:
        return QUARTERS if year < on.year else ()
    return QUARTERS[: quarter_of(on)]


def quarters_to_tell(task: TaskFacts, year: int, on: date) -> tuple[int, ...]:
    """The quarters begun of which nothing was told; none after the one in which it was done."""
    done = min((q for q, state in task.told.items() if state is TaskState.DONE), default=4)
    if task.is_done and not task.told:
        return ()
    return tuple(q for q in quarters_begun(year, on) if q not in task.told and q <= done)


def is_overdue(task: TaskFacts, on: date) -> bool:
    return not task.is_done and task.due_on is not None and task.due_on < on


@dataclass(frozen=True)
class Ledger:
    """How a year's ledger stands: counts for its first sentence."""

    total: int
    done: int
    overdue: int
    untold: int
    quarter: int | None


def ledger_of(tasks: Iterable[TaskFacts], year: int, on: date) -> Ledger:
    """``untold``: tasks without a word about the latest quarter begun (``quarter``)."""
    every = list(tasks)
    begun = quarters_begun(year, on)
    latest = begun[-1] if begun else None
    return Ledger(
        total=len(every),
        done=sum(task.is_done for task in every),
        overdue=sum(is_overdue(task, on) for task in every),
        untold=sum(latest in quarters_to_tell(task, year, on) for task in every),
        quarter=latest,
    )


def next_numbers(taken: Sequence[int], count: int) -> list[int]:
    """The numbers that carried tasks get in the next year: after the last that is taken."""
    first = max(taken, default=0) + 1
    return list(range(first, first + count))
