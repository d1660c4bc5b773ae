"""What notices have to tell people: sheets whose time is over, notices that came back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from taole.core.clock import local, noon
from taole.core.database import db
from taole.core.words import N_, Sentence, sentence
from taole.notices.models import Notice, Posting
from taole.notices.showing_queries import ShownSheet, list_sheets_in_trouble
from taole.notices.showing_rules import ShowingProblem, in_words
from taole.notices.workflow import NoticeState
from taole.notifications.actions import note_told
from taole.notifications.actions import tell as tell_person
from taole.notifications.copying import chat_text
from taole.notifications.lines import Audience, Line
from taole.notifications.models import MessageKind
from taole.notifications.plan import Plan
from taole.notifications.queries import list_people
from taole.notifications.short_links import short_link
from taole.notifications.sources import Source
from taole.organisation.models import Unit, User
from taole.organisation.queries import get_unit_by_id

SHEET, NOTICE = "sheet", "notice"
_TOLD_OF = (ShowingProblem.COMES_DOWN, ShowingProblem.STILL_UP, ShowingProblem.NO_PHOTOGRAPH)
_RETURNED_WITHIN = timedelta(days=60)
_RETURNED = N_("《%(title)s》退回了：%(reason)s")


def sheet_lines(township: Unit, on: date, _plan: Plan) -> Iterator[Line]:
    """To the secretary: sheets that may or should come down, or lack their photograph."""
    for sheet in list_sheets_in_trouble([township.path], on):
        problem = next((each for each in sheet.problems if each in _TOLD_OF), None)
        if problem is None:
            continue
        yield Line(
            subject=f"{SHEET}:{sheet.posting.id}",
            step=problem.value,
            unit_id=sheet.notice.unit_id,
            to=Audience.SECRETARY,
            text=_said(sheet, problem, on),
            path=f"/notices/{sheet.notice.id}",
            due_on=sheet.showing.last_day,
            unit=sheet.notice.unit.name,
            short=f"{sheet.notice.title}（请撤下）"
            if problem is not ShowingProblem.NO_PHOTOGRAPH
            else f"{sheet.notice.title}（缺照片）",
        )


def _said(sheet: ShownSheet, problem: ShowingProblem, on: date) -> Sentence:
    return sentence(
        N_("《%(title)s》：%(what)s"),
        title=sheet.notice.title,
        what=str(in_words(problem, sheet.showing, on)),
    )


def open_sheets(subjects: Collection[str]) -> set[str]:
    """Those postings that are still up."""
    ids = [UUID(subject.partition(":")[2]) for subject in subjects]
    found = select(Posting.id).where(Posting.id.in_(ids), Posting.taken_down_on.is_(None))
    return {f"{SHEET}:{each}" for each in db.session.scalars(found)}


def returned_lines(township: Unit, on: date, _plan: Plan) -> Iterator[Line]:
    """To the author: notices that came back and wait to be mended; they were told at once."""
    found = db.session.execute(
        select(Notice.id, Notice.unit_id, Notice.author_id, Notice.title, Notice.return_reason)
        .where(
            Notice.township_id == township.id,
            Notice.state == NoticeState.RETURNED,
            Notice.author_id.is_not(None),
            Notice.written_at >= noon(on - _RETURNED_WITHIN),
        )
        .order_by(Notice.id)
    )
    for notice_id, unit_id, author_id, title, reason in found:
        yield Line(
            subject=f"{NOTICE}:{notice_id}",
            step="",
            unit_id=unit_id,
            to=Audience.PERSON,
            text=sentence(_RETURNED, title=title, reason=reason),
            path=f"/notices/{notice_id}",
            person_id=author_id,
            short=f"{title}（退回待改）",
        )


def open_returned(subjects: Collection[str]) -> set[str]:
    ids = [UUID(subject.partition(":")[2]) for subject in subjects]
    found = select(Notice.id).where(Notice.id.in_(ids), Notice.state == NoticeState.RETURNED)
    return {f"{NOTICE}:{each}" for each in db.session.scalars(found)}


def tell_author(notice: Notice, at: datetime) -> None:
    """A returned notice reaches its author at once, whatever the plan; once for each round.

    Where the author has left, whoever is secretary now.
    """
    on = local(at).date()
    author = notice.author
    if author is not None and (author.retired_on is None or author.retired_on > on):
        _tell_returned(notice, author, on, at)
        return
    for person in list_people([notice.unit_id], Audience.SECRETARY, on).get(notice.unit_id, []):
        _tell_returned(notice, person, on, at)


def _tell_returned(notice: Notice, author: User, on: date, at: datetime) -> None:
    township = get_unit_by_id(notice.township_id)
    line = Line(
        subject=f"{NOTICE}:{notice.id}",
        step=f"returned-{notice.review_round}",
        unit_id=notice.unit_id,
        to=Audience.PERSON,
        text=sentence(_RETURNED, title=notice.title, reason=notice.return_reason),
        path=f"/notices/{notice.id}",
        person_id=author.id,
        short=f"{notice.title}（退回待改）",
    )
    link = short_link(line.path)
    message = tell_person(
        author,
        township=township,
        kind=MessageKind.RETURNED,
        key=f"returned:{notice.id}:{notice.review_round}",
        title=line.text,
        lines=[line],
        link=link,
        text=chat_text(head=f"【退回】{author.name}，{line.text}", items=[], link=link),
        day=on,
        at=at,
    )
    if message is not None:
        note_told(line, author, message, step=line.step, at=at)


SOURCES = (
    Source(SHEET, N_("该撤下的公示"), sheet_lines, open_sheets),
    Source(NOTICE, N_("退回的公示"), returned_lines, open_returned),
)
