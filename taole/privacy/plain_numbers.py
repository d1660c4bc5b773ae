"""Numbers as a workbook keeps them, and as a person reads them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS_KEPT = 15
_REGION_AND_BIRTH = re.compile(
    r"[1-8][0-7][0-9]{4}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{4}"
)


def plain_number(text: str) -> str:
    """A number as a person reads it: 6.4022119E17 is 640221190000000000."""
    if text.isdigit():
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if number.is_finite() and abs(number.adjusted()) < 40 and number == number.to_integral_value():
        return str(number.quantize(Decimal(1))) if number.adjusted() < 27 else text
    return text


def is_rounded_identity(text: str) -> bool:
    """Whether an identity number was typed as a number: a workbook keeps 15 digits, then zeros.

    The region and the birth date are still there, and so is the person.
    """
    return _REGION_AND_BIRTH.fullmatch(text) is not None and not text[_DIGITS_KEPT:].strip("0")
