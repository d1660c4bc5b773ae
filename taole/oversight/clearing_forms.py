"""What is filled in at the monthly clearing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, Optional

from taole.core.forms import DayField


class ClearingForm(FlaskForm):
    """The postings themselves come as ticks named ``posting``."""

    on = DayField(_("哪天撤下的"), validators=[InputRequired(_("请填撤下的日期"))])


class LimitForm(FlaskForm):
    stale_after_days = IntegerField(_("发布多少天以后算过时"), validators=[Optional()])
