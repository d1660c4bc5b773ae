"""What a unit is asked, as its secretary or contributor answers it, phone first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.catalogue.labels import item_title
from taole.core.clock import local, now, today
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.periods import period_containing
from taole.notices.actions import write
from taole.notices.models import Notice
from taole.notices.workflow import NOTICE_STATE_LABELS, NoticeState
from taole.obligations.blueprint import at_a_desk, layout
from taole.organisation.queries import name_of_clerks_office
from taole.organisation.rules import GRASSROOTS
from taole.rounds.actions import answer_nothing, bring, finish_content
from taole.rounds.blueprint import blueprint
from taole.rounds.forms import NothingForm, PieceForm
from taole.rounds.line_queries import (
    find_line,
    find_open_ask_of,
    list_columns_of,
    list_lines_now,
    list_written,
)
from taole.rounds.models import AskAnswer, LineKind, RoundAsk, RoundLine
from taole.rounds.queries import get_ask


@blueprint.get("/asks")
@requires(Permission.BE_SIGNED_IN)
def mine() -> Any:
    """Where the link in the chat leads: each to the list of their own unit."""
    mine = [held.unit_id for held in current_user.current if i_may(Permission.ANSWER_ROUND, held)]
    found = find_open_ask_of(mine)
    if found is not None:
        return redirect(url_for("rounds.ask", ask_id=found))
    if my_reach(Permission.SEE_ROUNDS):
        return redirect(url_for("rounds.index"))
    return render_template("rounds/none.html", layout=layout())


@blueprint.get("/asks/<uuid:ask_id>")
@requires(Permission.ANSWER_ROUND, of=get_ask)
def ask(ask: RoundAsk) -> Any:
    return _page(ask, NothingForm())


@blueprint.post("/asks/<uuid:ask_id>/nothing")
@requires(Permission.ANSWER_ROUND, of=get_ask)
def say_nothing(ask: RoundAsk) -> Any:
    """本期无内容, with a reason of one line."""
    form = NothingForm()
    if form.validate_on_submit():
        try:
            answer_nothing(
                ask,
                reason=form.reason.data or "",
                by=me(),
                at=now(),
                on_behalf=_is_anothers(ask),
            )
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已回复：本期无内容"), "ok")
            return redirect(url_for("rounds.ask", ask_id=ask.id))
    return _page(ask, form), 422


def _is_anothers(ask: RoundAsk) -> bool:
    """Whether who answers is the township's clerk, and the unit not the clerk's own office."""
    is_mine = any(held.unit_id == ask.unit_id for held in current_user.current)
    speaks = name_of_clerks_office(ask.round.township).endswith(ask.unit.name)
    return not (is_mine or speaks)


@blueprint.post("/asks/<uuid:ask_id>/reply")
@requires(Permission.ANSWER_ROUND, of=get_ask)
def reply(ask: RoundAsk) -> Any:
    """回复: what was written for the list is brought, drafts too, and the ask is answered."""
    form = NothingForm()
    try:
        _bring_written(ask)
        if ask.answer is None:
            finish_content(ask, by=me(), at=now(), on_behalf=_is_anothers(ask))
    except Refused as refusal:
        form.say_above(refusal)
        return _page(ask, form), 422
    flash(_("已回复：报来 %(count)s 条", count=len(ask.contents)), "ok")
    return redirect(url_for("rounds.ask", ask_id=ask.id))


def _bring_written(ask: RoundAsk) -> None:
    if ask.answer is not None:
        return
    written = list_written(ask)
    for line in ask.lines:
        notice = written.get(line.subject_id)
        if notice is not None:
            bring(ask, notice, line=line, by=me(), at=now(), on_behalf=_is_anothers(ask))


@blueprint.route("/asks/<uuid:ask_id>/piece", methods=["GET", "POST"])
@requires(Permission.ANSWER_ROUND, of=get_ask)
def piece(ask: RoundAsk) -> Any:
    """A piece of an office for a column of the website: it becomes a draft of the office."""
    if ask.unit.kind in GRASSROOTS:
        raise NotFound(ask.id)
    line = find_line(ask, request.args.get("line", type=UUID))
    columns = list_columns_of(ask.unit, today())
    form = PieceForm(data=_proposed(line))
    form.offer((str(item.id), item_title(item)) for item in columns)
    if form.validate_on_submit():
        try:
            item = next(each for each in columns if str(each.id) == form.column.data)
            draft = write(
                ask.unit,
                item,
                period_key=period_containing(item.frequency, today()).key,
                title=form.title.data or "",
                body=form.body.data or "",
                formed_on=form.formed_on.data,
                notice_id=form.notice_id,
                by=me(),
            )
            bring(ask, draft, line=line, by=me(), at=now(), on_behalf=_is_anothers(ask))
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(_("已存成草稿，算作本期报来的一条；还要提交审核"), "ok")
            return redirect(url_for("rounds.ask", ask_id=ask.id))
    status = 422 if form.is_submitted() else 200
    return render_template(
        "rounds/piece.html", ask=ask, line=line, form=form, layout=layout()
    ), status


def _proposed(line: RoundLine | None) -> dict[str, Any]:
    column = str(line.subject_id) if line is not None and line.kind is LineKind.COLUMN else None
    title = line.title if line is not None and line.kind is LineKind.TASK else ""
    return {"token": str(new_id()), "column": column, "title": title, "formed_on": today()}


def _page(ask: RoundAsk, form: NothingForm) -> str:
    lines = list_lines_now(ask)
    return render_template(
        "rounds/ask.html",
        ask=ask,
        round=ask.round,
        lines=lines,
        beside=[each.notice for each in ask.contents if each.line_id is None],
        waits=_waits(each.notice for each in ask.contents),
        form=form,
        layout=layout(),
        at_desk=at_a_desk(),
        is_village=ask.unit.kind in GRASSROOTS,
        is_open=ask.answer is None and ask.round.closed_at is None,
        is_late=now() > ask.due_at,
        due_on=local(ask.due_at).date(),
        found=sum(each.notice is not None for each in lines),
        may_declare=i_may(Permission.DECLARE_NOTHING, ask.unit),
        state_labels=NOTICE_STATE_LABELS,
        Kind=LineKind,
        Answer=AskAnswer,
    )


def _waits(notices: Any) -> list[Notice]:
    """The drafts that were brought and still have to be handed in."""
    return [each for each in notices if each.state in (NoticeState.DRAFT, NoticeState.RETURNED)]
