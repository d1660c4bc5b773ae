"""A year's holiday arrangement as people type it: one line a day, 2027-02-05 休 春节."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from taole.core.calendar_store import EnteredDay
from taole.core.errors import Refused
from taole.core.periods import parse_day
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import SATURDAY, WorkCalendar
from taole.privacy.rules import mask_secrets

_LINE = re.compile(
    r"(?P<first>\S+?)(?:\s*(?:至|到|~|～|—+|–)\s*(?P<last>\S+?))?\s+(?P<kind>休|班)(?:\s+(?P<name>.+))?"
)
LONGEST_HOLIDAY = 15
LONGEST_NAME = 40


def read_year(year: int, text: str) -> list[EnteredDay]:
    """The days of a year's lines; a stretch is 2027-02-05至2027-02-11 休 春节.

    休 is a day off, 班 a make-up workday. Raises Refused with one sentence for each wrong line.
    """
    days: dict[date, EnteredDay] = {}
    faults: list[Sentence] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            for each in _read_line(year, number, line.strip()):
                if each.day in days:
                    raise Refused(
                        sentence(
                            N_("第%(row)s行：%(day)s已经写过了，请删去一行。"),
                            row=number,
                            day=each.day,
                        )
                    )
                days[each.day] = each
        except Refused as refusal:
            faults.extend(refusal.sentences)
    if faults:
        raise Refused(*faults)
    return [days[day] for day in sorted(days)]


def _read_line(year: int, number: int, line: str) -> list[EnteredDay]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise Refused(
            sentence(
                N_("第%(row)s行看不懂：请写成“2027-02-05 休 春节”或“2027-02-07 班 春节”。"),
                row=number,
            )
        )
    first = _read_day(number, match["first"])
    last = _read_day(number, match["last"]) if match["last"] else first
    if first.year != year or last.year != year:
        raise Refused(
            sentence(N_("第%(row)s行：日期不在%(year)s年里，请改正。"), row=number, year=year)
        )
    if not 0 <= (last - first).days < LONGEST_HOLIDAY:
        raise Refused(
            sentence(
                N_("第%(row)s行：起止日期写反了，或者超过%(days)s天，请改正。"),
                row=number,
                days=LONGEST_HOLIDAY,
            )
        )
    name = mask_secrets((match["name"] or "").strip())[:LONGEST_NAME]
    span = range((last - first).days + 1)
    return [EnteredDay(first + timedelta(days=n), match["kind"] == "班", name) for n in span]


def _read_day(number: int, text: str) -> date:
    try:
        return parse_day(text)
    except Refused as refusal:
        raise Refused(
            sentence(N_("第%(row)s行：%(fault)s"), row=number, fault=refusal.sentences[0])
        ) from refusal


def write_year(days: Iterable[EnteredDay]) -> str:
    """The lines that ``read_year`` reads."""
    return "\n".join(
        f"{each.day:%Y-%m-%d} {'班' if each.is_workday else '休'} {each.name}".rstrip()
        for each in days
    )


def list_year(calendar: WorkCalendar, year: int, names: Mapping[date, str]) -> list[EnteredDay]:
    """The days of a year that differ from their weekday, in order, with their names if known."""
    return [
        EnteredDay(day, calendar.exceptions[day], names.get(day, ""))
        for day in sorted(calendar.exceptions)
        if day.year == year and calendar.exceptions[day] != (day.weekday() < SATURDAY)
    ]
