"""The card of one cell with what can be done there; the signed 无此事项; recording an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.catalogue.labels import item_title
from taole.catalogue.queries import find_item, list_items_in_force
from taole.core.clock import local, now, today
from taole.core.errors import NotFound, Refused
from taole.core.pages import day_full, say, say_all
from taole.core.periods import label, period_of
from taole.notifications.actions import remind_now
from taole.notifications.copying import chat_text
from taole.notifications.lines import Audience
from taole.notifications.queries import list_people, list_reminders
from taole.notifications.short_links import short_link
from taole.obligations.actions import declare_nothing, excuse, record_event, unanswer
from taole.obligations.answering import checked_reason
from taole.obligations.blueprint import blueprint, chosen_day
from taole.obligations.drafts import find_draft
from taole.obligations.explaining import explain
from taole.obligations.forms import EventForm, NothingForm, ReasonForm, choice
from taole.obligations.models import Obligation
from taole.obligations.queries import (
    find_name,
    get_obligation,
    list_confirmations,
    list_items_with_events,
    list_periods_to_confirm,
    list_recent,
)
from taole.obligations.rules import is_late_entry, standing
from taole.obligations.slot_rules import is_event_driven
from taole.obligations.telling import line_of
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit, get_unit_by_id
from taole.organisation.rules import GRASSROOTS


@blueprint.get("/obligations/<uuid:obligation_id>")
@requires(Permission.SEE_COMPLETENESS, of=get_obligation)
def card(obligation: Obligation) -> Any:
    return _card(obligation, ReasonForm())


@blueprint.post("/obligations/<uuid:obligation_id>/nothing")
@requires(Permission.DECLARE_NOTHING, of=get_obligation)
def declare(obligation: Obligation) -> Any:
    return _act(
        obligation,
        lambda reason: declare_nothing([obligation], on=today(), reason=reason, by=me()),
        _("已签报无此事项"),
    )


@blueprint.post("/obligations/<uuid:obligation_id>/excuse")
@requires(Permission.EXCUSE, of=get_obligation)
def excuse_one(obligation: Obligation) -> Any:
    return _act(
        obligation,
        lambda reason: excuse(obligation, reason=reason, by=me(), on=today()),
        _("已标为不适用"),
    )


@blueprint.post("/obligations/<uuid:obligation_id>/reopen")
@requires(Permission.EXCUSE, of=get_obligation)
def reopen(obligation: Obligation) -> Any:
    """Take back a signed 无此事项 or an excuse; a notice is withdrawn where notices are."""

    def take_back(reason: str) -> None:
        if obligation.answer_id is not None:
            raise Refused(_("这一期已经公示：要改请先撤回公示"))
        unanswer(obligation, by=me(), reason=checked_reason(reason, _("请写明理由")))

    return _act(obligation, take_back, _("已恢复为待公示"))


@blueprint.post("/obligations/<uuid:obligation_id>/remind")
@requires(Permission.REMIND, of=get_obligation)
def remind(obligation: Obligation) -> Any:
    """Tell those in charge of the unit once more, at most once a day."""
    unit, on = obligation.unit, today()
    audience = Audience.SECRETARY if unit.kind in GRASSROOTS else Audience.CONTRIBUTOR
    try:
        told = remind_now(
            line_of(obligation, on),
            township=get_unit_by_id(obligation.township_id),
            people=list_people([unit.id], audience, on).get(unit.id, []),
            by=me(),
            at=now(),
        )
    except Refused as refusal:
        form = ReasonForm()
        form.form_errors = say_all(refusal)
        return _card(obligation, form), 422
    flash(_("已提醒 %(count)s 人", count=len(told)), "ok")
    return redirect(url_for("obligations.card", obligation_id=obligation.id))


def _act(obligation: Obligation, act: Callable[[str], None], done: str) -> Any:
    form = ReasonForm()
    try:
        if form.validate_on_submit():
            act(form.reason.data or "")
            flash(done, "ok")
            return redirect(url_for("obligations.card", obligation_id=obligation.id))
    except Refused as refusal:
        form.form_errors = say_all(refusal)
    return _card(obligation, form), 422


def _card(obligation: Obligation, form: ReasonForm) -> str:
    on, facts = chosen_day(), obligation.facts
    name = find_name(obligation.answered_by_id)
    entered = local(obligation.entered_at).date() if obligation.entered_at else None
    why = explain(facts, on, write=day_full, name=name, reason=obligation.reason)
    return render_template(
        "obligations/card.html",
        obligation=obligation,
        on=on,
        standing=standing(facts, on),
        why=why,
        name=name,
        is_late_entry=bool(
            entered and facts.answered_on and is_late_entry(facts.answered_on, entered)
        ),
        recent=[(each, standing(each.facts, on)) for each in list_recent(obligation)],
        reminders=list_reminders(f"obligation:{obligation.id}"),
        chat=_chat(obligation, on) if obligation.answer is None else "",
        draft_id=find_draft(obligation.id) if obligation.answer is None else None,
        form=form,
    )


def _chat(obligation: Obligation, on: date) -> str:
    """What is pasted into the village's chat; always Chinese, as the chat is."""
    line = line_of(obligation, on)
    days = (obligation.due_on - on).days
    how_long = f"剩{days}天" if days > 0 else f"超{-days}天" if days < 0 else "今天到期"
    return chat_text(
        head="请及时公示：",
        items=[(line.unit, line.short, how_long)],
        link=short_link(line.path),
    )


