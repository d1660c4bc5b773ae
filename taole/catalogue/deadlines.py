"""When a matter must be up: kinds of deadline (公开时限) and the day each falls due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum

from taole.core.errors import Refused
from taole.core.periods import Frequency, Period, period_containing
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import WorkCalendar

CONFIRMATION_DAY = 20
"""Event-driven matters are confirmed by this day of the first month after the period; the day
itself is borrowed from the quarterly matters (每季度的首个月20日)."""

MOST_DAYS = 366
LAST_DAY_OF_ANY_MONTH = 31


class DeadlineKind(StrEnum):
    """The forms in which catalogues state a time limit."""

    QUARTER_DAY = "quarter_day"
    MONTH_DAY = "month_day"
    YEAR_DATE = "year_date"
    DAYS_AFTER_EVENT = "days_after_event"
    WORKDAYS_AFTER_EVENT = "workdays_after_event"
    DAYS_BEFORE_EVENT = "days_before_event"
    WORKDAYS_BEFORE_EVENT = "workdays_before_event"
    BEFORE_EVENT = "before_event"
    UPDATE_INTERVAL = "update_interval"


_ASKS_FOR: dict[DeadlineKind, tuple[str, ...]] = {
    DeadlineKind.QUARTER_DAY: ("month_of_quarter", "day"),
    DeadlineKind.MONTH_DAY: ("day",),
    DeadlineKind.YEAR_DATE: ("month", "day"),
    DeadlineKind.DAYS_AFTER_EVENT: ("days",),
    DeadlineKind.WORKDAYS_AFTER_EVENT: ("days",),
    DeadlineKind.DAYS_BEFORE_EVENT: ("days",),
    DeadlineKind.WORKDAYS_BEFORE_EVENT: ("days",),
    DeadlineKind.BEFORE_EVENT: (),
    DeadlineKind.UPDATE_INTERVAL: ("days",),
}
_LIMITS = {
    "day": (1, LAST_DAY_OF_ANY_MONTH),
    "month": (1, 12),
    "month_of_quarter": (1, 3),
    "days": (0, MOST_DAYS),
}
_FIXED = frozenset({DeadlineKind.QUARTER_DAY, DeadlineKind.MONTH_DAY, DeadlineKind.YEAR_DATE})


@dataclass(frozen=True)
class DeadlineRule:
    """One time limit. Only the numbers that its kind asks for are set.

    ``day`` 1–31 of the month (past the month's end: its last day), ``month`` 1–12,
    ``month_of_quarter`` 1–3, ``days`` 0–366 calendar or working days by kind.
    ``monthly_variant`` replaces a quarterly rule where the item is published monthly
    (村民委员会组织法 art 30: finance, when transactions are many).
    ``text`` is the catalogue's own wording; rules that fall due alike are equal whatever it says.
    Raises Refused when the numbers make no sense.
    """

    kind: DeadlineKind
    day: int | None = None
    month: int | None = None
    month_of_quarter: int | None = None
    days: int | None = None
    monthly_variant: DeadlineRule | None = None
    text: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        asked = _ASKS_FOR[self.kind]
        for name, (least, most) in _LIMITS.items():
            number = getattr(self, name)
            if name not in asked:
                if number is not None:
                    raise Refused(
                        sentence(
                            N_("公开时限规则“%(rule)s”不用 %(field)s：请删去。"),
                            rule=self.kind.value,
                            field=name,
                        )
                    )
                continue
            _check(self.kind, name, number, least, most)
        if self.monthly_variant and self.monthly_variant.kind is not DeadlineKind.MONTH_DAY:
            raise Refused(N_("按月公开的时限（monthly_variant）应为 month_day 规则：请改正。"))
        if self.monthly_variant and self.kind is not DeadlineKind.QUARTER_DAY:
            raise Refused(N_("只有按季度的时限（quarter_day）可以另带 monthly_variant：请删去它。"))

    @property
    def needs_event(self) -> bool:
        """Whether the due day hangs on the day of an event that somebody must record."""
        return self.kind not in _FIXED and self.kind is not DeadlineKind.UPDATE_INTERVAL

    @classmethod
    def from_mapping(cls, mapping: object) -> DeadlineRule:
        """A rule from a catalogue file's ``deadline:`` or the database's JSON; Refused if wrong."""
        if not isinstance(mapping, Mapping):
            raise Refused(N_("公开时限应写成若干项“名称: 值”，其中 rule 是规则名：请改正。"))
        known = {"rule", *(each.name for each in fields(cls))} - {"kind"}
        for name in mapping:
            if name not in known:
                raise Refused(
                    sentence(
                        N_("公开时限里有不认识的项 %(field)s：请删去，或改成%(known)s之一。"),
                        field=str(name)[:40],
                        known="、".join(sorted(known)),
                    )
                )
        try:
            kind = DeadlineKind(mapping.get("rule"))  # type: ignore[arg-type]
        except ValueError:
            raise Refused(
                sentence(
                    N_("不认识公开时限规则“%(rule)s”：可用 %(rules)s。"),
                    rule=mapping.get("rule"),
                    rules="、".join(DeadlineKind),
                )
            ) from None
        numbers = {name: mapping.get(name) for name in _LIMITS}
        if kind is DeadlineKind.BEFORE_EVENT and numbers["days"] == 0:
            numbers["days"] = None
        variant = mapping.get("monthly_variant")
        return cls(
            kind,
            **numbers,
            monthly_variant=None if variant is None else cls.from_mapping(variant),
            text=str(mapping.get("text") or ""),
        )

    def to_mapping(self) -> dict[str, object]:
        """What ``from_mapping`` reads, ready for JSON; numbers that are not set are left out."""
        mapping: dict[str, object] = {"rule": self.kind.value}
        mapping |= {name: getattr(self, name) for name in _ASKS_FOR[self.kind]}
        if self.monthly_variant:
            mapping["monthly_variant"] = self.monthly_variant.to_mapping()
        if self.text:
            mapping["text"] = self.text
        return mapping


def _check(kind: DeadlineKind, name: str, number: object, least: int, most: int) -> None:
    if kind is DeadlineKind.UPDATE_INTERVAL:
        least = 1
    if number is None:
        raise Refused(
            sentence(
                N_("公开时限规则“%(rule)s”缺少 %(field)s：请补上 %(least)s 到 %(most)s 的整数。"),
                rule=kind.value,
                field=name,
                least=least,
                most=most,
            )
        )
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise Refused(
            sentence(
                N_("公开时限的 %(field)s 写成了“%(value)s”：应为 %(least)s 到 %(most)s 的整数。"),
                field=name,
                value=str(number)[:20],
                least=least,
                most=most,
            )
        )


def _day_of(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _day_in(month_index: int, day: int) -> date:
    year, month = divmod(month_index, 12)
    return _day_of(year, month + 1, day)


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def confirmation_due_on(period: Period) -> date:
    """By when a unit says that it published, or had nothing of, an event-driven matter."""
    return _day_in(_month_index(period.end) + 1, CONFIRMATION_DAY)


def due_on_period(
    rule: DeadlineRule,
    period: Period,
    calendar: WorkCalendar,  # noqa: ARG001 - fixed dates ask it nothing; both questions look alike
) -> date:
    """The due day of what a matter reports for ``period``.

    A day of a quarter or of a month lies in the quarter or month that follows the period; a date
    of the year lies in the period's own year. A named day stands even on a day off: 民法典 art 203
    moves the end of counted periods only. A rule that hangs on an event gives the due day of the
    period's confirmation. A column with an update interval is due by the period's last day.
    """
    if rule.monthly_variant and period.frequency is Frequency.MONTHLY:
        rule = rule.monthly_variant
    match rule:
        case DeadlineRule(
            kind=DeadlineKind.QUARTER_DAY, day=int(day), month_of_quarter=int(month_of_quarter)
        ):
            next_quarter = (_month_index(period.end) // 3 + 1) * 3
            return _day_in(next_quarter + month_of_quarter - 1, day)
        case DeadlineRule(kind=DeadlineKind.MONTH_DAY, day=int(day)):
            return _day_in(_month_index(period.end) + 1, day)
        case DeadlineRule(kind=DeadlineKind.YEAR_DATE, month=int(month), day=int(day)):
            return _day_of(period.start.year, month, day)
        case DeadlineRule(kind=DeadlineKind.UPDATE_INTERVAL):
            return period.end
    return confirmation_due_on(period)


def due_on_event(rule: DeadlineRule, event_on: date, calendar: WorkCalendar) -> date:
    """The due day of a matter whose event (信息形成, 选举日, the last update) is on ``event_on``.

    The event's own day is not counted (民法典 art 201). Calendar days after the event that would
    end on a day off end on the next working day (art 203); days before it never move, for they
    protect those who are to read. Raises UnknownYear where the calendar is not confirmed.
    A rule without an event gives the due day of the period in which ``event_on`` lies, a date of
    the year its first occurrence on or after ``event_on``.
    """
    days = rule.days or 0
    match rule.kind:
        case DeadlineKind.DAYS_AFTER_EVENT:
            due = event_on + timedelta(days=days)
            return calendar.on_or_after(due) if days else due
        case DeadlineKind.WORKDAYS_AFTER_EVENT:
            return calendar.add(event_on, days)
        case DeadlineKind.DAYS_BEFORE_EVENT:
            return event_on - timedelta(days=days)
        case DeadlineKind.WORKDAYS_BEFORE_EVENT:
            return calendar.add(event_on, -days)
        case DeadlineKind.BEFORE_EVENT:
            return event_on - timedelta(days=1)
        case DeadlineKind.UPDATE_INTERVAL:
            return event_on + timedelta(days=days)
        case DeadlineKind.YEAR_DATE:
            year = period_containing(Frequency.YEARLY, event_on)
            due = due_on_period(rule, year, calendar)
            return due if due >= event_on else due_on_period(rule, year.next(), calendar)
        case DeadlineKind.MONTH_DAY:
            return due_on_period(rule, period_containing(Frequency.MONTHLY, event_on), calendar)
        case _:
            return due_on_period(rule, period_containing(Frequency.QUARTERLY, event_on), calendar)


_MONTH_OF_QUARTER = {
    1: (N_("每季度首月%(day)s日前"), N_("每季度首月底前")),
    2: (N_("每季度第二个月%(day)s日前"), N_("每季度第二个月底前")),
    3: (N_("每季度末月%(day)s日前"), N_("每季度末月底前")),
}
_IN_WORDS = {
    DeadlineKind.YEAR_DATE: N_("每年%(month)s月%(day)s日前"),
    DeadlineKind.DAYS_AFTER_EVENT: N_("%(days)s日内"),
    DeadlineKind.WORKDAYS_AFTER_EVENT: N_("%(days)s个工作日内"),
    DeadlineKind.DAYS_BEFORE_EVENT: N_("事前%(days)s日"),
    DeadlineKind.WORKDAYS_BEFORE_EVENT: N_("事前%(days)s个工作日"),
    DeadlineKind.BEFORE_EVENT: N_("事前"),
    DeadlineKind.UPDATE_INTERVAL: N_("每%(days)s天更新"),
}


def describe(rule: DeadlineRule) -> Sentence:
    """The rule in a few words for people: 每季度首月20日前, 10个工作日内, 事前20日."""
    at_the_end = rule.day == LAST_DAY_OF_ANY_MONTH
    if rule.kind is DeadlineKind.QUARTER_DAY:
        msgid = _MONTH_OF_QUARTER[rule.month_of_quarter or 1][at_the_end]
    elif rule.kind is DeadlineKind.MONTH_DAY:
        msgid = N_("次月底前") if at_the_end else N_("次月%(day)s日前")
    elif rule.days == 0 and rule.needs_event:
        msgid = N_("当日")
    else:
        msgid = _IN_WORDS[rule.kind]
    numbers = {name: getattr(rule, name) for name in _ASKS_FOR[rule.kind]}
    return sentence(msgid, **numbers)
