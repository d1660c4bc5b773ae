"""What is filled in about people and places: shape of input only."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, Optional, Regexp

from taole.access.permissions import ROLE_LABELS
from taole.core.forms import DayField
from taole.organisation.rules import UNIT_KIND_LABELS, USERNAME


def choice(value: str, label: Any) -> Any:
    """One thing to choose from a list, and what it is called."""
    return SelectChoice(value, label)


_ROLES = [choice(role.value, _(label)) for role, label in ROLE_LABELS.items()]
_KINDS = [choice(kind.value, _(label)) for kind, label in UNIT_KIND_LABELS.items()]


def _day(label: Any, *, message: Any = None) -> DayField:
    rules: list[Any] = [InputRequired(message)] if message else [Optional()]
    return DayField(label, validators=rules)


class SignInForm(FlaskForm):
    username = StringField(
        _("账号"),
        validators=[DataRequired(_("请输入账号")), Length(max=40)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("密码"),
        validators=[DataRequired(_("请输入密码")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(FlaskForm):
    old = PasswordField(
        _("原密码"),
        validators=[DataRequired(_("请输入原密码"))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _("新密码"),
        validators=[DataRequired(_("请输入新密码")), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输一次新密码"),
        validators=[EqualTo("new", _("两次输入的新密码不一样"))],
        render_kw={"autocomplete": "new-password"},
    )


class RoleForm(FlaskForm):
    """A role on a unit; the view fills in the units within the administrator's reach."""

    role = SelectField(_("岗位"), choices=_ROLES)
    unit = SelectField(_("单位"), choices=[])
    from_on = _day(_("从哪天起"), message=_("请填从哪天起"))
    until_on = _day(_("到哪天为止（这天不算）"))


class NewcomerForm(RoleForm):
    username = StringField(
        _("账号"),
        validators=[
            DataRequired(_("请填账号")),
            Length(max=40),
            Regexp(rf"^{USERNAME}$", message=_("账号只用字母、数字、点、横线和下划线")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )
    name = StringField(
        _("姓名"), validators=[DataRequired(_("请填姓名")), Length(max=40, message=_("姓名太长"))]
    )
    phone = StringField(_("电话"), validators=[Optional(), Length(max=40)])


class StandInForm(FlaskForm):
    """Who does somebody's work until a day; the view fills in posts and colleagues."""

    post = SelectField(_("代哪个岗位"), choices=[])
    colleague = SelectField(_("请谁代班"), choices=[])
    from_on = _day(_("从哪天起"), message=_("请填从哪天起"))
    until_on = _day(_("到哪天为止（这天不算）"), message=_("请填写代班到哪一天"))


class LastDayForm(FlaskForm):
    """The day on which somebody leaves, a role ends or a unit closes."""

    on = _day(_("日期"), message=_("请填日期"))


class PhoneForm(FlaskForm):
    phone = StringField(_("监督电话"), validators=[Optional(), Length(max=40)])


class UnitForm(FlaskForm):
    kind = SelectField(_("类别"), choices=_KINDS)
    name = StringField(_("名称"), validators=[DataRequired(_("请填名称")), Length(max=60)])
    code = StringField(
        _("区划代码"),
        validators=[DataRequired(_("请填区划代码")), Length(max=32)],
        description=_("县 6 位、乡镇 9 位、村和社区 12 位；办（中心）写乡镇代码加“-”和简称"),
    )
    parent = SelectField(_("属于"), choices=[])
    opened_on = _day(_("设立日期"))
    phone = StringField(_("电话"), validators=[Optional(), Length(max=40)])
