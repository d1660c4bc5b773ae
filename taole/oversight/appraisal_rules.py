"""The yearly 效能 sheet: what each village did, and points by the township's own weights.

The numbers are those of every other page. Villages stand in order of code; nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.obligations.rules import Completeness

WHOLE = 100


@dataclass(frozen=True)
class Weights:
    """Points for each part, a hundred together; the township's own."""

    completeness: int = 40
    timeliness: int = 30
    rectification: int = 20
    rounds: int = 10

    def __post_init__(self) -> None:
        parts = (self.completeness, self.timeliness, self.rectification, self.rounds)
        if min(parts) < 0 or sum(parts) != WHOLE:
            raise Refused(
                sentence(
                    N_("四项分值都不能小于 0，加起来要等于 100，现在是 %(sum)s：请改好再保存。"),
                    sum=sum(parts),
                )
            )

    def as_json(self) -> dict[str, int]:
        return {
            "completeness": self.completeness,
            "timeliness": self.timeliness,
            "rectification": self.rectification,
            "rounds": self.rounds,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, int]) -> Weights:
        return cls(**kept)


@dataclass(frozen=True)
class VillageYear:
    """What a village did in a year. ``mended_in_time`` of the findings due by the day."""

    unit_id: object
    code: str
    name: str
    counts: Completeness = field(default_factory=Completeness)
    notices: int = 0
    corrected: int = 0
    returned: int = 0
    findings_due: int = 0
    mended_in_time: int = 0
    asked: int = 0
    answered_in_time: int = 0

    @property
    def rectification(self) -> float | None:
        return self.mended_in_time / self.findings_due if self.findings_due else None

    @property
    def rounds(self) -> float | None:
        return self.answered_in_time / self.asked if self.asked else None


def points_of(village: VillageYear, weights: Weights) -> float | None:
    """Points out of a hundred; what has no rate (nothing was due) leaves its weight to the rest."""
    parts: Sequence[tuple[float | None, int]] = (
        (village.counts.completeness, weights.completeness),
        (village.counts.timeliness, weights.timeliness),
        (village.rectification, weights.rectification),
        (village.rounds, weights.rounds),
    )
    counted = [(rate, weight) for rate, weight in parts if rate is not None and weight]
    weight = sum(each for _rate, each in counted)
    if not weight:
        return None
    return round(sum(rate * each for rate, each in counted) * WHOLE / weight, 1)
