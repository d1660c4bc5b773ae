"""What a person has to be told, line by line; pure values that every package above can make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from taole.core.words import Sentence


class Audience(StrEnum):
    """Who is told: people of the unit itself, or of its township; or one person by name."""

    SECRETARY = auto()
    HEAD = auto()
    CONTRIBUTOR = auto()
    CLERK = auto()
    LEADER = auto()
    PERSON = auto()


@dataclass(frozen=True)
class Line:
    """One sentence about one subject ("obligation:<id>", "ask:<id>", "finding:<id>", …).

    ``step`` is what makes it new today (a step of the plan, "open", "reminder-1"); a person is told
    of a subject and a step once. A line with an empty step never causes a digest of its own, it
    only stands in one that goes anyway. ``path`` opens the very card of it ("/obligations/…").
    ``person_id`` only for ``Audience.PERSON``. ``unit`` and ``short`` name whose it is and what in
    few words, for a chat.
    """

    subject: str
    step: str
    unit_id: UUID
    to: Audience
    text: Sentence
    path: str
    due_on: date | None = None
    person_id: UUID | None = None
    unit: str = ""
    short: str = ""


def as_json(line: Line) -> dict[str, Any]:
    """A line as it is kept in a message, to be said in the reader's language."""
    return {
        "subject": line.subject,
        "msgid": line.text.msgid,
        "params": {name: _plain(value) for name, value in line.text.params.items()},
        "path": line.path,
        "due_on": line.due_on.isoformat() if line.due_on else None,
    }


def sentence_of(kept: Mapping[str, Any]) -> Sentence:
    return Sentence(kept["msgid"], kept["params"])


def _plain(value: object) -> object:
    return value if isinstance(value, int | str) else str(value)
