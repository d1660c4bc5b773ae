"""What people are told of: the sources that the packages bring to a digest."""

from __future__ import annotations

from taole.notifications.sources import Source, register_sources

SOURCES: tuple[Source, ...] = ()


def know_sources() -> None:
    register_sources(SOURCES)
