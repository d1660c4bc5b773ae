"""What is filled in to bring a ledger in: the file, and then the word."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import InputRequired


class LedgerForm(FlaskForm):
    file = FileField(
        _("台账文件"),
        validators=[FileRequired(_("请选择要导入的台账文件"))],
        description=_("Excel（.xlsx、.xls）或 .csv，最多 50,000 行"),
        render_kw={"accept": ".xlsx,.xls,.csv"},
    )


class CheckedLedgerForm(FlaskForm):
    """A ledger that was checked, named by the digest of its bytes."""

    digest = HiddenField(validators=[InputRequired()])
