"""When two photographs count as the same: by their difference hashes, and by where they belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

NEAR = 6
"""Of 64 bits; a copy compressed again or made smaller differs in one or two."""
WORTH_A_LOOK = 16
"""A copy of which a strip was cut off differs in so many; a new photograph may too."""
THE_SAME = 0.987
"""Copies agree to 0.99 and more where they agree best, new photographs of a board to 0.98."""


@dataclass(frozen=True)
class Sight:
    """A photograph as it is compared: its hash, the unit it belongs to, and when it came."""

    look: str
    unit: str
    at: datetime


def distance(one: str, other: str) -> int:
    """In how many of 64 bits two hashes (16 hexadecimal signs) differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def is_same(bits: int, likeness: float | None) -> bool:
    """Whether two photographs are one: by how well they agree, or, where they could not be laid
    side by side, by their hashes."""
    return bits <= NEAR if likeness is None else likeness >= THE_SAME


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
