"""What the ledgers distinguish, in the words of the annual report, and how it is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from taole.core.words import N_


class MessageChannel(StrEnum):
    PEOPLE_NET = N_("人民网领导留言板")
    CITY_FORUM = N_("市级网络问政平台")
    HOTLINE = "12345"


class TrainingRole(StrEnum):
    HELD = N_("举办")
    ATTENDED = N_("参加")


class DocumentKind(StrEnum):
    RULES = N_("规章")
    NORMATIVE = N_("行政规范性文件")


class DecisionKind(StrEnum):
    LICENCE = N_("行政许可")
    PENALTY = N_("行政处罚")
    COERCION = N_("行政强制")


class FeeKind(StrEnum):
    ADMINISTRATIVE = N_("行政事业性收费")
    INFORMATION = N_("信息处理费")


class CasePath(StrEnum):
    REVIEW = N_("行政复议")
    DIRECT = N_("未经复议直接起诉")
    AFTER_REVIEW = N_("复议后起诉")


class CaseResult(StrEnum):
    UPHELD = N_("结果维持")
    CORRECTED = N_("结果纠正")
    OTHER = N_("其他结果")


CASE_PATH_KEYS = {
    CasePath.REVIEW: "review",
    CasePath.DIRECT: "direct",
    CasePath.AFTER_REVIEW: "after_review",
}
"""The column groups of table four."""

CASE_RESULT_KEYS = {
    CaseResult.UPHELD: "upheld",
    CaseResult.CORRECTED: "corrected",
    CaseResult.OTHER: "other",
}
PENDING = "pending"
"""The columns of table four within a group."""


class IncidentKind(StrEnum):
    LEAK = N_("泄密")
    UPROAR = N_("舆情")


class FacilityKind(StrEnum):
    ZONE = N_("政务公开专区")
    BOARD = N_("公示栏")
    KIOSK = N_("查询机")


class TaskState(StrEnum):
    OPEN = N_("推进中")
    DONE = N_("已完成")


def answer_rate(answered: int, received: int) -> int | None:
    """Whole percent of messages that were answered; None when none came.

    100 only when all were, 0 only when none was.
    """
    if received == 0:
        return None
    if 0 < answered < received:
        return min(max(round(100 * answered / received), 1), 99)
    return 100 * answered // received


def least_per_quarter(days: Iterable[date], start: date, end: date) -> int:
    """The least number of these days in any calendar quarter that the range touches."""
    first, last = _quarter(start), _quarter(end)
    counted = Counter(_quarter(day) for day in days)
    return min(counted[quarter] for quarter in range(first, last + 1))


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def outcome_in_year(
    received_on: date, concluded_on: date | None, result: CaseResult | None, year: int
) -> str | None:
    """Where a case stands in table four of a year's report (国办公开办函〔2021〕30号).

    ``upheld``, ``corrected`` or ``other`` when it was concluded in the year, ``pending`` when it
    was open at the year's end, None when the year does not count it.
    """
    if received_on.year > year or (concluded_on is not None and concluded_on.year < year):
        return None
    if concluded_on is None or concluded_on.year > year or result is None:
        return PENDING
    return CASE_RESULT_KEYS[result]
