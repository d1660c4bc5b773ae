"""A table of indicators, a ledger that was handed in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, Length

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


class SubmissionForm(FlaskForm):
    recipient = StringField(
        _("报给谁"), [_NEEDED, Length(max=80)], description=_("如：县政务公开办")
    )
    submitted_on = DayField(_("报送日期"), [_NEEDED])
