"""When who is reminded, as the clerk fills it in."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Form,
    FormField,
    IntegerField,
    SelectField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from taole.core.errors import Refused
from taole.core.words import N_
from taole.core.workdays import DayUnit
from taole.notifications.lines import Audience
from taole.notifications.plan import Plan, PlanStep
from taole.organisation.forms import choice

MOST_DAYS = 60
ROWS = 6
_TIME = [InputRequired(_("请填时间，如 08:30"))]


class StepForm(Form):
    """One row: so many days before or after the due day, and who is told then."""

    days = IntegerField(
        _("天数"), [Optional(), NumberRange(0, MOST_DAYS, _("请填 0 到 60 的整数"))]
    )
    side = SelectField(
        _("前后"),
        choices=[choice("before", _("到期前")), choice("after", _("到期后"))],
        default="before",
    )
    secretary = BooleanField(_("专干"))
    head = BooleanField(_("村负责人"))
    leader = BooleanField(_("分管领导"))
    clerk = BooleanField(_("综合办公室"))

    def step(self) -> PlanStep | None:
        """The step; None for a row left empty. Refused without anybody to tell."""
        if self.days.data is None:
            return None
        told = tuple(audience for audience in _TOLD if self[audience.value].data)
        if not told:
            raise Refused(N_("每一步都要勾选提醒谁；不用的一行请把天数清空。"))
        sign = -1 if self.side.data == "before" else 1
        return PlanStep(sign * self.days.data, told)


_TOLD = (Audience.SECRETARY, Audience.HEAD, Audience.LEADER, Audience.CLERK)


class PlanForm(FlaskForm):
    """The whole plan of a township."""

    is_on = BooleanField(_("自动提醒"))
    unit = SelectField(
        _("天数按"),
        choices=[
            choice(DayUnit.CALENDAR.value, _("自然日")),
            choice(DayUnit.WORKING.value, _("工作日")),
        ],
    )
    send_at = TimeField(_("每天几点发"), _TIME)
    quiet_from = TimeField(_("晚上几点起不打扰"), _TIME)
    quiet_until = TimeField(_("早上几点后再发"), _TIME)
    step_1 = FormField(StepForm)
    step_2 = FormField(StepForm)
    step_3 = FormField(StepForm)
    step_4 = FormField(StepForm)
    step_5 = FormField(StepForm)
    step_6 = FormField(StepForm)

    @property
    def rows(self) -> list[Any]:
        return [self[f"step_{number}"] for number in range(1, ROWS + 1)]

    def plan(self) -> Plan:
        """The plan that was filled in, without the day on which it was switched on."""
        steps = [step for row in self.rows if (step := row.form.step()) is not None]
        if not steps:
            raise Refused(N_("至少要留一步提醒；不想提醒请把“自动提醒”关掉。"))
        usual = Plan()
        offsets = [step.offset for step in steps]
        if len(set(offsets)) < len(offsets):
            raise Refused(N_("有两步写的是同一天：请合成一步，勾选两处的人。"))
        plan = Plan(
            is_on=bool(self.is_on.data),
            steps=tuple(sorted(steps, key=lambda step: step.offset)),
            unit=DayUnit(self.unit.data),
            send_at=self.send_at.data or usual.send_at,
            quiet_from=self.quiet_from.data or usual.quiet_from,
            quiet_until=self.quiet_until.data or usual.quiet_until,
        )
        if plan.is_quiet(plan.send_at):
            raise Refused(N_("发提醒的时间落在不打扰的时段里：请改其中一个。"))
        return plan


def filled(plan: Plan) -> dict[str, Any]:
    """The form's data for a plan as it is kept."""
    rows = {
        f"step_{number}": {
            "days": abs(step.offset),
            "side": "before" if step.offset <= 0 else "after",
            **{audience.value: audience in step.to for audience in _TOLD},
        }
        for number, step in enumerate(plan.steps[:ROWS], start=1)
    }
    return {
        "is_on": plan.is_on,
        "unit": plan.unit.value,
        "send_at": plan.send_at,
        "quiet_from": plan.quiet_from,
        "quiet_until": plan.quiet_until,
        **rows,
    }
