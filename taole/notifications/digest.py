"""One digest for each person and day: gathered from every source, told once, each alone.

Whoever dies in between leaves the others to the next run; what was told stays told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from taole.core.clock import local
from taole.core.database import db
from taole.core.jobs import PartlyFailed
from taole.core.transactions import transaction
from taole.notifications.actions import note_told, tell
from taole.notifications.copying import chat_text
from taole.notifications.digest_rules import (
    SHOWN,
    Digest,
    People,
    chat_items,
    digests,
    share_out,
    summed,
    title_of,
)
from taole.notifications.lines import Audience, Line
from taole.notifications.models import Message, MessageKind
from taole.notifications.plan import USUAL_STEPS, Plan
from taole.notifications.queries import ROLES, list_holders, list_persons_with, list_told
from taole.notifications.settings import find_plan
from taole.notifications.short_links import short_link
from taole.notifications.sources import SOURCES
from taole.organisation.models import Unit, User
from taole.organisation.queries import get_unit_by_id, list_townships

OF_TOWNSHIP = (Audience.CLERK, Audience.LEADER)
INBOX = "/inbox"


def send_digests(at: datetime) -> str:
    """Tell everybody who has something new today, at most once a day; what went, in a line.

    Only townships whose plan is on, from the plan's hour on and outside the quiet hours.
    """
    on = local(at).date()
    sent, failed = 0, []
    for township_id in [township.id for township in list_townships()]:
        plan = find_plan(township_id)
        here = local(at).time()
        if not plan.is_on or here < plan.send_at or plan.is_quiet(here):
            continue
        try:
            going = gather(get_unit_by_id(township_id), on, plan)
        except Exception as broken:
            db.session.rollback()
            failed.append(type(broken).__name__)
            continue
        for digest in going:
            try:
                sent += _send(digest, township_id, on, at)
            except Exception as broken:
                db.session.rollback()
                failed.append(type(broken).__name__)
    if failed:
        kinds = ", ".join(sorted(set(failed)))
        raise PartlyFailed(f"发出 {sent} 条，{len(failed)} 处没成功：{kinds}")
    return f"发出 {sent} 条"


def gather(township: Unit, on: date, plan: Plan) -> list[Digest]:
    """The digests of a township that are to go on a day, and have not gone yet."""
    shared = share_out(list_lines(township, on, plan), _people(township.id, on))
    subjects = {line.subject for lines in shared.values() for line in lines}
    return digests(shared, list_told(subjects), list_persons_with(key_of(on), shared))


def list_lines(township: Unit, on: date, plan: Plan) -> list[Line]:
    """Everything that presses in a township, from every source."""
    return [line for source in SOURCES.values() for line in source.lines(township, on, plan)]


def preview_switch_on(township: Unit, on: date, plan: Plan) -> tuple[int, int]:
    """How many people would be told today, and of how many matters, were the plan switched on."""
    going = gather(township, on, replace(plan, is_on=True, since=on))
    return len(going), sum(len(digest.new) for digest in going)


def list_pressing(township: Unit, on: date) -> list[Line]:
    """What is overdue or due today in the villages, each matter once, village by village."""
    usual = replace(find_plan(township.id), is_on=True, steps=USUAL_STEPS, since=None)
    pressing: dict[str, Line] = {}
    for line in list_lines(township, on, usual):
        is_villages = line.to not in OF_TOWNSHIP and line.unit
        if is_villages and line.due_on is not None and line.due_on <= on:
            pressing.setdefault(line.subject, line)
    return sorted(pressing.values(), key=lambda each: (each.unit, each.due_on or on))


def group_text(unit: Unit, pressing: Sequence[Line], on: date) -> str:
    """What the clerk pastes into the group of a township, or sends to one of its villages.

    One link: to the very card when there is only one matter, else to the unit's matrix.
    """
    if not pressing:
        return f"【村务公开】{on:%-m月%-d日}：到期的都公示了。"
    path = pressing[0].path if len(pressing) == 1 else f"/completeness/{unit.code}"
    return chat_text(
        head=f"【村务公开】{on:%-m月%-d日}，还有{len(pressing)}件到期没办：",
        items=chat_items(pressing, on),
        foot="" if unit.township_id != unit.id else f"{unit.name}综合办公室",
        link=short_link(path),
    )


def key_of(on: date) -> str:
    return f"digest:{on.isoformat()}"


def _people(township_id: UUID, on: date) -> People:
    """Who holds which post in a township on a day."""
    holders = list_holders(township_id, on)

    def holding(audience: Audience, unit_id: UUID) -> Sequence[UUID]:
        place = township_id if audience in OF_TOWNSHIP else unit_id
        return holders.get((ROLES[audience], place), ())

    return holding


def _send(digest: Digest, township_id: UUID, on: date, at: datetime) -> bool:
    try:
        with transaction():
            return _tell(digest, get_unit_by_id(township_id), on, at) is not None
    except IntegrityError:
        return False  # another host told this person in the same moment


def _tell(digest: Digest, township: Unit, on: date, at: datetime) -> Message | None:
    person = db.session.get_one(User, digest.person_id)
    title = title_of(digest, on)
    shown = summed(digest.lines, on)
    path = shown[0].path if len(shown) == 1 else INBOX
    link = short_link(path)
    message = tell(
        person,
        township=township,
        kind=MessageKind.DIGEST,
        key=key_of(on),
        title=title,
        lines=shown[:SHOWN],
        link=link,
        text=chat_text(
            head=f"【村务公开】{person.name}，{title}：", items=chat_items(shown, on), link=link
        ),
        day=on,
        at=at,
    )
    if message is None:
        return None
    message.subjects = sorted({line.subject for line in digest.lines})
    for line in digest.new:
        note_told(line, person, message, step=line.step, at=at)
    for source in SOURCES.values():
        theirs = [line for line in digest.new if line.subject.startswith(f"{source.prefix}:")]
        if theirs:
            source.told(theirs, message)
    db.session.flush()
    return message
