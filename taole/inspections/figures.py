"""Figures of inspections, findings and reports on rectification."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select

from taole.core.figures import Counted, Figure, Scope
from taole.core.words import N_
from taole.inspections.models import Finding, Inspection
from taole.inspections.workflow import BodyLevel, Direction, FindingState, InspectionKind

Records = Callable[[Scope], Select[Any]]

NAMED_IN_PROBLEM_LISTS = (
    InspectionKind.CIRCULAR,
    InspectionKind.DAILY,
    InspectionKind.SUPERVISION,
)
"""季度通报、日常监督、督查反馈: whose problems the report counts apart from the cross-check's."""

_LABEL = case(
    (Inspection.document == "", Inspection.body),
    else_=Inspection.body + " " + Inspection.document,
)
_INSPECTION: list[Any] = [Inspection.id, _LABEL.label("label"), Inspection.held_on]
_FINDING: list[Any] = [Finding.id, Finding.statement, Finding.found_on]


def _inspections(
    direction: Direction, kind: InspectionKind, level: BodyLevel | None = None, body: str = ""
) -> Records:
    def records(scope: Scope) -> Select[Any]:
        found = select(*_INSPECTION).where(
            Inspection.township_id == scope.township_id,
            Inspection.direction == direction,
            Inspection.kind == kind,
            Inspection.held_on.between(scope.start, scope.end),
        )
        if level is not None:
            found = found.where(Inspection.body_level == level)
        if body:
            found = found.where(Inspection.body.endswith(body, autoescape=True))
        return found.order_by(Inspection.held_on, Inspection.id)

    return records


def _findings(*conditions: Callable[[Scope], ColumnElement[bool]]) -> Records:
    def records(scope: Scope) -> Select[Any]:
        return (
            select(*_FINDING)
            .where(Finding.township_id == scope.township_id)
            .where(*(condition(scope) for condition in conditions))
            .order_by(Finding.found_on, Finding.number)
        )

    return records


def _of_problem_lists(_scope: Scope) -> ColumnElement[bool]:
    return Finding.source.in_(NAMED_IN_PROBLEM_LISTS)


def _of_cross_check(_scope: Scope) -> ColumnElement[bool]:
    return Finding.source == InspectionKind.CROSS_CHECK


def _found(scope: Scope) -> ColumnElement[bool]:
    return Finding.found_on.between(scope.start, scope.end)


def _closed_within(scope: Scope) -> ColumnElement[bool]:
    return (Finding.state == FindingState.CLOSED) & Finding.closed_on.between(
        scope.start, scope.end
    )


def _closed_by_the_end(scope: Scope) -> ColumnElement[bool]:
    return (Finding.state == FindingState.CLOSED) & (Finding.closed_on <= scope.end)


def _figure(
    key: str, label: str, unit: str, records: Records, rule: str, parts: tuple[str, ...] = ()
) -> Figure:
    return Figure(key, label, unit, Counted.RECORDS, records, rule=rule, parts=parts)


_CHECKED_BY = {
    "P6-check-gov": (
        BodyLevel.COUNTY,
        "政府办公室",
        N_("接受县政府办公室检查"),
        N_("来镇检查、督查单位是县（区）一级、名称以“政府办公室”结尾、日期在本年的督查"),
    ),
    "P6-check-agri": (
        None,
        "农业农村局",
        N_("接受农业农村局检查"),
        N_("来镇检查、督查单位名称以“农业农村局”结尾、日期在本年的督查"),
    ),
    "P6-check-civil": (
        None,
        "民政局",
        N_("接受民政局检查"),
        N_("来镇检查、督查单位名称以“民政局”结尾、日期在本年的督查"),
    ),
    "P6-check-peer": (
        BodyLevel.TOWNSHIP,
        "",
        N_("接受兄弟乡镇检查"),
        N_("来镇检查、督查单位是别的乡镇、日期在本年的督查"),
    ),
}

FIGURES: tuple[Figure, ...] = (
    _figure(
        "P1-rectify-item",
        N_("整改问题清单中的问题"),
        N_("个"),
        _findings(_of_problem_lists, _closed_within),
        N_("来源为季度通报、日常监督、督查反馈，销号日期在本年的问题"),
    ),
    _figure(
        "P6-visit",
        N_("到各村查看"),
        N_("次"),
        _inspections(Direction.OUTBOUND, InspectionKind.VISIT),
        N_("镇里出去、类别为到村查看、日期在本年的督查，一轮算一次"),
    ),
    _figure(
        "P6-cross",
        N_("交叉互检发现的问题"),
        N_("处"),
        _findings(_of_cross_check, _found),
        N_("来源为交叉互检，发现日期在本年的问题"),
    ),
    _figure(
        "P6-cross-closed",
        N_("交叉互检发现、已整改完毕的问题"),
        N_("处"),
        _findings(_of_cross_check, _found, _closed_by_the_end),
        N_("来源为交叉互检，发现日期在本年，年底前已销号的问题"),
    ),
    _figure(
        "P6-guidance",
        N_("上级到镇指导村务公开"),
        N_("次"),
        _inspections(Direction.INBOUND, InspectionKind.GUIDANCE),
        N_("上级来镇、类别为指导、日期在本年的督查"),
    ),
    *(
        _figure(
            key,
            name,
            N_("次"),
            _inspections(Direction.INBOUND, InspectionKind.CHECK, level, body),
            rule,
        )
        for key, (level, body, name, rule) in _CHECKED_BY.items()
    ),
    _figure(
        "B-check",
        N_("接受检查"),
        N_("次"),
        _inspections(Direction.INBOUND, InspectionKind.CHECK),
        N_("来镇、类别为检查、日期在本年的督查"),
        tuple(_CHECKED_BY),
    ),
)
