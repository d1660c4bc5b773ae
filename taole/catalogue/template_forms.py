"""A unified template as it is filled in: its fields row by row, and from when it holds."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from taole.catalogue.template_changes import MOST_COLUMNS, MOST_HEAD_FIELDS
from taole.catalogue.unified_template import CELL_KIND_LABELS, CellKind, Field, UnifiedTemplate
from taole.core.forms import DayField
from taole.core.pages import say

LISTS = {"head": MOST_HEAD_FIELDS, "columns": MOST_COLUMNS}
MOST_SENT = 60


class FieldForm(Form):
    """One field of the head or one column of the table."""

    name = StringField(_("名称"))
    kind = SelectField(_("填什么"), default=CellKind.TEXT.value)
    unit = StringField(_("单位"))
    required = BooleanField(_("必填"))
    is_summed = BooleanField(_("合计"))
    may_publish = BooleanField(_("可以公开"))
    hint = StringField(_("说明"))

    def __init__(self, *arguments: Any, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.kind.choices = [(kind.value, say(CELL_KIND_LABELS[kind])) for kind in CellKind]

    @property
    def field(self) -> Field:
        return Field(
            self.name.data or "",
            CellKind(self.kind.data),
            self.unit.data or "",
            required=bool(self.required.data),
            is_summed=bool(self.is_summed.data),
            may_publish=bool(self.may_publish.data),
            hint=self.hint.data or "",
        )


class TemplateForm(FlaskForm):
    """``base``: the township's latest template when the form was opened."""

    opening = TextAreaField(
        _("开头"),
        description=_(
            "可以写 {unit} 单位、{period} 期间、{matter} 事项、{notice_period} 公示期，系统填上。"
        ),
        render_kw={"rows": 3},
    )
    head = FieldList(FormField(FieldForm), max_entries=MOST_SENT)
    columns = FieldList(FormField(FieldForm), max_entries=MOST_SENT)
    with_phones = BooleanField(_("末尾写监督电话"))
    from_on = DayField(_("从哪天起用"), validators=[InputRequired(_("请填日期"))])
    reason = StringField(
        _("为什么改"),
        validators=[
            InputRequired(_("请写明为什么改模板")),
            Length(max=200, message=_("最多200字")),
        ],
    )
    base = HiddenField()

    @property
    def template(self) -> UnifiedTemplate:
        """The template as it stands in the form."""
        return UnifiedTemplate(
            opening=self.opening.data or "",
            head=tuple(entry.form.field for entry in self.head),
            columns=tuple(entry.form.field for entry in self.columns),
            with_phones=bool(self.with_phones.data),
        )

    def moved(self, act: str) -> dict[str, Any]:
        """The form's values after an act: ``columns-add``, ``columns-up-2``, ``head-drop-0``.

        An act that makes no sense (the first one up, one that is not there) changes nothing.
        """
        values = {name: field.data for name, field in self._fields.items() if name != "csrf_token"}
        which, _dash, rest = act.partition("-")
        if which not in LISTS:
            return values
        fields: list[dict[str, Any]] = list(values[which])
        verb, _dash, number = rest.partition("-")
        at = int(number) if number.isdecimal() else -1
        if verb == "add" and len(fields) < MOST_SENT:
            fields.append({"may_publish": True})
        elif 0 <= at < len(fields):
            if verb == "drop":
                del fields[at]
            elif verb == "up" and at > 0:
                fields[at - 1], fields[at] = fields[at], fields[at - 1]
            elif verb == "down" and at + 1 < len(fields):
                fields[at + 1], fields[at] = fields[at], fields[at + 1]
        return {**values, which: fields}


def values_of(template: UnifiedTemplate) -> dict[str, Any]:
    """What a form shows of a template."""
    stored = template.to_mapping()
    return {name: stored[name] for name in ("opening", "head", "columns", "with_phones")}
