"""The checks of a report: every rule of the form, each answered by one or more sentences.

Severity and basis of each rule stand in ``format.yaml``; the rules themselves, by what they look
at, in ``table_rules``, ``text_rules`` and ``document_rules``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taole.annual_report.content import ReportContent
from taole.annual_report.document_rules import DOCUMENT_RULES
from taole.annual_report.official_format import FORMAT, Severity
from taole.annual_report.rule import Rule
from taole.annual_report.table_rules import TABLE_RULES
from taole.annual_report.tables import Tables
from taole.annual_report.text_rules import TEXT_RULES
from taole.core.periods import FIRST_YEAR_OF_DISCLOSURE
from taole.core.words import N_, Sentence, sentence

RULES: tuple[Rule, ...] = (*TABLE_RULES, *TEXT_RULES, *DOCUMENT_RULES)

_PART_OF_RULE = {"T2": 2, "T3": 3, "T4": 4, "P5": 5, "P6": 6}


@dataclass(frozen=True)
class Check:
    """What one rule found: passed once, or one check for each place where it fails.

    ``severity``: error (wrong), warn (a person must confirm), info (a remark).
    """

    rule_id: str
    severity: Severity
    passed: bool
    said: Sentence

    @property
    def basis(self) -> str:
        """The law or the line of the form behind the rule, in Chinese."""
        return FORMAT.rules[self.rule_id].basis

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that the sentence speaks of."""
        named = (value for value in self.said.params.values() if isinstance(value, str))
        return tuple(value for value in named if value in FORMAT.figures)


def check(report: ReportContent, *, last_year: Tables | None = None) -> list[Check]:
    """Every rule's answer, in the order of the form.

    ``last_year``: the tables of last year's published report; without them the two rules that
    compare years (T3-CARRY, T2-CHAIN) stay silent.
    """
    checks: list[Check] = []
    for rule in RULES:
        if rule.compares_years and last_year is None:
            continue
        severity = FORMAT.rules[rule.rule_id].severity
        faults = [
            Check(rule.rule_id, severity, False, fault) for fault in rule.faults(report, last_year)
        ]
        checks += faults or [Check(rule.rule_id, severity, True, rule.when_right)]
    return checks


def has_errors(checks: Iterable[Check]) -> bool:
    """Whether something is wrong, not only to be confirmed."""
    return any(one.severity == "error" and not one.passed for one in checks)


def questioned_figures(checks: Iterable[Check]) -> frozenset[str]:
    """The keys of the figures that a failed check speaks of."""
    return frozenset(key for one in checks if not one.passed for key in one.keys)


def questioned_parts(checks: Iterable[Check]) -> frozenset[int]:
    """The numbers of the parts (1 to 6) in which something is to be looked at."""
    parts: set[int] = set()
    for one in checks:
        if one.passed:
            continue
        place = _PART_OF_RULE.get(one.rule_id.partition("-")[0])
        parts |= {place} if place else {FORMAT.figures[key] for key in one.keys}
    return frozenset(parts)


def year_fault(year: int, today: date) -> Sentence | None:
    """Why there can be no report of that year, or None."""
    if FIRST_YEAR_OF_DISCLOSURE <= year <= today.year:
        return None
    return sentence(
        N_("没有%(year)s年的年度报告：年份要在%(first)s年到%(last)s年之间。"),
        year=year,
        first=FIRST_YEAR_OF_DISCLOSURE,
        last=today.year,
    )


def draft_year(today: date) -> int:
    """The year whose report is being written: last year's until the end of March, then this one's.

    (条例 articles 49 and 50: the departments' reports are due by 31 January, the governments' by
    31 March of the year after.)
    """
    return today.year - 1 if today.month <= 3 else today.year


def due_on(year: int) -> date:
    """The last day to publish the report of that year: 31 January after it (条例 article 49)."""
    return date(year + 1, 1, 31)
