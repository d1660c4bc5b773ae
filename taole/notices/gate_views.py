"""Deciding about personal data in a notice, looking at an original, and how values are masked."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from taole.access.guard import i_may, me, requires
from taole.access.permissions import Permission
from taole.core.pages import say
from taole.notices.blueprint import blueprint
from taole.notices.gate_decisions import look_at_original, set_masking, settle, settle_all
from taole.notices.gate_seals import get_seal, list_masked, list_open, name_seal
from taole.notices.models import Notice, SealedText
from taole.notices.queries import get_notice
from taole.notices.review_setting_views import get_township
from taole.notices.workflow import EDITABLE
from taole.obligations.blueprint import layout
from taole.organisation.models import Unit
from taole.privacy.findings import KIND_LABELS, USUAL_PATTERNS, Kind, MaskPatterns
from taole.privacy.masking import masked_value
from taole.privacy.patterns import mask_patterns

MOST_SHOWN = 20
"""How many findings a page shows one by one."""

EXAMPLES = {
    Kind.IDENTITY: "6" * 18,
    Kind.BANK_CARD: "6" * 19,
    Kind.MOBILE: "1" * 11,
    Kind.LANDLINE: "0" * 11,
    Kind.SOCIAL_CARD: "A" * 9,
    Kind.PLATE: "A" * 7,
    Kind.NAME: "某" * 3,
}


class MaskingForm(FlaskForm):
    """For each kind of value how many signs stay in front and at the end."""

    @classmethod
    def showing(cls, patterns: MaskPatterns) -> MaskingForm:
        kept: dict[str, int] = {}
        for kind, (front, back) in patterns.keep.items():
            kept |= {f"front_{kind.name}": front, f"back_{kind.name}": back}
        return cls(formdata=None, data=kept)

    def sides(self, kind: Kind) -> tuple[Any, Any]:
        return self[f"front_{kind.name}"], self[f"back_{kind.name}"]

    def keep(self) -> dict[Kind, tuple[int, int]]:
        return {
            kind: (self.sides(kind)[0].data or 0, self.sides(kind)[1].data or 0)
            for kind in USUAL_PATTERNS.keep
        }


for _kind, _most in USUAL_PATTERNS.keep.items():
    for _side, _limit in zip(("front", "back"), _most, strict=True):
        setattr(
            MaskingForm,
            f"{_side}_{_kind.name}",
            IntegerField("", validators=[InputRequired(), NumberRange(0, _limit)]),
        )


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {
        "open_seals": list_open,
        "masked_seals": list_masked,
        "name_seal": name_seal,
        "most_seals": MOST_SHOWN,
        "may_decide": lambda notice: i_may(Permission.WRITE_NOTICE, notice),
        "may_restore": lambda notice: notice.state in EDITABLE,
        "may_see_original": lambda notice: i_may(Permission.SEE_ORIGINAL, notice),
        "data_kinds": {kind.value: words for kind, words in KIND_LABELS.items()},
    }


@blueprint.post("/notices/<uuid:notice_id>/personal-data")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def mask_personal_data(notice: Notice) -> Any:
    """Mask all that was found at once."""
    count = settle_all(notice, by=me())
    flash(_("已遮盖 %(count)s 处", count=count) if count else _("没有要遮盖的了"), "ok")
    return _back_to(notice)


@blueprint.post("/sealed/<uuid:seal_id>/mask")
@requires(Permission.WRITE_NOTICE, of=get_seal)
def mask_seal(sealed: SealedText) -> Any:
    settle(sealed, is_none=False, by=me())
    flash(_("已遮盖"), "ok")
    return _back_to(sealed.notice)


@blueprint.post("/sealed/<uuid:seal_id>/dismiss")
@requires(Permission.WRITE_NOTICE, of=get_seal)
def dismiss_seal(sealed: SealedText) -> Any:
    settle(sealed, is_none=True, by=me())
    kind = say(KIND_LABELS[Kind(sealed.kind)])
    flash(_("已记下：不是%(kind)s，原文恢复了", kind=kind), "ok")
    return _back_to(sealed.notice)


@blueprint.post("/sealed/<uuid:seal_id>/original")
@requires(Permission.SEE_ORIGINAL, of=get_seal)
def see_original(sealed: SealedText) -> Any:
    """The original, once: a page that is kept nowhere and whose opening stands in the trail."""
    return render_template(
        "notices/personal_data_original.html",
        layout=layout(),
        sealed=sealed,
        notice=sealed.notice,
        original=look_at_original(sealed, by=me()),
        back=_address(sealed.notice),
    )


@blueprint.route("/townships/<code>/masking", methods=["GET", "POST"])
@requires(Permission.SET_REVIEWS, of=get_township)
def masking(township: Unit) -> Any:
    """How a township wants values masked: more than usual, never less."""
    patterns = mask_patterns(township.id)
    form = MaskingForm() if request.method == "POST" else MaskingForm.showing(patterns)
    if request.method == "POST" and form.validate():
        set_masking(township, form.keep(), by=me())
        flash(_("已存好：以后找到的按这个样子遮盖"), "ok")
        return redirect(url_for("notices.masking", code=township.code))
    page = render_template(
        "notices/personal_data_patterns.html",
        township=township,
        form=form,
        kinds=[
            (kind, words, USUAL_PATTERNS.keep[kind], masked_value(kind, EXAMPLES[kind], patterns))
            for kind, words in KIND_LABELS.items()
            if kind in USUAL_PATTERNS.keep
        ],
    )
    return (page, 422) if request.method == "POST" else page


def _back_to(notice: Notice) -> Any:
    return redirect(_address(notice))


def _address(notice: Notice) -> str:
    """The page on which the button was: the form, or the notice."""
    is_edited = request.form.get("back") == "edit" and notice.state in EDITABLE
    return url_for("notices.edit" if is_edited else "notices.show", notice_id=notice.id)
