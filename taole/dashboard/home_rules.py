"""What a secretary's home says: what is to be done, in which order, how the fortnight stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto
from itertools import groupby
from typing import Any
from uuid import UUID

from taole.core.periods import Period
from taole.dashboard.rules import fortnight_of
from taole.notices.workflow import IN_REVIEW, NoticeState
from taole.obligations.rules import Facts, Standing, standing


class Doing(StrEnum):
    """What a row of the home asks for."""

    LOG = auto()
    GO_ON = auto()
    CORRECT = auto()
    PUT_UP = auto()
    WAIT = auto()
    CONFIRM = auto()
    MEND = auto()


_BY_STATE = {
    NoticeState.DRAFT: Doing.GO_ON,
    NoticeState.RETURNED: Doing.CORRECT,
    **dict.fromkeys(IN_REVIEW, Doing.WAIT),
    NoticeState.APPROVED: Doing.PUT_UP,
    NoticeState.POSTED: Doing.PUT_UP,
}


@dataclass(frozen=True)
class NoticeAtWork:
    """A notice that is on its way, with the obligations that it will answer."""

    id: UUID
    state: NoticeState
    title: str
    return_reason: str = ""
    obligations: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Slot:
    """An obligation as the home looks at it; ``item`` has title, title_en and section.

    ``is_confirmation``: one of the many event-driven matters that are confirmed all at once.
    """

    id: UUID
    item: Any
    period: Period
    due_on: date
    facts: Facts
    is_confirmation: bool = False
    event: str = ""


@dataclass(frozen=True)
class Task:
    """A row of the home: what to do, by when, and what it opens."""

    doing: Doing
    due_on: date
    item: Any = None
    period: Period | None = None
    text: str = ""
    reason: str = ""
    count: int = 1
    obligation_id: UUID | None = None
    notice_id: UUID | None = None
    finding_id: UUID | None = None


@dataclass(frozen=True)
class Problem:
    """An open finding of the village."""

    id: UUID
    statement: str
    demand: str
    due_on: date


@dataclass(frozen=True)
class Home:
    """The secretary's home on a day."""

    on: date
    fortnight: Period
    overdue: Sequence[Task]
    to_correct: Sequence[Task]
    due_now: Sequence[Task]
    waiting: Sequence[Task]
    done: Sequence[Task]
    coming: Sequence[Task]
    standings: Sequence[Standing] = field(default=())

    @property
    def to_do(self) -> int:
        return len(self.overdue) + len(self.to_correct) + len(self.due_now)

    @property
    def late(self) -> int:
        """How many of the things to do are past their day."""
        tasks = (*self.overdue, *self.to_correct, *self.due_now)
        return sum(task.due_on < self.on for task in tasks)

    @property
    def ticks(self) -> list[tuple[str, int]]:
        """One tick for each matter of the fortnight: (kind, count), what is done first."""
        return [(kind, count) for kind, count in self._kinds().items() if count]

    @property
    def in_fortnight(self) -> int:
        return len(self.standings)

    def count(self, *kinds: str) -> int:
        counted = self._kinds()
        return sum(counted[kind] for kind in kinds)

    def _kinds(self) -> dict[str, int]:
        counted = dict.fromkeys(("ok", "late", "rev", "miss", "wait"), 0)
        for each in self.standings:
            counted[_KINDS[each]] += 1
        return counted


_KINDS = {
    Standing.ON_TIME: "ok",
    Standing.NOTHING: "ok",
    Standing.LATE: "late",
    Standing.IN_REVIEW: "rev",
    Standing.MISSING: "miss",
    Standing.WAITING: "wait",
    Standing.NOT_APPLICABLE: "ok",
}


