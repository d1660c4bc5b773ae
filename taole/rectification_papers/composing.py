"""Composing a paper on rectification from what is recorded: chosen problems, in its layout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.paper import Paper
from taole.inspections.workflow import FindingState, InspectionKind
from taole.organisation.models import Unit
from taole.organisation.rules import UnitKind
from taole.rectification_papers.checklist import make_checklist
from taole.rectification_papers.mending_ledger import mending_ledger
from taole.rectification_papers.mending_notice import mending_notice
from taole.rectification_papers.mending_report import mending_report
from taole.rectification_papers.problem_list import problem_list
from taole.rectification_papers.queries import (
    ProblemFilter,
    head_of,
    list_documents,
    list_problems,
    list_problems_open_on,
    with_evidence,
    with_extensions,
)
from taole.rectification_papers.rules import PaperHead, Problem, number_words
from taole.rectification_papers.workflow import PaperKind

WITHOUT_NUMBER = "（印发时编号）"
_TO_BE_MENDED = (FindingState.OPEN, FindingState.MENDING)


@dataclass(frozen=True)
class PaperOrder:
    """Which paper is asked for: about a unit (the township: all in it), as of a day.

    Problems found from ``found_from`` until ``found_until`` (None: without a first or last day)
    from ``sources`` (none: from all). ``site``: what the address in its QR code begins with.
    """

    kind: PaperKind
    unit: Unit
    on: date
    found_from: date | None = None
    found_until: date | None = None
    sources: tuple[InspectionKind, ...] = ()
    recipient: str = ""
    next_steps: str = ""
    site: str = ""


def check_order(order: PaperOrder) -> None:
    """Refused where a paper cannot be meant like this."""
    first, last = order.found_from, order.found_until
    if first is not None and last is not None and last < first:
        raise Refused(N_("发现日期的第一天晚于最后一天，请把两个日期对调"))
    if first is not None and first > order.on:
        raise Refused(N_("发现日期的第一天还没有到，请检查日期"))
    if order.unit.township_id is None:
        raise Refused(
            sentence(N_("“%(unit)s”不属于任何乡镇，不能印发整改文书"), unit=order.unit.name)
        )
    is_whole = order.unit.kind is UnitKind.TOWNSHIP
    if order.kind is PaperKind.NOTICE and is_whole:
        raise Refused(N_("整改通知书一次发给一个村或一个办（中心），请选择发给谁"))
    if order.kind is PaperKind.REPORT and not is_whole:
        raise Refused(N_("整改报告是全乡镇的，请选择乡镇"))
    if order.kind is PaperKind.REPORT and not order.recipient.strip():
        raise Refused(N_("请填写整改报告报给谁"))


def compose_paper(order: PaperOrder, number: tuple[int, int] | None = None) -> Paper:
    """The paper as it stands on the order's day, with its number (year, number) once it has one."""
    head = replace(
        head_of(order.unit, on=order.on, site=order.site),
        found_from=order.found_from,
        found_until=order.found_until,
        recipient=order.recipient.strip(),
        next_steps=order.next_steps,
        number=number_words(*number) if number else WITHOUT_NUMBER,
    )
    wanted = ProblemFilter(
        order.unit.path, order.on, order.found_from, order.found_until, order.sources
    )
    match order.kind:
        case PaperKind.PROBLEM_LIST:
            return problem_list(head, list_problems(wanted))
        case PaperKind.NOTICE:
            return mending_notice(head, _to_be_mended(wanted))
        case PaperKind.CHECKLIST:
            return make_checklist(order.unit, on=order.on, head=head, wanted=wanted).paper()
        case PaperKind.LEDGER:
            problems = sorted(list_problems(wanted), key=lambda each: (each.year, each.number))
            return mending_ledger(head, with_evidence(problems))
        case PaperKind.REPORT:
            return _report(head, wanted)


def _to_be_mended(wanted: ProblemFilter) -> list[Problem]:
    return [each for each in list_problems_open_on(wanted) if each.state in _TO_BE_MENDED]


def _report(head: PaperHead, wanted: ProblemFilter) -> Paper:
    problems = with_extensions(with_evidence(list_problems(wanted)))
    return mending_report(replace(head, documents=tuple(list_documents(wanted))), problems)
