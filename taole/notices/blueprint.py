"""The blueprint of the notices' pages, and the words that all of them use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from taole.access.permissions import ROLE_LABELS
from taole.attachments.uploads import list_unfinished
from taole.core.calendar_store import work_calendar
from taole.core.clock import today
from taole.core.pages import say
from taole.core.periods import label
from taole.core.words import Sentence
from taole.notices.marking import Place, find_place, head_names
from taole.notices.models import Notice, Posting
from taole.notices.rules import is_amount, plain_period
from taole.notices.showing_queries import showing_of
from taole.notices.showing_rules import ShowingProblem, in_words, problems
from taole.notices.workflow import (
    IN_REVIEW,
    NOTICE_STATE_LABELS,
    REVIEW_LABELS,
    VERDICT_LABELS,
    NoticeState,
)
from taole.obligations.rules import standing

blueprint = Blueprint("notices", __name__)

STATE_KINDS = {
    NoticeState.DRAFT: "wait",
    **dict.fromkeys(IN_REVIEW, "rev"),
    NoticeState.RETURNED: "miss",
    NoticeState.APPROVED: "late",
    NoticeState.POSTED: "ok",
    NoticeState.ENDED: "na",
    NoticeState.WITHDRAWN: "na",
    NoticeState.CORRECTED: "na",
}
"""How each state is drawn (a kind of the stylesheet)."""


def period_words(key: str) -> str:
    """A notice's period as people name it."""
    period = plain_period(key)
    return say(label(period)) if period else key


def _troubles(posting: Posting) -> list[tuple[ShowingProblem, Sentence]]:
    """What is wrong with one posting today, with its sentence."""
    showing = showing_of(posting, work_calendar())
    return [(each, in_words(each, showing, today())) for each in problems(showing, today())]


def _mark_place(notice: Notice, where: str) -> Place:
    return find_place(where, head_names(notice.template), notice.columns)


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {
        "notice_states": NOTICE_STATE_LABELS,
        "notice_kinds": STATE_KINDS,
        "in_review": IN_REVIEW,
        "review_labels": REVIEW_LABELS,
        "role_labels": ROLE_LABELS,
        "verdict_labels": VERDICT_LABELS,
        "period_words": period_words,
        "mark_place": _mark_place,
        "posting_troubles": _troubles,
        "coming_of": lambda posting: list_unfinished(posting.id),
        "standing_of": lambda obligation: standing(obligation.facts, today()),
    }


blueprint.add_app_template_test(is_amount, "amount")
