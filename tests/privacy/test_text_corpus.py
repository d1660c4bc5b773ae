"""What the guard finds in the labelled corpus of texts, kind by kind, and what the paper says."""

from __future__ import annotations

from pathlib import Path

import pytest

from taole.privacy.findings import Kind
from tests.privacy.corpus import Sample, samples
from tests.privacy.corpus_scores import Score, report, scores

NUMBERS = (
    Kind.IDENTITY,
    Kind.BANK_CARD,
    Kind.MOBILE,
    Kind.LANDLINE,
    Kind.SOCIAL_CARD,
)
WORDS = (Kind.ADDRESS, Kind.HEALTH, Kind.MINOR, Kind.BIRTH_DATE, Kind.PLATE)
PAPER = Path(__file__).parents[2] / "docs" / "privacy.md"


@pytest.fixture(scope="module")
def corpus() -> list[Sample]:
    return samples()


@pytest.fixture(scope="module")
def measured(corpus: list[Sample]) -> dict[Kind, Score]:
    return scores(corpus)


def test_the_corpus_has_thousands_of_each(corpus: list[Sample]) -> None:
    personal = sum(sample.kind is not None for sample in corpus)
    assert personal >= 2000
    assert len(corpus) - personal >= 2000


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_are_found_in_every_dress(measured: dict[Kind, Score], kind: Kind) -> None:
    score = measured[kind]
    assert score.wanted >= 100
    assert score.recall >= 0.995, score.faults[:5]
    assert score.precision >= 0.97, score.faults[:5]


@pytest.mark.parametrize("kind", WORDS)
def test_words_are_found_where_they_speak_of_a_person(
    measured: dict[Kind, Score], kind: Kind
) -> None:
    score = measured[kind]
    assert score.wanted >= 100
    assert score.recall >= 0.97, score.faults[:5]
    assert score.precision >= 0.97, score.faults[:5]


def test_every_days_notices_are_let_pass(corpus: list[Sample], measured: dict[Kind, Score]) -> None:
    wrong = sum(score.said - score.right for score in measured.values())
    innocent = sum(sample.kind is None for sample in corpus)
    assert wrong <= innocent * 0.005


def test_the_paper_tells_what_is_measured(corpus: list[Sample]) -> None:
    assert report(corpus) in PAPER.read_text("utf-8")
