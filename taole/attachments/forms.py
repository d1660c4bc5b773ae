"""What is filled in about a file."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from taole.attachments.actions import MOST_REASON
from taole.attachments.look_alikes import MOST_WORD


class ClearForm(FlaskForm):
    reason = StringField(
        _("为什么不是个人信息"),
        [InputRequired(_("请写明原因")), Length(max=MOST_REASON, message=_("请写得短一些"))],
        description=_("如：村委会的值班电话；不要写出号码"),
    )


class AnswerForm(FlaskForm):
    verdict = RadioField(
        _("是同一张照片吗"),
        [InputRequired(_("请选择"))],
        choices=lambda: {"copy": gettext("是同一张"), "other": gettext("不是")},
    )
    word = StringField(
        _("说明"), [Optional(), Length(max=MOST_WORD, message=_("请写得短一些"))], default=""
    )
