"""Choosing a catalogue file, and the day from which it is followed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from taole.catalogue.kept_file import unpack
from taole.core.forms import DayField


class LoadForm(FlaskForm):
    """``kept`` and ``filename`` carry the file of the check to the loading."""

    file = FileField(_("目录文件"), render_kw={"accept": ".xlsx,.xls,.csv,.yaml,.yml"})
    kept = HiddenField()
    filename = HiddenField()
    township = SelectField(_("乡镇"), validators=[InputRequired(_("请选择乡镇"))])
    from_on = DayField(_("从哪天起采用"), validators=[InputRequired(_("请填日期"))])

    def chosen_file(self) -> tuple[bytes, str] | None:
        """The file chosen now, or else the one carried from the check: bytes and name."""
        upload = self.file.data
        if upload is not None and upload.filename:
            return upload.read(), upload.filename
        content = unpack(self.kept.data or "")
        return (content, self.filename.data or "") if content else None
