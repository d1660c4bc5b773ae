"""What is filled in about inspections, findings and their rectification."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import (  # type: ignore[attr-defined]
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from taole.catalogue.channels import CHANNELS
from taole.core.errors import Refused
from taole.core.forms import DayField
from taole.core.pages import in_english, say_all
from taole.inspections.problem_kinds import problem_kinds
from taole.inspections.workflow import (
    BODY_LEVEL_LABELS,
    INSPECTED,
    INSPECTION_KIND_LABELS,
    SEVERITY_LABELS,
    BodyLevel,
    Direction,
    InspectionKind,
    Severity,
)
from taole.organisation.models import Unit

PAPERS = "image/*,.pdf,.docx,.xlsx,.xls,.doc"
PHOTOGRAPH = {"accept": "image/*"}
DIRECTION_LABELS = {Direction.OUTBOUND: _("镇里去查村"), Direction.INBOUND: _("上级或外单位来查")}


class FindingLine(Form):
    """One problem on the form of an inspection; a line in which nothing is written is left out."""

    unit = SelectField(_("村或办（中心）"), default="", validators=[Optional()])
    problem_kind = SelectField(_("问题类型"), default="", validators=[Optional()])
    statement = StringField(_("发现的问题"), validators=[Length(max=400)])
    severity = SelectField(_("程度"), default=Severity.MINOR.value, validators=[Optional()])
    demand = StringField(_("整改要求"), validators=[Optional(), Length(max=400)])
    due_on = DayField(_("整改时限"), validators=[Optional()])
    photo = MultipleFileField(_("照片"), validators=[Optional()], render_kw=PHOTOGRAPH)

    def validate_statement(self, _field: StringField) -> None:
        if self.is_written and not self.unit.data:
            raise ValidationError(gettext("请选择是哪个村的问题"))

    @property
    def is_written(self) -> bool:
        return bool((self.statement.data or "").strip() or self.problem_kind.data)


class EntryForm(FlaskForm):
    """A form above which a refusal is said."""

    def say_above(self, refusal: Refused) -> None:
        self.form_errors = say_all(refusal)


class InspectionForm(EntryForm):
    township = HiddenField()
    direction = RadioField(
        _("谁查谁"),
        choices=[SelectChoice(each.value, label) for each, label in DIRECTION_LABELS.items()],
        default=Direction.OUTBOUND.value,
        validators=[InputRequired(_("请选择谁查谁"))],
    )
    kind = SelectField(_("类别"), validators=[InputRequired(_("请选择类别"))])
    body = StringField(
        _("督查单位"), validators=[InputRequired(_("请填写督查单位")), Length(max=80)]
    )
    body_level = SelectField(_("督查单位的级别"), validators=[InputRequired(_("请选择级别"))])
    held_on = DayField(_("督查日期"), validators=[InputRequired(_("请填写督查日期"))])
    until_on = DayField(_("到哪天"), validators=[Optional()], description=_("一天查完的不填"))
    people = StringField(_("督查人员"), validators=[Optional(), Length(max=120)])
    units = SelectMultipleField(
        _("去了哪些村或办（中心）"),
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    document = StringField(_("文号或通知标题"), validators=[Optional(), Length(max=200)])
    result = TextAreaField(_("总体情况"), validators=[Optional(), Length(max=2000)])
    papers = MultipleFileField(
        _("通知、通报等文件"), validators=[Optional()], render_kw={"accept": PAPERS}
    )
    findings = FieldList(FormField(FindingLine), label=_("发现的问题"), min_entries=3)

    def offer(self, units: list[Unit]) -> None:
        """Fill the lists to choose from."""
        self.kind.choices = [
            SelectChoice(each.value, gettext(INSPECTION_KIND_LABELS[each])) for each in INSPECTED
        ]
        self.body_level.choices = labelled(BODY_LEVEL_LABELS)
        self.units.choices = [SelectChoice(unit.code, unit.name) for unit in units]
        for line in self.findings:
            line.form.unit.choices = _units(units)
            line.form.problem_kind.choices = kinds_to_choose()
            line.form.severity.choices = labelled(SEVERITY_LABELS)


class FindingForm(EntryForm):
    """One problem; what it was recorded from is carried in hidden fields."""

    obligation = HiddenField()
    notice = HiddenField()
    inspection = HiddenField()
    unit = SelectField(_("村或办（中心）"), validators=[InputRequired(_("请选择是哪个村的问题"))])
    source = SelectField(_("来源"), validators=[InputRequired(_("请选择来源"))])
    problem_kind = SelectField(_("问题类型"), default="", validators=[Optional()])
    statement = TextAreaField(
        _("发现的问题"),
        validators=[Length(max=400)],
        description=_("不写时用问题类型的名称"),
        render_kw={"rows": 2},
    )
    severity = RadioField(
        _("程度"), default=Severity.MINOR.value, validators=[InputRequired(_("请选择程度"))]
    )
    found_on = DayField(_("发现日期"), validators=[InputRequired(_("请填写发现日期"))])
    demand = TextAreaField(
        _("整改要求"),
        validators=[Optional(), Length(max=400)],
        description=_("不写时用这类问题通常的要求"),
        render_kw={"rows": 2},
    )
    due_on = DayField(
        _("整改时限"),
        validators=[Optional()],
        description=_("不填时按程度算：一般 10 个、较重 5 个、严重 3 个工作日"),
    )
    owner_name = StringField(
        _("责任人"),
        validators=[Optional(), Length(max=60)],
        description=_("不填时是该村的村务公开专干"),
    )
    basis = StringField(
        _("依据"),
        validators=[Optional(), Length(max=200)],
        description=_("违反了哪一条规定、哪个文件"),
    )
    channel = SelectField(_("在哪里看到"), default="", validators=[Optional()])
    evidence_link = StringField(
        _("问题的网页链接"),
        validators=[Optional(), Length(max=300)],
        render_kw={"inputmode": "url", "placeholder": "https://"},
    )
    photo = MultipleFileField(_("照片"), validators=[Optional()], render_kw=PHOTOGRAPH)

    def offer(self, units: list[Unit]) -> None:
        self.unit.choices = _units(units)
        self.source.choices = labelled(INSPECTION_KIND_LABELS)
        self.channel.choices = [
            SelectChoice("", gettext("不限")),
            *(SelectChoice(each.value, gettext(each.value)) for each in CHANNELS),
        ]
        self.problem_kind.choices = kinds_to_choose()
        self.severity.choices = labelled(SEVERITY_LABELS)

    def validate_statement(self, field: TextAreaField) -> None:
        if not (field.data or "").strip() and not self.problem_kind.data:
            raise ValidationError(gettext("请写清楚发现了什么问题，或者选一个问题类型"))


class ReportForm(EntryForm):
    township = HiddenField()
    title = StringField(
        _("报告标题"), validators=[InputRequired(_("请填写报告标题")), Length(max=200)]
    )
    recipient = StringField(
        _("报送对象"), validators=[InputRequired(_("请填写报送对象")), Length(max=80)]
    )
    submitted_on = DayField(_("报送日期"), validators=[InputRequired(_("请填写报送日期"))])


def labelled(
    labels: dict[InspectionKind, str] | dict[BodyLevel, str] | dict[Severity, str],
) -> list[Any]:
    return [SelectChoice(each.value, gettext(label)) for each, label in labels.items()]


def _units(units: list[Unit]) -> list[Any]:
    named = [SelectChoice(unit.code, unit.name) for unit in units]
    return [SelectChoice("", gettext("请选择")), *named]


def kinds_to_choose() -> list[Any]:
    """The kinds of problems under the names of their groups."""
    english = in_english()
    return [
        SelectChoice("", gettext("其他")),
        *(
            SelectChoice(
                kind.code,
                kind.label_en if english else kind.label,
                optgroup=kind.group_en if english else kind.group,
            )
            for kind in problem_kinds()
        ),
    ]
