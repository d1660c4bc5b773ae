"""What the county's indicators come to on our data: values, problems, points, cheapest fixes. Pure.

A problem is written as the county would write it; a fix says what it takes to be rid of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from taole.core.words import N_, Sentence, sentence

ONE_PROBLEM = Decimal("0.2")
"""The part of an indicator's weight that each problem costs, until nothing is left of it."""

FIXES_SHOWN = 3


class Fix(StrEnum):
    """What has to be done about a problem, from the cheapest to the dearest."""

    TAKE_DOWN = N_("登记撤下")
    PHOTOGRAPH = N_("补一张照片")
    CONFIRM = N_("确认无此事项")
    POST = N_("把审过的贴出去")
    REVIEW = N_("审核")
    SUBMIT = N_("报送台账")
    ANSWER = N_("答复留言")
    FINISH = N_("写完草稿送审")
    UPDATE = N_("更新栏目")
    WRITE = N_("登记公示")
    MEND = N_("完成整改")
    NONE = N_("已经发生，补不回来")


MINUTES: dict[Fix, int] = {
    Fix.TAKE_DOWN: 1,
    Fix.PHOTOGRAPH: 2,
    Fix.CONFIRM: 2,
    Fix.POST: 5,
    Fix.REVIEW: 5,
    Fix.SUBMIT: 5,
    Fix.ANSWER: 15,
    Fix.FINISH: 15,
    Fix.UPDATE: 20,
    Fix.WRITE: 30,
    Fix.MEND: 120,
}
"""About how long each takes somebody at a desk; what cannot be mended stands nowhere."""


@dataclass(frozen=True)
class Problem:
    """One thing that the county would name, and where it is mended."""

    said: Sentence
    path: str
    fix: Fix
    unit: str = ""


class How(StrEnum):
    """How a value is judged against the limit: a rate or a count that it must reach, or a count
    that it must not pass."""

    RATE = "rate"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Measured:
    """A value (a rate from 0 to 100, or a count; None: there is nothing to measure)."""

    how: How
    value: Decimal | None
    problems: Sequence[Problem] = ()
    usual: int = 0
    """The limit where a table gives none."""

    @classmethod
    def rate(cls, share: float | None, problems: Sequence[Problem] = ()) -> Measured:
        value = None if share is None else Decimal(round(share * 1000)) / 10
        return cls(How.RATE, value, problems, usual=100)

    @classmethod
    def at_most(cls, problems: Sequence[Problem]) -> Measured:
        """A count of problems."""
        return cls(How.AT_MOST, Decimal(len(problems)), problems)

    @classmethod
    def at_least(cls, count: int, problems: Sequence[Problem] = (), usual: int = 1) -> Measured:
        return cls(How.AT_LEAST, Decimal(count), problems, usual)

    @classmethod
    def nothing(cls, how: How) -> Measured:
        """There is nothing to measure: neither a fault nor a full mark."""
        return cls(how, None)

    def bound(self, limit: int | None) -> Decimal:
        return Decimal(self.usual if limit is None else limit)


def is_met(measured: Measured, limit: int | None) -> bool | None:
    """Whether the limit is kept; None when there is nothing to measure."""
    if measured.value is None:
        return None
    bound = measured.bound(limit)
    if measured.how is How.AT_MOST:
        return measured.value <= bound
    return measured.value >= bound


