"""Where somebody wants to be told by mail."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length, Optional


class EmailForm(FlaskForm):
    email = StringField(
        _("我的邮箱"),
        [Optional(), Length(max=120)],
        description=_("填了就再发一封邮件；清空就不发。别人看不到。"),
    )
