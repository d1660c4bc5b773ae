"""The checks of a report: every rule of the form, each answered by one or more sentences.

Severity and basis of each rule stand in ``format.yaml``; the rules themselves, by what they look
at, in ``table_rules``, ``text_rules`` and ``document_rules``.
"""

from __future__ import annotations

from dataclasses import dataclass

from taole.annual_report.content import ReportContent
from taole.annual_report.document_rules import DOCUMENT_RULES
from taole.annual_report.official_format import FORMAT, Severity
from taole.annual_report.rule import Rule
from taole.annual_report.table_rules import TABLE_RULES
from taole.annual_report.tables import Tables
from taole.annual_report.text_rules import TEXT_RULES
from taole.core.words import Sentence

RULES: tuple[Rule, ...] = (*TABLE_RULES, *TEXT_RULES, *DOCUMENT_RULES)


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
