"""Seeing notices: the list, one notice with all that can be done, and the queue to be judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask_login import current_user

from taole.access.guard import i_may, my_grants, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.queries import count_look_alikes, list_attachments
from taole.catalogue.queries import list_items_in_force
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import paginate, say
from taole.core.periods import parse_period
from taole.notices.blueprint import blueprint
from taole.notices.checks import checks_of, marks_of
from taole.notices.forms import TakeDownForm
from taole.notices.laying_out import lay_out
from taole.notices.marking import Place, find_place, head_names, places_of
from taole.notices.models import Notice, NoticeKind, NoticeReview
from taole.notices.posting import required_channels
from taole.notices.queries import (
    NoticeFilter,
    find_correction,
    find_place_in_queue,
    get_notice,
    is_author,
    list_writing_units,
    notices_within,
    waiting_for,
)
from taole.notices.review_plans import review_plan
from taole.notices.review_queries import list_verdicts
from taole.notices.rules import possible_steps
from taole.notices.verdict_forms import ApproveForm, ReturnForm, WithdrawForm
from taole.notices.workflow import (
    EDITABLE,
    PREVIEWED,
    PRINTABLE,
    STEP_OF_STATE,
    NoticeState,
    Step,
)
from taole.obligations.blueprint import layout
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit_at


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
    page = paginate(waiting_for(my_grants(), current_user.id))
    setting = my_reach(Permission.SET_REVIEWS)
    return render_template(
        "notices/to_review.html",
        page=page,
        marks=marks_of(page.rows),
        township=get_unit_at(setting[0]) if setting else None,
        look_alikes=count_look_alikes(my_reach(Permission.REVIEW_SECOND)),
        layout=layout(),
    )


@blueprint.get("/notices/<uuid:notice_id>")
@requires(Permission.SEE_NOTICES, of=get_notice)
def show(notice: Notice) -> Any:
    return notice_page(notice)


def notice_page(
    notice: Notice,
    *,
    told: Sequence[str] = (),
    status: int = 422,
    approve_form: ApproveForm | None = None,
    return_form: ReturnForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    take_down_form: TakeDownForm | None = None,
) -> Any:
    """A notice with what its reader can do now.

    ``told``: what went wrong, above it, answered with ``status``; a form is one that was refused,
    with what was typed in it.
    """
    refused = [form for form in (approve_form, return_form, withdraw_form, take_down_form) if form]
    is_mine = is_author(notice, current_user.id)
    plan = review_plan(notice, today())
    steps = possible_steps(
        notice.state,
        lambda permission: i_may(permission, notice),
        is_author=is_mine,
        is_up=bool(notice.postings),
        is_urgent=plan.is_urgent,
    )
    reviews = list_verdicts(notice)
    if any(each.round == notice.review_round for each in reviews):
        steps -= {Step.RECALL}
    answer = render_template(
        "notices/show.html",
        layout=layout(),
        notice=notice,
        sheet=lay_out(notice),
        is_printed=notice.kind is NoticeKind.NOTICE and notice.state in PRINTABLE | PREVIEWED,
        steps=steps,
        Step=Step,
        told=told,
        is_mine=is_mine,
        reviews=reviews,
        planned=plan.steps if notice.state in EDITABLE else notice.review_steps,
        waiting=STEP_OF_STATE.get(notice.state),
        marks=_marks_of(notice, reviews) if notice.state is NoticeState.RETURNED else [],
        correction=find_correction(notice),
        may_post=i_may(Permission.POST_NOTICE, notice),
        checks=checks_of(notice, today()) if Step.APPROVE in steps else [],
        queue=find_place_in_queue(my_grants(), current_user.id, notice)
        if Step.APPROVE in steps
        else None,
        files=list_attachments(notice.id),
        required=required_channels(notice, notice.first_posted_on or today()),
        refused=refused,
        **verdict_forms(notice, approve_form=approve_form, return_form=return_form),
        withdraw_form=withdraw_form or WithdrawForm(formdata=None),
        take_down_form=take_down_form or TakeDownForm(formdata=None, on=today()),
    )
    return (answer, status) if told or refused else answer


def verdict_forms(
    notice: Notice,
    *,
    approve_form: ApproveForm | None = None,
    return_form: ReturnForm | None = None,
) -> dict[str, Any]:
    """The two forms of a verdict for the review that waits, as ``approve_form``, ``return_form``.

    Those given are kept with what was typed, and renewed to what the notice is now.
    """
    waiting = STEP_OF_STATE.get(notice.state)
    approving = approve_form or ApproveForm(formdata=None)
    returning = return_form or ReturnForm(formdata=None)
    returning.offer([(place, say(place.words)) for place in known_places(notice)])
    for form in (approving, returning):
        form.step.data, form.version.data = waiting or "", str(notice.version)
    return {"approve_form": approving, "return_form": returning}


def known_places(notice: Notice) -> list[Place]:
    """What a reviewer can point at in this notice."""
    return places_of(head_names(notice.template), notice.columns)


def _marks_of(notice: Notice, reviews: Sequence[NoticeReview]) -> list[tuple[Place, str]]:
    """What the last review marked, each with the place to mend it."""
    head = head_names(notice.template)
    return [
        (find_place(mark["where"], head, notice.columns), mark["what"])
        for mark in (reviews[-1].marks if reviews else ())
    ]
