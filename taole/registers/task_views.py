"""The yearly task ledger: the year, one task with its quarters, the look-back, the Excel sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import file_answer, say_all
from taole.documents.spreadsheets import write_workbook
from taole.organisation.asking import asked_township, asked_year, years_to_choose
from taole.organisation.forms import choice
from taole.organisation.queries import list_townships
from taole.registers.blueprint import blueprint
from taole.registers.forms import ProgressForm
from taole.registers.models import KeyTask
from taole.registers.queries import (
    get_key_task,
    list_carried,
    list_key_tasks,
    list_tasks_with_quarters,
)
from taole.registers.rules import TaskState
from taole.registers.task_rules import QUARTERS, is_overdue, ledger_of, quarters_begun
from taole.registers.task_sheet import sheet_of
from taole.registers.tasks import carry_over, tell_progress


@blueprint.get("/tasks")
@requires(Permission.SEE_REGISTERS)
def tasks() -> Any:
    township = asked_township(Permission.SEE_REGISTERS)
    year, on = asked_year(today().year + 1), today()
    every = list_tasks_with_quarters(township.id, year)
    return render_template(
        "registers/tasks.html",
        township=township,
        townships=list_townships(my_reach(Permission.SEE_REGISTERS)),
        year=year,
        years=years_to_choose(year),
        tasks=every,
        ledger=ledger_of((task.facts for task in every), year, on),
        begun=quarters_begun(year, on),
        overdue={task.id for task in every if is_overdue(task.facts, on)},
        quarters=QUARTERS,
        TaskState=TaskState,
        may_keep=i_may(Permission.KEEP_REGISTERS, township),
    )


@blueprint.get("/tasks/ledger.xlsx")
@requires(Permission.SEE_REGISTERS)
def tasks_sheet() -> Any:
    township = asked_township(Permission.SEE_REGISTERS)
    year = asked_year(today().year + 1)
    every = list_tasks_with_quarters(township.id, year)
    return file_answer(
        write_workbook([sheet_of(township.name, year, every, today())]),
        f"{township.name}{year}年工作要点台账.xlsx",
    )


@blueprint.route("/tasks/<uuid:task_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_REGISTERS, of=get_key_task)
def task(task: KeyTask) -> Any:
    begun = quarters_begun(task.year, today())
    form = ProgressForm(data={"quarter": str(begun[-1]) if begun else "", "state": task.state})
    form.quarter.choices = [choice(str(q), _("第%(quarter)s季度", quarter=q)) for q in begun]
    status = 200
    if form.validate_on_submit():
        try:
            tell_progress(
                task,
                int(form.quarter.data),
                state=TaskState(form.state.data),
                text=form.text.data or "",
                by=me(),
            )
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已记下第%(quarter)s季度的进展", quarter=form.quarter.data), "ok")
            return redirect(_year_of(task))
    if form.is_submitted():
        status = 422
    return render_template("registers/task.html", task=task, form=form, begun=begun), status


@blueprint.route("/tasks/look-back", methods=["GET", "POST"])
@requires(Permission.KEEP_REGISTERS)
def look_back() -> Any:
    """Last year's tasks looked at again; what is unfinished goes on in the year shown."""
    township = asked_township(Permission.KEEP_REGISTERS)
    year = asked_year(today().year + 1)
    before = list_tasks_with_quarters(township.id, year - 1)
    faults: list[str] = []
    if request.method == "POST":
        chosen = {UUID(each) for each in request.form.getlist("task") if _is_id(each)}
        try:
            added = carry_over(township, [task for task in before if task.id in chosen], by=me())
        except Refused as refusal:
            faults = say_all(refusal)
        else:
            flash(_("%(count)s 条要点转到了%(year)s年", count=len(added), year=year), "ok")
            return redirect(url_for("registers.tasks", unit=township.code, year=year))
    return render_template(
        "registers/look_back.html",
        township=township,
        year=year,
        tasks=before,
        carried=list_carried(township.id, year),
        faults=faults,
        TaskState=TaskState,
        this_year=len(list_key_tasks(township.id, year)),
    ), 422 if faults else 200


def _year_of(task: KeyTask) -> str:
    return url_for("registers.tasks", unit=task.township.code, year=task.year)


def _is_id(written: str) -> bool:
    try:
        UUID(written)
    except ValueError:
        return False
    return True
