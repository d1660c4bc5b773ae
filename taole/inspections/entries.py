"""What is refused in an entry about an inspection or a finding, each with its field's name."""

from __future__ import annotations

from datetime import date

from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence


def required(text: str, field: str, longest: int) -> str:
    """The text without spaces around it. ``field`` is a message id."""
    text = text.strip()
    if not text:
        raise Refused(sentence(N_("请填写%(field)s"), field=Sentence(field)))
    return at_most(text, field, longest)


def at_most(text: str, field: str, longest: int) -> str:
    """The text without spaces around it, if it is not too long to be stored and printed."""
    text = text.strip()
    if len(text) > longest:
        raise Refused(
            sentence(
                N_("“%(field)s”有 %(length)s 字，最多 %(longest)s 字，请写短一些"),
                field=Sentence(field),
                length=len(text),
                longest=longest,
            )
        )
    return text


def not_later_than(day: date, today: date) -> None:
    """Refuse what has not happened yet."""
    if day > today:
        raise Refused(
            sentence(
                N_("%(year)s年%(month)s月%(day)s日还没有到，请检查日期"),
                year=day.year,
                month=day.month,
                day=day.day,
            )
        )
