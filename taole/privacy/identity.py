"""Resident identity numbers (GB 11643-1999, and the 15 digits before it), in any dress.

Eighteen signs: six of the region, eight of the birth date, three of the order, one of the check.
A disabled person's card (残疾证) carries the identity number and two digits of kind and degree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from operator import mul

from taole.privacy.findings import Kind
from taole.privacy.folding import (
    ACROSS,
    CELL,
    CHECK_X,
    SEP,
    bare,
    digits,
    groups,
    without_separators,
)
from taole.privacy.ground import Found, Ground, goes_on, in_a_code, is_masked_rest
from taole.privacy.labels import Label

_PROVINCES = frozenset(
    f"{region}{province}"
    for region, provinces in enumerate(
        ("", "12345", "123", "1234567", "123456", "01234", "12345", "1", "123")
    )
    for province in provinces
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_ZEROS = ord("0") * sum(_WEIGHTS)


def _eighteen_signs(sep: str, unlike: str = "") -> str:
    return (
        f"[1-8](?<![0-9][0-9]){unlike}{sep}[0-7]{sep}{digits(4, sep)}{sep}(?:1{sep}9|2{sep}0){sep}"
        f"{digits(2, sep)}{sep}{_month_and_day(sep)}{sep}{digits(3, sep)}{sep}[0-9X{CHECK_X}]"
    )


def _month_and_day(sep: str) -> str:
    return f"(?:0{sep}[1-9]|1{sep}[0-2]){sep}(?:0{sep}[1-9]|[12]{sep}[0-9]|3{sep}[01])"


_EIGHTEEN = re.compile(
    f"{_eighteen_signs(SEP)}(?:(?![0-9])|(?P<degree>[1-7][1-4](?:[Bb][0-9])?(?![0-9])))"
)
_OTHER_SIGNS = r"[^0-9\u4e00-\u9fff\x1e\x1f\n]"
_BY_OTHER_SIGNS = re.compile(
    f"[1-8](?<![0-9][0-9])[0-7][0-9]{{4}}{_OTHER_SIGNS}{{1,3}}(?:19|20)[0-9]{{2}}{_OTHER_SIGNS}{{0,3}}"
    f"[01][0-9]{_OTHER_SIGNS}{{0,3}}[0-3][0-9]{_OTHER_SIGNS}{{1,3}}[0-9]{{3}}[0-9X{CHECK_X}](?![0-9])"
)
_SPLIT = re.compile(f"{_eighteen_signs(ACROSS, '(?![0-9]{17})')}(?![0-9])")
_FIFTEEN_PLAIN = re.compile(
    f"[1-8](?<![0-9][0-9])(?![0-9]{{15}})[0-7][0-9]{{4}}{SEP}[0-9]{{2}}{_month_and_day('')}{SEP}[0-9]{{3}}"
    f"(?![0-9X{CHECK_X}])"
)
_FIFTEEN = re.compile(
    f"[1-8](?<![0-9][0-9])(?![0-9]{{15}}){SEP}[0-7]{SEP}{digits(4)}{SEP}{digits(2)}{SEP}{_month_and_day(SEP)}{SEP}"
    f"{digits(3)}(?![0-9X{CHECK_X}])"
)
_ANY = re.compile(
    f"[1-9](?<![0-9][0-9])(?![0-9]{{19}})"
    f"(?:[0-9]{{13,17}}[0-9X{CHECK_X}](?!{SEP}[0-9X{CHECK_X}])"
    f"|(?:{SEP}[0-9]){{13,17}}{SEP}[0-9X{CHECK_X}](?![0-9]))"
)
_SURE = 0.96
_FIRST_YEAR, _LAST_YEAR = 1890, 2035
_SURE_YEARS = range(1900, 2013)
_FILING_YEARS = range(2016, 2036)
_RECENT_YEARS = range(2010, 2036)


def find_identities(ground: Ground, text: str) -> Iterator[Found]:
    """Identity numbers in ``text``, the ground's own or folded.

    A right check digit is enough anywhere; a wrong one counts less, where a label says so or
    region and birth date are right; fifteen digits have none and count where no other label says
    otherwise.
    """
    yield from _eighteen(ground, text)
    yield from _fifteen(ground, text)


def find_labelled_identities(ground: Ground, text: str) -> Iterator[Found]:
    """Signs that are no sound number, after a label or under its column.

    Fifteen or eighteen of them; one or two too few or too many, where a birth date is still there.
    """
    for match in _ANY.finditer(text):
        start, end = match.span()
        if ground.governing(start) is not Label.IDENTITY:
            continue
        number = bare(match[0])
        if len(number) not in (15, 18) and not _is_day(number[6:14]):
            continue
        if not is_masked_rest(ground.text, start, end):
            yield Found(Kind.IDENTITY, start, end, 0.6)


def find_split_identities(text: str) -> Iterator[Found]:
    """Sound identity numbers over several cells of a row; ``text`` is a table's, maybe folded."""
    place = 0
    while match := _SPLIT.search(text, place):
        place = match.start() + 1
        if CELL in match[0] and is_identity_number(bare(match[0])):
            place = match.end()
            yield Found(Kind.IDENTITY, *match.span(), 0.95)


