"""What people are told of: the sources that the packages bring to a digest."""

from __future__ import annotations

import taole.inspections.telling
import taole.notices.reminding
import taole.obligations.telling
import taole.oversight.telling
from taole.notifications.sources import Source, register_sources

SOURCES: tuple[Source, ...] = (
    *taole.obligations.telling.SOURCES,
    *taole.notices.reminding.SOURCES,
    taole.inspections.telling.SOURCE,
    *taole.oversight.telling.SOURCES,
)


def know_sources() -> None:
    register_sources(SOURCES)
