"""Invented numbers: nobody was born in 平罗 on 1 January 1900 and lives."""

from __future__ import annotations

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(serial: int = 1) -> str:
    """An invented identity number with a right check digit (GB 11643-1999)."""
    stem = f"64022119000101{serial:03d}"
    total = sum(weight * int(sign) for weight, sign in zip(_WEIGHTS, stem, strict=True))
    return stem + "10X98765432"[total % 11]


def masked_identity(serial: int = 1) -> str:
    number = identity(serial)
    return number[:6] + "********" + number[14:]
