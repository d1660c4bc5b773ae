"""What must hold in a catalogue before it may be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from taole.catalogue.channels import CHANNELS
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule, describe
from taole.catalogue.drafts import (
    CatalogueDraft,
    Fault,
    ItemDraft,
    in_row_order,
    place,
    resolve_section,
)
from taole.core.periods import LABELS, Frequency
from taole.core.words import N_, Sentence, sentence

MOST_CHARACTERS = {"code": 24, "section": 40, "title_zh": 200, "title_en": 200, "publisher": 120}

_FITTING: dict[Frequency, frozenset[DeadlineKind]] = {
    Frequency.MONTHLY: frozenset({DeadlineKind.MONTH_DAY}),
    Frequency.QUARTERLY: frozenset({DeadlineKind.QUARTER_DAY}),
    Frequency.YEARLY: frozenset({DeadlineKind.YEAR_DATE}),
    Frequency.ON_EVENT: frozenset(),
    Frequency.INTERVAL: frozenset({DeadlineKind.UPDATE_INTERVAL}),
}
_WITH_EVENTS = frozenset({Frequency.ON_EVENT, Frequency.YEARLY})


def check_draft(draft: CatalogueDraft) -> CatalogueDraft:
    """The draft with the faults of its whole and of each item added, in the file's order.

    Checked are: at least one item, codes used once, sections and aliases that lead to a section,
    time limits that fit the frequency (an event-driven matter may be yearly), notice periods with
    their unit, known channels, titles, parents of website columns, and lengths.
    """
    faults = [*_faults_of_whole(draft), *_doubled_codes(draft)]
    for item in draft.items:
        faults += [
            Fault(place(draft.filename, item.row, item.code or item.title_zh), said, True, item.row)
            for said in _faults_of_item(draft, item)
        ]
    return in_row_order(replace(draft, faults=(*draft.faults, *faults)))


def alias_loop(aliases: dict[str, str]) -> list[str]:
    """The first loop of aliases, from a name back to itself; empty if there is none."""
    for start in aliases:
        walked = [start]
        while (name := aliases.get(walked[-1])) is not None:
            if name in walked:
                return [*walked[walked.index(name) :], name]
            walked.append(name)
    return []


def frequency_fits(frequency: Frequency, rule: DeadlineRule) -> bool:
    """Whether a time limit of this kind can belong to this frequency."""
    return rule.kind in _FITTING[frequency] or (frequency in _WITH_EVENTS and rule.needs_event)


def _faults_of_whole(draft: CatalogueDraft) -> Iterator[Fault]:
    def fault(said: Sentence) -> Fault:
        return Fault(place(draft.filename), said, True)

    if not draft.items and not draft.questions and not draft.fatal:
        yield fault(sentence(N_("一个目录项也没有：请检查是不是选错了文件。")))
    loop = alias_loop(draft.aliases)
    if loop:
        yield fault(
            sentence(
                N_("板块别名绕成了圈：%(loop)s；请让别名只指向一个板块。"), loop="→".join(loop)
            )
        )
    parents = alias_loop({item.code: item.parent for item in draft.items if item.parent})
    if parents:
        yield fault(
            sentence(
                N_("上级栏目绕成了圈：%(loop)s；请让其中一个栏目不写上级。"),
                loop="→".join(parents),
            )
        )
    for alias, target in draft.aliases.items():
        if alias in loop:
            continue
        if alias in draft.sections:
            yield fault(
                sentence(
                    N_("“%(alias)s”既是板块，又写成“%(section)s”的别名：请只留一种。"),
                    alias=alias,
                    section=target,
                )
            )
        elif not loop and resolve_section(alias, draft.sections, draft.aliases) is None:
            yield fault(
                sentence(
                    N_("别名“%(alias)s”指向“%(section)s”，板块里没有它：应是%(sections)s之一。"),
                    alias=alias,
                    section=target,
                    sections="、".join(draft.sections),
                )
            )


def _doubled_codes(draft: CatalogueDraft) -> Iterator[Fault]:
    first: dict[str, ItemDraft] = {}
    for item in draft.items:
        if item.code in first:
            yield Fault(
                place(draft.filename, item.row, item.code),
                sentence(
                    N_(
                        "编码“%(code)s”与“%(other)s”（第%(row)s行）重复："
                        "每个目录项的编码只能用一次。"
                    ),
                    code=item.code,
                    other=first[item.code].title_zh,
                    row=first[item.code].row or "?",
                ),
                True,
                item.row,
            )
        first.setdefault(item.code, item)


def _faults_of_item(draft: CatalogueDraft, item: ItemDraft) -> Iterator[Sentence]:
    if not item.code:
        yield sentence(N_("没有编码：请补上。"))
    if not item.title_zh:
        yield sentence(N_("没有公开事项名称：请补上。"))
    yield from _faults_of_place(draft, item)
    if not frequency_fits(item.frequency, item.deadline):
        yield sentence(
            N_("公开频率是“%(frequency)s”，公开时限却是“%(deadline)s”：两处请改成一致。"),
            frequency=sentence(LABELS[item.frequency]),
            deadline=describe(item.deadline),
        )
    if item.notice_period_days is not None and item.notice_period_unit is None:
        yield sentence(
            N_("公示期写了 %(days)s，没有写单位：请写明是“天”还是“个工作日”。"),
            days=item.notice_period_days,
        )
    if item.notice_period_days is None and item.notice_period_unit is not None:
        yield sentence(N_("公示期只有单位，没有天数：请补上天数，或把单位也去掉。"))
    for name in ("notice_period_days", "minimum_board_days", "update_interval_days"):
        days = getattr(item, name)
        if days is not None and not 1 <= days <= 366:
            yield sentence(
                N_("%(field)s 写成了 %(days)s：应为 1 到 366 的整数。"), field=name, days=days
            )
    yield from _faults_of_channels(item)
    for name, most in MOST_CHARACTERS.items():
        if len(getattr(item, name)) > most:
            yield sentence(
                N_("%(field)s 有 %(count)s 个字，最多 %(most)s 个：请缩短。"),
                field=name,
                count=len(getattr(item, name)),
                most=most,
            )


def _faults_of_place(draft: CatalogueDraft, item: ItemDraft) -> Iterator[Sentence]:
    if draft.kind == "website":
        codes = {other.code for other in draft.items if other is not item}
        if item.parent and item.parent not in codes:
            yield sentence(
                N_("上级栏目“%(parent)s”不在文件里：请填另一个栏目的编码或名称。"),
                parent=item.parent,
            )
        return
    if not item.section:
        yield sentence(N_("没有写板块：应是%(sections)s之一。"), sections="、".join(draft.sections))
    elif (
        not alias_loop(draft.aliases)
        and resolve_section(item.section, draft.sections, draft.aliases) is None
        and item.section not in draft.sections
    ):
        yield sentence(
            N_("没有“%(section)s”这个板块：应是%(sections)s之一。"),
            section=item.section,
            sections="、".join(draft.sections),
        )


def _faults_of_channels(item: ItemDraft) -> Iterator[Sentence]:
    for channel in item.channels:
        if channel not in CHANNELS:
            yield sentence(
                N_("不认识渠道“%(channel)s”：可用%(channels)s。"),
                channel=channel,
                channels="、".join(CHANNELS),
            )
    for channel in item.compulsory_channels:
        if channel not in item.channels:
            yield sentence(
                N_("必发渠道“%(channel)s”不在这一项的公开渠道里：请补进公开渠道，或去掉。"),
                channel=channel,
            )
