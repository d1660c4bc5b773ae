"""The matrix pages as workbooks that an office prints: state words in the cells, A4 across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from taole.catalogue.deadlines import describe
from taole.catalogue.rules import EffectiveItem
from taole.core.periods import LABELS, Period, label
from taole.documents.spreadsheets import CellOut, ColumnOut, SheetOut, Tinted
from taole.obligations.grid_rules import VILLAGES_A_PAGE, Cell, Cut, Grid
from taole.obligations.rules import Completeness, Standing, band_of

_NAMES = {
    Standing.ON_TIME: "按时",
    Standing.LATE: "迟",
    Standing.MISSING: "缺",
    Standing.IN_REVIEW: "审核中",
    Standing.WAITING: "待公示",
    Standing.NOTHING: "无事项",
    Standing.NOT_APPLICABLE: "不适用",
}
_RED, _YELLOW, _BLUE, _GREEN, _GREY = "#F6CBC5", "#FBE5B8", "#D3E3F5", "#E6F3EA", "#EFEEE9"
_GROUNDS = {
    Standing.ON_TIME: _GREEN,
    Standing.LATE: _YELLOW,
    Standing.MISSING: _RED,
    Standing.IN_REVIEW: _BLUE,
    Standing.NOTHING: _GREY,
    Standing.NOT_APPLICABLE: _GREY,
}
_BANDS = {"low": _RED, "middle": _YELLOW, "high": _GREEN}
NOTE = "完整率 = 已公示 ÷ 已到期；按时率 = 按时 ÷ 已公示。审核中和未到期的不算。"
_MONTHS = tuple(f"{month}月" for month in range(1, 13))


def township_sheets(
    place: str,
    villages: Sequence[str],
    grid: Grid,
    terms: Mapping[str, EffectiveItem],
    on: date,
) -> list[SheetOut]:
    """Matters × villages, a sheet for each dozen of villages so that it fits its paper."""
    return [
        _dozen(place, villages, grid, terms, on, cut) for cut in Cut.of(1, len(villages)).dozens
    ]


def _dozen(
    place: str,
    villages: Sequence[str],
    grid: Grid,
    terms: Mapping[str, EffectiveItem],
    on: date,
    cut: Cut,
) -> SheetOut:
    rows: list[Sequence[CellOut]] = []
    for section in grid.sections:
        rows.extend(
            (
                section.name,
                row.item.title,
                str(describe(terms[row.item.code].rule)),
                *(_of_village(cell, on) for cell in row.cells[cut.columns]),
            )
            for row in section.rows
        )
    rows.append(("", "完整率", "", *(_rate(each) for each in grid.totals[cut.columns])))
    which = f"（第{cut.first}—{cut.last}个村）" if cut.total > VILLAGES_A_PAGE else ""
    return SheetOut(
        name=f"第{cut.first}—{cut.last}个村" if which else "各村各项",
        title=f"{place}各村各项公示情况{which}",
        subtitle=f"截至{_day(on)}，各项取当前周期",
        columns=[
            ColumnOut("板块", 12),
            ColumnOut("事项", 26),
            ColumnOut("应公示", 18),
            *(ColumnOut(name, 12) for name in villages[cut.columns]),
        ],
        rows=rows,
        notes=[NOTE],
    )


def year_sheet(place: str, year: int, grid: Grid, on: date) -> SheetOut:
    """Matters × months; a matter of a quarter or a year stands in the first month of its cycle."""
    rows: list[Sequence[CellOut]] = []
    for section in grid.sections:
        for row in section.rows:
            months: list[CellOut] = []
            span = 12 // len(row.cells)
            for cell in row.cells:
                months += [_of_cycle(cell, year), *[""] * (span - 1)]
            rows.append((section.name, row.item.title, str(LABELS[row.item.frequency]), *months))
    total = grid.totals[0]
    return SheetOut(
        name=f"{year}年",
        title=f"{place}{year}年各项公示情况",
        subtitle=f"截至{_day(on)}　完整率{_rate(total)}　按时率{share(total.timeliness)}",
        columns=[
            ColumnOut("板块", 12),
            ColumnOut("事项", 26),
            ColumnOut("周期", 9),
            *(ColumnOut(month, 10) for month in _MONTHS),
        ],
        rows=rows,
        notes=["一格就是一个公示周期，写在周期的第一个月：月 1 格，季占 3 格，年占 12 格。", NOTE],
    )


def summary_sheet(
    place: str,
    rows: Iterable[tuple[str, str, Mapping[str, Completeness], Completeness]],
    sections: Sequence[str],
    period: Period,
    on: date,
) -> SheetOut:
    """Units × sections. ``rows``: unit above, unit, its counts by section, its sum."""
    return SheetOut(
        name="各单位各板块",
        title=f"{place}{label(period)}公示完整率",
        subtitle=f"截至{_day(on)}，按应公示日算",
        columns=[
            ColumnOut("上级", 16),
            ColumnOut("单位", 16),
            *(ColumnOut(name, 16) for name in sections),
            *(ColumnOut(name, 9) for name in ("已到期", "已公示", "缺", "完整率", "按时率")),
        ],
        rows=[
            (
                above,
                name,
                *(_of_section(counts.get(section)) for section in sections),
                total.due,
                total.answered,
                total.missing,
                _rate(total),
                share(total.timeliness),
            )
            for above, name, counts, total in rows
        ],
        notes=[NOTE],
    )


def _of_village(cell: Cell | None, on: date) -> CellOut:
    if cell is None or cell.main is None:
        return Tinted(_NAMES[Standing.NOT_APPLICABLE], _GREY)
    return _tinted(cell, _words(cell, on.year))


def _of_cycle(cell: Cell | None, year: int) -> CellOut:
    """Nothing in a cycle that has not begun or in which nothing is owed."""
    if cell is None or cell.main is None:
        return ""
    if cell.standing in (Standing.WAITING, Standing.IN_REVIEW):
        before = _day_beside(cell.main.facts.due_on, year)
        return _tinted(cell, f"{_NAMES[cell.standing]} {before}前")
    return _tinted(cell, _words(cell, year))


def _words(cell: Cell, year: int) -> str:
    stands, main = cell.standing, cell.main
    if stands is Standing.MISSING:
        return f"缺 超{cell.days}天"
    if stands is Standing.LATE:
        return f"迟{cell.days}天"
    if stands is Standing.ON_TIME and cell.published > 1:
        return f"按时 {cell.published}次"
    if stands is Standing.ON_TIME and main and main.facts.answered_on:
        return f"按时 {_day_beside(main.facts.answered_on, year)}"
    return _NAMES[stands]


def _tinted(cell: Cell, text: str) -> CellOut:
    ground = _GROUNDS.get(cell.standing)
    return Tinted(text, ground) if ground else text


def _of_section(counts: Completeness | None) -> CellOut:
    if counts is None or counts.completeness is None:
        return "–"
    text = f"{_rate(counts)}（{counts.answered}/{counts.due}）"
    return Tinted(text, _BANDS[band_of(counts.completeness)])


def _rate(counts: Completeness) -> str:
    return share(counts.completeness)


def share(rate: float | None) -> str:
    """As the pages write it: never rounded up to 100 nor down to 0."""
    if rate is None:
        return "–"
    return f"{min(max(round(rate * 100), 1), 99)}%" if 0 < rate < 1 else f"{rate:.0%}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _day_beside(day: date, year: int) -> str:
    return _day(day) if day.year != year else f"{day.month}月{day.day}日"
