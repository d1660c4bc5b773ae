"""The kinds of papers on rectification, and whose problems a report answers."""

from __future__ import annotations

from enum import StrEnum, auto

from taole.core.words import N_
from taole.inspections.workflow import InspectionKind


class PaperKind(StrEnum):
    PROBLEM_LIST = auto()
    NOTICE = auto()
    CHECKLIST = auto()
    LEDGER = auto()
    REPORT = auto()


PAPER_KIND_LABELS = {
    PaperKind.PROBLEM_LIST: N_("问题清单"),
    PaperKind.NOTICE: N_("整改通知书"),
    PaperKind.CHECKLIST: N_("整改清单"),
    PaperKind.LEDGER: N_("整改台账"),
    PaperKind.REPORT: N_("整改报告"),
}

FROM_OUTSIDE = (
    InspectionKind.GUIDANCE,
    InspectionKind.CHECK,
    InspectionKind.CROSS_CHECK,
    InspectionKind.CIRCULAR,
    InspectionKind.DAILY,
    InspectionKind.SUPERVISION,
    InspectionKind.EVALUATION,
)
"""Whose problems a 整改报告 answers, unless the office chooses others."""
