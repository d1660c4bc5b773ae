"""The day by which something is to be mended, in all the ways that lists write it. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from taole.core.errors import Refused
from taole.core.periods import EARLIEST_YEAR, EXCEL_SERIALS, LATEST_YEAR, parse_day
from taole.core.workdays import UnknownYear, WorkCalendar
from taole.documents.workbooks import Cell

_YEAR = r"(?:(?P<year>(?:20)?\d\d)\s*[年./\-]\s*)?"
_FULL = re.compile(
    r"(?P<year>20\d\d)\s*[年./\-]\s*(?P<month>\d{1,2})\s*[月./\-]\s*(?P<day>\d{1,2})\s*[日号]?"
)
_SHORT = re.compile(r"(?<![\d.])(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?")
_DOTTED = re.compile(r"(?P<month>\d{1,2})[./](?P<day>\d{1,2})\s*(?:日|号)?(?:之?前|止)?")
_PART = re.compile(
    _YEAR + r"(?P<month>\d{1,2})\s*月(?!\s*\d)(?:份)?\s*(?P<part>上旬|中旬|下旬|初|中|底|末)?"
)
_MONTH = re.compile(r"(?P<year>20\d\d)[./\-](?P<month>\d{1,2})(?P<part>)(?:月?底)?前?")
_OF_YEAR = re.compile(r"(?:(?P<year>20\d\d)\s*年)?\s*(?:年底|年末|年内|底前|年终)")
_IN_YEAR = re.compile(r"(?P<year>20\d\d)\s*年?底")
_THIS = re.compile(r"(?:本|当)月(?P<part>底|末|内)")
_WITHIN = re.compile(
    r"(?P<count>[一二两三四五六七八九十\d]{1,3})\s*个?(?P<unit>工作日|天|日|周|星期|月)(?:之?内|以内)"
)
_QUARTER = re.compile(
    r"(?:(?P<year>20\d\d)\s*年)?\s*第?(?P<quarter>[一二三四1-4])季度(?:末|底|前|内)"
)
_ENDS = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
NO_DAY = frozenset({"", "-", "—", "——", "/", "\\", "无", "暂无", "略", "○", "×"})


def read_due(
    cell: Cell, issued_on: date, calendar: WorkCalendar | None = None
) -> tuple[date | None, str]:
    """The last day to mend that a cell names (None when it names none), and the words it says.

    The latest day that is named counts (即日起至9月30日). Without a year it is the year of
    ``issued_on``, or the next when that would be more than half a year before. A month or its
    end is its last day; 十个工作日内 counts from ``issued_on``.
    """
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    words = "" if cell is None else " ".join(str(cell).split())
    if words in NO_DAY:
        return None, ""
    if words.isdecimal() and int(words) in EXCEL_SERIALS:
        cell = int(words)  # a day that was copied as the number that Excel keeps
    try:
        return parse_day(cell), words
    except Refused:
        return _latest(words, issued_on, calendar), words


def read_day(cell: Cell, about: date) -> date | None:
    """One day that a cell names, or None; without a year the one that is nearest."""
    return read_due(cell, about)[0]


def days_named(text: str) -> list[date]:
    """All full days (with their year) that a text names, in order."""
    found = (_day(match["year"], match["month"], match["day"]) for match in _FULL.finditer(text))
    return [day for day in found if day is not None]


def _latest(words: str, issued_on: date, calendar: WorkCalendar | None) -> date | None:
    found = days_named(words)
    rest = _FULL.sub(" ", words)
    found += _short_days(rest, issued_on)
    if found:
        return max(found)
    for reading in (_of_month, _of_year, _of_quarter):
        day = reading(rest, issued_on)
        if day is not None:
            return day
    return _within(rest, issued_on, calendar)


def _short_days(words: str, issued_on: date) -> list[date]:
    forms = list(_SHORT.finditer(words))
    if not forms and (dotted := _DOTTED.fullmatch(words.strip())):
        forms = [dotted]
    days = (_near(int(form["month"]), int(form["day"]), issued_on) for form in forms)
    return [day for day in days if day is not None]


def _near(month: int, day: int, issued_on: date) -> date | None:
    this = _day(issued_on.year, month, day)
    if this is not None and issued_on - this > timedelta(days=183):
        return _day(issued_on.year + 1, month, day)
    return this


def _of_month(words: str, issued_on: date) -> date | None:
    this = _THIS.search(words)
    if this is not None:
        return _end_of(issued_on.year, issued_on.month)
    form = _PART.search(words) or _MONTH.fullmatch(words.strip())
    if form is None or not 1 <= int(form["month"]) <= 12:
        return None
    month = int(form["month"])
    if form["year"]:
        year = int(form["year"]) + (2000 if len(form["year"]) == 2 else 0)
    else:
        near = _near(month, 28, issued_on)
        year = near.year if near else issued_on.year
    if form["part"] in _ENDS:
        return _day(year, month, _ENDS[form["part"]])
    return _end_of(year, month)


def _of_year(words: str, issued_on: date) -> date | None:
    form = _OF_YEAR.search(words) or _IN_YEAR.search(words)
    return date(int(form["year"] or issued_on.year), 12, 31) if form else None


def _of_quarter(words: str, issued_on: date) -> date | None:
    form = _QUARTER.search(words)
    if form is None:
        return None
    quarter = _number(form["quarter"])
    return _end_of(int(form["year"] or issued_on.year), quarter * 3)


def _within(words: str, issued_on: date, calendar: WorkCalendar | None) -> date | None:
    form = _WITHIN.search(words)
    if form is None:
        return None
    count = _number(form["count"])
    match form["unit"]:
        case "工作日":
            try:
                return calendar.add(issued_on, count) if calendar else None
            except UnknownYear:
                return None
        case "周" | "星期":
            return issued_on + timedelta(days=7 * count)
        case "月":
            month = issued_on.month - 1 + count
            year, month = issued_on.year + month // 12, month % 12 + 1
            return date(year, month, min(issued_on.day, monthrange(year, month)[1]))
    return issued_on + timedelta(days=count)


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    tens, sign, ones = written.rpartition("十")
    if not sign:
        return _DIGITS.get(written, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _end_of(year: int, month: int) -> date | None:
    return _day(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
