"""Visits made and received in 2023, what they found, and how it was mended."""

from __future__ import annotations

from datetime import date, timedelta

from taole.core.clock import noon
from taole.demonstration.problems_of_2023 import (
    CIRCULAR_SIX,
    CROSS_THREE,
    VISIT_FINDINGS,
    Problem,
)
from taole.demonstration.stage import Stage
from taole.inspections.actions import (
    add_finding,
    close,
    prove,
    record_inspection,
    start_mending,
)
from taole.inspections.models import Finding, Inspection
from taole.inspections.self_checks import answer_self_check, open_self_check
from taole.inspections.workflow import BodyLevel, Direction, InspectionKind
from taole.organisation.models import Unit
from taole.rectification_papers.composing import PaperOrder
from taole.rectification_papers.issuing import issue_paper, submit_paper
from taole.rectification_papers.workflow import FROM_OUTSIDE, PaperKind

PROOF = "https://example.invalid/rectification/"


def play_oversight(stage: Stage) -> None:
    visits = _visits_made(stage)
    received = _visits_received(stage)
    for problem in CIRCULAR_SIX:
        _mend(stage, problem, received.get(problem.source))
    for problem in CROSS_THREE:
        _mend(stage, problem, received[InspectionKind.CROSS_CHECK])
    _check_themselves(stage, received[InspectionKind.CROSS_CHECK])
    for problem, inspection in zip(VISIT_FINDINGS, (visits[0], visits[2]), strict=True):
        _mend(stage, problem, inspection)
    _report(stage)


def _report(stage: Stage) -> None:
    """The 整改报告 of the year, issued and sent up on the same day."""
    on, clerk = date(2023, 11, 9), stage.people["li"]
    order = PaperOrder(
        kind=PaperKind.REPORT,
        unit=stage.township,
        on=on,
        found_from=date(2023, 1, 1),
        sources=FROM_OUTSIDE,
        recipient="县政务公开办",
    )
    paper = issue_paper(order, by=clerk, at=noon(on))
    submit_paper(paper, on=on, recipient=order.recipient, by=clerk, at=noon(on))


def _check_themselves(stage: Stage, circular: Inspection) -> None:
    """自查: all villages look whether they have the three problems of the cross-check."""
    asked, by = circular.held_on + timedelta(days=1), circular.held_on + timedelta(days=12)
    clerk = stage.people["li"]
    check = open_self_check(circular, stage.villages, due_on=by, by=clerk, at=noon(asked))
    for days, visit in enumerate(check.visits, start=2):
        answer_self_check(
            visit,
            problem="",
            note="对照通报的三个问题查了公示栏、村居通和查询机",
            by=stage.author(visit.unit),
            at=noon(asked + timedelta(days=days)),
        )


def _visits_made(stage: Stage) -> list[Inspection]:
    """到村查看 three times, each round to all five villages."""
    return [
        record_inspection(
            stage.township,
            direction=Direction.OUTBOUND,
            kind=InspectionKind.VISIT,
            body="陶乐镇综合办公室",
            body_level=BodyLevel.TOWNSHIP,
            held_on=on,
            units=stage.villages,
            result=result,
            by=stage.people["li"],
            at=noon(on),
        )
        for on, result in (
            (date(2023, 3, 22), "五个村均已建公示栏，个别查询机无人管护"),
            (date(2023, 7, 19), "统一模板已发放，内容更新较上季度及时"),
            (date(2023, 11, 14), "检查年终前应公示事项，提醒补齐缺项"),
        )
    ]


def _visits_received(stage: Stage) -> dict[InspectionKind, Inspection]:
    guidance, check = InspectionKind.GUIDANCE, InspectionKind.CHECK
    parts: tuple[tuple[InspectionKind, str, BodyLevel, date, str], ...] = (
        (guidance, "自治区政务公开办", BodyLevel.REGION, date(2023, 5, 24), ""),
        (guidance, "市政务公开办", BodyLevel.PREFECTURE, date(2023, 8, 9), ""),
        (guidance, "县政务公开办", BodyLevel.COUNTY, date(2023, 3, 8), ""),
        (guidance, "县政务公开办", BodyLevel.COUNTY, date(2023, 10, 18), ""),
        (check, "县政府办公室", BodyLevel.COUNTY, date(2023, 4, 12), ""),
        (check, "农业农村局", BodyLevel.COUNTY, date(2023, 6, 20), ""),
        (check, "民政局", BodyLevel.COUNTY, date(2023, 9, 5), ""),
        (check, "红崖子乡", BodyLevel.TOWNSHIP, date(2023, 6, 8), ""),
        (
            InspectionKind.CROSS_CHECK,
            "县人民政府",
            BodyLevel.COUNTY,
            date(2023, 6, 15),
            "关于限时整改全县村务公开工作交叉互检发现问题的通知",
        ),
        (
            InspectionKind.CIRCULAR,
            "县政府办公室",
            BodyLevel.COUNTY,
            date(2023, 4, 28),
            "第一季度通报",
        ),
    )
    received = {}
    for kind, body, level, on, document in parts:
        received[kind] = record_inspection(
            stage.township,
            direction=Direction.INBOUND,
            kind=kind,
            body=body,
            body_level=level,
            held_on=on,
            units=stage.villages[:2] if kind in (guidance, check) else stage.villages,
            document=document,
            by=stage.people["li"],
            at=noon(on),
        )
    return received


def _mend(stage: Stage, problem: Problem, inspection: Inspection | None) -> Finding:
    """Found, taken up by the secretary, proved, looked at by the clerk, closed."""
    unit: Unit = stage.villages[problem.village]
    secretary, found = stage.author(unit), problem.found_on
    finding = add_finding(
        unit,
        source=problem.source,
        statement=problem.statement,
        severity=problem.severity,
        found_on=found,
        by=stage.people["li"],
        inspection=inspection,
        demand=problem.demand,
        problem_kind=problem.kind,
        at=noon(found),
    )
    proved = stage.workday(found + timedelta(days=problem.days_to_mend))
    start_mending(finding, by=secretary, at=noon(found + timedelta(days=1)))
    prove(
        finding,
        measures=problem.measures,
        by=secretary,
        on=proved,
        proof_link=f"{PROOF}{finding.year}-{finding.number}",
    )
    close(
        finding,
        verdict="已现场复核，符合要求",
        by=stage.people["li"],
        on=stage.workday(proved + timedelta(days=1)),
    )
    return finding
