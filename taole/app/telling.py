"""What packages tell those below them: the sources of a digest, hand-ins, drafts at work."""

from __future__ import annotations

import taole.inspections.telling
import taole.notices.reminding
import taole.obligations.telling
import taole.oversight.telling
import taole.rounds.telling
from taole.notices.following import follow_submitted
from taole.notices.queries import find_at_work
from taole.notifications.sources import Source, register_sources
from taole.obligations.drafts import register_drafts
from taole.rounds.answering import note_submitted

SOURCES: tuple[Source, ...] = (
    *taole.obligations.telling.SOURCES,
    *taole.notices.reminding.SOURCES,
    *taole.inspections.telling.SOURCES,
    taole.rounds.telling.SOURCE,
    *taole.oversight.telling.SOURCES,
)


def know_sources() -> None:
    register_sources(SOURCES)
    follow_submitted(note_submitted)
    register_drafts(find_at_work)
