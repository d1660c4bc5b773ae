"""How long a sheet has to hang, and what is wrong with it: pure, given the day.

Art 203 of the 民法典 moves a period's last day off a holiday; local rules ask for a minimum on
the board (five days in Shandong, ten in Chongqing: handbook 2.2), else it is published again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from taole.catalogue.channels import Channel
from taole.core.words import N_, Sentence, day_text, sentence

LOOK_BACK = timedelta(days=90)
"""What came to an end before that is history: nobody is asked about it any more."""

PHOTOGRAPH_WITHIN = timedelta(days=1)
PAPER = frozenset({Channel.BOARD})
"""The channels on which a sheet of paper hangs, is photographed and has to be taken down."""


class ShowingProblem(StrEnum):
    TAKEN_DOWN_EARLY = auto()
    TOO_SHORT = auto()
    STILL_UP = auto()
    NO_PHOTOGRAPH = auto()
    COMES_DOWN = auto()


PROBLEM_LABELS = {
    ShowingProblem.TAKEN_DOWN_EARLY: N_("提前撤下"),
    ShowingProblem.TOO_SHORT: N_("公示期不足"),
    ShowingProblem.STILL_UP: N_("到期没有撤下"),
    ShowingProblem.NO_PHOTOGRAPH: N_("没有照片"),
    ShowingProblem.COMES_DOWN: N_("可以撤下"),
}


@dataclass(frozen=True)
class Showing:
    """One posting in time. ``owed_until``: the last day on which it has to hang, None if open.

    ``until_on``: the last day that was announced; ``seen_up_on``: the last day on which somebody
    saw it hanging.
    """

    channel: Channel
    posted_on: date
    until_on: date | None = None
    owed_until: date | None = None
    taken_down_on: date | None = None
    seen_up_on: date | None = None
    has_photograph: bool = False

    @property
    def last_day(self) -> date | None:
        """The later of what was announced and what is owed."""
        return max((each for each in (self.until_on, self.owed_until) if each), default=None)


def problems(showing: Showing, today: date) -> list[ShowingProblem]:
    """What is wrong with a posting on a day, the worst first; nothing for channels without paper.

    A sheet may come down on its last day, not before. One whose time is over is to come down
    (COMES_DOWN); seen hanging after that, or not taken down a day later, it is STILL_UP.
    """
    if showing.channel not in PAPER:
        return []
    found = []
    owed, down, last = showing.owed_until, showing.taken_down_on, showing.last_day
    if owed and down and down < owed:
        found.append(ShowingProblem.TAKEN_DOWN_EARLY)
    if owed and showing.until_on and showing.until_on < owed:
        found.append(ShowingProblem.TOO_SHORT)
    if down is None and last is not None and last < today:
        seen = showing.seen_up_on is not None and showing.seen_up_on > last
        waits = today - last <= PHOTOGRAPH_WITHIN
        found.append(ShowingProblem.COMES_DOWN if waits and not seen else ShowingProblem.STILL_UP)
    if (
        not showing.has_photograph
        and down is None
        and today - showing.posted_on >= (PHOTOGRAPH_WITHIN)
    ):
        found.append(ShowingProblem.NO_PHOTOGRAPH)
    return found


def in_words(problem: ShowingProblem, showing: Showing, today: date) -> Sentence:
    """One sentence with the days: what is wrong and what to do."""
    last = showing.last_day or showing.posted_on
    match problem:
        case ShowingProblem.TAKEN_DOWN_EARLY:
            owed = showing.owed_until or last
            down = showing.taken_down_on or today
            return sentence(
                N_("应挂到%(owed)s，%(down)s就撤下了，少了%(days)s天：请重新张贴，挂满规定天数。"),
                owed=day_text(owed),
                down=day_text(down),
                days=(owed - down).days,
            )
        case ShowingProblem.TOO_SHORT:
            return sentence(
                N_("公示止写的是%(until)s，不能早于%(owed)s：请延长公示期。"),
                until=day_text(showing.until_on or last),
                owed=day_text(showing.owed_until or last),
            )
        case ShowingProblem.STILL_UP:
            return sentence(
                N_("%(last)s已到期，超%(days)s天还没有登记撤下：请撤下，拍一张照片。"),
                last=day_text(last),
                days=(today - last).days,
            )
        case ShowingProblem.NO_PHOTOGRAPH:
            return sentence(
                N_("%(posted)s贴出的公示还没有照片：请拍一张补上。"),
                posted=day_text(showing.posted_on),
            )
        case ShowingProblem.COMES_DOWN:
            return sentence(N_("%(last)s已到期，可以撤下了。"), last=day_text(last))


def period_fault(
    posted_on: date, until_on: date | None, owed_until: date | None
) -> Sentence | None:
    """What is wrong with an announced period (公示期), before it is posted; None if nothing is.

    One that ends before it begins is ``check_posting``'s to refuse.
    """
    if until_on is None or owed_until is None or not posted_on <= until_on < owed_until:
        return None
    return sentence(
        N_("公示期只有%(days)s天，少%(short)s天：公示止不能早于%(owed)s。"),
        days=(until_on - posted_on).days,
        short=(owed_until - until_on).days,
        owed=owed_until,
    )


def worst(found: Iterable[ShowingProblem]) -> ShowingProblem | None:
    """The first in the order of the enumeration."""
    known = set(found)
    return next((each for each in ShowingProblem if each in known), None)
