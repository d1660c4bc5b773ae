"""Invented values for the labelled corpus, and the dresses that people put them in."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

ASCII = "0123456789"
WIDE = "０１２３４５６７８９"
CHINESE = "〇一二三四五六七八九"
CHINESE_ZERO = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
REGIONS = ("640221", "640106", "640181", "622826", "610102", "410183", "512501", "110105", "310104")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Dress = Callable[[random.Random, str], str]


def identity(rng: random.Random) -> str:
    """Eighteen signs of nobody: a region, a day between 1930 and 2015, a right check sign."""
    born = date(1930, 1, 1) + timedelta(days=rng.randrange(85 * 365))
    front = f"{rng.choice(REGIONS)}{born:%Y%m%d}{rng.randrange(1, 1000):03}"
    return front + check_sign(front)


def old_identity(rng: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=rng.randrange(69 * 365))
    return f"{rng.choice(REGIONS)}{born:%y%m%d}{rng.randrange(1, 1000):03}"


def check_sign(front: str) -> str:
    total = sum(int(sign) * weight for sign, weight in zip(front, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def wrong_check(rng: random.Random, number: str) -> str:
    return number[:17] + rng.choice([sign for sign in "0123456789" if sign != number[17]])


def card(rng: random.Random) -> str:
    """A card of nobody: an issuer's beginning, 16 or 19 digits, a right check digit."""
    start = rng.choice(
        ("622202", "621785", "622848", "621098", "620522", "436742", "955880", "601382")
    )
    front = start + "".join(rng.choices(ASCII, k=rng.choice((16, 19)) - 7))
    return front + luhn_digit(front)


def luhn_digit(front: str) -> str:
    total = 0
    for at, sign in enumerate(reversed(front)):
        value = int(sign) * (1 if at % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def not_luhn(rng: random.Random, size: int) -> str:
    front = rng.choice("3456789") + "".join(rng.choices(ASCII, k=size - 2))
    return front + rng.choice([sign for sign in ASCII if sign != luhn_digit(front)])


def account(rng: random.Random) -> str:
    return rng.choice("1234567") + "".join(rng.choices(ASCII, k=rng.choice((12, 14, 17, 20)) - 1))


def mobile(rng: random.Random) -> str:
    return "1" + rng.choice("3456789") + "".join(rng.choices(ASCII, k=9))


def landline(rng: random.Random) -> str:
    return f"{rng.choice(('0952', '0951', '010', '029'))}-{local_phone(rng)}"


def local_phone(rng: random.Random) -> str:
    return rng.choice("2345678") + "".join(rng.choices(ASCII, k=6))


def plate(rng: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    serial = "".join(rng.choices(ASCII, k=4)) + rng.choice(letters + ASCII)
    if rng.random() < 0.3:
        return f"宁{rng.choice('ABCDE')}{rng.choice('DF')}{''.join(rng.choices(ASCII, k=5))}"
    return f"{rng.choice('宁陕甘蒙京豫')}{rng.choice('ABCDE')}{rng.choice(('', '·', ' '))}{serial}"


def _in(digits: str) -> Dress:
    return lambda _, number: number.translate(str.maketrans(ASCII, digits))


def _joined(sign: str, *sizes: int) -> Dress:
    def dress(rng: random.Random, number: str) -> str:
        parts, at = [], 0
        for size in sizes or (1,) * len(number):
            parts.append(number[at : at + size])
            at += size
        parts.append(number[at:])
        return sign.join(part for part in parts if part)

    return dress


def _half_wide(rng: random.Random, number: str) -> str:
    at = rng.randrange(1, len(number))
    return number[:at] + number[at:].translate(str.maketrans(ASCII, WIDE))


def _broken(rng: random.Random, number: str) -> str:
    at = rng.randrange(4, len(number) - 3)
    return f"{number[:at]}\n{number[at:]}"


def _misread(rng: random.Random, number: str) -> str:
    """As a picture is read: O for 0, l or I for 1; not at the beginning or the end."""
    for _ in range(2):
        at = rng.randrange(5, len(number) - 1)
        signs = {"0": "Oo", "1": "lI"}.get(number[at])
        if signs and number[at - 1].isdigit():
            number = number[:at] + rng.choice(signs) + number[at + 1 :]
    return number


def _marked(rng: random.Random, number: str) -> str:
    """Marks without width strewn in, as copying from pages and chats leaves them."""
    mark = rng.choice("\u200e\u200d\u2060\ufeff\u00ad")
    return "".join(
        sign + (mark if rng.random() < 0.3 and at < len(number) - 1 else "")
        for at, sign in enumerate(number)
    )


def _other_x(rng: random.Random, number: str) -> str:
    return number.replace("X", rng.choice("xＸｘ×"))


PLAIN: Dress = lambda _, number: number  # noqa: E731
DRESSES: dict[str, Dress] = {
    "plain": PLAIN,
    "full-width": _in(WIDE),
    "half full-width": _half_wide,
    "Chinese digits": _in(CHINESE),
    "Chinese digits, 零": _in(CHINESE_ZERO),
    "capital digits": _in(CAPITALS),
    "spaces": _joined(" "),
    "wide spaces": _joined("\u3000"),
    "zero-width": _joined("\u200b"),
    "over two lines": _broken,
    "over an indent": lambda rng, number: _broken(rng, number).replace("\n", "\n        "),
    "O and l": _misread,
    "strewn marks": _marked,
    "circles": _in("⓪①②③④⑤⑥⑦⑧⑨"),
    "boxes": lambda _, number: "\ufe0f\u20e3".join(number),
    "counted, 、": lambda rng, number: _in(CHINESE_ZERO)(
        rng, _joined("、", 4, 4, 4, 4)(rng, number)
    ),
}
IDENTITY_DRESSES = DRESSES | {
    "6 8 4": _joined(" ", 6, 8, 4),
    "6-8-4": _joined("-", 6, 8, 4),
    "6.8.4": _joined(".", 6, 8, 4),
    "6—4—4—4": _joined("—", 6, 4, 4, 4),
    "3 3 4 4 4": _joined("\u00a0", 3, 3, 4, 4, 4),
    "other X": _other_x,
}
CARD_DRESSES = DRESSES | {
    "4 4 4 4": _joined(" ", 4, 4, 4, 4),
    "4-4-4-4": _joined("-", 4, 4, 4, 4),
    "6 rest": _joined(" ", 6),
}
PHONE_DRESSES = DRESSES | {
    "3 4 4": _joined(" ", 3, 4, 4),
    "3-4-4": _joined("-", 3, 4, 4),
    "3 8": _joined("-", 3),
    "+86": lambda rng, number: rng.choice(("+86", "+86 ", "86-")) + number,
}
