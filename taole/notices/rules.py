"""What is decided about notices and postings: pure, given the day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from taole.access.permissions import Permission
from taole.catalogue.channels import Channel
from taole.core.errors import Refused
from taole.core.periods import Period, period_of
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import DayUnit, WorkCalendar, notice_period_end
from taole.notices.workflow import (
    ALL_STEPS,
    IN_REVIEW,
    MOVES,
    NOTICE_STATE_LABELS,
    REVIEW_LABELS,
    REVIEW_PERMISSIONS,
    STEP_LABELS,
    STEP_OF_STATE,
    VERDICT_LABELS,
    NoticeState,
    ReviewStep,
    Step,
    Verdict,
    next_review,
)

MAX_TITLE = 200
MAX_REASON = 300
MAX_LINK = 300


def next_state(
    step: Step,
    state: NoticeState,
    *,
    steps: Sequence[ReviewStep] = ALL_STEPS,
    is_author: bool = False,
    is_up: bool = False,
    reason: str = "",
) -> NoticeState:
    """The state that a step leads to; the table of moves is the only law.

    ``steps``: the reviews that the notice has to pass. ``is_up``: it hangs somewhere already,
    ahead of its review: the last verdict then leads to POSTED. Raises Refused for a step the state
    does not permit, for somebody who would judge what they wrote or changed themselves, and for a
    step that needs a reason and has none.
    """
    move = MOVES[step]
    if not is_possible(step, state, is_up=is_up):
        raise Refused(
            sentence(
                N_("这件公示现在是“%(state)s”，不能“%(step)s”：请刷新页面看看最新情况。"),
                state=sentence(NOTICE_STATE_LABELS[state]),
                step=sentence(STEP_LABELS[step]),
            )
        )
    if move.forbids_author and is_author:
        raise Refused(N_("自己写的、改过的公示不能自己审：请让另一位审核人来审。"))
    if move.needs_reason and not reason.strip():
        raise Refused(
            sentence(N_("“%(step)s”要写原因，让对方知道改哪里。"), step=sentence(STEP_LABELS[step]))
        )
    if len(reason) > MAX_REASON:
        raise Refused(sentence(N_("原因太长了：最多%(most)s个字。"), most=MAX_REASON))
    if step in (Step.SUBMIT, Step.APPROVE):
        following = next_review(state, steps)
        is_over = following is NoticeState.APPROVED and is_up
        return NoticeState.POSTED if is_over else following
    return move.target or state


def is_possible(step: Step, state: NoticeState, *, is_up: bool = False) -> bool:
    """Whether the table permits a step; in review only what hangs already can be withdrawn."""
    if step is Step.WITHDRAW and state in IN_REVIEW | {NoticeState.RETURNED}:
        return is_up
    if step is Step.RECALL and is_up:
        return False
    return state in MOVES[step].sources


def permission_for(step: Step, state: NoticeState) -> Permission | None:
    """What one has to hold for a step now; a verdict's belongs to the review that waits."""
    waiting = STEP_OF_STATE.get(state)
    if step in (Step.APPROVE, Step.RETURN):
        return REVIEW_PERMISSIONS[waiting] if waiting else None
    return MOVES[step].permission


def possible_steps(
    state: NoticeState,
    holds: Callable[[Permission], bool],
    *,
    is_author: bool,
    is_up: bool = False,
    is_urgent: bool = False,
) -> frozenset[Step]:
    """The steps that a person with these permissions can take now.

    ``is_urgent``: the township lets the item go up first and be reviewed the next working day.
    """
    found = set()
    for step, move in MOVES.items():
        permission = permission_for(step, state)
        if (
            permission is not None
            and is_possible(step, state, is_up=is_up)
            and holds(permission)
            and not (move.forbids_author and is_author)
            and (step is not Step.POST_AHEAD or is_urgent)
        ):
            found.add(step)
    return frozenset(found)


@dataclass(frozen=True)
class Judged:
    """Who gave a verdict, and whether it is the person who asks now."""

    name: str
    verdict: Verdict
    is_mine: bool = False


def overtaken_words(step: ReviewStep, state: NoticeState, judged: Judged | None) -> Sentence:
    """What happened to a review that a person wanted to give: someone gave it, or it is gone."""
    review = sentence(REVIEW_LABELS[step])
    if judged is None:
        return sentence(
            N_("这件公示现在是“%(state)s”，不用再作%(step)s。"),
            state=sentence(NOTICE_STATE_LABELS[state]),
            step=review,
        )
    verdict = sentence(VERDICT_LABELS[judged.verdict])
    if judged.is_mine:
        return sentence(
            N_("您已经作过%(step)s：%(verdict)s，不用再按。"), step=review, verdict=verdict
        )
    return sentence(
        N_("%(name)s刚刚作了%(step)s：%(verdict)s。您的意见没有存。"),
        name=judged.name,
        step=review,
        verdict=verdict,
    )