def points_of(measured: Measured, limit: int | None, weight: Decimal) -> Decimal | None:
    """The points won of ``weight``; None when there is nothing to measure.

    A rate wins its share of the limit; each problem beyond a limit costs a fifth of the weight.
    """
    if measured.value is None:
        return None
    if is_met(measured, limit):
        return weight
    bound = measured.bound(limit)
    if measured.how is How.AT_MOST:
        lost = weight * ONE_PROBLEM * (measured.value - bound)
        return max(Decimal(0), weight - lost).quantize(Decimal("0.1"))
    return (weight * measured.value / bound).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator on our data. ``measured`` None: people look at it (人工核对)."""

    code: str
    title: str
    weight: Decimal
    limit: int | None
    is_veto: bool
    measured: Measured | None

    @property
    def is_met(self) -> bool | None:
        return None if self.measured is None else is_met(self.measured, self.limit)

    @property
    def points(self) -> Decimal | None:
        if self.measured is None:
            return None
        return points_of(self.measured, self.limit, self.weight)

    @property
    def lost(self) -> Decimal:
        return Decimal(0) if self.points is None else self.weight - self.points

    @property
    def problems(self) -> Sequence[Problem]:
        return () if self.measured is None or self.is_met else self.measured.problems


@dataclass(frozen=True)
class Remedy:
    """All problems of one indicator that one kind of fix is for: what it wins, how long it takes.

    ``is_veto``: it takes a veto away, which no points make up for.
    """

    indicator: str
    fix: Fix
    problems: Sequence[Problem]
    gain: Decimal
    is_veto: bool

    @property
    def minutes(self) -> int:
        return MINUTES[self.fix] * len(self.problems)

    @property
    def price(self) -> Decimal:
        """Minutes for a point."""
        return Decimal(self.minutes) / self.gain if self.gain else Decimal("Infinity")


@dataclass(frozen=True)
class Circular:
    """The notice that the township is about to get, if the quarter ended today."""

    lines: Sequence[IndicatorLine]

    @property
    def vetoes(self) -> list[IndicatorLine]:
        return [line for line in self.lines if line.is_veto and line.is_met is False]

    @property
    def score(self) -> Decimal | None:
        """Points of a hundred over what could be measured; None when nothing could."""
        counted = [line for line in self.lines if line.points is not None and line.weight]
        weight = sum((line.weight for line in counted), Decimal(0))
        if not weight:
            return None
        won = sum((line.points or Decimal(0) for line in counted), Decimal(0))
        return (won * 100 / weight).quantize(Decimal("0.1"))

    @property
    def problems(self) -> list[Problem]:
        """Every problem once, the veto's first."""
        ordered = sorted(self.lines, key=lambda line: not line.is_veto)
        found: dict[str, Problem] = {}
        for line in ordered:
            for problem in line.problems:
                found.setdefault(f"{problem.path}{problem.said}", problem)
        return list(found.values())

    @property
    def fixes(self) -> list[Remedy]:
        """The three cheapest: what takes a veto away, then the fewest minutes for a point."""
        found = [remedy for line in self.lines for remedy in _remedies(line)]
        ordered = sorted(found, key=lambda each: (not each.is_veto, each.price, each.minutes))
        return [each for each in ordered if each.gain or each.is_veto][:FIXES_SHOWN]


def _remedies(line: IndicatorLine) -> list[Remedy]:
    """The ways to mend one indicator; each wins its share of what was lost."""
    by_fix: dict[Fix, list[Problem]] = {}
    for problem in line.problems:
        by_fix.setdefault(problem.fix, []).append(problem)
    return [
        Remedy(
            line.title,
            fix,
            problems,
            (line.lost * len(problems) / len(line.problems)).quantize(Decimal("0.1")),
            line.is_veto,
        )
        for fix, problems in by_fix.items()
        if fix in MINUTES
    ]


def plain(points: Decimal) -> str:
    """Points as people write them: 69, 2.5."""
    return f"{points.normalize():f}"


def headline(circular: Circular) -> Sentence:
    """The whole in one sentence."""
    if circular.vetoes:
        return sentence(
            N_("现在通报，会有 %(count)s 项单项否决：%(first)s"),
            count=len(circular.vetoes),
            first=circular.vetoes[0].title,
        )
    if circular.problems:
        return sentence(
            N_("现在通报，得 %(score)s 分，会被点名 %(count)s 个问题"),
            score="–" if circular.score is None else plain(circular.score),
            count=len(circular.problems),
        )
    return sentence(N_("现在通报，没有会被点名的问题"))
