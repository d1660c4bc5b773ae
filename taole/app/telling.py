"""What people are told of: the sources that the packages bring to a digest."""

from __future__ import annotations

import taole.inspections.telling
import taole.notices.reminding
import taole.obligations.telling
import taole.oversight.telling
import taole.rounds.telling
from taole.notices.following import follow_submitted
from taole.notifications.sources import Source, register_sources
from taole.rounds.answering import note_submitted

SOURCES: tuple[Source, ...] = (
    *taole.obligations.telling.SOURCES,
    *taole.notices.reminding.SOURCES,
    taole.inspections.telling.SOURCE,
    taole.rounds.telling.SOURCE,
    *taole.oversight.telling.SOURCES,
)


def know_sources() -> None:
    register_sources(SOURCES)
    follow_submitted(note_submitted)
