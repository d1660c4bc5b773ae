"""What is filled in: a notice, its posting on channels, a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import (  # type: ignore[attr-defined]
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from taole.catalogue.channels import Channel
from taole.core.errors import NotFound
from taole.core.forms import DayField
from taole.notices.rules import MAX_LINK, MAX_TITLE

PROOF = "proof"
"""What a posting waits for when its photograph is sent piece by piece."""

PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Pairs of value and words as a field's choices."""
    return [SelectChoice(value, words) for value, words in pairs]


class Ticks(SelectMultipleField):
    """Some of several, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NoticeForm(FlaskForm):
    """``token`` is the notice's id, made with the page: the same page sent twice saves once.

    The cells of the table come beside it (``notices.grid``), or pasted, or in a workbook.
    """

    token = HiddenField()
    version = HiddenField()
    period_key = SelectField(_("公示哪一期"))
    title = TextAreaField(
        _("标题"),
        validators=[InputRequired(_("请填写公示的标题")), Length(max=MAX_TITLE)],
    )
    body = TextAreaField(_("正文"), validators=[Optional(), Length(max=20000)])
    pasted = TextAreaField(_("从表格粘贴"), validators=[Optional(), Length(max=500000)])
    fiscal_year = IntegerField(
        _("哪一年度的预算、决算"), validators=[Optional(), NumberRange(2000, 2100)]
    )
    formed_on = DayField(_("信息形成日期"), validators=[Optional()])
    workbook = FileField(_("填好的 Excel"), render_kw={"accept": ".xlsx,.xls,.csv,.et"})
    files = MultipleFileField(_("附件"), render_kw={"accept": f"{PICTURES},.pdf,.docx,.xlsx,.xls"})

    @property
    def notice_id(self) -> UUID:
        """The token as an id; NotFound when somebody made one up."""
        try:
            return UUID(self.token.data or "")
        except ValueError as error:
            raise NotFound(self.token.data) from error

    @property
    def seen(self) -> int:
        """The version that the person had before them; 0 when the page does not tell."""
        data = self.version.data or ""
        return int(data) if data.isdecimal() and len(data) < 10 else 0

    @property
    def uploads(self) -> list[FileStorage]:
        return [each for each in self.files.data or () if each and each.filename]


def promised(sent: MultiDict[str, str], field: str) -> list[tuple[UUID, str, int]]:
    """Files chosen in a field that the phone will send piece by piece: id, name and size each.

    They come as ``upload``, ``upload_name``, ``upload_size`` and ``upload_for``, in step.
    """
    names = ("upload", "upload_name", "upload_size", "upload_for")
    try:
        told = zip(*(sent.getlist(name) for name in names), strict=True)
        return [
            (UUID(upload_id), name, int(size))
            for upload_id, name, size, meant_for in told
            if meant_for == field
        ]
    except ValueError as error:
        raise NotFound("upload") from error


class PostForm(FlaskForm):
    """One or more channels on which a notice went up, with proof for each.

    ``token`` is made with the page: the same page sent twice posts once.
    """

    token = HiddenField()
    channels = Ticks(_("在哪里公示"), choices=choices((each.value, each.value) for each in Channel))
    posted_on = DayField(_("公示起"), validators=[InputRequired(_("请填公示从哪天开始"))])
    until_on = DayField(_("公示止"), validators=[Optional()])
    column_code = SelectField(_("网站栏目"), validate_choice=False)
    account = StringField(_("账号名称"), validators=[Optional(), Length(max=60)])

    def posting_id(self, channel: Channel) -> UUID | None:
        """The id of this form's posting on a channel; NotFound when somebody made a token up."""
        if not self.token.data:
            return None
        try:
            return uuid5(UUID(self.token.data), channel.name)
        except ValueError as error:
            raise NotFound(self.token.data) from error

    def photo(self, channel: Channel) -> Any:
        return self[f"photo_{channel.name}"]

    def link(self, channel: Channel) -> Any:
        return self[f"link_{channel.name}"]

    def chosen(self) -> list[Channel]:
        return [each for each in Channel if each.value in (self.channels.data or ())]


for _each in Channel:
    setattr(
        PostForm,
        f"photo_{_each.name}",
        FileField(_("照片"), render_kw={"accept": PICTURES}),
    )
    setattr(
        PostForm,
        f"link_{_each.name}",
        StringField(
            _("链接"),
            validators=[Optional(), Length(max=MAX_LINK)],
            render_kw={"inputmode": "url"},
        ),
    )


class TakeDownForm(FlaskForm):
    on = DayField(_("哪天撤下的"), validators=[InputRequired(_("请填撤下的日期"))])
    photo = FileField(_("撤下后的照片"), render_kw={"accept": PICTURES})


class SeenForm(FlaskForm):
    """A sheet was seen hanging on a day, with a photograph if there is one."""

    on = DayField(_("哪天看到的"), validators=[InputRequired(_("请填看到的日期"))])
    photo = FileField(_("公示栏的照片"), render_kw={"accept": PICTURES})


class ProofForm(FlaskForm):
    photo = FileField(_("照片"), render_kw={"accept": PICTURES})
