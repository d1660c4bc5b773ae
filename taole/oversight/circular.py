"""“您将要收到的通报”: the county's indicators on our data, as the county would write it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from taole.core.periods import Frequency, Period, label, period_containing
from taole.documents.official import OfficialDocument, TableCell
from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook
from taole.notifications.copying import chat_text
from taole.notifications.short_links import short_link
from taole.organisation.models import Unit
from taole.oversight.indicators import table_of
from taole.oversight.measure_rules import (
    Circular,
    IndicatorLine,
    Problem,
    Remedy,
    headline,
    plain,
)
from taole.oversight.measures import MEASURES
from taole.oversight.quarter import Quarter

DAYS_BEFORE = 10
NAMED = 5
"""Problems of one unit that the paper names; the workbook has them all."""
_FONT_PT = 10.5
_WIDTHS_MM = (12, 62, 20, 20, 20, 22)
_HEADS = ("序号", "指标", "分值", "得分", "现在", "结论")


def draft_circular(township: Unit, quarter: Period, on: date) -> Circular:
    """The circular as it would read if the county wrote it on a day about a quarter."""
    read = Quarter(township, quarter, on)
    return Circular(
        [
            IndicatorLine(
                line.code,
                line.title,
                line.weight,
                line.limit,
                line.is_veto,
                MEASURES[line.measure].run(read) if line.measure in MEASURES else None,
            )
            for line in table_of(township, min(quarter.end, on)).lines
        ]
    )


def quarter_shown(on: date) -> Period:
    """The quarter of a day; in its first ten days the one before, whose circular is to come."""
    current = period_containing(Frequency.QUARTERLY, on)
    if on - current.start < timedelta(days=DAYS_BEFORE):
        return current.previous()
    return current


def is_time_to_tell(on: date) -> bool:
    """Whether the quarter ends within ten days: the draft is told of from then on, once."""
    quarter = period_containing(Frequency.QUARTERLY, on)
    return quarter.end - on < timedelta(days=DAYS_BEFORE)


def by_unit(problems: Sequence[Problem]) -> list[tuple[str, list[Problem]]]:
    """The problems of each village, the township's own first (under no name)."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.unit, []).append(problem)
    return sorted(found.items(), key=lambda pair: pair[0] != "")


def value_words(line: IndicatorLine) -> str:
    """The value as it stands in a table: 94.5%, 3, 没有数据, 人工核对."""
    if line.measured is None:
        return "人工核对"
    if line.measured.value is None:
        return "没有数据"
    value = line.measured.value
    return f"{value}%" if line.measured.how.value == "rate" else f"{value:.0f}"


def verdict_words(line: IndicatorLine) -> str:
    if line.is_met is None:
        return "–"
    if line.is_met:
        return "达到"
    return "单项否决" if line.is_veto else "没达到"


def text_of(township: Unit, quarter: Period, circular: Circular) -> str:
    """What is pasted into a chat: the sentence, the quickest fixes, then the problems."""
    fixes = "；".join(_fix_words(each) for each in circular.fixes)
    return chat_text(
        head=f"【{label(quarter)}通报预估】{headline(circular)}",
        items=[
            ("", f"{unit or township.name}{len(problems)}个，如：{problems[0].said}", "")
            for unit, problems in by_unit(circular.problems)
        ],
        foot=f"最快能补的：{fixes}" if fixes else "",
        link=short_link(f"/circular/{township.code}?quarter={quarter.key}"),
    )


def _fix_words(remedy: Remedy) -> str:
    gain = "去掉单项否决" if remedy.is_veto else f"多得{plain(remedy.gain)}分"
    return f"{remedy.fix}{len(remedy.problems)}处，约{remedy.minutes}分钟，{gain}"


def paper_of(township: Unit, quarter: Period, circular: Circular, on: date, office: str) -> bytes:
    """The draft as a .docx in the official layout."""
    title = f"{label(quarter)}村务公开工作情况通报"
    paper = OfficialDocument(title)
    paper.title(f"{title}\n（预估稿）")
    paper.paragraph(
        f"按县里的指标，核对{township.name}{_day(quarter.start)}至"
        f"{_day(min(on, quarter.end))}的记录，"
        f"{headline(circular)}。"
    )
    paper.heading(1, "一、存在的问题")
    for unit, problems in by_unit(circular.problems):
        paper.heading(2, f"（{unit or township.name}）")
        for number, problem in enumerate(problems[:NAMED], start=1):
            paper.paragraph(f"{number}.{problem.said}。")
        if len(problems) > NAMED:
            paper.paragraph(f"另有{len(problems) - NAMED}个，见附表。")
    if not circular.problems:
        paper.paragraph("没有。")
    paper.heading(1, "二、各项指标")
    paper.table(
        [
            [TableCell(head, bold=True) for head in _HEADS],
            *([TableCell(str(cell)) for cell in row] for row in rows_of(circular)),
        ],
        widths_mm=_WIDTHS_MM,
        font_pt=_FONT_PT,
    )
    paper.heading(1, "三、最快能补的")
    for number, remedy in enumerate(circular.fixes, start=1):
        paper.paragraph(f"{number}.{remedy.indicator}：{_fix_words(remedy)}。")
    if not circular.fixes:
        paper.paragraph("没有要补的。")
    paper.gap()
    paper.paragraph(f"{office}　{_day(on)}")
    return paper.save()


def sheet_of(township: Unit, quarter: Period, circular: Circular, on: date) -> bytes:
    """The draft as a workbook: the indicators, and the problems behind them."""
    place = f"{township.name}　截至{_day(on)}"
    return write_workbook(
        [
            SheetOut(
                name="指标",
                title=f"{label(quarter)}考核指标预估",
                subtitle=place,
                columns=[
                    ColumnOut(head, width)
                    for head, width in zip(_HEADS, (8, 40, 8, 8, 12, 12), strict=True)
                ],
                rows=rows_of(circular),
            ),
            SheetOut(
                name="问题",
                title=f"{label(quarter)}会被点名的问题",
                subtitle=place,
                columns=[ColumnOut("单位", 14), ColumnOut("问题", 70), ColumnOut("怎么补", 20)],
                rows=[
                    (each.unit or township.name, str(each.said), str(each.fix))
                    for each in circular.problems
                ],
            ),
        ]
    )


def rows_of(circular: Circular) -> list[tuple[str | float, ...]]:
    return [
        (
            line.code,
            line.title,
            "否决项" if line.is_veto else f"{line.weight.normalize():f}",
            "–" if line.points is None or line.is_veto else plain(line.points),
            value_words(line),
            verdict_words(line),
        )
        for line in circular.lines
    ]


def _day(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"
