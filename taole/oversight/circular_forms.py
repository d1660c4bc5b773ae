"""A table of indicators, a circular that came, a ledger that was handed in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from taole.core.forms import DayField

_NEEDED = InputRequired(_("请填写"))


class TableForm(FlaskForm):
    """The county's own table, in force from a day."""

    file = FileField(
        _("指标表"),
        [FileRequired(_("请选文件"))],
        description=_("县里发的 Excel 就行；要有“指标”和“分值”两栏"),
    )
    from_on = DayField(_("从哪天起用"), [_NEEDED], description=_("以前的季度还用原来的表"))


class ReceivedForm(FlaskForm):
    """The real circular, pasted."""

    body = StringField(_("谁发的"), [_NEEDED, Length(max=80)], description=_("如：县政务公开办"))
    document = StringField(_("文号或标题"), [Optional(), Length(max=200)])
    issued_on = DayField(_("发文日期"), [_NEEDED])
    lines = TextAreaField(
        _("点名的问题"),
        [_NEEDED, Length(max=20_000)],
        description=_("从通报里粘贴，一行一个；写了村名的记到村，没写的记到镇里"),
    )


class SubmissionForm(FlaskForm):
    recipient = StringField(
        _("报给谁"), [_NEEDED, Length(max=80)], description=_("如：县政务公开办")
    )
    submitted_on = DayField(_("报送日期"), [_NEEDED])
