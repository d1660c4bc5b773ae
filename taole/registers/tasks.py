"""The yearly task ledger is kept: progress by quarter, carried into the next year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.organisation.models import Unit
from taole.registers.models import KeyTask, KeyTaskProgress
from taole.registers.queries import list_key_tasks
from taole.registers.rules import TaskState
from taole.registers.task_rules import next_numbers, quarters_begun
from taole.trail.actions import record

LONGEST = 1000


def tell_progress(
    task: KeyTask,
    quarter: int,
    *,
    state: TaskState,
    text: str,
    by: Actor,
    at: datetime | None = None,
) -> KeyTaskProgress:
    """Tell how far a task had come in a quarter (1 to 4); told again, the newer word stands.

    The task's own state and 落实情况 follow the latest quarter told. Refused for a quarter that has
    not begun, and without a word on what was done.
    """
    said = text.strip()
    if quarter not in quarters_begun(task.year, today()):
        raise Refused(
            sentence(
                N_("%(year)s年第%(quarter)s季度还没有开始：请选已经开始的季度。"),
                year=task.year,
                quarter=quarter,
            )
        )
    if not said:
        raise Refused(N_("请写一句本季度做了什么，如“已制定清单，5个村都已张贴”。"))
    if len(said) > LONGEST:
        raise Refused(sentence(N_("进展最多 %(limit)s 个字，请写短一些。"), limit=LONGEST))
    told = next((each for each in task.quarters if each.quarter == quarter), None)
    before = {"state": told.state, "text": told.text} if told else {}
    if told is None:
        told = KeyTaskProgress(
            township_id=task.township_id,
            task_id=task.id,
            quarter=quarter,
            entered_by_id=by.id,
            entered_at=at or now(),
        )
        task.quarters.append(told)
    told.state, told.text = state, said
    if quarter == max(each.quarter for each in task.quarters):
        task.state, task.progress = state, said
    db.session.flush()
    record(
        "tell_progress",
        "key_task",
        task.id,
        by=by,
        township_id=task.township_id,
        before=before,
        after={"quarter": quarter, "state": state, "text": said},
    )
    return told


def carry_over(township: Unit, tasks: Sequence[KeyTask], *, by: Actor) -> list[KeyTask]:
    """Take unfinished tasks of one year into the next, which looks back on them (回头看).

    Refused when nothing is chosen, and for a task that is done or carried already, by its title.
    """
    if not tasks:
        raise Refused(N_("请勾选要转到下一年的要点。"))
    year = tasks[0].year + 1
    carried = set(
        db.session.scalars(
            select(KeyTask.carried_from_id).where(
                KeyTask.carried_from_id.in_([task.id for task in tasks])
            )
        )
    )
    for task in tasks:
        if task.state is TaskState.DONE:
            raise Refused(
                sentence(N_("“%(title)s”已经完成，不用转到下一年。"), title=task.title[:40])
            )
        if task.id in carried:
            raise Refused(
                sentence(N_("“%(title)s”已经转到下一年了：请刷新页面看看。"), title=task.title[:40])
            )
    numbers = next_numbers([each.number for each in list_key_tasks(township.id, year)], len(tasks))
    added = [
        KeyTask(
            township_id=township.id,
            entered_by_id=by.id,
            year=year,
            number=number,
            title=task.title,
            state=TaskState.OPEN,
            owner=task.owner,
            owner_unit_id=task.owner_unit_id,
            measure=task.measure,
            carried_from_id=task.id,
        )
        for task, number in zip(tasks, numbers, strict=True)
    ]
    db.session.add_all(added)
    db.session.flush()
    for task in added:
        record(
            "carry_over",
            "key_task",
            task.id,
            by=by,
            township_id=township.id,
            after={"from": task.carried_from_id, "year": year, "number": task.number},
        )
    return added


def find_owner_unit(task: KeyTask) -> None:
    """Tie a task to the unit that its owner names exactly, so that a collection round asks it."""
    named = task.owner.strip()
    task.owner_unit_id = (
        db.session.scalar(
            select(Unit.id).where(
                Unit.township_id == task.township_id,
                Unit.name == named,
                Unit.closed_on.is_(None),
            )
        )
        if named
        else None
    )
