"""What is filled in about obligations, events, item changes and the calendar."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lag behind SelectChoice
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from taole.catalogue.deadlines import MOST_DAYS
from taole.core.forms import DayField
from taole.core.periods import EARLIEST_YEAR, LABELS, LATEST_YEAR, Frequency
from taole.core.workdays import DayUnit


def choice(value: str, label: Any) -> Any:
    """One thing to choose from a list, and what it is called."""
    return SelectChoice(value, label)


class ReasonForm(FlaskForm):
    reason = StringField(
        _("理由"),
        validators=[DataRequired(_("请写明理由")), Length(max=200, message=_("最多200字"))],
    )


class NothingForm(FlaskForm):
    """Which matters did not happen in a period, and the signed sentence."""

    matters = SelectMultipleField(
        _("没有发生的事项"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[DataRequired(_("请勾选本期没有发生的事项"))],
        # one of them is required, not every one
        render_kw={"required": False},
    )
    reason = StringField(
        _("说明"),
        validators=[DataRequired(_("请写一句说明")), Length(max=200, message=_("最多200字"))],
    )


class EventForm(FlaskForm):
    item = SelectField(_("公开事项"), validators=[DataRequired(_("请选公开事项"))])
    title = StringField(
        _("什么事"),
        description=_("如“宅基地审批结果（3户）”。不要写身份证号、电话。"),
        validators=[DataRequired(_("请写明是什么事")), Length(max=200, message=_("最多200字"))],
    )
    happens_on = DayField(
        _("哪一天"),
        description=_("信息形成、变更的那一天；要事前公开的，写将要办的那一天。"),
        validators=[InputRequired(_("请填日期，如 2023-09-07"))],
    )


class ItemChangeForm(FlaskForm):
    """A change of an item from a day, or its end."""

    what = RadioField(
        _("要做什么"),
        choices=[choice("change", _("修改")), choice("retire", _("停用"))],
        default="change",
        validators=[InputRequired(_("请选要做什么"))],
    )
    from_on = DayField(
        _("从哪一天起"),
        description=_("从这一天以后开始的第一个周期起算；以前的周期不变。"),
        validators=[InputRequired(_("请填日期，如 2024-01-01"))],
    )
    title = StringField(_("公开事项"), validators=[DataRequired(_("请填名称")), Length(max=200)])
    frequency = SelectField(
        _("公开频率"), choices=[choice(each.value, _(text)) for each, text in LABELS.items()]
    )
    deadline_text = StringField(
        _("公开时限"),
        description=_("照目录的写法，如“每季度的首个月20日”“10个工作日内”。"),
        validators=[Optional(), Length(max=200)],
    )

    @property
    def chosen_frequency(self) -> Frequency:
        return Frequency(self.frequency.data)


class CalendarYearForm(FlaskForm):
    year = IntegerField(
        _("年份"),
        validators=[
            InputRequired(_("请填年份")),
            NumberRange(EARLIEST_YEAR, LATEST_YEAR, _("年份应在1990到2100之间")),
        ],
    )
    lines = TextAreaField(
        _("这一年的休息日和调休上班日"),
        description=_(
            "一行一天：2027-02-05 休 春节；上班写“班”；连着的写 2027-02-05至2027-02-11 休 春节。"
        ),
        validators=[Length(max=20_000, message=_("太长了"))],
        render_kw={"rows": 14, "spellcheck": "false"},
    )


class DeadlineForm(FlaskForm):
    """The calculator: from a day, so many days."""

    class Meta:
        csrf = False

    start = DayField(_("从哪一天"), validators=[InputRequired(_("请填日期，如 2023-09-07"))])
    days = IntegerField(
        _("几天"),
        validators=[
            InputRequired(_("请填天数，如 10")),
            NumberRange(-MOST_DAYS, MOST_DAYS, _("天数应在-366到366之间")),
        ],
    )
    unit = SelectField(
        _("算法"),
        choices=[
            choice(DayUnit.WORKING.value, _("工作日")),
            choice(DayUnit.CALENDAR.value, _("日历日（期满遇休息日顺延）")),
        ],
        default=DayUnit.WORKING.value,
    )