def is_amount(cell: object) -> bool:
    """Whether a cell is written like an amount (4,860.00): set to the right, never broken."""
    return re.fullmatch(r"-?\d{1,3}(,?\d{3})*(\.\d+)?", str(cell).strip()) is not None


def title_fault(title: str) -> Sentence | None:
    if not title.strip():
        return sentence(N_("请填写公示的标题。"))
    if len(title) > MAX_TITLE:
        return sentence(N_("标题太长了：最多%(most)s个字。"), most=MAX_TITLE)
    return None


def content_fault(body: str, rows: Sequence[object], *, has_files: bool) -> Sentence | None:
    """What is missing before a notice can be judged: something to read."""
    if body.strip() or rows or has_files:
        return None
    return sentence(N_("还没有内容：请填表格、写正文，或者传一个附件，再提交审核。"))


def suggested_title(unit_name: str, period: str, matter: str) -> str:
    """A notice's title as villages write it: 东园村2023年9月高龄津贴发放公示."""
    ending = "" if matter.endswith(("公示", "公告", "公开", "通知")) else "公示"
    return f"{unit_name}{period}{matter}{ending}"[:MAX_TITLE]


_EVENT = re.compile(r"(\d{4})E[0-9a-f]{32}")


def plain_period(key: str) -> Period | None:
    """The period in which a notice's key lies (an event's key has its id inside); else None."""
    try:
        return period_of(_EVENT.sub(r"\1", key))
    except Refused:
        return None


@dataclass(frozen=True)
class Place:
    """Where a notice is shown: a channel, on the website a column, in new media an account."""

    channel: Channel
    column_code: str = ""
    account: str = ""


@dataclass(frozen=True)
class Shown:
    """A posting as the rules see it; ``repeats`` if it shows again what was shown before."""

    id: UUID
    place: Place
    posted_on: date
    repeats: bool = False


def check_posting(
    place: Place, *, posted_on: date, until_on: date | None, today: date, link: str = ""
) -> None:
    """Refused when a posting cannot have been made as it is told."""
    if posted_on > today:
        raise Refused(
            sentence(N_("公示日期 %(day)s 还没到：请在贴出以后再登记。"), day=posted_on.isoformat())
        )
    if until_on is not None and until_on < posted_on:
        raise Refused(
            sentence(
                N_("公示到 %(until)s 早于公示起 %(day)s：请把结束日期改到起始日期以后。"),
                until=until_on.isoformat(),
                day=posted_on.isoformat(),
            )
        )
    if place.channel is Channel.WEBSITE and not place.column_code:
        raise Refused(N_("登记政府网站的公示要选栏目：请选择发在哪个栏目。"))
    if link and (not link.startswith(("https://", "http://")) or len(link) > MAX_LINK):
        raise Refused(
            sentence(
                N_("链接不对：请从浏览器地址栏复制以 http 开头的网址，最多%(most)s个字符。"),
                most=MAX_LINK,
            )
        )


def repeated(place: Place, shown: Iterable[Shown]) -> UUID | None:
    """The posting that another on the same place would repeat: it is kept, but never counted."""
    earlier = [each for each in shown if each.place == place and not each.repeats]
    return min(earlier, key=lambda each: (each.posted_on, each.id)).id if earlier else None


def compulsory(required: Iterable[str], listed: Sequence[str]) -> tuple[Channel, ...]:
    """The channels without which an obligation is not answered: those required that are listed."""
    wanted = set(required) & set(listed)
    return tuple(each for each in Channel if each in wanted)


def answered_on(shown: Iterable[Shown], required: Sequence[Channel]) -> date | None:
    """The day on which the last compulsory channel went up; None while one is missing.

    Where no channel is compulsory, the first posting answers.
    """
    first: dict[Channel, date] = {}
    for each in shown:
        known = first.get(each.place.channel)
        first[each.place.channel] = min(known, each.posted_on) if known else each.posted_on
    if not required:
        return min(first.values(), default=None)
    if any(channel not in first for channel in required):
        return None
    return max(first[channel] for channel in required)


@dataclass(frozen=True)
class ShowingTime:
    """How long a matter has to be shown: a notice period (公示期), or days on the board."""

    period_days: int | None = None
    period_unit: DayUnit | None = None
    board_days: int | None = None

    @property
    def is_given(self) -> bool:
        return bool(self.period_days or self.board_days)

    def until(self, posted_on: date, calendar: WorkCalendar) -> date | None:
        """The last day of showing; None when the catalogue names none (民法典 arts 201, 203).

        Raises UnknownYear when the answer needs a year whose holidays nobody confirmed.
        """
        if self.period_days:
            unit = self.period_unit or DayUnit.CALENDAR
            return notice_period_end(posted_on, self.period_days, unit, calendar)
        if self.board_days:
            return posted_on + timedelta(days=self.board_days)
        return None
