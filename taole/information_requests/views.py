"""Pages: the requests, a new one, its answer, and putting its receipt right."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.pages import day_full, paginate, say_all
from taole.information_requests.actions import correct_receipt, decide, receive
from taole.information_requests.forms import DecisionForm, ReceiptForm
from taole.information_requests.models import InformationRequest
from taole.information_requests.queries import (
    count_received,
    get_request,
    list_open,
    select_answered,
)
from taole.information_requests.rules import (
    APPLICANT_LABELS,
    DECISION_LABELS,
    REQUEST_CHANNEL_LABELS,
    ApplicantKind,
    Decision,
    RequestChannel,
)
from taole.organisation.asking import asked_township, asked_year, years_to_choose
from taole.organisation.queries import list_townships

blueprint = Blueprint("information_requests", __name__)

NEAR_END_DAYS = 3
"""From how many days before its deadline a request stands in red."""


@blueprint.context_processor
def _labels() -> dict[str, Any]:
    return {
        "applicant_labels": APPLICANT_LABELS,
        "decision_labels": DECISION_LABELS,
        "request_channel_labels": REQUEST_CHANNEL_LABELS,
    }


@blueprint.get("/requests")
@requires(Permission.SEE_REGISTERS)
def index() -> Any:
    township, year = asked_township(Permission.SEE_REGISTERS), asked_year(today().year)
    waiting = list_open(township.id)
    urgent = [each for each in waiting if (each.due_on - today()).days <= NEAR_END_DAYS]
    return render_template(
        "information_requests/index.html",
        township=township,
        townships=list_townships(my_reach(Permission.SEE_REGISTERS)),
        year=year,
        years=years_to_choose(year),
        waiting=waiting,
        urgent=urgent,
        received=count_received(township.id, year),
        page=paginate(select_answered(township.id, year)),
        may_keep=i_may(Permission.KEEP_REGISTERS, township),
    )


@blueprint.route("/requests/new", methods=["GET", "POST"])
@requires(Permission.KEEP_REGISTERS)
def new() -> Any:
    township = asked_township(Permission.KEEP_REGISTERS)
    form = ReceiptForm()
    if form.validate_on_submit():
        try:
            taken = receive(township, **_receipt(form), by=current_user)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已登记，最迟在%(day)s答复", day=day_full(taken.due_on)), "ok")
            return redirect(url_for("information_requests.index", unit=township.code))
    return render_template("information_requests/new.html", form=form, township=township), _status(
        form
    )


@blueprint.route("/requests/<uuid:request_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_REGISTERS, of=get_request)
def answer(asked: InformationRequest) -> Any:
    form = DecisionForm(obj=asked)
    if form.validate_on_submit():
        try:
            decide(asked, **_decision(form), by=current_user)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("答复已记下"), "ok")
            return redirect(_list_of(asked))
    return render_template("information_requests/answer.html", form=form, asked=asked), _status(
        form
    )


@blueprint.route("/requests/<uuid:request_id>/receipt", methods=["GET", "POST"])
@requires(Permission.KEEP_REGISTERS, of=get_request)
def receipt(asked: InformationRequest) -> Any:
    form = ReceiptForm(obj=asked)
    if form.validate_on_submit():
        try:
            correct_receipt(asked, **_receipt(form), by=current_user)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已更正，原来的内容留在痕迹里"), "ok")
            return redirect(_list_of(asked))
    return render_template("information_requests/receipt.html", form=form, asked=asked), _status(
        form
    )


def _receipt(form: ReceiptForm) -> dict[str, Any]:
    return {
        "received_on": form.received_on.data,
        "channel": RequestChannel(form.channel.data),
        "applicant_kind": ApplicantKind(form.applicant_kind.data),
        "subject": form.subject.data or "",
    }


def _decision(form: DecisionForm) -> dict[str, Any]:
    return {"decision": Decision(form.decision.data), "decided_on": form.decided_on.data}


def _list_of(asked: InformationRequest) -> str:
    year = asked.decided_on.year if asked.decided_on else today().year
    return url_for("information_requests.index", unit=asked.township.code, year=year)


def _status(form: FlaskForm) -> int:
    return 422 if form.is_submitted() else 200
