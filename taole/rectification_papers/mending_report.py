"""整改报告: what was found by source and kind, what was done, what is open and why."""

from __future__ import annotations

from collections.abc import Sequence

from taole.documents.paper import Block, Foot, Heading, Paper, Paragraph, Subscription, in_full
from taole.inspections import rules
from taole.rectification_papers.rules import (
    STANDING_WORDS,
    PaperHead,
    Problem,
    counted,
    found_span,
    short_day,
    titles,
)
from taole.rectification_papers.workflow import PAPER_KIND_LABELS, PaperKind

Numbered = Sequence[tuple[int, Problem]]

_LEVEL_TWO = "一二三四五六七八九十"


def mending_report(head: PaperHead, problems: Sequence[Problem]) -> Paper:
    """The report; a problem keeps its number through all parts."""
    numbered = list(enumerate(by_source(problems), 1))
    closed = [(at, each) for at, each in numbered if each.is_closed]
    still_open = [(at, each) for at, each in numbered if not each.is_closed]
    return Paper(
        title=titles(PaperKind.REPORT, head.unit),
        name=PAPER_KIND_LABELS[PaperKind.REPORT],
        number=head.number,
        recipient=head.recipient,
        blocks=(
            Paragraph(_opening(head, problems)),
            Heading(1, "一、存在问题"),
            *_found(numbered),
            Heading(1, "二、整改情况"),
            *_done(head, closed, len(problems)),
            Heading(1, "三、尚未完成的问题"),
            *_open(head, still_open, len(problems)),
            Heading(1, "四、下一步工作"),
            *_next(head, problems),
            Subscription(head.government, head.on),
            Foot((f"联系电话：{head.phone}",)) if head.phone else Foot(()),
        ),
    )


def by_source(problems: Sequence[Problem]) -> list[Problem]:
    """The sources with the most problems first; within one by day found and number."""
    sizes = {each.source: 0 for each in problems}
    for each in problems:
        sizes[each.source] += 1
    first = {source: at for at, source in enumerate(sizes)}
    return sorted(
        problems,
        key=lambda each: (
            -sizes[each.source], first[each.source], each.found_on, each.year, each.number
        ),
    )  # fmt: skip


def _opening(head: PaperHead, problems: Sequence[Problem]) -> str:
    when = found_span(problems, head)
    if not problems:
        return f"{when}，没有发现{head.township}村务公开的问题。现将情况报告如下。"
    villages = len({each.unit for each in problems})
    closed = sum(each.is_closed for each in problems)
    because = f"根据{'、'.join(head.documents)}，" if head.documents else ""
    return (
        f"{because}现将{when}发现的村务公开问题的整改情况报告如下。"
        f"这段时间共发现问题{len(problems)}个，涉及{villages}个村（单位），"
        f"均已明确责任人和整改时限；截至{in_full(head.on)}，"
        f"已整改销号{closed}个，尚未完成{len(problems) - closed}个。"
    )


def _found(numbered: Numbered) -> list[Block]:
    if not numbered:
        return [Paragraph("没有。")]
    problems = [each for _at, each in numbered]
    blocks: list[Block] = [
        Paragraph(
            f"按来源分：{counted(each.source_label for each in problems)}。"
            f"按类型分：{counted(each.kind_label for each in problems)}。"
            f"按程度分：{counted(each.severity_label for each in problems)}。"
        )
    ]
    for place, source in enumerate(dict.fromkeys(each.source for each in problems)):
        of_source = [(at, each) for at, each in numbered if each.source is source]
        label = of_source[0][1].source_label
        blocks.append(Heading(2, f"（{_numeral(place)}）{label}（{len(of_source)}个）"))
        blocks += [Paragraph(f"{at}.{_told(each)}。") for at, each in of_source]
    return blocks


