"""Handing in, the verdicts of the three reviews, taking back; who comes second is told so."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, me, my_grants, requires
from taole.access.permissions import Permission
from taole.attachments.queries import list_attachments
from taole.core.errors import Refused
from taole.core.pages import say, say_all
from taole.notices.actions import approve, recall, send_back, submit, withdraw
from taole.notices.blueprint import blueprint
from taole.notices.holding import Overtaken
from taole.notices.models import Notice
from taole.notices.notice_views import known_places, notice_page
from taole.notices.queries import find_next_to_review, get_notice
from taole.notices.rules import content_fault
from taole.notices.verdict_forms import ApproveForm, ReturnForm, VerdictForm, WithdrawForm
from taole.notices.workflow import IN_REVIEW, REVIEW_PERMISSIONS


@blueprint.post("/notices/<uuid:notice_id>/submit")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def hand_in(notice: Notice) -> Any:
    """Pressed twice, it is handed in once and answered alike."""
    fault = content_fault(notice.body, notice.rows, has_files=bool(list_attachments(notice.id)))
    if fault is not None:
        return notice_page(notice, told=[say(fault)], status=422)
    try:
        submit(notice, by=me())
    except Refused as refusal:
        if notice.state not in IN_REVIEW:
            return notice_page(notice, told=say_all(refusal), status=409)
    return redirect(url_for("notices.sent", notice_id=notice.id))


@blueprint.post("/notices/<uuid:notice_id>/recall")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def call_back(notice: Notice) -> Any:
    try:
        recall(notice, by=me())
    except Refused as refusal:
        return notice_page(notice, told=say_all(refusal), status=409)
    flash(_("已撤回修改，改好以后再提交"), "ok")
    return redirect(url_for("notices.show", notice_id=notice.id))


@blueprint.post("/notices/<uuid:notice_id>/approve")
@requires(Permission.REVIEW_NOTICE, of=get_notice)
def let_pass(notice: Notice) -> Any:
    form = ApproveForm()
    try:
        _refuse_stranger(notice, form)
        if not form.validate_on_submit():
            return notice_page(notice, approve_form=form)
        approve(
            notice, by=me(), step=form.review, version=form.seen, comment=form.comment.data or ""
        )
    except Refused as refusal:
        return notice_page(notice, told=say_all(refusal), status=409)
    flash(_("已通过：%(title)s", title=notice.title), "ok")
    return next_in_queue(notice)


@blueprint.post("/notices/<uuid:notice_id>/return")
@requires(Permission.REVIEW_NOTICE, of=get_notice)
def give_back(notice: Notice) -> Any:
    form = ReturnForm()
    try:
        _refuse_stranger(notice, form)
        if not form.validate_on_submit():
            return notice_page(notice, return_form=form)
        send_back(
            notice,
            reason=form.words,
            by=me(),
            step=form.review,
            version=form.seen,
            marks=form.marked(known_places(notice)),
        )
    except Overtaken as overtaken:
        return notice_page(notice, told=say_all(overtaken), return_form=form, status=409)
    except Refused as refusal:
        form.reason.errors = say_all(refusal)
        return notice_page(notice, return_form=form)
    flash(_("已退回：%(title)s", title=notice.title), "ok")
    return next_in_queue(notice)


def _refuse_stranger(notice: Notice, form: VerdictForm) -> None:
    """Who may review may not give every review: a village's supervisor gives the first only."""
    if not i_may(REVIEW_PERMISSIONS[form.review], notice):
        abort(403)


def next_in_queue(notice: Notice) -> Any:
    following = find_next_to_review(my_grants(), current_user.id, notice)
    if following is None:
        return redirect(url_for("notices.to_review"))
    return redirect(url_for("notices.show", notice_id=following.id))


@blueprint.post("/notices/<uuid:notice_id>/withdraw")
@requires(Permission.WITHDRAW_NOTICE, of=get_notice)
def take_back(notice: Notice) -> Any:
    form = WithdrawForm()
    try:
        if not form.validate_on_submit():
            return notice_page(notice, withdraw_form=form)
        withdraw(notice, reason=form.reason.data or "", by=me())
    except Refused as refusal:
        form.reason.errors = say_all(refusal)
        return notice_page(notice, withdraw_form=form)
    flash(_("已撤回：%(title)s", title=notice.title), "ok")
    return redirect(url_for("notices.show", notice_id=notice.id))
