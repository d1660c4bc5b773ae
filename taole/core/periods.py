"""Periods in which matters are reported: months, quarters, years and collection fortnights.

Also how people write them (and single days) in ledgers: 2023年三季度, 2023.9, ２０２３年９月７日.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from taole.core.errors import Refused
from taole.core.words import N_, Sentence, quoted, sentence


class Frequency(StrEnum):
    """How often a matter must be published (村民委员会组织法 art 30; 目录 公开频次)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    ON_EVENT = "on-event"
    INTERVAL = "interval"


LABELS: dict[Frequency, str] = {
    Frequency.MONTHLY: N_("每月"),
    Frequency.QUARTERLY: N_("每季度"),
    Frequency.YEARLY: N_("每年"),
    Frequency.ON_EVENT: N_("随时"),
    Frequency.INTERVAL: N_("定期更新"),
}

FORTNIGHT = timedelta(days=14)
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
FIRST_YEAR_OF_DISCLOSURE = 2008
"""政府信息公开条例 came into force on 2008-05-01."""
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_SERIALS = range(30_000, 60_001)  # 1982-02-18 to 2064-04-08

_KEY = re.compile(r"(\d{4})(?:-(\d{2})|Q([1-4]))?")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_MONTHS = {**_NUMERALS, "十": 10, "十一": 11, "十二": 12}
_QUARTER = re.compile(r"(\d{4})(?:年度?)?[-./]?(?:q([1-4])|第?([1-4一二三四])季度?)")
_MONTH = re.compile(
    r"(\d{4})(?:年度?([0-9]{1,2}|十[一二]?|[一二三四五六七八九])月份?|[-./](\d{1,2})月?)"
)
_MONTH_DIGITS = re.compile(r"(\d{4})(\d{2})")
_MONTH_RANGE = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})月?(?:-|~|至|到)(\d{1,2})月份?")
_YEAR = re.compile(r"(\d{4})(?:年度?|年全年)?")
_DAY = re.compile(r"(\d{4})(?:年(\d{1,2})月(\d{1,2})[日号]?|([-./])(\d{1,2})\4(\d{1,2})\.?)")
_DAY_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[Tt\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*$")


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, both ends included, with the key that stores and sorts it.

    Keys: ``2023-07`` a month, ``2023Q3`` a quarter, ``2023`` a year, ``2023F19`` a fortnight.
    """

    start: date
    end: date
    key: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def frequency(self) -> Frequency:
        """What kind of period it is; a collection fortnight is an INTERVAL."""
        if "F" in self.key:
            return Frequency.INTERVAL
        if "Q" in self.key:
            return Frequency.QUARTERLY
        return Frequency.MONTHLY if "-" in self.key else Frequency.YEARLY

    def next(self) -> Period:
        """The period of the same kind that begins the day after this one ends."""
        return self._neighbour(self.end + timedelta(days=1))

    def previous(self) -> Period:
        """The period of the same kind that ends the day before this one begins."""
        return self._neighbour(self.start - timedelta(days=1))

    def _neighbour(self, day: date) -> Period:
        if self.frequency is Frequency.INTERVAL:
            return fortnights(self.start, day)
        return period_containing(self.frequency, day)


def _month(year: int, month: int) -> Period:
    last = date(year, month, monthrange(year, month)[1])
    return Period(date(year, month, 1), last, f"{year:04d}-{month:02d}")


def _quarter(year: int, quarter: int) -> Period:
    months = _month(year, 3 * quarter - 2), _month(year, 3 * quarter)
    return Period(months[0].start, months[1].end, f"{year:04d}Q{quarter}")


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04d}")


def period_containing(frequency: Frequency, day: date) -> Period:
    """The period in which a matter of this frequency reports what happened on ``day``.

    Event-driven matters are confirmed by the quarter; website columns are looked at by the month.
    """
    if frequency in (Frequency.MONTHLY, Frequency.INTERVAL):
        return _month(day.year, day.month)
    if frequency is Frequency.YEARLY:
        return _year(day.year)
    return _quarter(day.year, (day.month + 2) // 3)


def periods_touching(frequency: Frequency, first: date, last: date) -> list[Period]:
    """All periods with at least one day in ``first``..``last``, in order; none if last < first."""
    found: list[Period] = []
    day = first
    while day <= last:
        period = period_containing(frequency, day)
        found.append(period)
        day = period.end + timedelta(days=1)
    return found


def fortnights(anchor: date, day: date) -> Period:
    """The collection fortnight in which ``day`` lies: 14 days from a Monday, for ever unbroken.

    ``anchor`` is any day in the first week of any fortnight: it says which of two Mondays counts.
    A fortnight belongs to the ISO 8601 year of its Monday and is numbered by that Monday's week:
    weeks 1 and 2 begin number 1, weeks 3 and 4 number 2 … week 53 number 27. So 2023-09-11, the
    Monday of week 37, begins 2023年第19期.
    """
    monday = anchor - timedelta(days=anchor.weekday())
    start = monday + (day - monday) // FORTNIGHT * FORTNIGHT
    iso = start.isocalendar()
    end = start + FORTNIGHT - timedelta(days=1)
    return Period(start, end, f"{iso.year:04d}F{(iso.week + 1) // 2:02d}")


def period_of(key: str) -> Period:
    """The period of a stored key; a fortnight's key does not name its days and is refused."""
    match = _KEY.fullmatch(key)
    if match and EARLIEST_YEAR <= int(match[1]) <= LATEST_YEAR:
        year = int(match[1])
        if match[3]:
            return _quarter(year, int(match[3]))
        if match[2] is None:
            return _year(year)
        if 1 <= int(match[2]) <= 12:
            return _month(year, int(match[2]))
    raise Refused(
        sentence(N_("期间代码“%(value)s”无效：应写成 2023-07、2023Q3 或 2023。"), value=quoted(key))
    )


def label(period: Period) -> Sentence:
    """How people name a period: 2023年第三季度, 2023年9月, 2023年, 2023年第19期."""
    year = period.key[:4]
    match period.frequency:
        case Frequency.QUARTERLY:
            quarter = "一二三四"[int(period.key[-1]) - 1]
            return sentence(N_("%(year)s年第%(quarter)s季度"), year=year, quarter=quarter)
        case Frequency.MONTHLY:
            return sentence(N_("%(year)s年%(month)s月"), year=year, month=period.start.month)
        case Frequency.INTERVAL:
            return sentence(N_("%(year)s年第%(number)s期"), year=year, number=int(period.key[5:]))
        case _:
            return sentence(N_("%(year)s年"), year=year)


def parse_period(value: object) -> Period:
    """The period that a ledger's cell means: 2023年三季度, 2023Q3, 2023.9, 202309, 2023年, a date.

    A single day gives its month. Raises Refused when the cell says no period.
    """
    period = _read_period(value)
    if period is None:
        raise Refused(
            sentence(
                N_("期间“%(value)s”看不懂：请写成“2023年第三季度”“2023年9月”或“2023年”。"),
                value=quoted(_written(value)),
            )
        )
    return period


def _read_period(value: object) -> Period | None:
    day = _read_day(value)
    if day is not None:
        return _month(day.year, day.month)
    text = _plain(value)
    if match := _QUARTER.fullmatch(text):
        if not _plausible(match[1]):
            return None
        numeral = match[2] or match[3]
        return _quarter(int(match[1]), _NUMERALS.get(numeral) or int(numeral))
    if match := _MONTH_RANGE.fullmatch(text):
        return _quarter_of_months(match[1], int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(text) or _MONTH_DIGITS.fullmatch(text):
        written = match[2] or match[3]
        month = _MONTHS.get(written) or int(written)
        return _month(int(match[1]), month) if _plausible(match[1]) and 1 <= month <= 12 else None
    if (match := _YEAR.fullmatch(text)) and _plausible(match[1]):
        return _year(int(match[1]))
    return None


def _quarter_of_months(year: str, first: int, last: int) -> Period | None:
    if _plausible(year) and last == first + 2 and first in (1, 4, 7, 10):
        return _quarter(int(year), last // 3)
    return None


def parse_day(value: object) -> date:
    """The day that a cell means: a date, 2023.9.7, 2023年9月7日, 20230907, Excel's 45176.

    Numbers from 30000 to 60000 are Excel's days since 1899-12-30. Raises Refused, and never shows
    more than eight digits in a row of what was written: it may be somebody's identity number.
    """
    day = _read_day(value)
    if day is None:
        raise Refused(
            sentence(
                N_("日期“%(value)s”看不懂：请写成 2023-09-07 或 2023年9月7日。"),
                value=quoted(_written(value)),
            )
        )
    return day


def _read_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and EXCEL_SERIALS.start <= value < EXCEL_SERIALS.stop:
        return EXCEL_DAY_ZERO + timedelta(days=int(value))
    text = _plain(_TIME.sub("", _written(value)))
    match = _DAY.fullmatch(text) or _DAY_DIGITS.fullmatch(text)
    if match is None or not _plausible(match[1]):
        return None
    year, month, day = (int(part) for part in match.groups() if part and part not in "-./")
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plausible(year: str) -> bool:
    return EARLIEST_YEAR <= int(year) <= LATEST_YEAR


def _written(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value))


def _plain(value: object) -> str:
    return "".join(_written(value).lower().split()).replace("—", "-").replace("–", "-")