def arrange_home(
    slots: Iterable[Slot],
    notices: Iterable[NoticeAtWork],
    problems: Iterable[Problem],
    on: date,
) -> Home:
    """Sort what a village has to do on a day.

    A matter whose notice was returned is listed once, under what is to be corrected; one whose
    notice is in review waits for the township and is not the secretary's to do, overdue or not.
    The confirmations of one period are one row.
    """
    fortnight = fortnight_of(on)
    wanted = [slot for slot in slots if not slot.facts.is_excused]
    known = list(notices)
    at_work = {each: notice for notice in known for each in notice.obligations}
    tasks = [_task(slot, at_work.get(slot.id)) for slot in _open(wanted, on)]
    to_confirm = [
        slot for slot in _open(wanted, on) if slot.id not in at_work and not slot.facts.in_review
    ]
    by_slot = _one_each([*_confirmations(to_confirm), *tasks])
    corrected = {task.notice_id for task in by_slot if task.doing is Doing.CORRECT}
    loose = [
        Task(Doing.CORRECT, on, text=each.title, reason=each.return_reason, notice_id=each.id)
        for each in known
        if each.state is NoticeState.RETURNED and each.id not in corrected
    ]
    mending = [
        Task(Doing.MEND, each.due_on, text=each.statement, reason=each.demand, finding_id=each.id)
        for each in problems
    ]
    correct = [task for task in by_slot if task.doing is Doing.CORRECT]
    waiting = [task for task in by_slot if task.doing is Doing.WAIT]
    others = [task for task in by_slot if task.doing not in (Doing.CORRECT, Doing.WAIT)]
    return Home(
        on=on,
        fortnight=fortnight,
        overdue=_by_day(task for task in others if task.due_on < on),
        to_correct=_by_day([*correct, *loose, *mending]),
        due_now=_by_day(task for task in others if on <= task.due_on <= fortnight.end),
        waiting=_by_day(waiting),
        done=_done(wanted, fortnight, on),
        coming=_by_day(task for task in others if task.due_on > fortnight.end),
        standings=_standings(wanted, fortnight, on),
    )


def _open(slots: Iterable[Slot], on: date) -> list[Slot]:
    return [slot for slot in slots if not slot.facts.answered_by(on)]


def _task(slot: Slot, notice: NoticeAtWork | None) -> Task:
    if notice is None and slot.facts.in_review:
        doing = Doing.WAIT
    else:
        doing = Doing.LOG if notice is None else _BY_STATE.get(notice.state, Doing.LOG)
    if doing is Doing.LOG and slot.is_confirmation:
        doing = Doing.CONFIRM
    return Task(
        doing,
        slot.due_on,
        item=slot.item,
        period=slot.period,
        text=slot.event,
        reason=notice.return_reason if notice and doing is Doing.CORRECT else "",
        obligation_id=slot.id,
        notice_id=notice.id if notice else None,
    )


def _one_each(tasks: Iterable[Task]) -> list[Task]:
    """One row for a notice that answers several, with its earliest day; no single confirmation."""
    rows: dict[UUID, Task] = {}
    others: list[Task] = []
    for task in sorted(tasks, key=lambda each: each.due_on):
        if task.doing is Doing.CONFIRM:
            others.extend([task] if task.obligation_id is None else [])
        elif task.notice_id is None:
            others.append(task)
        else:
            rows.setdefault(task.notice_id, task)
    return [*rows.values(), *others]


def _confirmations(slots: Iterable[Slot]) -> list[Task]:
    """One row for those of a period."""
    single = (each for each in slots if each.is_confirmation)
    return [
        Task(Doing.CONFIRM, due_on, period=period, count=len(list(group)))
        for (due_on, period), group in groupby(sorted(single, key=_place), key=_place)
    ]


def _place(slot: Slot) -> tuple[date, Period]:
    return slot.due_on, slot.period


def _done(slots: Iterable[Slot], fortnight: Period, on: date) -> list[Task]:
    done = [
        slot
        for slot in slots
        if slot.facts.answered_by(on) and (slot.facts.answered_on or on) in fortnight
    ]
    rows = [
        Task(
            Doing.LOG,
            slot.facts.answered_on or slot.due_on,
            item=slot.item,
            period=slot.period,
            text=slot.event,
            obligation_id=slot.id,
        )
        for slot in done
        if not slot.is_confirmation
    ]
    return _by_day([*rows, *_confirmations(done)])


def _standings(slots: Iterable[Slot], fortnight: Period, on: date) -> list[Standing]:
    """One for each matter due in the fortnight; the confirmations of one period are one."""
    due = [slot for slot in slots if slot.due_on in fortnight]
    found = [standing(slot.facts, on) for slot in due if not slot.is_confirmation]
    confirmations = sorted((slot for slot in due if slot.is_confirmation), key=_place)
    for _where, group in groupby(confirmations, key=_place):
        members = list(group)
        unanswered = _open(members, on)
        found.append(standing((unanswered or members)[0].facts, on))
    return found


def _by_day(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: task.due_on)
