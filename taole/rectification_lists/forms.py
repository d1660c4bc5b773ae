"""What is filled in to load a list: the list, and then what it is as an inspection."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (  # type: ignore[attr-defined]
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from taole.core.forms import DayField
from taole.inspections.forms import EntryForm
from taole.inspections.workflow import (
    BODY_LEVEL_LABELS,
    INSPECTED,
    INSPECTION_KIND_LABELS,
    SEVERITY_LABELS,
)
from taole.rectification_lists.reading import MOST_TEXT, PASTED

_Word = TypeVar("_Word", bound=StrEnum)


class ListForm(EntryForm):
    """A list as it came: a file, or what was copied out of it."""

    township = HiddenField()
    kind = HiddenField()
    file = FileField(
        _("通报或清单的文件"),
        validators=[Optional()],
        description=_("Excel（.xlsx、.xls、.csv）或 Word（.docx）"),
        render_kw={"accept": ".xlsx,.xls,.csv,.docx"},
    )
    text = TextAreaField(
        _("或者粘贴内容"),
        validators=[Optional(), Length(max=MOST_TEXT)],
        description=_("从 Excel、微信或通报正文里复制；正文里一行一个问题"),
        render_kw={"rows": 8},
    )

    @property
    def sent(self) -> tuple[str, bytes]:
        """Name and content of what was sent; the name is empty when nothing was."""
        upload = self.file.data
        if upload is not None and upload.filename:
            return upload.filename, upload.read()
        text = (self.text.data or "").strip("\n\r ")
        return (PASTED, text.encode("utf-8")) if text else ("", b"")

    def ask_for_something(self) -> None:
        self.file.errors = [gettext("请选一个文件，或者粘贴内容")]


class CheckedListForm(EntryForm):
    """A list that was read, named by the digest of its bytes, as the inspection it tells of."""

    digest = HiddenField()
    township = HiddenField()
    kind = SelectField(_("类别"), validators=[InputRequired(_("请选择类别"))])
    body = StringField(
        _("谁发的"),
        validators=[InputRequired(_("请填写是谁发的")), Length(max=80)],
        description=_("如：县政务公开办"),
    )
    body_level = SelectField(_("发文单位的级别"), validators=[InputRequired(_("请选择级别"))])
    held_on = DayField(
        _("发文或检查日期"),
        validators=[InputRequired(_("请填写日期"))],
        description=_("没写年份的时限按这一天推算"),
    )
    document = StringField(_("文号或标题"), validators=[Optional(), Length(max=200)])
    severity = SelectField(_("没写程度的按"), validators=[InputRequired(_("请选择程度"))])

    def offer(self) -> None:
        kinds = {kind: INSPECTION_KIND_LABELS[kind] for kind in INSPECTED}
        self.kind.choices = _labelled(kinds)
        self.body_level.choices = _labelled(BODY_LEVEL_LABELS)
        self.severity.choices = _labelled(SEVERITY_LABELS)


def _labelled(labels: Mapping[_Word, str]) -> list[SelectChoice]:
    return [SelectChoice(each.value, gettext(label)) for each, label in labels.items()]
