"""Sentences for people, before a language is chosen.

Rules and actions say *what* is to be said; views and commands say it in the reader's language.
Message ids are Chinese; ``N_`` marks one for translation (see ``make translations``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(msgid: str) -> str:  # noqa: N802 - the name every gettext tool knows
    """Mark a Chinese message id for the translators and return it unchanged."""
    return msgid


@dataclass(frozen=True)
class Sentence:
    """One sentence: a Chinese message id with ``%(name)s`` places, and what goes into them."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.params if self.params else self.msgid


def sentence(msgid: str, **params: object) -> Sentence:
    return Sentence(msgid, params)
