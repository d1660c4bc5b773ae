"""Seeing notices: the list, one notice on paper, and the queue of those to be judged."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.queries import list_attachments
from taole.catalogue.queries import list_items_in_force
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import paginate, say, say_all
from taole.core.periods import parse_period
from taole.notices.actions import approve, send_back, submit, withdraw
from taole.notices.blueprint import blueprint
from taole.notices.forms import ReturnForm, TakeDownForm, WithdrawForm
from taole.notices.models import Notice
from taole.notices.posting import required_channels
from taole.notices.queries import (
    NoticeFilter,
    find_next_to_review,
    get_notice,
    is_author,
    list_writing_units,
    notices_to_review,
    notices_within,
)
from taole.notices.reviewing import review_plan
from taole.notices.rules import possible_steps
from taole.notices.workflow import NoticeState, Step
from taole.obligations.blueprint import layout
from taole.organisation.models import Unit


@blueprint.get("/notices")
@requires(Permission.SEE_NOTICES)
def index() -> Any:
    paths = my_reach(Permission.SEE_NOTICES)
    fault = ""
    try:
        narrowed = _filter()
    except Refused as refusal:
        narrowed, fault = NoticeFilter(), say(refusal.sentences[0])
    page = paginate(notices_within(paths, narrowed))
    units = list_writing_units(paths)
    answer = render_template(
        "notices/index.html",
        layout=layout(),
        page=page,
        units=units,
        sections=_sections(units),
        states=list(NoticeState),
        narrowed=narrowed,
        fault=fault,
        writes_for=_only_unit(),
    )
    return (answer, 422) if fault else answer


def _sections(units: list[Unit]) -> list[str]:
    """The sections of the catalogue that the first of these units' township follows."""
    township_id = next((unit.township_id for unit in units if unit.township_id), None)
    items = list_items_in_force(township_id, today()) if township_id else []
    return list(dict.fromkeys(item.section for item in items))


def _filter() -> NoticeFilter:
    state = request.args.get("state", "")
    period = request.args.get("period", "").strip()
    return NoticeFilter(
        unit_code=request.args.get("unit", ""),
        section=request.args.get("section", ""),
        state=NoticeState(state) if state in set(NoticeState) else None,
        period_key=parse_period(period).key if period else "",
        text=request.args.get("q", "").strip(),
    )


def _only_unit() -> Any:
    """The unit for which the person writes, if it is a village, a community or an office."""
    held = [role.unit for role in current_user.current if i_may(Permission.WRITE_NOTICE, role)]
    return held[0] if held else None


@blueprint.get("/notices/review")
@requires(Permission.REVIEW_NOTICE)
def to_review() -> Any:
    page = paginate(notices_to_review(my_reach(Permission.REVIEW_NOTICE)))
    return render_template("notices/to_review.html", page=page)


@blueprint.get("/notices/<uuid:notice_id>")
@requires(Permission.SEE_NOTICES, of=get_notice)
def show(notice: Notice) -> Any:
    return notice_page(notice)


def notice_page(
    notice: Notice,
    *,
    return_form: ReturnForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    take_down_form: TakeDownForm | None = None,
) -> Any:
    faulty = any(form is not None for form in (return_form, withdraw_form, take_down_form))
    steps = possible_steps(
        notice.state,
        lambda permission: i_may(permission, notice),
        is_author=is_author(notice, current_user.id),
        is_up=bool(notice.postings),
        is_urgent=review_plan(notice, today()).is_urgent,
    )
    answer = render_template(
        "notices/show.html",
        layout=layout(),
        notice=notice,
        steps=steps,
        Step=Step,
        is_mine=notice.author_id == current_user.id,
        may_post=i_may(Permission.POST_NOTICE, notice),
        files=list_attachments(notice.id),
        required=required_channels(notice, notice.first_posted_on or today()),
        return_form=return_form or ReturnForm(formdata=None),
        withdraw_form=withdraw_form or WithdrawForm(formdata=None),
        take_down_form=take_down_form or TakeDownForm(formdata=None, on=today()),
        faulty=faulty,
    )
    return (answer, 422) if faulty else answer


@blueprint.post("/notices/<uuid:notice_id>/submit")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def hand_in(notice: Notice) -> Any:
    submit(notice, by=me())
    flash(_("已提交，等审核"), "ok")
    return redirect(url_for("notices.show", notice_id=notice.id))


@blueprint.post("/notices/<uuid:notice_id>/approve")
@requires(Permission.REVIEW_NOTICE, of=get_notice)
def let_pass(notice: Notice) -> Any:
    approve(notice, by=me())
    flash(_("已通过：%(title)s", title=notice.title), "ok")
    return _next_in_queue(notice)


@blueprint.post("/notices/<uuid:notice_id>/return")
@requires(Permission.REVIEW_NOTICE, of=get_notice)
def give_back(notice: Notice) -> Any:
    form = ReturnForm()
    try:
        if not form.validate_on_submit():
            return notice_page(notice, return_form=form)
        send_back(notice, reason=form.words(), by=me())
    except Refused as refusal:
        form.reason.errors = say_all(refusal)
        return notice_page(notice, return_form=form)
    flash(_("已退回：%(title)s", title=notice.title), "ok")
    return _next_in_queue(notice)


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


def _next_in_queue(notice: Notice) -> Any:
    following = find_next_to_review(my_reach(Permission.REVIEW_NOTICE), notice)
    if following is None:
        return redirect(url_for("notices.to_review"))
    return redirect(url_for("notices.show", notice_id=following.id))
