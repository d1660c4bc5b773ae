"""What every page can say: days, moments, rates and sentences in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, request, url_for
from flask_babel import get_locale, gettext
from sqlalchemy import Select, func, select

from taole.core.clock import local, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.media_types import MEDIA_TYPES
from taole.core.words import N_, Sentence, sentence

PAGE_SIZE = 50
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
QUARTERS = "一二三四"
ONE_DAY = re.compile(r"\b(1 (?:working )?day)s\b")
UNITLESS = frozenset({"%", "日期", "文号", "电话", "等次"})
"""Units of figures whose value says itself what it is."""


def say(said: Sentence | str) -> str:
    """A sentence in the reader's language; words inside it are translated too."""
    if isinstance(said, str):
        return str(gettext(said)) if said else ""
    words = str(gettext(said.msgid, **{name: _put(name, it) for name, it in said.params.items()}))
    return ONE_DAY.sub(r"\1", words) if in_english() else words


def say_all(refusal: Refused) -> list[str]:
    """What was refused, to stand above a form or at a field."""
    return [say(said) for said in refusal.sentences]


def _put(name: str, value: object) -> object:
    """What goes into a place; English names its months and writes its quarters in digits."""
    if isinstance(value, Sentence):
        return say(value)
    if in_english():
        match name, value:
            case "month", int(number):
                return MONTHS[number - 1]
            case "quarter", str(character) if character in QUARTERS:
                return QUARTERS.index(character) + 1
    return value


def in_english() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "en"


def day_full(day: date | None) -> str:
    if day is None:
        return "–"
    if in_english():
        return f"{day.day} {day:%b} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def day_short(day: date | None) -> str:
    """Without the year where it is this year's."""
    if day is None or day.year != today().year:
        return day_full(day)
    return f"{day.day} {day:%b}" if in_english() else f"{day.month}月{day.day}日"


def moment(at: datetime | None) -> str:
    if at is None:
        return "–"
    here = local(at)
    return f"{day_short(here.date())} {here:%H:%M}"


def percent(rate: float | None) -> str:
    """A rate as a whole percentage, never rounded up to 100 nor down to 0."""
    if rate is None:
        return "–"
    if 0 < rate < 1:
        return f"{min(max(round(rate * 100), 1), 99)}%"
    return f"{rate:.0%}"


def month_name(month: int) -> str:
    return say(sentence(N_("%(month)s月"), month=month))


def with_unit(text: object, unit: str) -> str:
    """A figure's value and its unit (``427 条``, ``427 items``, ``1 item``); – without a value."""
    if text is None or text == "":
        return "–"
    if unit in UNITLESS:
        return str(text)
    said = say(unit)
    one = in_english() and str(text) == "1"
    return f"{text} {said.removesuffix('s') if one else said}"


def money(amount: Decimal | float | None) -> str:
    return "–" if amount is None else f"{amount:,.2f}"


def days_left(due_on: date, day: date) -> str:
    left = (due_on - day).days
    if left < 0:
        return str(gettext("超 %(days)s 天", days=-left))
    if left == 0:
        return str(gettext("今天到期"))
    if left == 1:
        return str(gettext("明天到期"))
    return str(gettext("剩 %(days)s 天", days=left))


@dataclass(frozen=True)
class Page:
    """One page of a long list, counted and cut in the database."""

    rows: list[Any]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    def url(self, number: int) -> str:
        arguments = {**request.args.to_dict(flat=False), **(request.view_args or {})}
        arguments["page"] = number
        return url_for(request.endpoint or "", **arguments)


def paginate(
    found: Select[Any], *, scalars: bool = True, size: int = PAGE_SIZE, total: int | None = None
) -> Page:
    """The page that the address asks for (``?page=2``; nonsense means the first). The rows are
    counted here unless ``total`` is given by who counts them more cheaply.
    """
    number = max(1, request.args.get("page", 1, type=int))
    if total is None:
        counted = select(func.count()).select_from(found.order_by(None).subquery())
        total = db.session.scalar(counted) or 0
    number = min(number, max(1, -(-total // size)))
    cut = found.limit(size).offset((number - 1) * size)
    rows = db.session.scalars(cut) if scalars else db.session.execute(cut)
    return Page(list(rows), number, total, size)


def add_filters(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day_short,
        day_full=day_full,
        moment=moment,
        percent=percent,
        money=money,
        month_name=month_name,
        with_unit=with_unit,
        days_left=days_left,
        say=say,
    )
    app.jinja_env.globals.update(in_english=in_english)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def file_answer(content: bytes, filename: str) -> Any:
    """A download, named in Chinese, of the kind that its suffix says; never sniffed nor cached."""
    media_type = MEDIA_TYPES[filename.rpartition(".")[2]]
    answer = current_app.response_class(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
