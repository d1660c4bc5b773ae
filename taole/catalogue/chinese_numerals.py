"""Chinese and formal numerals (贰佰贰拾元整, 一千二百, 2.3万, 三点五) as numbers."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {character: at for at, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {character: at for at, character in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"两": 2, "俩": 2, "弍": 2, "貳": 2, "叄": 3, "陸": 6}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SIGN = re.compile(r"\d+(?:\.\d+)?|.")
_MONEY = re.compile(r"(.*?)(?:[元圆块])?(?:(.)角)?(?:零?(.)分)?[整正]?")


def read_numerals(text: str) -> Decimal | None:
    """The number that a text without spaces and unit writes out; None if it is none.

    What people shorten (三百五, 两万三) has two readings and is therefore none.
    """
    found = _MONEY.fullmatch(text)
    if found and (found[2] or found[3]):
        whole = _whole(found[1]) if found[1] else Decimal(0)
        tenths, hundredths = _digit(found[2]), _digit(found[3])
        if whole is None or tenths is None or hundredths is None:
            return None
        return whole + Decimal(tenths) / 10 + Decimal(hundredths) / 100
    before, point, after = text.partition("点")
    if not point:
        return _whole(text)
    whole = _whole(before)
    places = "".join(str(_DIGITS[each]) if each in _DIGITS else "x" for each in after)
    if whole is None or not places.isdigit():
        return None
    return whole + Decimal(f"0.{places}")


def _digit(character: str | None) -> int | None:
    if not character:
        return 0
    return int(character) if character in "0123456789" else _DIGITS.get(character)


def _whole(text: str) -> Decimal | None:
    if text and all(character in _DIGITS for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text))
    total, section, current = Decimal(0), Decimal(0), None
    least, largest, after_nought = 10**4, 10**12, True
    for sign in _SIGN.findall(text):
        if (sign[0].isascii() and sign[0].isdigit()) or sign in _DIGITS:
            if current is not None:
                return None
            value = Decimal(_DIGITS[sign]) if sign in _DIGITS else Decimal(sign)
            if sign in "零〇":
                after_nought = True
            else:
                current = value
        elif sign in _SMALL:
            size = _SMALL[sign]
            if size >= least or (current is None and (size != 10 or section)):
                return None
            section += (Decimal(1) if current is None else current) * size
            current, least, after_nought = None, size, size == 10
        elif sign in _LARGE:
            size = _LARGE[sign]
            section += current or 0
            if not section or size >= largest:
                return None
            total += section * size
            section, current = Decimal(0), None
            least, largest, after_nought = 10**4, size, False
        else:
            return None
    if current is not None and not after_nought:
        return None
    if current is None and not total and not section:
        return None
    return total + section + (current or 0)
