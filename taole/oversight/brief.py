"""The brief of a week: gathered from the records, as a text for a chat and as a paper."""

from __future__ import annotations

from datetime import date

from taole.documents.official import OfficialDocument, TableCell
from taole.notifications.copying import chat_text
from taole.notifications.short_links import short_link
from taole.organisation.models import Unit
from taole.oversight.brief_queries import (
    count_weeks,
    list_decisions,
    list_missing,
    list_published,
)
from taole.oversight.brief_rules import (
    LOOK_BACK,
    ON_THE_WEBSITE,
    Brief,
    headline,
    missing_lines,
    named,
    published_line,
    said_of,
    trends_of,
)

_FONT_PT = 12
_MISSING_WIDTHS_MM = (28, 12, 80, 36)
_PUBLISHED_WIDTHS_MM = (28, 72, 32, 24)


def brief_of(township: Unit, start: date, end: date) -> Brief:
    """The brief of the days from ``start`` to ``end``, as it stands on the last of them."""
    return Brief(
        township=township.name,
        start=start,
        end=end,
        missing=list_missing(township, end),
        decisions=[each for each in list_decisions(township) if each.since <= end],
        published=list_published(township, start, end),
        trends=trends_of(
            count_weeks(township, end),
            [each.missing for each in count_weeks(township, end, LOOK_BACK)],
        ),
    )


def text_of(brief: Brief, link: str) -> str:
    """What is pasted into a chat: the sentence, the three numbers, village by village."""
    numbers = "，".join(said_of(trend) for trend in brief.trends)
    items = [("", line, "") for line in missing_lines(brief)]
    foot = [numbers, published_line(brief)]
    if brief.decisions:
        foot.append(f"等您定{len(brief.decisions)}件")
    return chat_text(
        head=f"【村务公开简报】{brief.start:%-m月%-d日}—{brief.end:%-m月%-d日}\n{headline(brief)}",
        items=items,
        foot="；".join(foot),
        link=link,
    )


def link_to(township: Unit, end: date) -> str:
    return short_link(f"/brief/{township.code}?on={end.isoformat()}")


def paper_of(brief: Brief, office: str) -> bytes:
    """The brief as a .docx: one page where the week was quiet, tables where it was not."""
    paper = OfficialDocument(f"{brief.township}村务公开工作简报")
    paper.title(f"{brief.township}村务公开工作简报\n（{_day(brief.start)}—{_day(brief.end)}）")
    paper.paragraph(f"{headline(brief)}。")
    paper.paragraph("；".join(said_of(trend) for trend in brief.trends) + "。")
    paper.heading(1, "一、还没公示的")
    if brief.missing:
        paper.table(
            [
                [TableCell(head) for head in ("村", "缺", "事项", "最早应公示")],
                *(
                    [
                        TableCell(village),
                        TableCell(f"{len(matters)}"),
                        TableCell(named(matters)),
                        TableCell(_day(min(each.due_on for each in matters))),
                    ]
                    for village, matters in brief.missing_by_village
                ),
            ],
            widths_mm=_MISSING_WIDTHS_MM,
            font_pt=_FONT_PT,
        )
    else:
        paper.paragraph("没有。")
    paper.heading(1, "二、等领导定的")
    for number, each in enumerate(brief.decisions, start=1):
        paper.paragraph(f"{number}.{each.what}（{each.since:%-m月%-d日}起）。")
    if not brief.decisions:
        paper.paragraph("没有。")
    paper.heading(1, "三、本周公示的")
    paper.paragraph(f"{published_line(brief)}。")
    if brief.published:
        paper.table(
            [
                [TableCell(head) for head in ("村（办公室）", "公示", "类别", "公示日期")],
                *(
                    [
                        TableCell(each.village),
                        TableCell(each.title),
                        TableCell(each.section or ON_THE_WEBSITE),
                        TableCell(f"{each.posted_on:%-m月%-d日}"),
                    ]
                    for each in brief.published
                ),
            ],
            widths_mm=_PUBLISHED_WIDTHS_MM,
            font_pt=_FONT_PT,
        )
    paper.gap()
    paper.paragraph(f"{office}　{_day(brief.end)}")
    return paper.save()


def _day(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"
