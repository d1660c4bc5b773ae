"""What stands on the papers on rectification: the problems as values, and what is counted of them.

The papers are for officials, so they are written in Chinese whatever the reader's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taole.documents.paper import in_full
from taole.inspections import rules
from taole.inspections.problem_kinds import problem_kinds
from taole.inspections.workflow import (
    INSPECTION_KIND_LABELS,
    SEVERITY_LABELS,
    FindingState,
    InspectionKind,
    Severity,
)
from taole.rectification_papers.workflow import PaperKind

CAPTION = "扫码报整改"
"""What the code on a paper is for."""

STANDING_WORDS = {
    FindingState.OPEN: "待整改",
    FindingState.MENDING: "整改中",
    FindingState.PROOFED: "已改，待复核",
    FindingState.CLOSED: "已销号",
}
_OTHER_KIND = "其他"


@dataclass(frozen=True)
class Problem:
    """A finding as it stood at the end of a day; what happened later is not in it.

    ``extension``: why the leader granted more time, or why it was asked for (``is_asked``).
    """

    id: UUID
    year: int
    number: int
    unit: str
    statement: str
    source: InspectionKind
    severity: Severity
    found_on: date
    due_on: date
    mend_until: date
    state: FindingState
    kind: str = ""
    item_code: str = ""
    basis: str = ""
    evidence: str = ""
    demand: str = ""
    owner: str = ""
    measures: str = ""
    proved_on: date | None = None
    proof: str = ""
    verdict: str = ""
    closed_on: date | None = None
    closed_by: str = ""
    extension: str = ""
    is_asked: bool = False
    recurs: bool = False

    @property
    def source_label(self) -> str:
        return INSPECTION_KIND_LABELS[self.source]

    @property
    def severity_label(self) -> str:
        return SEVERITY_LABELS[self.severity]

    @property
    def kind_label(self) -> str:
        return next((each.label for each in problem_kinds() if each.code == self.kind), _OTHER_KIND)

    @property
    def is_closed(self) -> bool:
        return self.state is FindingState.CLOSED

    def is_overdue(self, on: date) -> bool:
        return rules.is_overdue(self.closed_on, self.mend_until, on)


@dataclass(frozen=True)
class PaperHead:
    """What a paper says of itself.

    ``unit``: whose problems (a village, or the township); ``committee``: in whose name that unit
    is written to; ``body``: who issues it. ``found_from`` to ``found_until``: the days of finding
    that were asked for. ``address``: what its QR code opens. ``documents``: the notices because of
    which problems were found. ``next_steps``: what somebody wrote for the last part of a report.
    """

    unit: str
    committee: str
    township: str
    government: str
    body: str
    phone: str
    on: date
    found_from: date | None = None
    found_until: date | None = None
    number: str = ""
    recipient: str = ""
    address: str = ""
    documents: tuple[str, ...] = ()
    next_steps: str = ""

    @property
    def contact(self) -> str:
        return f"联系电话：{self.phone or '____________'}　　　{self.body}"


def number_words(year: int, number: int) -> str:
    """2023年第3号."""
    return f"{year}年第{number}号"


def titles(kind: PaperKind, unit: str) -> str:
    """What a paper is called, for a unit."""
    return {
        PaperKind.PROBLEM_LIST: f"{unit}村务公开问题清单",
        PaperKind.NOTICE: f"{unit}村务公开问题整改通知书",
        PaperKind.CHECKLIST: f"{unit}村务公开问题整改清单",
        PaperKind.LEDGER: f"{unit}村务公开问题整改台账",
        PaperKind.REPORT: f"{unit}关于村务公开问题整改情况的报告",
    }[kind]


def span(first: date, last: date) -> str:
    """2023年9月11日至9月18日; one day where both are the same."""
    if first == last:
        return in_full(first)
    return f"{in_full(first)}至{rules.named_day(last, first.year)}"


def found_span(problems: Sequence[Problem], head: PaperHead) -> str:
    """The days on which the problems were found; those asked for where there is none."""
    days = [problem.found_on for problem in problems]
    first = min(days, default=head.found_from or head.on)
    last = max(days, default=head.found_until or head.on)
    return span(first, last)


def short_day(day: date, year: int) -> str:
    """9月18日, with its year where it is another than the paper's."""
    return str(rules.named_day(day, year))


def counted(labels: Iterable[str], unit: str = "个") -> str:
    """季度通报6个、交叉互检3个: the most frequent first, equals in the order they came."""
    return "、".join(f"{label}{count}{unit}" for label, count in Counter(labels).most_common())