def _get_village(code: str) -> Unit:
    unit = get_unit(code)
    if unit.kind not in GRASSROOTS:
        raise NotFound(code)
    return unit


@blueprint.route("/villages/<code>/nothing", methods=["GET", "POST"])
@requires(Permission.DECLARE_NOTHING, of=_get_village)
def confirm_nothing(unit: Unit) -> Any:
    """All event-driven matters of a period that did not happen, signed on one page."""
    periods = list_periods_to_confirm(unit.id, today())
    written = request.values.get("period", "")
    key = period_of(written).key if written else (periods[0] if periods else "")
    listed = list_confirmations(unit.id, key) if key else []
    happened = list_items_with_events(unit.id, key) if key else set()
    free = [each for each in listed if each.item_code not in happened]
    form = NothingForm()
    form.matters.choices = [choice(str(each.id), item_title(each.item)) for each in free]
    if request.method == "GET":
        form.matters.data = [str(each.id) for each in free]
        form.reason.data = _("本期没有发生")
    elif form.validate_on_submit():
        return _sign_nothing(unit, form, free, key)
    status = 422 if form.errors else 200
    page = render_template(
        "obligations/nothing.html",
        unit=unit,
        form=form,
        key=key,
        period=period_of(key) if key else None,
        periods=[(each, say(label(period_of(each)))) for each in periods],
        happened=[each for each in listed if each.item_code in happened],
    )
    return page, status


def _sign_nothing(unit: Unit, form: NothingForm, free: list[Obligation], key: str) -> Any:
    ticked = {UUID(each) for each in form.matters.data or []}
    chosen = [each for each in free if each.id in ticked]
    declare_nothing(chosen, on=today(), reason=form.reason.data or "", by=me())
    flash(_("已签报 %(count)s 项无此事项", count=len(chosen)), "ok")
    return redirect(url_for("obligations.confirm_nothing", code=unit.code, period=key))


@blueprint.route("/villages/<code>/events/new", methods=["GET", "POST"])
@requires(Permission.RECORD_EVENT, of=_get_village)
def new_event(unit: Unit) -> Any:
    form = EventForm(data={"item": request.args.get("item", "")})
    township_id = unit.township_id
    items = list_items_in_force(township_id, today()) if township_id else []
    driven = [each for each in items if is_event_driven(each.frequency, each.rule)]
    form.item.choices = [
        choice("", _("请选择")),
        *(choice(each.code, item_title(each)) for each in driven),
    ]
    if form.validate_on_submit() and township_id and form.happens_on.data:
        item = find_item(township_id, form.item.data or "", form.happens_on.data)
        try:
            if item is None:
                raise Refused(_("那一天目录里还没有这一项：请核对日期"))
            made = record_event(
                unit,
                item,
                happens_on=form.happens_on.data,
                title=form.title.data or "",
                by=me(),
            )
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已登记，应在%(day)s前公示", day=day_full(made.due_on)), "ok")
            return redirect(url_for("obligations.card", obligation_id=made.id))
    status = 422 if form.errors else 200
    return render_template("obligations/event.html", unit=unit, form=form), status
