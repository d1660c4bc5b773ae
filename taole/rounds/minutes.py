"""The minutes of a collection on one page: what is told of it, once for page, Word and Excel.

Nothing personal stands in them but the names of contacts, and no answer is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from taole.core.clock import local
from taole.documents.official import OfficialDocument, TableCell
from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook
from taole.rounds.copying import moment_in_words
from taole.rounds.rules import RoundCounts

HEADS = ("序号", "单位", "联系人", "问到", "回复", "报来", "回复时间", "提醒", "备注")
_WIDTHS_MM = (10, 34, 16, 11, 21, 11, 21, 11, 21)
_WIDTHS = (6, 22, 10, 8, 12, 8, 18, 8, 36)
_FONT_PT = 10.5
NO_SECTION = "网站栏目"


@dataclass(frozen=True)
class UnitLine:
    """What one unit answered. ``answer``: 有内容, 本期无内容 or 没回."""

    unit: str
    contact: str
    asked: int
    answer: str
    items: int
    answered_at: datetime | None
    reminders: int
    remarks: str = ""


@dataclass(frozen=True)
class BroughtLine:
    """A notice that was brought. ``section``: empty for a column of the website."""

    unit: str
    section: str
    title: str
    state: str


@dataclass(frozen=True)
class Minutes:
    """A collection as its minutes tell it; ``closed_at`` empty while it is still open."""

    township: str
    office: str
    year: int
    number: int
    opened_on: date
    due_at: datetime
    closed_at: datetime | None
    closed_by: str
    note: str
    counts: RoundCounts
    units: Sequence[UnitLine]
    brought: Sequence[BroughtLine]
    on: date

    @property
    def title(self) -> str:
        return f"{self.township}{self.year}年第{self.number}期村务公开征集情况"

    @property
    def paragraphs(self) -> list[str]:
        """The counts in sentences: asked = content + nothing + missing."""
        counts = self.counts
        asked = f"{_day(self.opened_on)}发出，{moment_in_words(self.due_at)}截止。"
        if not counts.asked:
            return [asked + (self.note or "本期没有要问的，没有发出。")]
        told = [
            asked + f"问了{counts.asked}家，回了{counts.answered}家"
            f"（有内容{counts.content}家、本期无内容{counts.nothing}家），没回{counts.missing}家。"
        ]
        if counts.items:
            by_section = "、".join(
                f"{name or NO_SECTION}{count}条" for name, count in counts.by_section.items()
            )
            told.append(f"报来{counts.items}条：{by_section}。")
        missing = [line.unit for line in self.units if line.answered_at is None]
        if missing:
            told.append(f"没有回复的：{'、'.join(missing)}。")
        if self.note:
            told.append(f"说明：{self.note.rstrip('。')}。")
        return told

    @property
    def signed(self) -> str:
        if self.closed_at is None:
            return f"{self.office}　截至{_day(self.on)}，本期还没有关闭"
        return f"{self.office}　{self.closed_by}　{_day(local(self.closed_at).date())}关闭"

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """One row for each unit, as ``HEADS`` names its cells."""
        return [
            (
                str(place),
                line.unit,
                line.contact or "–",
                str(line.asked),
                line.answer,
                str(line.items),
                f"{local(line.answered_at):%-m月%-d日 %H:%M}" if line.answered_at else "–",
                f"{line.reminders}次" if line.reminders else "–",
                line.remarks,
            )
            for place, line in enumerate(self.units, start=1)
        ]


def minutes_as_word(minutes: Minutes) -> bytes:
    """The minutes as a .docx in the layout of official papers."""
    paper = OfficialDocument(minutes.title)
    paper.title(minutes.title)
    for said in minutes.paragraphs:
        paper.paragraph(said)
    if minutes.units:
        paper.table(
            [
                [TableCell(head, bold=True) for head in HEADS],
                *(
                    [
                        TableCell(cell, align="left" if place in (1, 8) else "center")
                        for place, cell in enumerate(row)
                    ]
                    for row in minutes.rows
                ),
            ],
            widths_mm=_WIDTHS_MM,
            font_pt=_FONT_PT,
        )
    paper.gap()
    paper.paragraph(minutes.signed)
    return paper.save()


def minutes_as_excel(minutes: Minutes) -> bytes:
    """Two sheets: who answered, and what came."""
    subtitle = minutes.signed
    answers = SheetOut(
        name="回复情况",
        title=minutes.title,
        subtitle=subtitle,
        columns=[ColumnOut(head, width) for head, width in zip(HEADS, _WIDTHS, strict=True)],
        rows=[
            (
                place,
                line.unit,
                line.contact,
                line.asked,
                line.answer,
                line.items,
                line.answered_at,
                line.reminders,
                line.remarks,
            )
            for place, line in enumerate(minutes.units, start=1)
        ],
        notes=minutes.paragraphs,
    )
    brought = SheetOut(
        name="报来的内容",
        title=f"{minutes.title}：报来的内容",
        subtitle=subtitle,
        columns=[
            ColumnOut("序号", 6),
            ColumnOut("单位", 22),
            ColumnOut("类别", 16),
            ColumnOut("标题", 60),
            ColumnOut("现在", 12),
        ],
        rows=[
            (place, each.unit, each.section or NO_SECTION, each.title, each.state)
            for place, each in enumerate(minutes.brought, start=1)
        ],
        notes=() if minutes.brought else ("本期没有报来内容。",),
    )
    return write_workbook([answers, brought])


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
