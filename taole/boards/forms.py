"""What is filled in: a photograph of the board."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import Optional

from taole.core.errors import NotFound
from taole.core.forms import DayField

PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class BoardPhotographForm(FlaskForm):
    """``token`` is the photograph's id, made with the page: the same page sent twice saves once."""

    token = HiddenField()
    photograph = FileField(
        _("公示栏的照片"),
        validators=[FileRequired(_("还没有照片：请拍一张，或者从相册里选一张。"))],
        render_kw={"accept": PICTURES},
    )
    taken_on = DayField(_("哪天拍的"), validators=[Optional()])

    @property
    def photograph_id(self) -> UUID:
        """The token as an id; NotFound when somebody made one up."""
        try:
            return UUID(self.token.data or "")
        except ValueError as error:
            raise NotFound(self.token.data) from error


class WallForm(FlaskForm):
    """An old notice on a wall, to be told what has to be covered."""

    photograph = FileField(
        _("墙上公示的照片"),
        validators=[FileRequired(_("还没有照片：请拍一张，或者从相册里选一张。"))],
        render_kw={"accept": PICTURES},
    )
