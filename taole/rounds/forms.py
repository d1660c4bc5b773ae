"""What is filled in about collections: by the clerk who runs them, by the units that answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (  # type: ignore[attr-defined]
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from taole.core.errors import Refused
from taole.core.forms import DayField
from taole.core.pages import say_all
from taole.core.words import N_
from taole.rounds.rules import MOST_WEEKS, RoundSetting

_TIME = [InputRequired(_("请填时间，如 08:30"))]
WEEKDAYS = [
    SelectChoice("0", _("周一")),
    SelectChoice("1", _("周二")),
    SelectChoice("2", _("周三")),
    SelectChoice("3", _("周四")),
    SelectChoice("4", _("周五")),
    SelectChoice("5", _("周六")),
    SelectChoice("6", _("周日")),
]
NOTHING, PAPER = "nothing", "paper"


class RoundForm(FlaskForm):
    """A form above which a refusal is said."""

    def say_above(self, refusal: Refused) -> None:
        self.form_errors = say_all(refusal)


class SettingForm(RoundForm):
    """The schedule of a township."""

    is_on = BooleanField(_("自动发出征集"))
    weekday = SelectField(_("星期几发出"), choices=WEEKDAYS, default="0")
    every_weeks = IntegerField(
        _("每几周一次"),
        [
            InputRequired(_("请填 1 到 8 的整数")),
            NumberRange(1, MOST_WEEKS, _("请填 1 到 8 的整数")),
        ],
    )
    opens_at = TimeField(_("几点发出"), _TIME)
    due_after = IntegerField(
        _("发出后第几天截止"),
        [InputRequired(_("请填天数，如 11")), NumberRange(1, 55, _("请填 1 到 55 的整数"))],
    )
    due_time = TimeField(_("几点截止"), _TIME)
    left_out = SelectMultipleField(
        _("不问哪些单位"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[Optional()],
    )

    @classmethod
    def filled(cls, setting: RoundSetting, units: list[tuple[str, str]]) -> SettingForm:
        """The form for a schedule as it is kept; ``units``: (id, name) of those it could ask."""
        form = cls(
            data={
                "is_on": setting.is_on,
                "weekday": str(setting.weekday),
                "every_weeks": setting.every_weeks,
                "opens_at": setting.opens_at,
                "due_after": setting.due_after,
                "due_time": setting.due_time,
                "left_out": [str(each) for each in setting.left_out],
            }
        )
        form.left_out.choices = [SelectChoice(code, name) for code, name in units]
        return form

    def setting(self, before: RoundSetting, today: Any) -> RoundSetting:
        """The schedule that was filled in; switched on, it counts from today."""
        is_on = bool(self.is_on.data)
        return RoundSetting(
            is_on=is_on,
            since=(before.since if before.is_on else today) if is_on else before.since,
            weekday=int(self.weekday.data),
            every_weeks=self.every_weeks.data or before.every_weeks,
            opens_at=self.opens_at.data or before.opens_at,
            due_after=self.due_after.data or before.due_after,
            due_time=self.due_time.data or before.due_time,
            left_out=frozenset(UUID(each) for each in self.left_out.data or ()),
        )


class ExtendForm(RoundForm):
    due_on = DayField(_("新的截止日期"), [InputRequired(_("请填日期，如 2023-09-27"))])
    reason = StringField(
        _("为什么延长"),
        [InputRequired(_("请写一句为什么延长")), Length(max=200, message=_("最多 200 个字"))],
    )


class OnBehalfForm(RoundForm):
    """代录: what the unit said on the telephone, or the paper it brought."""

    how = RadioField(
        _("怎么回的"),
        choices=[
            SelectChoice(PAPER, _("交来文件或纸质材料")),
            SelectChoice(NOTHING, _("口头说本期无内容")),
        ],
        validators=[InputRequired(_("请选择怎么回的"))],
    )
    paper = FileField(
        _("文件或照片"), [Optional()], render_kw={"accept": ".pdf,.docx,.xlsx,.xls,image/*"}
    )
    reason = StringField(_("说明"), [Optional(), Length(max=200, message=_("最多 200 个字"))])

    @property
    def upload(self) -> Any:
        """The file; Refused when a paper was said to be there and none was chosen."""
        if self.paper.data is None or not self.paper.data.filename:
            raise Refused(N_("请选择文件或拍一张照片；没有材料的，请选“口头说本期无内容”。"))
        return self.paper.data


class CloseForm(RoundForm):
    note = StringField(_("说明"), [Optional(), Length(max=200, message=_("最多 200 个字"))])


class NothingForm(RoundForm):
    """本期无内容, with a reason that may be left out."""

    reason = StringField(_("说明"), [Optional(), Length(max=200, message=_("最多 200 个字"))])


class PieceForm(RoundForm):
    """An office's piece for a column of the website; it becomes a draft."""

    token = HiddenField()
    column = SelectField(_("放到哪个栏目"), [InputRequired(_("请选择栏目"))], choices=[])
    title = StringField(
        _("标题"), [InputRequired(_("请填标题")), Length(max=200, message=_("最多 200 个字"))]
    )
    body = TextAreaField(
        _("正文"),
        [InputRequired(_("请填正文")), Length(max=20000, message=_("最多 20000 个字"))],
    )
    formed_on = DayField(_("形成日期"), [InputRequired(_("请填日期，如 2023-09-12"))])

    def offer(self, columns: Iterable[tuple[str, str]]) -> None:
        """The columns to choose from, each by its id and its name."""
        self.column.choices = [SelectChoice(item_id, name) for item_id, name in columns]

    @property
    def notice_id(self) -> UUID | None:
        """The form's token; none when it was lost or is nonsense."""
        try:
            return UUID(self.token.data or "")
        except ValueError:
            return None
