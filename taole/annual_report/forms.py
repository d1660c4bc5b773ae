"""What is filled in for a report: problems and measures in pairs."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, TextAreaField
from wtforms.validators import Length, ValidationError

from taole.annual_report.actions import LONGEST_PASSAGE, MOST_PASSAGES

_LENGTH = Length(max=LONGEST_PASSAGE, message=_("最多%(max)d个字，请写短些", max=LONGEST_PASSAGE))
SPARE_PAIRS = 2
LEAST_PAIRS = 3


class PairForm(Form):
    problem = TextAreaField(_("存在的问题"), validators=[_LENGTH], render_kw={"rows": 3})
    measure = TextAreaField(_("改进情况"), validators=[_LENGTH], render_kw={"rows": 3})


class PassagesForm(FlaskForm):
    pairs = FieldList(FormField(PairForm), max_entries=MOST_PASSAGES + SPARE_PAIRS)

    def validate_pairs(self, field: FieldList[Any]) -> None:
        """A form that came without its fields would clear part five."""
        if not field.entries:
            raise ValidationError(gettext("页面放得太久了，请返回刷新后再提交"))

    def show(self, pairs: list[tuple[str, str]]) -> None:
        """Fill the form, with a few empty places at the end."""
        places = max(LEAST_PAIRS, len(pairs) + SPARE_PAIRS)
        for problem, measure in pairs + [("", "")] * (places - len(pairs)):
            self.pairs.append_entry({"problem": problem, "measure": measure})

    @property
    def written(self) -> list[tuple[str, str]]:
        return [(pair["problem"] or "", pair["measure"] or "") for pair in self.pairs.data or []]
