"""The leader's minute: what is missing where, what waits for a word, what was published.

Pure: values in, sentences and texts out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from taole.core.words import N_, Sentence, sentence
from taole.obligations.rules import Completeness

WEEKS_SHOWN = 6
WINDOW = timedelta(days=91)
"""Rates are of what fell due in the thirteen weeks before a day, so that weeks can be compared."""
LOOK_BACK = timedelta(days=366)
"""What fell due before that is no longer asked for."""
NAMED = 3
ON_THE_WEBSITE = N_("政府网站")
"""What stands for the section of an office's piece, which has none."""


@dataclass(frozen=True)
class MissingMatter:
    """A matter that hangs nowhere though it should; ``path`` opens its card."""

    village: str
    item: str
    period: str
    due_on: date
    path: str


@dataclass(frozen=True)
class Decision:
    """Something that waits for the leader's own word, since a day."""

    what: Sentence
    since: date
    path: str


@dataclass(frozen=True)
class PublishedNotice:
    village: str
    title: str
    section: str
    posted_on: date
    path: str


@dataclass(frozen=True)
class Trend:
    """A number of the last weeks, oldest first; None where nothing was due."""

    label: str
    values: Sequence[float | None]
    is_rate: bool

    @property
    def now(self) -> float | None:
        return self.values[-1]

    @property
    def change(self) -> float | None:
        """Against the week before; None when either is not known."""
        before = self.values[-2] if len(self.values) > 1 else None
        return None if self.now is None or before is None else self.now - before


@dataclass(frozen=True)
class Brief:
    """A week of a township on a page."""

    township: str
    start: date
    end: date
    missing: Sequence[MissingMatter]
    decisions: Sequence[Decision]
    published: Sequence[PublishedNotice]
    trends: Sequence[Trend]

    @property
    def missing_by_village(self) -> list[tuple[str, list[MissingMatter]]]:
        """The villages with what they miss, those with most first, then in order of name given."""
        found: dict[str, list[MissingMatter]] = {}
        for each in self.missing:
            found.setdefault(each.village, []).append(each)
        return sorted(found.items(), key=lambda pair: -len(pair[1]))

    @property
    def published_by_section(self) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        for each in self.published:
            section = each.section or ON_THE_WEBSITE
            counts[section] = counts.get(section, 0) + 1
        return list(counts.items())


def week_of(day: date) -> tuple[date, date]:
    """The seven days that end on a day."""
    return day - timedelta(days=6), day


def week_before(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of the week before a day's own."""
    monday = day - timedelta(days=day.weekday() + 7)
    return monday, monday + timedelta(days=6)


def trends_of(weeks: Sequence[Completeness], missing: Sequence[int]) -> list[Trend]:
    """The three numbers of the brief, oldest week first: two rates, and what is missing in all."""
    return [
        Trend(N_("完整率"), [each.completeness for each in weeks], True),
        Trend(N_("按时率"), [each.timeliness for each in weeks], True),
        Trend(N_("缺"), [float(each) for each in missing], False),
    ]


def headline(brief: Brief) -> Sentence:
    """The week in one sentence."""
    if brief.missing:
        villages = brief.missing_by_village
        return sentence(
            N_("%(count)s 项该公示的还没公示，最多的是%(village)s（%(most)s 项）"),
            count=len(brief.missing),
            village=villages[0][0],
            most=len(villages[0][1]),
        )
    if brief.decisions:
        return sentence(N_("该公示的都公示了，有 %(count)s 件等您定"), count=len(brief.decisions))
    return sentence(N_("该公示的都公示了，没有等您定的事"))


def percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.0%}"


def said_of(trend: Trend) -> str:
    """“完整率97%（升1个百分点）”, as it stands in the text and on paper."""
    if trend.now is None:
        return f"{trend.label}–"
    shown = percent(trend.now) if trend.is_rate else f"{trend.now:.0f}项"
    change = trend.change
    if change is None:
        return f"{trend.label}{shown}"
    points = round(change * 100) if trend.is_rate else round(change)
    if not points:
        return f"{trend.label}{shown}（与上周持平）"
    more, fewer, unit = ("升", "降", "个百分点") if trend.is_rate else ("多", "少", "项")
    return f"{trend.label}{shown}（比上周{more if points > 0 else fewer}{abs(points)}{unit}）"


def missing_lines(brief: Brief) -> list[str]:
    """A line for each village that misses something: how many, and the first matters by name."""
    return [
        f"{village}缺{len(matters)}项：{named(matters)}"
        for village, matters in brief.missing_by_village
    ]


def named(matters: Sequence[MissingMatter]) -> str:
    """The first few of a village's matters by name, each name once."""
    names = list(dict.fromkeys(each.item for each in matters))
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")


def published_line(brief: Brief) -> str:
    if not brief.published:
        return "本周没有新公示"
    parts = "、".join(f"{section}{count}条" for section, count in brief.published_by_section)
    return f"本周公示{len(brief.published)}条：{parts}"
