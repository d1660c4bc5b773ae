"""One row of a catalogue workbook: what it says becomes a rule or a question to the clerk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taole.catalogue.channels import (
    CHANNELS,
    USUAL_CHANNELS,
    names_in_text,
    recognise_channels,
    usually_compulsory,
)
from taole.catalogue.deadline_text import read_deadline, read_notice_period
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule
from taole.catalogue.drafts import Fault, ItemDraft, Question, place, read_frequency
from taole.catalogue.workbook_columns import entries_of, laws_of, said_of, text_of, ticked
from taole.catalogue.workbook_rows import Entry, joined
from taole.core.periods import Frequency
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import DayUnit
from taole.documents.columns import Header

_FREQUENCY_OF_KIND = {
    DeadlineKind.QUARTER_DAY: Frequency.QUARTERLY,
    DeadlineKind.MONTH_DAY: Frequency.MONTHLY,
    DeadlineKind.YEAR_DATE: Frequency.YEARLY,
    DeadlineKind.UPDATE_INTERVAL: Frequency.INTERVAL,
}
_NONE = {"", "/", "-", "—", "无", "–"}
_NOTICE_WORDS = ("公示", "公布", "张贴", "展示")
_NUMBER_ALONE = re.compile(r"\d{1,3}")


@dataclass
class RowReading:
    """What reading one row brought up, besides the item."""

    file: str
    row: int
    title: str
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def fault(self, message: Sentence, *, fatal: bool) -> None:
        self.faults.append(Fault(self._where, message, fatal, self.row))

    def ask(self, message: Sentence) -> None:
        self.questions.append(Question(self._where, message, self.row))

    @property
    def _where(self) -> Sentence:
        return place(self.file, self.row, self.title[:40])


def read_row(
    entry: Entry, header: Header, reading: RowReading, code: str, section: str
) -> ItemDraft | None:
    """The item of a row; None when a question must be answered or a fault mended first."""
    limit = joined(entry, header, "time_limit")
    rule = _rule(limit, header, entry, reading)
    frequency = _frequency(text_of(header.value(entry.row, "frequency")), rule, reading)
    days, unit = _notice_period(text_of(header.value(entry.row, "notice_period")), limit, reading)
    channels, channel_note = _channels(entry, header, reading)
    _ask_about_manner(said_of(header, entry.row, "manner"), reading)
    board_days = _board_days(text_of(header.value(entry.row, "board_days")), reading)
    compulsory, _ = recognise_channels(
        names_in_text(text_of(header.value(entry.row, "compulsory")))
    )
    if rule is None or frequency is None or any(fault.fatal for fault in reading.faults):
        return None
    return ItemDraft(
        code=code,
        section=section,
        title_zh=entry.title,
        title_en=text_of(header.value(entry.row, "title_en")),
        content=entries_of(joined(entry, header, "content")),
        basis=laws_of(joined(entry, header, "basis")),
        publisher="、".join(entries_of(joined(entry, header, "publisher"))),
        frequency=frequency,
        deadline=rule,
        notice_period_days=days,
        notice_period_unit=unit,
        minimum_board_days=board_days,
        channels=channels,
        compulsory_channels=compulsory or usually_compulsory(channels),
        personal_data={"risk": "none", "may_publish_zh": [], "must_not_publish_zh": []},
        provenance="catalogue",
        note=_note(entry, header, channel_note),
        row=entry.row.number,
        update_interval_days=rule.days if rule.kind is DeadlineKind.UPDATE_INTERVAL else None,
        parent="",
    )


def _rule(limit: str, header: Header, entry: Entry, reading: RowReading) -> DeadlineRule | None:
    if limit in _NONE:
        said = text_of(header.value(entry.row, "frequency"))
        if said not in _NONE:
            limit = said
    read = read_deadline("" if limit in _NONE else limit)
    if isinstance(read, Sentence):
        reading.ask(read)
        return None
    return read


def _frequency(written: str, rule: DeadlineRule | None, reading: RowReading) -> Frequency | None:
    by_rule = _FREQUENCY_OF_KIND.get(rule.kind, Frequency.ON_EVENT) if rule else None
    if written in _NONE:
        return by_rule
    frequency = read_frequency(written)
    if frequency is None and isinstance(read_deadline(written), DeadlineRule):
        return by_rule
    if frequency is None:
        reading.ask(
            sentence(
                N_("更新频率“%(text)s”看不懂：请写成每月、每季度、每年或随时。"),
                text=written[:40],
            )
        )
    return frequency


def _notice_period(
    written: str, limit: str, reading: RowReading
) -> tuple[int | None, DayUnit | None]:
    if written in _NONE:
        says_it = any(word in limit for word in _NOTICE_WORDS)
        return (read_notice_period(limit) if says_it else None) or (None, None)
    if _NUMBER_ALONE.fullmatch(written):
        return int(written), None
    read = read_notice_period(written)
    if read is None:
        reading.ask(
            sentence(
                N_("公示期“%(text)s”看不懂：请写成例如“7天”或“7个工作日”。"), text=written[:40]
            )
        )
        return None, None
    return read


def _board_days(written: str, reading: RowReading) -> int | None:
    if written in _NONE:
        return None
    match = re.fullmatch(r"(\d{1,3})\s*[天日]?", written)
    if match:
        return int(match[1])
    reading.fault(
        sentence(N_("张贴天数“%(text)s”看不懂：请只写天数，例如 10。"), text=written[:40]),
        fatal=True,
    )
    return None


def _channels(entry: Entry, header: Header, reading: RowReading) -> tuple[tuple[str, ...], str]:
    names = names_in_text(joined(entry, header, "channels"))
    if "channels" in header.under:
        names, unclear = ticked(header, entry.row, "channels")
        for mark in unclear:
            reading.ask(
                sentence(
                    N_("公开渠道一格“%(text)s”看不懂：要用这个渠道请打√，不用请留空。"),
                    text=mark[:40],
                )
            )
    known, others = recognise_channels(names)
    if others:
        reading.fault(
            sentence(
                N_("不认识渠道“%(others)s”，只记在备注里：可用%(channels)s。"),
                others="、".join(other[:20] for other in others[:10]),
                channels="、".join(CHANNELS),
            ),
            fatal=False,
        )
    if not known:
        known = USUAL_CHANNELS
        reading.fault(
            sentence(
                N_("没有写公开渠道，按%(channels)s处理：如果不对，请补上。"),
                channels="、".join(known),
            ),
            fatal=False,
        )
    return known, f"其他公开渠道：{'、'.join(others)}" if others else ""


def _ask_about_manner(manner: str, reading: RowReading) -> None:
    if "依申请" in manner and "主动" not in manner:
        reading.ask(
            sentence(
                N_("写的是“依申请公开”，不必主动公示：请删去这一行，或把公开方式改为主动公开。")
            )
        )


def _note(entry: Entry, header: Header, channel_note: str) -> str:
    said = {
        "公开对象": said_of(header, entry.row, "audience"),
        "公开方式": said_of(header, entry.row, "manner"),
        "公开层级": said_of(header, entry.row, "level"),
    }
    lines = [text_of(header.value(entry.row, "note")), channel_note]
    lines.append("；".join(f"{name}：{text}" for name, text in said.items() if text))
    return "\n".join(line for line in lines if line)