def is_identity_number(number: str) -> bool:
    """Whether eighteen plain signs have a province, a true birth date and the right check sign."""
    return number[:2] in _PROVINCES and _is_day(number[6:14]) and check_sign(number) == number[17]


def check_sign(number: str) -> str:
    """The check sign that belongs to the first seventeen digits (ISO 7064, MOD 11-2)."""
    return _CHECK_SIGNS[(sum(map(mul, number[:17].encode(), _WEIGHTS)) - _ZEROS) % 11]


def _eighteen(ground: Ground, text: str) -> Iterator[Found]:
    place = 0
    while match := _EIGHTEEN.search(text, place):
        start, end = match.span()
        written = match[0][: match.start("degree") - start] if match["degree"] else match[0]
        number = bare(written)
        confidence = _confidence(ground, start, end, number, written)
        if not confidence or (match["degree"] and confidence < 0.9):
            place = start + 1
            continue
        place = end
        yield Found(Kind.HEALTH if match["degree"] else Kind.IDENTITY, start, end, confidence)


def _confidence(ground: Ground, start: int, end: int, number: str, written: str) -> float:
    if number[:2] not in _PROVINCES or not _is_day(number[6:14]):
        return 0
    if is_masked_rest(ground.text, start, end):
        return 0
    year = int(number[6:10])
    if check_sign(number) == number[17]:
        label = ground.governing(start) if year in _RECENT_YEARS else None
        dated = label is None and year in _FILING_YEARS and groups(written) == (6, 4, 4, 4)
        if label is Label.OTHER or dated:
            return 0
        return 0.99 if len(written) == 18 else 0.97
    label = ground.governing(start)
    if label is Label.IDENTITY:
        return 0.95
    plain = len(written) == 18
    if not plain or label is not None or year not in _SURE_YEARS or number[2:4] == "00":
        return 0
    return 0 if in_a_code(ground.text, start, end) else 0.55


def find_identities_by_other_signs(ground: Ground, text: str) -> Iterator[Found]:
    """Region, birth date and rest with any signs between them: 640221,19000101,0000."""
    for match in _BY_OTHER_SIGNS.finditer(text):
        if _confidence(ground, *match.span(), bare(match[0]), match[0]) > _SURE:
            yield Found(Kind.IDENTITY, *match.span(), 0.9)


def _fifteen(ground: Ground, text: str) -> Iterator[Found]:
    place = 0
    pattern = _FIFTEEN if Label.IDENTITY in ground.announced else _FIFTEEN_PLAIN
    while match := pattern.search(text, place):
        start, end = match.span()
        number = without_separators(match[0])
        place = start + 1
        if number[:2] not in _PROVINCES or not _is_day("19" + number[6:12]):
            continue
        if is_masked_rest(ground.text, start, end) or in_a_code(ground.text, start, end):
            continue
        if goes_on(text, start, end):
            continue
        label = ground.governing(start)
        usual = groups(match[0]) in ((15,), (6, 6, 3)) and number[2:4] != "00" != number[4:6]
        if label is Label.IDENTITY or (usual and label is None):
            place = end
            yield Found(Kind.IDENTITY, start, end, 0.85 if label else 0.6)


def _is_day(text: str) -> bool:
    year, day = int(text[:4]), int(text[4:8])
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 101 <= day <= 1231):
        return False
    if 0 < day % 100 <= 28:
        return True
    try:
        date(year, day // 100, day % 100)
    except ValueError:
        return False
    return True
