"""What follows when a township goes over to another edition, said by the packages above.

The catalogue knows nothing of what villages owe. A package that does registers a ``Follower``;
every adoption asks it, so that no way of adopting can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from taole.access.permissions import Actor
from taole.catalogue.models import Edition
from taole.core.words import Sentence
from taole.organisation.models import Unit


class Follower(Protocol):
    """Asked before and after a township adopts an edition from a day."""

    def preview(self, township: Unit, from_on: date) -> Iterable[Sentence]:
        """What another village catalogue would change. Writes nothing."""

    def follow(self, township: Unit, edition: Edition, from_on: date, by: Actor) -> None:
        """Do it, in the same transaction."""


FOLLOWERS: list[Follower] = []


def preview_adoption(township: Unit, from_on: date) -> list[Sentence]:
    """What would change elsewhere if a township adopted a village catalogue from a day."""
    return [said for each in FOLLOWERS for said in each.preview(township, from_on)]
