"""What is decided about findings: their moves, their days, and what the system sees by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import UnknownYear, WorkCalendar
from taole.inspections.workflow import (
    FINDING_MOVES,
    FINDING_STATE_LABELS,
    MEND_WITHIN_WORKDAYS,
    FindingState,
    FindingStep,
    Severity,
)

RECURS_WITHIN = timedelta(days=365)
"""How long after its closing the same problem of a unit counts as come back (反弹)."""

SEVERITY_RANK = {Severity.MINOR: 1, Severity.MAJOR: 2, Severity.SERIOUS: 3}

WATCHED_FOR = timedelta(days=365)
"""How far back the system looks for what is missing or late, unless it is told a first day."""

_MAJOR_AFTER_DAYS, _SERIOUS_AFTER_DAYS = 10, 30


def next_state(
    state: FindingState,
    step: FindingStep,
    *,
    has_proof: bool = False,
    reason: str = "",
    by_prover: bool = False,
    by_owner: bool = False,
) -> FindingState:
    """The state after a step, by the table of moves alone.

    Raises Refused when the step does not leave this state, lacks its proof or its reason, or is
    taken by the person who proved the mending or who answers for it.
    """
    move = FINDING_MOVES[step]
    if state not in move.sources:
        raise Refused(
            sentence(
                N_("这个问题现在是“%(state)s”，不能做这一步，请刷新页面看最新情况"),
                state=sentence(FINDING_STATE_LABELS[state]),
            )
        )
    if move.forbids_own and by_prover:
        raise Refused(N_("整改是您提交的，要请另一个人来复核"))
    if move.forbids_own and by_owner:
        raise Refused(N_("您是这个问题的责任人，要请另一个人来复核"))
    if move.needs_proof and not has_proof:
        raise Refused(N_("请附上整改后的照片，或者填写能打开的链接"))
    if move.needs_reason and not reason.strip():
        raise Refused(N_("请写清楚为什么要再改"))
    return move.target


def allowed_steps(state: FindingState, *, is_own: bool) -> frozenset[FindingStep]:
    """The steps that somebody may take from here, whatever their permission.

    ``is_own``: they proved the mending, or answer for it.
    """
    return frozenset(
        step
        for step, move in FINDING_MOVES.items()
        if state in move.sources and not (move.forbids_own and is_own)
    )


def is_same_person(
    actor_id: UUID | None, actor_name: str, known_id: UUID | None, known_name: str
) -> bool:
    """Whether the actor is who was noted; those without an account are told by their name."""
    if actor_id is None or known_id is None:
        return actor_id is known_id and actor_name == known_name
    return actor_id == known_id


def is_owner(
    actor_id: UUID | None, actor_name: str, owner_id: UUID | None, owner_name: str
) -> bool:
    """Whether the actor answers for the finding; an owner written by hand is told by the name."""
    if owner_id is None:
        return bool(owner_name) and actor_name == owner_name
    return actor_id == owner_id


def mend_by(found_on: date, severity: Severity, calendar: WorkCalendar) -> date:
    """The last day to mend a problem for which nobody named a day: working days by severity."""
    return calendar.add(found_on, MEND_WITHIN_WORKDAYS[severity])


def mend_within(on: date, severity: Severity, calendar: WorkCalendar) -> date | Sentence:
    """The last day to mend, or words for it while the next year's holidays are not known."""
    try:
        return mend_by(on, severity, calendar)
    except UnknownYear:
        return sentence(N_("印发后%(days)s个工作日内"), days=MEND_WITHIN_WORKDAYS[severity])


def is_on_time(proved_on: date | None, due_on: date) -> bool:
    """Whether a mending was shown by the day first given; more time granted changes nothing."""
    return proved_on is not None and proved_on <= due_on


def check_extension(found_on: date, mend_until: date, until_on: date, asked_on: date) -> None:
    """Refused unless the day asked for is later than the day it has now, and not yet over."""
    if until_on <= mend_until:
        raise Refused(
            sentence(
                N_("现在的时限是%(day)s，延期要选更晚的日子"),
                day=named_day(mend_until, found_on.year),
            )
        )
    if until_on < asked_on:
        raise Refused(N_("延期要选今天以后的日子"))


def is_overdue(closed_on: date | None, due_on: date, on: date) -> bool:
    """Whether a finding is still open on a day after its last day to mend."""
    return due_on < on and (closed_on is None or closed_on > on)


def state_on(
    state: FindingState, proved_on: date | None, closed_on: date | None, on: date
) -> FindingState:
    """The state that a finding had at the end of a day.

    What happened later is taken back; a mending that was proved later counts as under way.
    """
    if closed_on is not None and closed_on <= on:
        return FindingState.CLOSED
    if state in (FindingState.OPEN, FindingState.MENDING):
        return state
    if proved_on is not None and proved_on <= on:
        return FindingState.PROOFED
    return FindingState.MENDING


def link_fault(link: str) -> Sentence | None:
    """What is wrong with the address of a proof: only pages of the web can be opened by others."""
    if not link or link.lower().startswith(("https://", "http://")):
        return None
    return sentence(N_("链接要以 http:// 或 https:// 开头"))


@dataclass(frozen=True)
class Owed:
    """What a unit owed: the names and days from which a problem's sentence is written.

    ``event`` is the title of what happened, for matters that are owed when something happens.
    """

    unit: str
    item: str
    period: Sentence | str
    year: int
    due_on: date
    event: str = ""


def subject(owed: Owed) -> Sentence:
    """Unit, period and matter in a row: 东园村2023年第三季度各项收入."""
    if owed.event:
        return sentence(
            N_("%(unit)s%(item)s（%(event)s）"), unit=owed.unit, item=owed.item, event=owed.event
        )
    return sentence(
        N_("%(unit)s%(period)s%(item)s"), unit=owed.unit, period=owed.period, item=owed.item
    )


def missing_statement(owed: Owed, on: date) -> Sentence:
    """东园村2023年第三季度各项收入未公示，应于10月20日前公示，超期12天."""
    return sentence(
        N_("%(subject)s未公示，应于%(due)s前公示，超期%(days)s天"),
        subject=subject(owed),
        due=named_day(owed.due_on, owed.year),
        days=(on - owed.due_on).days,
    )


def late_statement(owed: Owed, answered_on: date) -> Sentence:
    """东园村2023年第三季度各项收入公示晚了，应于10月20日前公示，11月1日才公示，超期12天."""
    return sentence(
        N_("%(subject)s公示晚了，应于%(due)s前公示，%(answered)s才公示，超期%(days)s天"),
        subject=subject(owed),
        due=named_day(owed.due_on, owed.year),
        answered=named_day(answered_on, owed.year),
        days=(answered_on - owed.due_on).days,
    )


def named_day(day: date, year: int) -> Sentence:
    """A day in a sentence that already names a year: the year again only when it is another."""
    if day.year == year:
        return sentence(N_("%(month)s月%(day)s日"), month=day.month, day=day.day)
    return sentence(
        N_("%(year)s年%(month)s月%(day)s日"), year=day.year, month=day.month, day=day.day
    )


def severity_of_delay(days: int, *, is_missing: bool) -> Severity:
    """How grave the house takes a delay: missing more than 30 days is 严重, more than 10 较重.

    What was published after all is one degree milder. A clerk who records it may say otherwise.
    """
    if days > _SERIOUS_AFTER_DAYS:
        return Severity.SERIOUS if is_missing else Severity.MAJOR
    if days > _MAJOR_AFTER_DAYS and is_missing:
        return Severity.MAJOR
    return Severity.MINOR