def _done(head: PaperHead, closed: Numbered, total: int) -> list[Block]:
    if not closed:
        return [Paragraph(f"截至{in_full(head.on)}，还没有整改销号的问题。" if total else "没有。")]
    on_time = sum(rules.is_on_time(each.proved_on, each.due_on) for _at, each in closed)
    share = f"，占{rate(len(closed), total)}" if total else ""
    return [
        Paragraph(
            f"已整改并经复核销号{len(closed)}个{share}，其中按原定时限整改{on_time}个。"
            "各题编号与第一部分相同。"
        ),
        *(Paragraph(f"{at}.{_mended(each, head.on.year)}") for at, each in closed),
    ]


def _open(head: PaperHead, still_open: Numbered, total: int) -> list[Block]:
    if not still_open:
        return [Paragraph("没有，发现的问题已经全部整改销号。" if total else "没有。")]
    problems = [each for _at, each in still_open]
    late = sum(each.is_overdue(head.on) for each in problems)
    standing = counted(STANDING_WORDS[each.state] for each in problems)
    return [
        Paragraph(
            f"尚未完成{len(problems)}个：{standing}" + (f"；已超期{late}个。" if late else "。")
        ),
        *(Paragraph(f"{at}.{_waits(each, head)}") for at, each in still_open),
    ]


def _next(head: PaperHead, problems: Sequence[Problem]) -> list[Block]:
    """What was written for it; else what follows from the numbers."""
    if head.next_steps.strip():
        return [Paragraph(line.strip()) for line in head.next_steps.splitlines() if line.strip()]
    still_open = [each for each in problems if not each.is_closed]
    again = sum(each.recurs for each in problems)
    steps = []
    if still_open:
        last = max(each.mend_until for each in still_open)
        by = "，逐个督促" if last < head.on else f"，在{short_day(last, head.on.year)}前逐个督促"
        steps.append(f"对尚未完成的{len(still_open)}个问题{by}整改、复核销号。")
    if again:
        steps.append(f"对整改后又出现的{again}个问题查清原因，防止反复。")
    steps.append("组织各村对照上述问题自查，按目录和时限公开，公开内容先审后发。")
    return [
        Paragraph(f"（{_numeral(at)}）{step}" if len(steps) > 1 else step)
        for at, step in enumerate(steps)
    ]


def _told(problem: Problem) -> str:
    """东园村：公示栏没写监督电话 (the village once, where the sentence begins with it)."""
    said = problem.statement.rstrip("。")
    return said if said.startswith(problem.unit) else f"{problem.unit}：{said}"


def _mended(problem: Problem, year: int) -> str:
    days = []
    if problem.proved_on is not None:
        days.append(f"{short_day(problem.proved_on, year)}完成整改")
    if problem.closed_on is not None:
        who = f"由{problem.closed_by}" if problem.closed_by else ""
        days.append(f"{short_day(problem.closed_on, year)}{who}复核销号")
    proof = f"佐证：{problem.proof}。" if problem.proof else ""
    return f"{problem.unit}：{problem.measures.rstrip('。')}。{'，'.join(days)}。{proof}"


def _waits(problem: Problem, head: PaperHead) -> str:
    year = head.on.year
    late = "，已超期" if problem.is_overdue(head.on) else ""
    words = f"{_told(problem)}。{STANDING_WORDS[problem.state]}，"
    if problem.mend_until != problem.due_on:
        words += f"原定时限{short_day(problem.due_on, year)}，"
        words += f"经批准延期到{short_day(problem.mend_until, year)}{late}。"
    else:
        words += f"时限{short_day(problem.mend_until, year)}{late}。"
    if problem.extension:
        asked = "已申请延期，等待批示，理由：" if problem.is_asked else "延期理由："
        words += f"{asked}{problem.extension.rstrip('。')}。"
    if problem.verdict:
        words += f"复核意见：{problem.verdict.rstrip('。')}。"
    return words


def rate(part: int, whole: int) -> str:
    """A share in whole per cent, never rounded up to all."""
    return f"{part * 100 // whole}%"


def _numeral(at: int) -> str:
    """一 for 0; past ten as 十一."""
    if at < len(_LEVEL_TWO):
        return _LEVEL_TWO[at]
    return f"十{_LEVEL_TWO[at - len(_LEVEL_TWO)]}"
