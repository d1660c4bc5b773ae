"""What is filled in when a request comes and when it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from taole.core.forms import DayField
from taole.information_requests.rules import (
    APPLICANT_LABELS,
    DECISION_GROUPS,
    DECISION_LABELS,
    REQUEST_CHANNEL_LABELS,
)


def _choices(labels: Mapping[Any, str]) -> Any:
    """Choices with these labels, said in the reader's language when the form is made."""
    return lambda: {key.value: gettext(label) for key, label in labels.items()}


def _decisions() -> Any:
    grouped = {
        gettext(group): {each.value: gettext(DECISION_LABELS[each]) for each in decisions}
        for group, decisions in DECISION_GROUPS.items()
    }
    return {"": gettext("请选择"), **grouped}


class ReceiptForm(FlaskForm):
    subject = StringField(
        _("申请内容"),
        [InputRequired(_("请填写")), Length(max=200)],
        description=_("只写申请公开什么信息，不写申请人的姓名、电话、住址和身份证号"),
    )
    applicant_kind = RadioField(
        _("申请人类别"), [InputRequired(_("请选择"))], choices=_choices(APPLICANT_LABELS)
    )
    channel = RadioField(
        _("申请渠道"), [InputRequired(_("请选择"))], choices=_choices(REQUEST_CHANNEL_LABELS)
    )
    received_on = DayField(
        _("收到日期"),
        [InputRequired(_("请填写"))],
        description=_("从收到的次日起 20 个工作日内答复，期限由系统算出"),
    )


class DecisionForm(FlaskForm):
    decision = SelectField(
        _("答复结果"),
        [InputRequired(_("请选择"))],
        choices=_decisions,
        description=_("按年度报告表三的分类；区分处理的选“部分公开”"),
    )
    decided_on = DayField(_("答复日期"), [InputRequired(_("请填写"))])
