"""The website's veto rules (单项否决) of the State Council's office, 国办秘函〔2019〕19号: pure.

Measured on what a township owns, its columns on the county's site; the limits are those of a whole
site, so that whoever reaches one alone fails the county.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from taole.core.words import N_
from taole.oversight.column_rules import FORTNIGHT, Standing

NEWS_WORDS = ("动态", "要闻")
DOCUMENT_WORDS = ("通知", "公告", "政策", "文件")
DOCUMENT_MONTHS = 6
MESSAGE_MONTHS = 3
NEAR = timedelta(days=10)
"""So long before the three months a message that waits is told of."""
MOST_STALE = 5
MOST_OVERDUE = 10
MOST_EMPTY = 5


class ColumnKind(StrEnum):
    NEWS = auto()
    DOCUMENTS = auto()
    OTHER = auto()


def kind_of(title: str, interval: int | None, *, is_first_level: bool) -> ColumnKind:
    """Which of the two kinds a column is: 动态/要闻, or first-level 通知公告/政策文件."""
    is_short = interval is not None and interval <= FORTNIGHT
    if is_short or any(word in title for word in NEWS_WORDS):
        return ColumnKind.NEWS
    if is_first_level and any(word in title for word in DOCUMENT_WORDS):
        return ColumnKind.DOCUMENTS
    return ColumnKind.OTHER


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last (民法典 art 202); earlier below 0."""
    passed = day.year * 12 + day.month - 1 + months
    year, month = divmod(passed, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Judged:
    """A column as the veto rules see it."""

    code: str
    title: str
    kind: ColumnKind
    standing: Standing
    last_on: date | None


class Rule(StrEnum):
    COLUMNS_STALE = auto()
    COLUMNS_OVERDUE = auto()
    COLUMNS_EMPTY = auto()
    HOME_STALE = auto()
    MESSAGES_UNANSWERED = auto()


RULE_LABELS = {
    Rule.COLUMNS_STALE: N_("动态要闻两周、通知公告和政策文件六个月没有更新的栏目"),
    Rule.COLUMNS_OVERDUE: N_("应更新没有更新的栏目"),
    Rule.COLUMNS_EMPTY: N_("空栏目"),
    Rule.HOME_STALE: N_("最近一次更新到现在的天数"),
    Rule.MESSAGES_UNANSWERED: N_("超过三个月没有答复的留言"),
}
RULE_UNITS = {
    Rule.COLUMNS_STALE: N_("个"),
    Rule.COLUMNS_OVERDUE: N_("个"),
    Rule.COLUMNS_EMPTY: N_("个"),
    Rule.HOME_STALE: N_("天"),
    Rule.MESSAGES_UNANSWERED: N_("条"),
}


@dataclass(frozen=True)
class Veto:
    """One rule: what is measured, from which value on it vetoes, and which columns are behind it.

    ``value`` is None where there is nothing to measure (never updated).
    """

    rule: Rule
    value: int | None
    limit: int
    codes: tuple[str, ...] = ()

    @property
    def is_hit(self) -> bool:
        return self.value is None or self.value >= self.limit

    @property
    def is_near(self) -> bool:
        """Not hit, but something counts towards it: one more step may be one too many."""
        if self.is_hit or self.value is None:
            return False
        if self.rule is Rule.HOME_STALE:
            return self.value >= self.limit * 2 // 3
        return self.value * 2 >= self.limit and self.value > 0


def stale_columns(columns: Iterable[Judged], on: date) -> Veto:
    """动态/要闻 without update in two weeks and first-level 通知公告/政策文件 without update in six
    months, together five or more (国办秘函〔2019〕19号, 单项否决“更新不及时”)."""
    codes = tuple(
        each.code
        for each in columns
        if (each.kind is ColumnKind.NEWS and _older(each, on - timedelta(FORTNIGHT)))
        or (each.kind is ColumnKind.DOCUMENTS and _older(each, months_after(on, -DOCUMENT_MONTHS)))
    )
    return Veto(Rule.COLUMNS_STALE, len(codes), MOST_STALE, codes)


def overdue_columns(columns: Iterable[Judged]) -> Veto:
    """Columns that should have been updated and were not, ten or more (the same rule); those
    that are empty are counted by their own."""
    codes = tuple(each.code for each in columns if each.standing is Standing.STALE)
    return Veto(Rule.COLUMNS_OVERDUE, len(codes), MOST_OVERDUE, codes)


def empty_columns(columns: Iterable[Judged]) -> Veto:
    """Empty columns, five or more (国办秘函〔2019〕19号, 单项否决“栏目不更新”)."""
    codes = tuple(each.code for each in columns if each.standing is Standing.EMPTY)
    return Veto(Rule.COLUMNS_EMPTY, len(codes), MOST_EMPTY, codes)


def home_stale(last_on: date | None, on: date) -> Veto:
    """A home page without update for more than two weeks (国办秘函〔2019〕19号, 单项否决“首页”).

    A township has no home page: the latest update of any of its columns stands for it.
    """
    passed = None if last_on is None else (on - last_on).days
    return Veto(Rule.HOME_STALE, passed, FORTNIGHT + 1)


@dataclass(frozen=True)
class Waiting:
    """A message that nobody has answered yet, and its last day by the indicator."""

    received_on: date

    @property
    def until(self) -> date:
        return months_after(self.received_on, MESSAGE_MONTHS)

    @property
    def near_on(self) -> date:
        return self.until - NEAR

    def is_over(self, on: date) -> bool:
        return on > self.until

    def is_near(self, on: date) -> bool:
        """From ten days before its three months, and for ever after."""
        return on >= self.near_on


def unanswered_messages(received: Iterable[date], on: date) -> Veto:
    """A valid message unanswered for more than three months: one vetoes
    (国办秘函〔2019〕19号, 单项否决“互动回应”)."""
    return Veto(Rule.MESSAGES_UNANSWERED, sum(Waiting(day).is_over(on) for day in received), 1)


def vetoes(
    columns: Sequence[Judged], *, last_on: date | None, unanswered: Iterable[date], on: date
) -> list[Veto]:
    """All the rules on a day, in the indicator's order."""
    return [
        home_stale(last_on, on),
        stale_columns(columns, on),
        overdue_columns(columns),
        empty_columns(columns),
        unanswered_messages(unanswered, on),
    ]


def _older(column: Judged, day: date) -> bool:
    """Whether it was last updated before a day; an empty column is counted by its own rule."""
    return (
        column.standing is not Standing.EMPTY
        and column.last_on is not None
        and column.last_on < day
    )
