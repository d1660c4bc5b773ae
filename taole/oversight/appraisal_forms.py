"""Whether the 效能 sheet is used, and its weights."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from taole.oversight.appraisal_rules import WHOLE, Weights

_POINTS = [InputRequired(_("请填写")), NumberRange(0, WHOLE, _("请填 0 到 100 的整数"))]


class AppraisalForm(FlaskForm):
    """The switch and four parts of a hundred points."""

    is_on = BooleanField(_("启用效能情况表"))
    completeness = IntegerField(_("完整率占几分"), _POINTS)
    timeliness = IntegerField(_("按时率占几分"), _POINTS)
    rectification = IntegerField(_("按期整改率占几分"), _POINTS)
    rounds = IntegerField(_("征集按时回复率占几分"), _POINTS)

    def weights(self) -> Weights:
        """Refused when the parts are no hundred together."""
        return Weights(
            self.completeness.data or 0,
            self.timeliness.data or 0,
            self.rectification.data or 0,
            self.rounds.data or 0,
        )
