"""Recall and precision of looking into files, by kind of file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from taole.privacy.files import scan_file
from taole.privacy.rules import fingerprint
from tests.privacy.file_corpus import Planted

_KEY = b"of the corpus"


@dataclass
class Score:
    """What was planted, found and wrongly found in the files of a kind."""

    kind: str
    files: int = 0
    planted: int = 0
    found: int = 0
    false: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        hits = self.found + self.false
        return self.found / hits if hits else 1.0


def score(kind: str, files: Iterable[Planted]) -> Score:
    """A number counts as found when a hit has its fingerprint; any other hit is false."""
    total = Score(kind)
    for file in files:
        hits = scan_file(file.content, file.filename, key=_KEY)
        wanted = {fingerprint(number, _KEY): number for number in file.numbers}
        abroad = {fingerprint(f"86{number}", _KEY): mark for mark, number in wanted.items()}
        marks = [abroad.get(hit.fingerprint, hit.fingerprint) for hit in hits]
        seen = set(marks)
        total.files += 1
        total.planted += len(wanted)
        total.found += len(wanted.keys() & seen)
        total.missed += [number for mark, number in wanted.items() if mark not in seen]
        for hit, mark in zip(hits, marks, strict=True):
            if mark not in wanted:
                total.false += 1
                total.wrong[f"{hit.kind.value} {hit.where} {hit.masked}"] += 1
    return total
