"""When two photographs count as the same: by their difference hashes, and by where they belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

NEAR = 6
"""Of 64 bits; a copy compressed again or made smaller differs in one or two."""


@dataclass(frozen=True)
class Sight:
    """A photograph as it is compared: its hash, the unit it belongs to, and when it came."""

    look: str
    unit: str
    at: datetime


def distance(one: str, other: str) -> int:
    """In how many of 64 bits two hashes (16 hexadecimal signs) differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def nearest(look: str, looks: Sequence[int], most: int = NEAR) -> list[tuple[int, int]]:
    """(distance, index) of the hashes within ``most`` bits, nearest first."""
    mine = int(look, 16)
    near = [
        (bits, index)
        for index, other in enumerate(looks)
        if (bits := (mine ^ other).bit_count()) <= most
    ]
    return sorted(near)


def is_elsewhere(one: Sight, other: Sight) -> bool:
    """Whether it is a question at all: another village's, or another month's photograph."""
    return one.unit != other.unit or (one.at.year, one.at.month) != (other.at.year, other.at.month)
