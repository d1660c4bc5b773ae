"""What is filled in at the steps of rectification, and at a village's self-check."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import (  # type: ignore[attr-defined]
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from taole.core.forms import DayField
from taole.inspections.forms import PHOTOGRAPH, EntryForm, kinds_to_choose, labelled
from taole.inspections.system_findings import MOST_GRACE
from taole.inspections.workflow import SELF_CHECK_LABELS, SEVERITY_LABELS, SelfCheckAnswer, Severity
from taole.organisation.models import Unit


class AskSelfCheckForm(EntryForm):
    units = SelectMultipleField(
        _("哪些村自查"),
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    due_on = DayField(_("哪天前报"), validators=[InputRequired(_("请填写哪天前报"))])

    def offer(self, villages: list[Unit]) -> None:
        self.units.choices = [SelectChoice(unit.code, unit.name) for unit in villages]


class SelfCheckForm(EntryForm):
    answer = RadioField(
        _("本村有没有同样的问题"),
        validators=[InputRequired(_("请选择有还是没有"))],
    )
    note = StringField(_("怎么查的"), validators=[Optional(), Length(max=400)])
    problem = TextAreaField(
        _("发现的问题"), validators=[Optional(), Length(max=400)], render_kw={"rows": 3}
    )
    severity = RadioField(_("程度"), default=Severity.MINOR.value, validators=[Optional()])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.answer.choices = [
            SelectChoice(each.value, gettext(label)) for each, label in SELF_CHECK_LABELS.items()
        ]
        self.severity.choices = labelled(SEVERITY_LABELS)

    @property
    def has_problem(self) -> bool:
        return bool(self.answer.data == SelfCheckAnswer.FOUND.value)

    def validate_problem(self, field: TextAreaField) -> None:
        if self.has_problem and not (field.data or "").strip():
            raise ValidationError(gettext("请写清楚发现了什么问题"))

    def validate_note(self, field: StringField) -> None:
        if not self.has_problem and not (field.data or "").strip():
            raise ValidationError(gettext("请写一句是怎么查的"))


class GraceForm(EntryForm):
    missing = IntegerField(
        _("没公示的，超期几天以后记为问题"),
        validators=[InputRequired(_("请填写天数"))],
        render_kw={"min": 0, "max": MOST_GRACE},
    )
    late = IntegerField(
        _("公示晚了的，晚几天以上记为问题"),
        validators=[InputRequired(_("请填写天数"))],
        render_kw={"min": 0, "max": MOST_GRACE},
    )


class SeenForm(EntryForm):
    """A step on a finding: ``version`` is the finding's as the person saw it."""

    version = HiddenField()
    beside = HiddenField()

    @property
    def seen(self) -> int | None:
        written = self.version.data or ""
        return int(written) if written.isdecimal() else None


class ProveForm(SeenForm):
    measures = TextAreaField(
        _("怎么整改的"),
        validators=[InputRequired(_("请写清楚是怎么整改的")), Length(max=400)],
        render_kw={"rows": 3},
    )
    proof = MultipleFileField(_("整改后的照片"), validators=[Optional()], render_kw=PHOTOGRAPH)
    proof_link = StringField(
        _("或者网页链接"),
        validators=[Optional(), Length(max=300)],
        render_kw={"inputmode": "url", "placeholder": "https://"},
    )


class AmendForm(SeenForm):
    statement = TextAreaField(
        _("发现的问题"),
        validators=[InputRequired(_("请写清楚发现了什么问题")), Length(max=400)],
        render_kw={"rows": 3},
    )
    problem_kind = SelectField(_("问题类型"), default="", validators=[Optional()])
    severity = RadioField(_("程度"), validators=[InputRequired(_("请选择程度"))])
    basis = StringField(_("依据"), validators=[Optional(), Length(max=200)])
    demand = TextAreaField(
        _("整改要求"), validators=[Optional(), Length(max=400)], render_kw={"rows": 2}
    )
    owner_name = StringField(_("责任人"), validators=[Optional(), Length(max=60)])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.problem_kind.choices = kinds_to_choose()
        self.severity.choices = labelled(SEVERITY_LABELS)


class ExtendForm(SeenForm):
    until_on = DayField(_("延到哪天"), validators=[InputRequired(_("请填写延到哪天"))])
    reason = StringField(
        _("延期理由"), validators=[InputRequired(_("请写清楚为什么要延期")), Length(max=300)]
    )


class GrantForm(SeenForm):
    words = StringField(_("批示"), validators=[Optional(), Length(max=300)])


class JudgeForm(SeenForm):
    verdict = StringField(
        _("复核意见"), validators=[InputRequired(_("请填写复核意见")), Length(max=300)]
    )
