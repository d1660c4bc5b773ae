"""The measured corpus, a few files of each kind: what is published in docs/privacy.md must hold."""

from __future__ import annotations

import pytest

from tests.privacy.file_corpus import files
from tests.privacy.file_scores import score


@pytest.mark.parametrize("kind", ["Word", "Excel", "Excel 97", "CSV", "PDF"])
def test_numbers_planted_in_files_are_found_and_innocent_words_let_pass(kind: str) -> None:
    scored = score(kind, files(kind, 6, seed=7))
    assert scored.planted > 80
    assert scored.recall >= 0.985, scored.missed
    assert scored.precision >= 0.95, scored.wrong


def test_numbers_on_a_photographed_board_are_found() -> None:
    scored = score("photograph", files("photograph", 1))
    assert scored.recall >= 0.9, scored.missed
    assert scored.precision >= 0.95, scored.wrong
