"""The tables of the quarterly ledger (工作台账): everything from records, nothing typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from taole.core.database import db
from taole.core.figures import REGISTRY, Scope, Value, evaluate
from taole.core.periods import Period
from taole.inspections.models import Finding
from taole.inspections.workflow import FindingState
from taole.notices.models import Notice, NoticeKind
from taole.obligations.completeness_queries import Grouping, completeness, sum_of
from taole.organisation.models import Unit
from taole.oversight.brief_rules import percent
from taole.registers.queries import list_tasks_with_quarters
from taole.rounds.models import AskAnswer, CollectionRound, RoundAsk

WORK_FIGURES = (
    "P1-web",
    "P1-screen",
    "P6-board",
    "P1-inquiry",
    "P6-visit",
    "P6-cross",
    "P1-rectify-item",
)


@dataclass(frozen=True)
class LedgerTable:
    """One table of the ledger: its name, its heads with widths (xlsx, mm), and its rows."""

    name: str
    heads: Sequence[tuple[str, float, float]]
    rows: Sequence[Sequence[str | int | float | date | None]]
    empty: str


def tables_of(township: Unit, quarter: Period, on: date) -> list[LedgerTable]:
    """The ledger's tables of a quarter as they stand on a day."""
    return [
        _numbers(township, quarter, on),
        _villages(township, quarter, on),
        _rounds(township, quarter),
        _findings(township, quarter),
        _tasks(township, quarter),
    ]


def _numbers(township: Unit, quarter: Period, on: date) -> LedgerTable:
    scope = Scope(township.id, township.path, quarter.start, min(quarter.end, on))
    rows = [
        (figure.label, _plain(evaluate(figure, scope)), figure.unit, str(figure.counted))
        for key in WORK_FIGURES
        if (figure := REGISTRY.get(key)) is not None
    ]
    heads = (("事项", 40, 70), ("数量", 10, 24), ("单位", 8, 20), ("口径", 16, 42))
    return LedgerTable("一、工作数字", heads, rows, "没有")


def _plain(value: Value) -> str | int | float:
    """A value as a cell holds it: a number as a number, whole where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value or 0


def _villages(township: Unit, quarter: Period, on: date) -> LedgerTable:
    published = {
        row[0]: row[1]
        for row in db.session.execute(
            select(Unit.code, func.count())
            .join(Notice, Notice.unit_id == Unit.id)
            .where(
                Notice.township_id == township.id,
                Notice.kind == NoticeKind.NOTICE,
                Notice.corrects_id.is_(None),
                Notice.first_posted_on.between(quarter.start, min(quarter.end, on)),
            )
            .group_by(Unit.code)
        )
    }
    rows = [
        (
            row.label,
            published.get(row.key, 0),
            row.counts.due,
            row.counts.answered,
            row.counts.on_time,
            row.counts.missing,
            percent(row.counts.completeness),
            percent(row.counts.timeliness),
        )
        for row in completeness(
            township.path,
            start=quarter.start,
            end=quarter.end,
            on=min(quarter.end, on),
            by=Grouping.UNIT,
        )
    ]
    heads = (
        ("村（社区）", 16, 32),
        ("公示件数", 10, 18),
        ("应公示", 9, 18),
        ("已公示", 9, 18),
        ("按时", 8, 16),
        ("缺", 6, 14),
        ("完整率", 9, 20),
        ("按时率", 9, 20),
    )
    return LedgerTable("二、各村公示", heads, rows, "没有")


def _rounds(township: Unit, quarter: Period) -> LedgerTable:
    found = db.session.execute(
        select(
            CollectionRound.number,
            CollectionRound.opens_on,
            func.count(RoundAsk.id),
            func.count(RoundAsk.answer),
            sum_of(RoundAsk.answer == AskAnswer.NOTHING),
        )
        .outerjoin(RoundAsk, RoundAsk.round_id == CollectionRound.id)
        .where(
            CollectionRound.township_id == township.id,
            CollectionRound.opens_on.between(quarter.start, quarter.end),
        )
        .group_by(CollectionRound.id, CollectionRound.number, CollectionRound.opens_on)
        .order_by(CollectionRound.opens_on)
    )
    rows = [
        (f"第{number}期", opens_on, asked, answered, int(nothing or 0), asked - answered)
        for number, opens_on, asked, answered, nothing in found
    ]
    heads = (
        ("期数", 10, 24),
        ("发出日期", 12, 32),
        ("问了几家", 10, 26),
        ("回了", 8, 24),
        ("其中本期无", 11, 26),
        ("没回", 8, 24),
    )
    return LedgerTable("三、每两周征集", heads, rows, "本季度没有征集")


def _findings(township: Unit, quarter: Period) -> LedgerTable:
    found = db.session.execute(
        select(Finding, Unit.name)
        .join(Unit, Unit.id == Finding.unit_id)
        .where(
            Finding.township_id == township.id,
            Finding.found_on.between(quarter.start, quarter.end),
        )
        .order_by(Finding.found_on, Finding.number)
    )
    rows = [
        (
            f"{finding.year}-{finding.number}",
            unit,
            finding.statement,
            finding.due_on,
            "已销号" if finding.state is FindingState.CLOSED else "整改中",
            finding.closed_on,
        )
        for finding, unit in found
    ]
    heads = (
        ("编号", 10, 18),
        ("单位", 14, 24),
        ("问题", 50, 56),
        ("时限", 12, 22),
        ("状态", 9, 16),
        ("销号日", 12, 20),
    )
    return LedgerTable("四、问题和整改", heads, rows, "本季度没有新发现的问题")


def _tasks(township: Unit, quarter: Period) -> LedgerTable:
    place = int(quarter.key[-1])
    rows = []
    for task in list_tasks_with_quarters(township.id, quarter.start.year):
        told = next((each for each in task.quarters if each.quarter == place), None)
        rows.append(
            (
                task.number,
                task.title,
                task.owner,
                str(told.state) if told else str(task.state),
                told.text if told else "",
            )
        )
    heads = (
        ("序号", 6, 12),
        ("要点", 40, 54),
        ("责任单位", 16, 26),
        ("状态", 9, 18),
        ("本季度进展", 40, 46),
    )
    return LedgerTable("五、工作要点", heads, rows, "本年没有记工作要点")
