"""What the child knows of a hit, and what it is told to look for."""

from __future__ import annotations

from dataclasses import dataclass, field

from taole.core.words import Sentence
from taole.privacy.findings import Context, Kind, MaskPatterns


@dataclass(frozen=True)
class Found:
    """A hit with its place in the file; ``value`` is raw and stays in the child."""

    place: str
    kind: Kind
    value: str = field(repr=False)
    masked: str
    confidence: float
    suggestion: Sentence | str


@dataclass(frozen=True)
class Guard:
    """What is looked for and how it is masked."""

    context: Context
    patterns: MaskPatterns
