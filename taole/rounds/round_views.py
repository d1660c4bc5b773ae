"""A collection as the clerk sees it: who answered, who did not, its minutes and its sheets."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.core.calendar_store import work_calendar
from taole.core.clock import local, now, today
from taole.core.pages import file_answer
from taole.notices.workflow import NOTICE_STATE_LABELS
from taole.notifications.short_links import short_link
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, list_townships, name_of_clerks_office
from taole.rounds.blueprint import blueprint
from taole.rounds.copying import group_text
from taole.rounds.forms import RoundForm
from taole.rounds.headline_rules import MARK_LABELS, headline, history_words
from taole.rounds.minutes import HEADS, minutes_as_excel, minutes_as_word
from taole.rounds.models import AskAnswer, CollectionRound
from taole.rounds.queries import find_latest, find_neighbours, get_round_numbered, list_rounds
from taole.rounds.rules import MOST_REMINDERS, Mark, next_scheduled, opening_day
from taole.rounds.settings import round_setting
from taole.rounds.sheet_queries import Sheet, minutes_of, sheet_of


@blueprint.get("/rounds")
@requires(Permission.SEE_ROUNDS)
def index() -> Any:
    """The collections of the first township within reach."""
    township = list_townships(my_reach(Permission.SEE_ROUNDS))[0]
    return redirect(url_for("rounds.index_of", code=township.code))


@blueprint.get("/rounds/<code>")
@requires(Permission.SEE_ROUNDS, of=get_township)
def index_of(township: Unit) -> Any:
    """The newest collection; before the first one, what a collection is and how it begins."""
    latest = find_latest(township.id)
    if latest is not None:
        return redirect(url_of(latest))
    setting = round_setting(township.id)
    return render_template(
        "rounds/first.html",
        township=township,
        setting=setting,
        next_on=opening_day(next_scheduled(setting, today()), work_calendar()),
        may_run=i_may(Permission.RUN_ROUND, township),
        form=RoundForm(),
    )


@blueprint.get("/rounds/<code>/<int:year>/<int:number>")
@requires(Permission.SEE_ROUNDS, of=get_round_numbered)
def show(round_: CollectionRound) -> Any:
    return page_of(round_)


def page_of(round_: CollectionRound, form: RoundForm | None = None) -> str:
    """The page of a round; ``form``: with what was refused said above it."""
    on, sheet = today(), sheet_of(round_, today())
    township = round_.township
    setting = round_setting(township.id)
    before, after = find_neighbours(round_)
    return render_template(
        "rounds/show.html",
        township=township,
        round=round_,
        sheet=sheet,
        said=headline(
            sheet.counts, local(round_.due_at).date(), on, is_closed=round_.closed_at is not None
        ),
        text=text_of(sheet),
        before=before,
        after=after,
        rounds=list_rounds(township.id, round_.year)[::-1],
        setting=setting,
        next_on=opening_day(next_scheduled(setting, on), work_calendar()),
        form=form or RoundForm(),
        may_run=i_may(Permission.RUN_ROUND, township),
        may_remind=i_may(Permission.REMIND, township),
        most_reminders=MOST_REMINDERS,
        is_open=round_.closed_at is None,
        at=now(),
        history_words=history_words,
        mark_labels=MARK_LABELS,
        state_labels=NOTICE_STATE_LABELS,
        Mark=Mark,
        Answer=AskAnswer,
    )


def text_of(sheet: Sheet) -> str:
    """What is pasted into the units' group; the link leads each to its own list."""
    missing = [(ask.unit.name, len(ask.lines), ask.due_at) for ask in sheet.missing]
    return group_text(
        sheet.round.number,
        missing,
        due_at=sheet.round.due_at,
        on=today(),
        office=name_of_clerks_office(sheet.round.township),
        link=short_link(url_for("rounds.mine")),
    )


@blueprint.get("/rounds/<code>/<int:year>/<int:number>/minutes")
@requires(Permission.SEE_ROUNDS, of=get_round_numbered)
def minutes(round_: CollectionRound) -> Any:
    """The minutes as they are printed, one page A4."""
    return render_template(
        "rounds/minutes.html",
        round=round_,
        minutes=minutes_of(sheet_of(round_, today()), today()),
        heads=HEADS,
        back=url_of(round_),
    )


@blueprint.get("/rounds/<code>/<int:year>/<int:number>/minutes.docx")
@requires(Permission.SEE_ROUNDS, of=get_round_numbered)
def minutes_word(round_: CollectionRound) -> Any:
    told = minutes_of(sheet_of(round_, today()), today())
    return file_answer(minutes_as_word(told), f"{told.title}.docx")


@blueprint.get("/rounds/<code>/<int:year>/<int:number>/round.xlsx")
@requires(Permission.SEE_ROUNDS, of=get_round_numbered)
def round_excel(round_: CollectionRound) -> Any:
    told = minutes_of(sheet_of(round_, today()), today())
    return file_answer(minutes_as_excel(told), f"{told.title}.xlsx")


def url_of(round_: CollectionRound, anchor: str = "") -> str:
    return url_for(
        "rounds.show",
        code=round_.township.code,
        year=round_.year,
        number=round_.number,
        _anchor=anchor or None,
    )


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"local": local, "url_of_round": url_of}
