"""What somebody else saved while a person was typing, beside what the person typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taole.core.words import N_, Sentence, sentence

MOST = 30
"""How many differences a page tells; with more, the notice itself is to be looked at."""


@dataclass(frozen=True)
class Text:
    """The words of a notice: ``head`` by field, ``rows`` in the order of ``columns``."""

    title: str = ""
    body: str = ""
    head: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = ()


def differences(saved: Text, typed: Text) -> list[tuple[Sentence, str]]:
    """Each place in which the two differ, with what was saved there ("" for nothing)."""
    found: list[tuple[Sentence, str]] = []
    if saved.title != typed.title:
        found.append((sentence(N_("标题")), saved.title))
    if saved.body.split() != typed.body.split():
        found.append((sentence(N_("正文")), saved.body))
    found += [
        (sentence(N_("“%(field)s”"), field=name), saved.head.get(name, ""))
        for name in dict.fromkeys((*saved.head, *typed.head))
        if saved.head.get(name, "") != typed.head.get(name, "")
    ]
    for number in range(max(len(saved.rows), len(typed.rows))):
        for place, name in enumerate(saved.columns):
            kept = _cell(saved.rows, number, place)
            if kept != _cell(typed.rows, number, place):
                where = sentence(N_("第%(row)s行“%(column)s”"), row=number + 1, column=name)
                found.append((where, kept))
    return found[:MOST]


def _cell(rows: Sequence[Sequence[object]], number: int, place: int) -> str:
    row = rows[number] if number < len(rows) else ()
    return str(row[place]).strip() if place < len(row) else ""
