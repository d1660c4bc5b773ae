"""A ledger's form, built from its description."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import wtforms
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from taole.core.forms import DayField
from taole.organisation.forms import choice
from taole.registers.fields import Field, FieldKind
from taole.registers.register import Register
from taole.registers.rules import TaskState


class DecimalField(wtforms.DecimalField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([text.replace(",", "").strip() for text in valuelist])
        except ValueError:
            self.data = None
            raise ValueError(gettext("请填金额，如 110.00")) from None


class IntegerField(wtforms.IntegerField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(gettext("请填整数，如 12")) from None


@cache
def form_of(register: Register) -> type[FlaskForm]:
    """The form class of a ledger: one field for each of its fields, in order."""
    fields: Mapping[str, Any] = {field.name: _form_field(field) for field in register.fields}
    return type("RegisterForm", (FlaskForm,), dict(fields))


def typed_values(register: Register, form: FlaskForm) -> dict[str, Any]:
    """What was typed, by field name."""
    return {field.name: form[field.name].data for field in register.fields}


def _form_field(field: Field) -> wtforms.Field:
    label = _(field.label)
    about: dict[str, Any] = {"description": _(field.hint) if field.hint else ""}
    needed = InputRequired(_("请填写")) if field.required else Optional()
    match field.kind:
        case FieldKind.YES_NO:
            return BooleanField(label, **about)
        case FieldKind.DAY:
            return DayField(label, [needed], **about)
        case FieldKind.COUNT:
            return IntegerField(label, [needed], **about)
        case FieldKind.AMOUNT:
            return DecimalField(label, [needed], places=2, **about)
        case FieldKind.CHOICE:
            return _select(field, label, needed, about)
        case FieldKind.LONG_TEXT:
            return TextAreaField(label, [needed, Length(max=field.limit)], **about)
    return StringField(label, [needed, Length(max=field.limit)], **about)


def _select(field: Field, label: Any, needed: Any, about: dict[str, Any]) -> SelectField:
    def choices() -> Any:
        chosen_from = {member.value: gettext(member.value) for member in field.choices or ()}
        return {"": gettext("请选择"), **chosen_from}

    return SelectField(label, [needed], choices=choices, default="", **about)


class ProgressForm(FlaskForm):
    """How far a task had come in a quarter."""

    quarter = SelectField(_("季度"), [InputRequired(_("请填写"))])
    state = SelectField(
        _("进展"),
        [InputRequired(_("请填写"))],
        choices=lambda: [choice(each.value, gettext(each.value)) for each in TaskState],
    )
    text = TextAreaField(
        _("做了什么"),
        [InputRequired(_("请填写")), Length(max=1000)],
        description=_("一两句话，季度台账和年度报告都用它"),
    )
