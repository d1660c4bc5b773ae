"""What the clerk does with a collection: remind, extend, enter on behalf, close, schedule."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.core.calendar_store import work_calendar
from taole.core.clock import SHANGHAI, local, now, today
from taole.core.errors import Refused
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, list_units_of_township
from taole.organisation.rules import GRASSROOTS, UnitKind
from taole.rounds.actions import (
    answer_nothing,
    close,
    enter_paper,
    extend,
    keep_round_setting,
    open_by_hand,
    remind,
    remind_missing,
)
from taole.rounds.blueprint import blueprint
from taole.rounds.coming_rules import list_coming
from taole.rounds.forms import NOTHING, CloseForm, ExtendForm, OnBehalfForm, RoundForm, SettingForm
from taole.rounds.models import CollectionRound, RoundAsk
from taole.rounds.queries import get_ask, get_round_numbered
from taole.rounds.round_views import page_of, url_of
from taole.rounds.settings import round_setting
from taole.rounds.sheet_queries import sheet_of


@blueprint.post("/asks/<uuid:ask_id>/remind")
@requires(Permission.REMIND, of=get_ask)
def remind_unit(ask: RoundAsk) -> Any:
    form = RoundForm()
    try:
        made = remind(ask, by=me(), at=now())
    except Refused as refusal:
        form.say_above(refusal)
        return page_of(ask.round, form), 422
    flash(_("已提醒%(unit)s（第 %(place)s 次）", unit=ask.unit.name, place=made.place), "ok")
    return redirect(url_of(ask.round))


@blueprint.post("/rounds/<code>/<int:year>/<int:number>/remind")
@requires(Permission.REMIND, of=get_round_numbered)
def remind_all(round_: CollectionRound) -> Any:
    count = remind_missing(round_, by=me(), at=now()) if round_.closed_at is None else 0
    if not count:
        flash(_("没有要提醒的：没回的都提醒过 2 次了，请打电话"), "warning")
    else:
        flash(_("已提醒 %(count)s 家", count=count), "ok")
    return redirect(url_of(round_))


@blueprint.route("/asks/<uuid:ask_id>/extend", methods=["GET", "POST"])
@requires(Permission.RUN_ROUND, of=get_ask)
def extend_unit(ask: RoundAsk) -> Any:
    form = ExtendForm()
    if form.validate_on_submit() and form.due_on.data is not None:
        due_time = local(ask.due_at).time()
        due_at = datetime.combine(form.due_on.data, due_time, SHANGHAI).astimezone(UTC)
        try:
            extend(ask, due_at=due_at, reason=form.reason.data or "", by=me())
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已延长%(unit)s的期限", unit=ask.unit.name), "ok")
            return redirect(url_of(ask.round))
    status = 422 if form.is_submitted() else 200
    return render_template("rounds/extend.html", ask=ask, form=form), status


@blueprint.route("/asks/<uuid:ask_id>/on-behalf", methods=["GET", "POST"])
@requires(Permission.RUN_ROUND, of=get_ask)
def on_behalf(ask: RoundAsk) -> Any:
    """代录: the unit answered on the telephone or on paper."""
    form = OnBehalfForm()
    if form.validate_on_submit():
        try:
            _enter(ask, form)
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已代%(unit)s回复", unit=ask.unit.name), "ok")
            return redirect(url_of(ask.round))
    status = 422 if form.is_submitted() else 200
    return render_template("rounds/on_behalf.html", ask=ask, form=form), status


def _enter(ask: RoundAsk, form: OnBehalfForm) -> None:
    reason = (form.reason.data or "").strip()
    if form.how.data == NOTHING:
        answer_nothing(ask, reason=reason, by=me(), at=now(), on_behalf=True)
        return
    upload = form.upload
    paper = keep_file(ask.unit, upload, upload.filename, by=me(), owner_id=ask.id)
    ask.reason = reason
    enter_paper(ask, paper, by=me(), at=now())


@blueprint.route("/rounds/<code>/<int:year>/<int:number>/close", methods=["GET", "POST"])
@requires(Permission.RUN_ROUND, of=get_round_numbered)
def close_round(round_: CollectionRound) -> Any:
    """Close a round, after seeing who has not answered."""
    form = CloseForm()
    if form.validate_on_submit():
        try:
            close(round_, by=me(), at=now(), note=form.note.data or "")
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("第 %(number)s 期已关闭", number=round_.number), "ok")
            return redirect(url_of(round_))
    status = 422 if form.is_submitted() else 200
    sheet = sheet_of(round_, today())
    return render_template("rounds/close.html", round=round_, sheet=sheet, form=form), status


@blueprint.post("/rounds/<code>/open")
@requires(Permission.RUN_ROUND, of=get_township)
def open_now(township: Unit) -> Any:
    """Open the coming round at once."""
    try:
        opened = open_by_hand(township, at=now(), by=me())
    except Refused as refusal:
        form = _setting_form(township)
        form.say_above(refusal)
        return _settings_page(township, form), 422
    if opened.is_empty:
        flash(_("第 %(number)s 期没有要问的，没有发出", number=opened.number), "warning")
    else:
        flash(_("第 %(number)s 期已发出", number=opened.number), "ok")
    return redirect(url_of(opened))


@blueprint.route("/rounds/<code>/settings", methods=["GET", "POST"])
@requires(Permission.RUN_ROUND, of=get_township)
def settings(township: Unit) -> Any:
    """The schedule; below it the next five dates as the holidays make them."""
    form = _setting_form(township)
    if form.validate_on_submit():
        try:
            setting = form.setting(round_setting(township.id), today())
            keep_round_setting(township, setting, by=me())
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("征集的时间和范围已保存"), "ok")
            return redirect(url_for("rounds.settings", code=township.code))
    status = 422 if form.is_submitted() else 200
    return _settings_page(township, form), status


def _setting_form(township: Unit) -> SettingForm:
    asked = [
        (str(unit.id), unit.name)
        for unit in list_units_of_township(township.id)
        if unit.is_open_on(today()) and (unit.kind in GRASSROOTS or unit.kind is UnitKind.OFFICE)
    ]
    return SettingForm.filled(round_setting(township.id), asked)


def _settings_page(township: Unit, form: SettingForm) -> str:
    setting = round_setting(township.id)
    return render_template(
        "rounds/settings.html",
        township=township,
        form=form,
        setting=setting,
        coming=list_coming(setting, today(), work_calendar()),
    )
