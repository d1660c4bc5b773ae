"""Loading a check sheet: first a look at what was recognised, then keeping it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField
from wtforms.validators import InputRequired, Optional

from taole.core.forms import DayField
from taole.inspections.forms import EntryForm


class CheckSheetForm(EntryForm):
    """``kept``: the file that was looked at, carried by the page until it is kept."""

    kept = HiddenField()
    filename = HiddenField()
    file = FileField(
        _("检查表"),
        validators=[Optional()],
        description=_("县里发的 Excel 就行；要有“检查内容”一栏，最好有“分值”“得分”“扣分说明”"),
    )
    from_on = DayField(
        _("从哪天起用"),
        validators=[InputRequired(_("请填写从哪天起用"))],
        description=_("以前查的还用原来的表"),
    )
