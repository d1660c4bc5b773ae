"""A notice goes up on a channel. Nothing here commits."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from taole.access.permissions import Actor
from taole.attachments.models import Attachment
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import list_overrides
from taole.catalogue.rules import effective_item
from taole.core.calendar_store import work_calendar
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_
from taole.core.workdays import UnknownYear, WorkCalendar
from taole.notices.gate import refuse_unresolved
from taole.notices.holding import hold
from taole.notices.models import Notice, NoticeKind, Posting
from taole.notices.queries import list_answered, list_corrected
from taole.notices.review_plans import review_plan
from taole.notices.rules import (
    Place,
    ShowingTime,
    Shown,
    answered_on,
    check_posting,
    compulsory,
    next_state,
    repeated,
)
from taole.notices.telling import tell
from taole.notices.workflow import IN_REVIEW, NoticeState, Step
from taole.obligations.actions import answer
from taole.obligations.rules import Answer


def post(
    notice: Notice,
    *,
    channel: Channel,
    posted_on: date,
    by: Actor,
    until_on: date | None = None,
    column_code: str = "",
    account: str = "",
    proof: Attachment | None = None,
    proof_link: str = "",
    at: datetime | None = None,
    posting_id: UUID | None = None,
) -> Posting:
    """Log that an approved notice went up on a channel on a day.

    An urgent one may go up ahead of its review, which is then due by the next working day. The
    first posting of a correction takes the place of what it corrects.

    ``until_on`` defaults to the end of the item's notice period. A second posting in the same
    place repeats the first and is never counted. With the last compulsory channel the notice
    answers its obligations, as of that channel's day. ``posting_id`` is made with the form: the
    same form sent twice posts once.
    """
    hold(notice)
    known = next((each for each in notice.postings if each.id == posting_id), None)
    if known is not None:
        return known
    refuse_unresolved(notice)
    before, state = notice.state, _state_when_up(notice, posted_on)
    place = Place(channel, column_code or _own_column(notice.item, channel), account.strip())
    check_posting(
        place, posted_on=posted_on, until_on=until_on, today=today(), link=proof_link.strip()
    )
    posting = Posting(
        id=posting_id or new_id(),
        township_id=notice.township_id,
        unit_id=notice.unit_id,
        channel=channel,
        column_code=place.column_code,
        account=place.account,
        posted_on=posted_on,
        until_on=until_on or default_until(notice.item, posted_on),
        proof=proof,
        proof_link=proof_link.strip(),
        repeats_id=repeated(place, _shown(notice)),
        entered_at=at or now(),
        entered_by_id=by.id,
    )
    notice.postings.append(posting)
    notice.state = state
    if notice.corrects is not None and notice.corrects.state is not NoticeState.CORRECTED:
        _supersede(notice.corrects, notice, on=posted_on, by=by)
    if notice.first_posted_on is None or posted_on < notice.first_posted_on:
        notice.first_posted_on = posted_on
    tell(
        notice,
        "post_ahead" if before in IN_REVIEW else "post_notice",
        by=by,
        before={"state": before},
        after={
            "channel": channel,
            "posted_on": posted_on,
            "until_on": posting.until_on,
            "state": state,
        },
    )
    if posting.repeats_id is None:
        _answer_obligations(notice, by=by, at=posting.entered_at)
    db.session.flush()
    return posting


def refuse_unready(notice: Notice, on: date) -> None:
    """Refused while a notice may not go up: not approved, and not urgent."""
    if notice.state not in IN_REVIEW:
        next_state(Step.POST, notice.state)
    elif not review_plan(notice, on).is_urgent:
        raise Refused(N_("这件公示还没有审完，不能登记公示：请等审核通过。"))


def _state_when_up(notice: Notice, posted_on: date) -> NoticeState:
    refuse_unready(notice, posted_on)
    if notice.state not in IN_REVIEW:
        return next_state(Step.POST, notice.state)
    notice.review_by_on = notice.review_by_on or work_calendar().add(today(), 1)
    return next_state(Step.POST_AHEAD, notice.state)


def _supersede(old: Notice, correction: Notice, *, on: date, by: Actor) -> None:
    """The correction hangs: the old sheet comes down everywhere, and says what took its place."""
    hold(old)
    before = old.state
    old.state = next_state(Step.SUPERSEDE, old.state)
    for posting in old.postings:
        if posting.taken_down_on is None:
            posting.taken_down_on = max(on, posting.posted_on)
    tell(
        old,
        "supersede_notice",
        by=by,
        before={"state": before},
        after={"state": old.state, "correction": correction.id},
    )


def default_until(item: CatalogueItem, posted_on: date) -> date | None:
    """As ``owed_until``, with the calendar of the house."""
    if not _time_of(item).is_given:
        return None
    with db.session.no_autoflush:
        return owed_until(item, posted_on, work_calendar())


def owed_until(item: CatalogueItem, posted_on: date, calendar: WorkCalendar) -> date | None:
    """The last day on which a sheet of this item has to hang; None where none is set or known."""
    time = _time_of(item)
    try:
        return time.until(posted_on, calendar) if time.is_given else None
    except UnknownYear:
        return None


def _time_of(item: CatalogueItem) -> ShowingTime:
    return ShowingTime(item.notice_period_days, item.notice_period_unit, item.minimum_board_days)


def required_channels(notice: Notice, on: date) -> tuple[Channel, ...]:
    """The compulsory channels of a notice's item, as the township decided for its unit."""
    item = notice.item
    with db.session.no_autoflush:  # what was added goes to the database once, at the end
        overrides = list_overrides(notice.township_id)
    held = effective_item(item, overrides, unit_id=notice.unit_id, on=on)
    return compulsory(held.compulsory_channels, item.channels)


def _answer_obligations(notice: Notice, *, by: Actor, at: datetime) -> None:
    versions = [notice, *list_corrected(notice)]
    told_by = {each.id for each in versions}
    waiting = [
        each
        for version in versions
        for each in list_answered(version)
        if each.answer is not Answer.EXCUSED and each.answer_id not in told_by
    ]
    if notice.kind is NoticeKind.PAGE_UPDATE or not waiting:
        return
    shown = _shown(notice)
    first = min(each.posted_on for each in shown)
    day = answered_on(shown, required_channels(notice, first))
    if day is None:
        return
    for obligation in waiting:
        answer(obligation, notice_id=notice.id, answered_on=day, by=by, at=at)


def _own_column(item: CatalogueItem, channel: Channel) -> str:
    """A website column's own notice stands in that column."""
    is_column = channel is Channel.WEBSITE and item.edition.kind is CatalogueKind.WEBSITE
    return item.code if is_column else ""


def _shown(notice: Notice) -> list[Shown]:
    """What is up already; a correction repeats what it corrects where that was."""
    versions = [notice, *list_corrected(notice)]
    return [
        Shown(
            each.id,
            Place(each.channel, each.column_code, each.account),
            each.posted_on,
            each.repeats_id is not None,
        )
        for version in versions
        for each in version.postings
    ]
