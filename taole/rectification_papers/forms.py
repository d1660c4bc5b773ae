"""What is filled in about papers on rectification: which one, and when it was sent."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (  # type: ignore[attr-defined]
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from taole.core.errors import NotFound
from taole.core.forms import DayField
from taole.inspections.forms import EntryForm
from taole.inspections.workflow import INSPECTION_KIND_LABELS, InspectionKind
from taole.organisation.models import Unit
from taole.rectification_papers.composing import PaperOrder
from taole.rectification_papers.workflow import PAPER_KIND_LABELS, PaperKind


class PaperForm(EntryForm):
    """``token`` is the paper's id, made with the page: the same page sent twice issues once."""

    token = HiddenField()
    township = HiddenField()
    kind = SelectField(_("哪种文书"), validators=[InputRequired(_("请选择哪种文书"))])
    unit = SelectField(_("哪个单位的问题"), validators=[InputRequired(_("请选择单位"))])
    found_from = DayField(_("从哪天发现的问题起"), validators=[Optional()])
    found_until = DayField(_("到哪天发现的问题止"), validators=[Optional()])
    sources = SelectMultipleField(
        _("哪些来源"),
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_("一个也不选就是全部来源"),
    )
    recipient = StringField(
        _("发给或报给谁"),
        validators=[Optional(), Length(max=80)],
        description=_("整改通知书不填时发给所选的村；整改报告要填"),
    )
    next_steps = TextAreaField(
        _("整改报告的“下一步工作”"),
        validators=[Optional(), Length(max=1000)],
        description=_("不填时按尚未完成的问题写"),
        render_kw={"rows": 3},
    )

    def offer(self, units: list[Unit]) -> None:
        self.kind.choices = [
            SelectChoice(each.value, gettext(label)) for each, label in PAPER_KIND_LABELS.items()
        ]
        self.unit.choices = [SelectChoice(unit.code, unit.name) for unit in units]
        self.sources.choices = [
            SelectChoice(each.value, gettext(label))
            for each, label in INSPECTION_KIND_LABELS.items()
        ]

    @property
    def paper_id(self) -> UUID:
        """The token as an id; NotFound when somebody made one up."""
        try:
            return UUID(self.token.data or "")
        except ValueError as error:
            raise NotFound(self.token.data) from error

    def order(self, units: list[Unit], *, on: date, site: str) -> PaperOrder:
        """What a valid form asks for."""
        return PaperOrder(
            kind=PaperKind(self.kind.data),
            unit=next(unit for unit in units if unit.code == self.unit.data),
            on=on,
            found_from=self.found_from.data,
            found_until=self.found_until.data,
            sources=tuple(InspectionKind(each) for each in self.sources.data or ()),
            recipient=self.recipient.data or "",
            next_steps=self.next_steps.data or "",
            site=site,
        )

    @property
    def sent(self) -> list[tuple[str, Any]]:
        """The answers as they are sent on with the preview, by name."""
        plain = [
            (name, self[name].data or "")
            for name in ("token", "township", "kind", "unit", "recipient", "next_steps")
        ]
        days = [
            (name, self[name].data.isoformat())
            for name in ("found_from", "found_until")
            if self[name].data
        ]
        return [*plain, *days, *(("sources", each) for each in self.sources.data or ())]


class SubmitPaperForm(EntryForm):
    recipient = StringField(
        _("报送对象"), validators=[InputRequired(_("请填写报送对象")), Length(max=80)]
    )
    submitted_on = DayField(_("报送日期"), validators=[InputRequired(_("请填写报送日期"))])
