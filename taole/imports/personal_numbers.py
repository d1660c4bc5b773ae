"""Numbers that name a person, in a text: identity numbers (GB 11643) and bank cards (Luhn)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_IDENTITY = re.compile(r"(?<!\d)\d(?:[ \-]?\d){16}[ \-]?[\dXx](?!\d)")
_CARD = re.compile(r"(?<!\d)\d(?:[ \-]?\d){15,18}(?!\d)")
_CARD_BEGINNINGS = "34569"


def has_identity_number(text: str) -> bool:
    """Whether an 18-digit identity number with a true birthday and check digit stands in it."""
    return any(_is_identity(_digits(found)) for found in _IDENTITY.findall(_folded(text)))


def has_card_number(text: str) -> bool:
    """Whether a bank card's number stands in it: 16 to 19 digits with the right check digit.

    Numbers that begin like a date or a moment (1, 2) are no cards: addresses of pages have many.
    """
    return any(_is_card(_digits(found)) for found in _CARD.findall(_folded(text)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _digits(text: str) -> str:
    return re.sub(r"[ \-]", "", text).upper()


def _is_identity(number: str) -> bool:
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_SIGNS[total % 11] == number[17]


def _is_card(number: str) -> bool:
    if number[0] not in _CARD_BEGINNINGS:
        return False
    total = 0
    for at, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
