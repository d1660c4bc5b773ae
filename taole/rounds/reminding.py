"""Reminding a unit that has not answered: twice in a round at most, then by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from taole.access.permissions import Actor
from taole.core.clock import local
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.notifications.actions import tell, tell_group
from taole.notifications.copying import chat_text
from taole.notifications.lines import Audience, Line
from taole.notifications.models import MessageKind
from taole.notifications.queries import list_people
from taole.notifications.settings import find_plan
from taole.notifications.short_links import short_link
from taole.organisation.models import Unit, User
from taole.organisation.queries import name_of_clerks_office
from taole.organisation.rules import GRASSROOTS
from taole.rounds.copying import group_text
from taole.rounds.models import CollectionRound, RoundAsk, RoundReminder
from taole.rounds.queries import list_asks
from taole.rounds.rules import MOST_REMINDERS
from taole.rounds.telling import line_of
from taole.trail.actions import record


def remind(ask: RoundAsk, *, by: Actor, at: datetime) -> RoundReminder:
    """Remind a unit by hand; the third time it is refused: 请打电话."""
    if ask.round.closed_at is not None or ask.answer is not None:
        raise Refused(N_("这个单位已经回复，或者这一期已经关闭，不用再提醒。"))
    place = len(ask.reminders) + 1
    if place > MOST_REMINDERS:
        raise Refused(
            sentence(
                N_("已经提醒过 %(unit)s 2 次，每期最多 2 次：请打电话 %(phone)s。"),
                unit=ask.unit.name,
                phone=ask.unit.phone or "–",
            )
        )
    made = RoundReminder(
        township_id=ask.township_id,
        place=place,
        is_automatic=False,
        at=at,
        by_name=by.name,
    )
    ask.reminders.append(made)
    db.session.flush()
    _tell(ask, place, at)
    record(
        "remind_ask",
        "round_ask",
        ask.id,
        by=by,
        township_id=ask.township_id,
        after={"place": place},
    )
    return made


def remind_missing(round_: CollectionRound, *, by: Actor, at: datetime) -> int:
    """Remind all that have not answered and were reminded less than twice; how many were."""
    waiting = [
        ask
        for ask in list_asks(round_)
        if ask.answer is None and len(ask.reminders) < MOST_REMINDERS
    ]
    for ask in waiting:
        remind(ask, by=by, at=at)
    return len(waiting)


def tell_groups(round_: CollectionRound, *, at: datetime) -> int:
    """Tell the township's chat groups that a round is open, where reminders are on; once."""
    township = round_.township
    if not find_plan(township.id).is_on:
        return 0
    on, link = local(at).date(), short_link("/asks")
    text = group_text(
        round_.number,
        [(ask.unit.name, len(ask.lines), ask.due_at) for ask in list_asks(round_)],
        due_at=round_.due_at,
        on=on,
        office=name_of_clerks_office(township),
        link=link,
    )
    told = tell_group(
        township,
        kind=MessageKind.ROUND,
        key=f"round:{round_.id}",
        title=sentence(N_("第%(number)s期征集"), number=round_.number),
        text=text,
        link=link,
        day=on,
        at=at,
    )
    return len(told)


def people_of(unit: Unit, at: datetime) -> Sequence[User]:
    """Who answers for a unit: a village's secretary, an office's contributor; else the clerk."""
    on = local(at).date()
    audience = Audience.SECRETARY if unit.kind in GRASSROOTS else Audience.CONTRIBUTOR
    found = list_people([unit.id], audience, on).get(unit.id, [])
    if not found and unit.township_id is not None:
        found = list_people([unit.township_id], Audience.CLERK, on).get(unit.township_id, [])
    return found


def _tell(ask: RoundAsk, place: int, at: datetime) -> None:
    on = local(at).date()
    line: Line = line_of(ask, step=f"hand-{place}")
    link = short_link(line.path)
    for person in people_of(ask.unit, at):
        tell(
            person,
            township=ask.round.township,
            kind=MessageKind.ROUND,
            key=f"round:{ask.id}:{place}",
            title=line.text,
            lines=[line],
            link=link,
            text=chat_text(
                head=f"【村务公开征集·第{ask.round.number}期】{ask.unit.name}，{line.text}",
                items=[("", each.title, "") for each in ask.lines],
                foot="没有要公开的内容，请回“本期无内容”。",
                link=link,
            ),
            day=on,
            at=at,
        )
