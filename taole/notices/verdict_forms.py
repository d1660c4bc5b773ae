"""What is filled in about a notice as a whole: a verdict, its withdrawal, its correction."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.words import N_
from taole.notices.forms import Ticks, choices
from taole.notices.marking import Place
from taole.notices.reviewing import Mark
from taole.notices.rules import MAX_REASON
from taole.notices.workflow import ReviewStep

RETURN_MARKS = (
    N_("合计与明细不符"),
    N_("缺栏目"),
    N_("个人信息没遮盖"),
    N_("没用统一模板"),
    N_("公示期不足"),
    N_("内容有误"),
)
"""The usual reasons for returning a notice."""


class VerdictForm(FlaskForm):
    """``step`` and ``version``: the review and the notice that the page showed."""

    step = HiddenField()
    version = HiddenField()

    @property
    def review(self) -> ReviewStep:
        """Refused when the form does not come from the notice's page."""
        if self.step.data not in set(ReviewStep):
            raise Refused(N_("没有收到审哪一步：请打开这件公示，在它的页面上审。"))
        return ReviewStep(self.step.data)

    @property
    def seen(self) -> int:
        data = self.version.data or ""
        return int(data) if data.isdecimal() and len(data) < 10 else 0


class ApproveForm(VerdictForm):
    comment = StringField(_("审核意见"), validators=[Optional(), Length(max=MAX_REASON)])


class ReturnForm(VerdictForm):
    """Why a notice goes back: what is usual, where it is, and a word to the writer."""

    marks = Ticks(
        _("哪里不对（可多选）"), choices=choices((mark, _(mark)) for mark in RETURN_MARKS)
    )
    places = Ticks(_("要改的地方（可多选）"), choices=[], validate_choice=False)
    reason = TextAreaField(_("给专干的话"), validators=[Optional(), Length(max=MAX_REASON)])

    def offer(self, places: Sequence[tuple[Place, str]]) -> None:
        """The places of this notice, each with its words in the reader's language."""
        self.places.choices = choices((place.key, words) for place, words in places)

    @property
    def words(self) -> str:
        said = (self.reason.data or "").strip()
        return "；".join([*(self.marks.data or ()), *([said] if said else ())])

    def marked(self, known: Sequence[Place]) -> list[Mark]:
        """A mark at each place that was ticked, with the words; what the notice has not is left."""
        wanted = set(self.places.data or ())
        return [Mark(place.key, self.words) for place in known if place.key in wanted]


class WithdrawForm(FlaskForm):
    reason = TextAreaField(
        _("为什么撤回"),
        validators=[InputRequired(_("请写撤回的原因")), Length(max=MAX_REASON)],
    )


class CorrectForm(FlaskForm):
    """``token`` is the correction's id, made with the page: the same page sent twice begins one."""

    token = HiddenField(default=lambda: str(new_id()))
    reason = TextAreaField(
        _("为什么要更正"),
        validators=[InputRequired(_("请写更正的原因")), Length(max=MAX_REASON)],
    )

    @property
    def correction_id(self) -> UUID:
        """The token as an id; NotFound when somebody made one up."""
        try:
            return UUID(self.token.data or "")
        except ValueError as error:
            raise NotFound(self.token.data) from error
