"""The overview as a workbook: villages, sections and fortnights, or the places of a county."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from taole.core.periods import Period, label
from taole.dashboard.tallies import Tally, Trend, VillageRow
from taole.documents.spreadsheets import CellOut, ColumnOut, SheetOut
from taole.obligations.completeness_queries import CompletenessRow
from taole.obligations.matrix_sheets import NOTE, share
from taole.obligations.rules import Completeness

_COUNTS = ("已到期", "按时", "迟", "缺", "无事项")
_RATES = ("完整率", "按时率")


def overview_sheets(
    place: str,
    villages: Sequence[VillageRow],
    sections: Sequence[tuple[str, Tally]],
    trend: Trend,
    period: Period,
    on: date,
) -> list[SheetOut]:
    """What the overview of a township shows of a period, in the page's order."""
    whole = sum((tally for _name, tally in sections), Tally())
    return [
        _sheet(
            "各村",
            f"{place}{label(period)}各村公示情况",
            ("村", *_COUNTS, "审核中", "待公示", *_RATES, "最近公示"),
            [
                *((row.village.name, *_of(row.tally), row.village.latest_on) for row in villages),
                ("全镇", *_of(whole), None),
            ],
            on,
        ),
        _sheet(
            "各类事项",
            f"{place}{label(period)}各类事项公示情况",
            ("类别", *_COUNTS, "审核中", "待公示", *_RATES),
            [(name, *_of(tally)) for name, tally in sections],
            on,
        ),
        _sheet(
            f"近{len(trend.fortnights)}期",
            f"{place}近{len(trend.fortnights)}期公示情况",
            ("期", "从", "到", *_RATES),
            [
                (str(label(each)), each.start, each.end, share(complete), share(timely))
                for each, complete, timely in zip(
                    trend.fortnights, trend.completeness, trend.timeliness, strict=True
                )
            ],
            on,
        ),
    ]


def places_sheet(
    place: str,
    rows: Iterable[tuple[CompletenessRow, str]],
    whole: Completeness,
    period: Period,
    on: date,
) -> SheetOut:
    """Counties, townships or villages below a unit, in the page's order; what each belongs to."""
    listed: list[Sequence[CellOut]] = [
        (above, row.label, *_counts(row.counts), *_rates(row.counts)) for row, above in rows
    ]
    listed.append(("", "合计", *_counts(whole), *_rates(whole)))
    heads = ("上级", "单位", *_COUNTS, *_RATES)
    return _sheet("各单位", f"{place}{label(period)}公示情况", heads, listed, on)


def _sheet(
    name: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[CellOut]], on: date
) -> SheetOut:
    return SheetOut(
        name=name,
        title=title,
        subtitle=f"截至{on.year}年{on.month}月{on.day}日",
        columns=[ColumnOut(head) for head in heads],
        rows=rows,
        notes=[NOTE],
    )


def _of(tally: Tally) -> tuple[CellOut, ...]:
    return (*_counts(tally.counts), tally.in_review, tally.waiting, *_rates(tally.counts))


def _counts(counts: Completeness) -> tuple[int, ...]:
    return (counts.due, counts.on_time, counts.late, counts.missing, counts.nothing)


def _rates(counts: Completeness) -> tuple[str, str]:
    return (share(counts.completeness), share(counts.timeliness))
