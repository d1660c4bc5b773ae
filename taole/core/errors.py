"""The two ways in which the house says no."""

from __future__ import annotations

from collections.abc import Sequence

from taole.core.words import Sentence, sentence


class NotFound(Exception):
    """What was asked for does not exist, or not for this person (the page is a 404)."""


class Refused(Exception):
    """A person asked for something that the rules do not allow; says why and what to do.

    Several sentences where several things are wrong (the rows of a workbook). Nothing is saved.
    """

    def __init__(self, *sentences: Sentence | str) -> None:
        self.sentences: Sequence[Sentence] = [
            said if isinstance(said, Sentence) else sentence(said) for said in sentences
        ]
        super().__init__("；".join(str(said) for said in self.sentences))
