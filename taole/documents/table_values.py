"""What a cell of a table says: a text on one line, a number with its unit, yes or no."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

_YES = {"是", "√", "✓", "1", "单项否决", "一票否决", "否决"}
_NO = {"", "否", "0", "×", "—", "-"}
_NUMBER = re.compile(
    r"(?:≥|≤|>=|<=|不低于|不少于|不超过|至少)?\s*(-?\d+(?:\.\d+)?)"
    r"\s*(?:分|%|％|项|次|个|条)?(?:以上|以内)?"
)


def text_in(value: Any) -> str:
    """The cell on one line; an empty cell is an empty text."""
    return "" if value is None else " ".join(str(value).split())


def number_in(value: Any, empty: Decimal | None) -> Decimal | None:
    """The number of “10分”, “≥95%” or a plain cell; ``empty`` for nothing, None for other words."""
    written = text_in(value)
    if not written:
        return empty
    found = _NUMBER.fullmatch(written)
    return Decimal(found[1]) if found else None


def yes_in(value: Any) -> bool | None:
    """Whether a cell says yes (是, √); None when it says something else than yes or no."""
    if isinstance(value, bool):
        return value
    written = text_in(value)
    if written in _YES:
        return True
    return False if written in _NO else None
