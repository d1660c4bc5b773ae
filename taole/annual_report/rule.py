"""One rule of the report: its id, what it says when all is right, how it finds faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from taole.annual_report.content import ReportContent
from taole.annual_report.tables import Tables
from taole.core.words import Sentence

Faults = Iterator[Sentence]
Finder = Callable[[ReportContent, Tables | None], Faults]


@dataclass(frozen=True)
class Rule:
    """``faults`` is given the report and last year's tables (None if not known)."""

    rule_id: str
    when_right: Sentence
    faults: Finder
    compares_years: bool = False
