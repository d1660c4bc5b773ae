"""Sentences for people, before a language is chosen.

Rules and actions say *what* is to be said; views and commands say it in the reader's language.
Message ids are Chinese; ``N_`` marks one for translation (see ``make translations``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){8,}[Xx]?")


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


def day_text(day: date | None) -> Sentence | str:
    """“9月15日”, in the reader's language where a sentence that holds it is said."""
    return sentence(N_("%(month)s月%(day)s日"), month=day.month, day=day.day) if day else "–"


def quoted(text: str, most: int = 20) -> str:
    """What somebody wrote, to stand in a sentence: on one line, cut to ``most`` signs.

    Numbers of nine digits and more are hidden: they may be somebody's identity number.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    shown = _LONG_NUMBER.sub("***", folded)
    return shown if len(shown) <= most else shown[: most - 1] + "…"
