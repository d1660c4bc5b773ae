"""A group robot, as the clerk fills it in."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from taole.notifications.models import RouteKind
from taole.organisation.forms import choice


class RouteForm(FlaskForm):
    """A new group robot or webhook."""

    kind = SelectField(
        _("种类"),
        choices=lambda: [choice(kind.value, gettext(kind.value)) for kind in RouteKind],
    )
    name = StringField(
        _("群名"), [InputRequired(_("请填写")), Length(max=60)], description=_("如：村务公开工作群")
    )
    address = StringField(
        _("机器人地址"),
        [InputRequired(_("请填写")), Length(max=500)],
        description=_("群设置里复制的完整地址；存好以后只显示末四位"),
    )
    secret = StringField(
        _("加签密钥"), [Optional(), Length(max=200)], description=_("只有钉钉开了加签才要填")
    )
    gateway = StringField(
        _("网关"), [Optional(), Length(max=200)], description=_("政务网要经网关出去时才要填")
    )
    per_minute = IntegerField(
        _("每分钟最多几条"),
        [InputRequired(_("请填写")), NumberRange(1, 20, _("请填 1 到 20 的整数"))],
        default=18,
    )
