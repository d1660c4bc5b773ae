"""Recall and precision of the guard over labelled samples, per kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from taole.privacy.findings import Hit, Kind
from taole.privacy.rules import find
from tests.privacy.corpus import Sample


@dataclass
class Score:
    """Counts for one kind: ``wanted`` labels, ``met`` of them, ``said`` hits, ``right`` of them."""

    wanted: int = 0
    met: int = 0
    said: int = 0
    right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.met / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0


def scores(samples: Iterable[Sample]) -> dict[Kind, Score]:
    """What the guard finds in each sample against its label.

    A label is met when a hit of its kind covers the whole of it; a hit is right when it lies on
    the label of its kind.
    """
    found: dict[Kind, Score] = {}
    for sample in samples:
        hits = find(sample.text, sample.context)
        if sample.kind is not None:
            score = found.setdefault(sample.kind, Score())
            score.wanted += 1
            if any(hit.kind is sample.kind and _covers(hit, sample) for hit in hits):
                score.met += 1
            else:
                score.faults.append(
                    f"missed [{sample.dress}] {sample.text!r} {sample.context.column}"
                )
        for hit in hits:
            score = found.setdefault(hit.kind, Score())
            score.said += 1
            if hit.kind is sample.kind and hit.start < sample.end and sample.start < hit.end:
                score.right += 1
            else:
                score.faults.append(
                    f"wrong {hit.text!r} in {sample.text!r} {sample.context.column}"
                )
    return found


def table(samples: Iterable[Sample]) -> list[str]:
    """The rows of the table in docs/privacy.md."""
    return [
        f"| {kind.value} | {score.wanted} | {score.recall:.1%} | {score.precision:.1%} |"
        for kind, score in sorted(scores(samples).items())
    ]


def report(samples: list[Sample]) -> str:
    """The counts and the table, as docs/privacy.md has them."""
    counts = Counter(sample.kind is None for sample in samples)
    head = f"{counts[False]} texts with personal data, {counts[True]} without."
    columns = "| kind | labelled | recall | precision |\n|---|--:|--:|--:|"
    return "\n".join([head, "", columns, *table(samples)])


def _covers(hit: Hit, sample: Sample) -> bool:
    return hit.start <= sample.start and sample.end <= hit.end
