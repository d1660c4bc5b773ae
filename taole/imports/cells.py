"""What a single cell of the ledger says: a period, a day, channels, a link. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from taole.catalogue.channels import CHANNELS, Channel, names_in_text, recognise_channels
from taole.core.errors import Refused
from taole.core.periods import Frequency, Period, label, parse_day, parse_period, period_containing
from taole.core.words import N_, Sentence, quoted, sentence
from taole.documents.workbooks import Cell
from taole.notices.rules import MAX_LINK
from taole.privacy.findings import Kind
from taole.privacy.rules import find

_LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_AMBIGUOUS_MONTH = re.compile(r"(\d{4})\.1")
_YES = frozenset({"是", "对", "√", "✓", "y", "yes", "true", "1"})
_NO = frozenset({"", "否", "不", "n", "no", "false", "0"})

_ASKED: dict[Frequency, str] = {
    Frequency.MONTHLY: N_("“%(item)s”每月公开，期间要写到月：如“2023年9月”。"),
    Frequency.QUARTERLY: N_("“%(item)s”每季度公开，期间要写季度：如“2023年第三季度”。"),
    Frequency.YEARLY: N_("“%(item)s”每年公开，期间要写年：如“2023年”。"),
    Frequency.ON_EVENT: N_(
        "“%(item)s”随时公开，期间写发生的那一天、那个月或那个季度：如“2023年9月7日”。"
    ),
    Frequency.INTERVAL: N_("“%(item)s”定期更新，期间要写到月：如“2023年9月”。"),
}
_ACCEPTED: dict[Frequency, frozenset[Frequency]] = {
    Frequency.MONTHLY: frozenset({Frequency.MONTHLY}),
    Frequency.INTERVAL: frozenset({Frequency.MONTHLY}),
    Frequency.QUARTERLY: frozenset({Frequency.QUARTERLY}),
    Frequency.YEARLY: frozenset({Frequency.YEARLY}),
    Frequency.ON_EVENT: frozenset({Frequency.MONTHLY, Frequency.QUARTERLY}),
}


@dataclass(frozen=True)
class Window:
    """The days that a ledger's period names: one day, or the whole of a period."""

    period: Period
    day: date | None = None

    @property
    def start(self) -> date:
        return self.day or self.period.start

    @property
    def end(self) -> date:
        return self.day or self.period.end

    def label(self) -> str:
        if self.day is not None:
            return f"{self.day.year}年{self.day.month}月{self.day.day}日"
        return str(label(self.period))


def read_window(value: Cell) -> Window:
    """The days that a period's cell names; Refused when it names none, or either of two months.

    A date on the first of a month is how spreadsheets keep a month. A number 2023.1 may have been
    2023.10 before the spreadsheet cut it.
    """
    if isinstance(value, float) and (match := _AMBIGUOUS_MONTH.fullmatch(str(value))):
        raise Refused(
            sentence(
                N_("“%(value)s”可能是1月，也可能是10月：请写成“%(year)s年1月”或“%(year)s年10月”。"),
                value=match[0],
                year=match[1],
            )
        )
    period = parse_period(value)
    try:
        day = parse_day(value)
    except Refused:
        return Window(period)
    if isinstance(value, date) and day.day == 1:
        return Window(period)
    return Window(period, day)


def period_asked(window: Window, frequency: Frequency, title: str) -> Period | Sentence:
    """The period in which an item of this frequency reports these days, or what to write."""
    if window.period.frequency not in _ACCEPTED[frequency]:
        return sentence(_ASKED[frequency], item=title)
    if frequency is Frequency.ON_EVENT:
        return period_containing(Frequency.QUARTERLY, window.start)
    return window.period


def read_channels(text: str) -> tuple[Channel, ...] | Sentence:
    """The channels that a cell lists, in the house's order, or what to write."""
    if not text:
        return sentence(N_("没填渠道：请填%(known)s，几个渠道用顿号隔开。"), known=_known())
    known, others = recognise_channels(names_in_text(text))
    if others or not known:
        return sentence(
            N_("不认识渠道“%(name)s”：请填%(known)s，几个渠道用顿号隔开。"),
            name=quoted("、".join(others) or text),
            known=_known(),
        )
    return tuple(Channel(channel) for channel in known)


def link_fault(text: str) -> Sentence | None:
    """What is wrong with a link; photographs cannot come in a ledger."""
    if not _LINK.fullmatch(text):
        return sentence(
            N_("不是网址：这里只填一个以 http:// 或 https:// 开头的链接；照片请在公示页面上传。")
        )
    if len(text) > MAX_LINK:
        return sentence(N_("链接太长：最多 %(most)s 个字符，请换成短一些的地址。"), most=MAX_LINK)
    return None


def personal_fault(text: str) -> Sentence | None:
    """Says that a cell holds somebody's number, without the number."""
    kinds = {hit.kind for hit in find(text)}
    if Kind.IDENTITY in kinds:
        return sentence(N_("这一格里有身份证号，不能登记：请删去或遮盖后再导入。"))
    if kinds & {Kind.BANK_CARD, Kind.SOCIAL_CARD}:
        return sentence(N_("这一格里有银行卡号，不能登记：请删去或遮盖后再导入。"))
    return None


def read_yes_or_no(text: str) -> bool | Sentence:
    word = text.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    return sentence(N_("只能填“是”或留空。"))


def _known() -> str:
    return "、".join(CHANNELS)
