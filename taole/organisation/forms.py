"""Signing in and keeping a password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length


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
