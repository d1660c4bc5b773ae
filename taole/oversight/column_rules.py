"""How fresh a column of the website is: pure, given the day.

Two weeks for 动态 and 要闻, six months for 通知公告 and 政策文件 come from 国办秘函〔2019〕19号
(《政府网站与政务新媒体检查指标》); all other intervals are the county's or the township's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from taole.core.words import N_, Sentence, sentence

FORTNIGHT = 14
FIRST_WARNING = 10
"""Of a column of fourteen days: the first warning; longer intervals warn in proportion."""
UPDATES_A_MONTH = 2


class Standing(StrEnum):
    """``STANDING_PAGE``: has no interval, is changed when what it tells changes."""

    EMPTY = auto()
    STALE = auto()
    WARN14 = auto()
    WARN10 = auto()
    FRESH = auto()
    STANDING_PAGE = auto()


STANDING_LABELS = {
    Standing.EMPTY: N_("空栏目"),
    Standing.STALE: N_("超期"),
    Standing.WARN14: N_("马上到期"),
    Standing.WARN10: N_("快到期"),
    Standing.FRESH: N_("正常"),
    Standing.STANDING_PAGE: N_("常设页面"),
}
STEPS = {Standing.WARN10: "day-10", Standing.WARN14: "day-14", Standing.STALE: "stale"}
"""The steps at which those who publish are told."""


@dataclass(frozen=True)
class Clock:
    """The days of one column: last updated on ``last_on``, to be updated every ``interval`` days.

    The day of the update is not counted (民法典 art 201): one of fourteen days, last updated on
    the 1st, is warned of on the 11th, is due on the 15th and is stale on the 16th.
    """

    last_on: date
    interval: int

    @property
    def warn_on(self) -> date:
        """Ten fourteenths of the interval: day 10 of 14, 128 of 180, 260 of 365."""
        return self.last_on + timedelta(max(self.interval * FIRST_WARNING // FORTNIGHT, 1))

    @property
    def due_on(self) -> date:
        return self.last_on + timedelta(self.interval)

    @property
    def stale_on(self) -> date:
        return self.due_on + timedelta(1)

    def reached_on(self, standing: Standing) -> date | None:
        """The day on which a standing began; None for those that no clock leads to."""
        return {
            Standing.WARN10: self.warn_on,
            Standing.WARN14: self.due_on,
            Standing.STALE: self.stale_on,
        }.get(standing)


def standing_of(
    interval: int | None, last_on: date | None, today: date, *, is_empty: bool
) -> Standing:
    """The standing of a column on a day; ``is_empty``: nothing hangs in it.

    A page without an interval cannot be late; without any content it is an empty column all the
    same (空栏目).
    """
    if is_empty or last_on is None:
        return Standing.EMPTY
    if interval is None:
        return Standing.STANDING_PAGE
    clock = Clock(last_on, interval)
    if today >= clock.stale_on:
        return Standing.STALE
    if today >= clock.due_on:
        return Standing.WARN14
    return Standing.WARN10 if today >= clock.warn_on else Standing.FRESH


@dataclass(frozen=True)
class Content:
    """What a column holds on a day: when it was last updated, and how much hangs in it."""

    last_on: date | None = None
    up: int = 0

    def __or__(self, other: Content) -> Content:
        days = [each for each in (self.last_on, other.last_on) if each]
        return Content(max(days, default=None), self.up + other.up)


def with_lower_columns(
    parents: Mapping[str, str], contents: Mapping[str, Content]
) -> dict[str, Content]:
    """By code what each column holds together with the columns below it.

    ``parents``: code → parent's code, empty for the first level. What stands in 部门决算 stands in
    预决算公开: a column is not empty when one below it is full.
    """
    whole = dict.fromkeys(parents, Content())
    for code in parents:
        holders = {code}
        above = parents[code]
        while above in parents and above not in holders:
            holders.add(above)
            above = parents[above]
        for each in holders:
            whole[each] |= contents.get(code, Content())
    return whole


def as_tree(parents: Mapping[str, str]) -> list[tuple[str, int]]:
    """The codes in their order, each below its parent, with its depth (0 for the first level)."""
    below: dict[str, list[str]] = {}
    for code, above in parents.items():
        below.setdefault(above if above in parents else "", []).append(code)
    found: list[tuple[str, int]] = []

    def walk(above: str, depth: int) -> None:
        for code in below.pop(above, ()):
            found.append((code, depth))
            walk(code, depth + 1)

    walk("", 0)
    while below:  # columns that name each other as their parents
        walk(next(iter(below)), 0)
    return found


@dataclass(frozen=True)
class MonthUpdates:
    """One month: on how many days something went online, how many postings, how often due."""

    month: int
    days: int
    postings: int
    is_begun: bool
    is_over: bool

    @property
    def short(self) -> int:
        """How many updates are missing of the two a month; 0 for a month still to come."""
        return max(UPDATES_A_MONTH - self.days, 0) if self.is_begun else 0


def months_of(year: int, posted: Iterable[date], today: date) -> list[MonthUpdates]:
    """The twelve months of a year by the days of its postings (at least two updates a month)."""
    days = list(posted)
    found = []
    for month in range(1, 13):
        inside = [day for day in days if (day.year, day.month) == (year, month)]
        found.append(
            MonthUpdates(
                month,
                len(set(inside)),
                len(inside),
                is_begun=(year, month) <= (today.year, today.month),
                is_over=(year, month) < (today.year, today.month),
            )
        )
    return found


def headline(standings: Iterable[Standing], this_month: MonthUpdates) -> list[Sentence]:
    """The state in words, the worst first: “1个栏目超期，3个快到期，本月更新1次，还差1次”."""
    counted = list(standings)
    near = counted.count(Standing.WARN10) + counted.count(Standing.WARN14)
    said = [
        sentence(words, count=count)
        for words, count in (
            (N_("%(count)s个栏目超期"), counted.count(Standing.STALE)),
            (N_("%(count)s个栏目快到期"), near),
            (N_("%(count)s个空栏目"), counted.count(Standing.EMPTY)),
        )
        if count
    ]
    if not counted:
        said = [sentence(N_("还没有栏目"))]
    elif not said:
        said = [sentence(N_("各栏目都按期更新"))]
    said.append(sentence(N_("本月更新%(count)s次"), count=this_month.days))
    if this_month.short:
        said.append(sentence(N_("还差%(count)s次"), count=this_month.short))
    return said


def in_words(title: str, standing: Standing, clock: Clock | None, today: date) -> Sentence:
    """One sentence about a column that presses: how long it waits, and until when."""
    if clock is None or standing is Standing.EMPTY:
        return sentence(N_("“%(column)s”栏目是空的：请发布内容。"), column=title)
    passed = (today - clock.last_on).days
    due = clock.due_on.isoformat()
    if standing is Standing.STALE:
        return sentence(
            N_("“%(column)s”栏目%(days)s天没有更新，应于 %(due)s 前更新，超%(over)s天。"),
            column=title,
            days=passed,
            due=due,
            over=(today - clock.due_on).days,
        )
    return sentence(
        N_("“%(column)s”栏目%(days)s天没有更新，要在 %(due)s 前更新，剩%(left)s天。"),
        column=title,
        days=passed,
        due=due,
        left=(clock.due_on - today).days,
    )
