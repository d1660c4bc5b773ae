"""Where the lines of a digest come from: each package above registers its own source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from taole.notifications.lines import Line
from taole.notifications.models import Message
from taole.notifications.plan import Plan
from taole.organisation.models import Unit


def _nothing_more(_lines: Sequence[Line], _message: Message) -> None:
    return None


@dataclass(frozen=True)
class Source:
    """One kind of thing to be told of.

    ``lines(township, on, plan)``: everything that presses in a township on a day, told or not, with
    the step of the plan that each has reached. ``still_open(subjects)``: those of its own subjects
    ("<prefix>:<id>") that still wait. ``told(lines, message)`` runs in the same transaction as the
    message that carries the lines (a round counts its reminders there).
    """

    prefix: str
    label: str
    lines: Callable[[Unit, date, Plan], Iterable[Line]]
    still_open: Callable[[Collection[str]], set[str]]
    told: Callable[[Sequence[Line], Message], None] = _nothing_more


SOURCES: dict[str, Source] = {}


def register_sources(sources: Iterable[Source]) -> None:
    for source in sources:
        SOURCES[source.prefix] = source


def still_open(subjects: Collection[str]) -> set[str]:
    """Those subjects that still wait; one whose source is not known counts as open."""
    by_prefix: dict[str, list[str]] = {}
    for subject in subjects:
        by_prefix.setdefault(subject.partition(":")[0], []).append(subject)
    found: set[str] = set()
    for prefix, named in by_prefix.items():
        source = SOURCES.get(prefix)
        found.update(source.still_open(named) if source else named)
    return found
