"""Numbers of bank cards (ISO/IEC 7812, Luhn), of 一卡通 accounts and of social-security cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.findings import Kind
from taole.privacy.folding import ACROSS, CELL, CELL_ENDS, GAP, SEP, groups, without_separators
from taole.privacy.ground import Found, Ground, in_a_code, in_a_link, is_masked_rest
from taole.privacy.labels import Label

_CARD = re.compile(
    "[3-9](?<![0-9][0-9])(?:"
    r"(?:(?<=6)[02-9]|(?<=4)[0-9]|(?<=5)[0-68]|(?<=3)[56]|(?<=8)[148]|(?<=9)[4589])"
    r"[0-9]{14,17}(?![0-9])"
    f"|[0-9]{{3}}(?:{GAP}[0-9]{{4}}){{3}}(?:{SEP}[0-9]){{0,3}}"
    f"|(?<=6){SEP}[02](?:{SEP}[0-9]){{14,17}}"
    f"|(?:(?<=4)(?:367|563)|(?<=5)187|(?<=9)55)(?:{SEP}[0-9]){{12,16}}(?![0-9])"
    f"|(?:{GAP}[0-9]){{15,18}})"
)
_SPREAD = re.compile(f"6{SEP}[02](?:{SEP}[0-9]){{14,17}}")
_ISSUERS = re.compile(r"62|60|3[56]|4|5[0-68]|6[3-9]|81|9[4589]|8[48]")
_STRONG_ISSUERS = ("62", "60", "955", "4367", "4563", "5187", "6858")
_PLAIN_DIGIT = re.compile("[0-9]")
_SEPARATING = re.compile("[^0-9]")
_LENGTHS = (16, 17, 18, 19)
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
_SPLIT_CARD = re.compile(f"[3-9](?<![0-9][0-9])(?![0-9]{{18}})(?:{ACROSS}[0-9]){{15,18}}")
_ACCOUNT = re.compile(
    f"[0-9](?<![0-9][0-9])(?:[0-9]{{11,20}}(?!{SEP}[0-9])|(?:{SEP}[0-9]){{11,20}}(?![0-9]))"
)
_BANK = re.compile(
    r"(?:农商行|信用社|信合|农行|建行|工行|中行|(?:农业|建设|工商|中国|宁夏|邮政储蓄|邮储|交通|商业|石嘴山)银行"
    r"|邮储|支行|分理处|储蓄所)(?:卡|帐|账|号|本人|：|:|（|\(|\s){0,4}\Z"
)
_MOMENT = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?[0-5]?\d?[0-5]?\d?"
)
_SOCIAL = re.compile(f"[A-Za-z0-9](?<![0-9A-Za-z][A-Za-z0-9])(?:{SEP}[0-9]){{7,20}}(?![0-9])")
_AMOUNT_AFTER = re.compile(
    r"\.(?!0(?!\d))\d{1,2}(?!\d)|\s{0,2}(?:万|亿)?(?:元|亩|㎡|平方|公斤|公里|吨|%|米|度|立方|方|千瓦|株|头|只|m|字节|[KMG]B)"
)
_CREDIT_SIGNS = {sign: at for at, sign in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_CREDIT_WEIGHTS: tuple[int, ...] = tuple(pow(3, at, 31) for at in range(17))


def find_cards(ground: Ground, text: str) -> Iterator[Found]:
    """Bank cards: 16 to 19 digits that begin as issuers do and whose check digit is right."""
    place = 0
    while match := _CARD.search(text, place):
        start = match.start()
        place = start + 1
        if not _ISSUERS.match(without_separators(text[start : start + 8])):
            continue
        end = _card_end(text, start, match.end())
        if not end and (spread := _SPREAD.match(text, start)):
            end = _card_end(text, start, spread.end())
        if end and _is_likely(ground, text, start, end):
            place = end
            strong = without_separators(match[0]).startswith(_STRONG_ISSUERS)
            yield Found(Kind.BANK_CARD, start, end, 0.93 if strong else 0.85)


def find_split_cards(ground: Ground, text: str) -> Iterator[Found]:
    """Cards over several cells of a row, where the first cell's column is of accounts."""
    place = 0
    while match := _SPLIT_CARD.search(text, place):
        start = match.start()
        place = start + 1
        if ground.governing(start) is not Label.ACCOUNT:
            continue
        end = _card_end(text, start, match.end(), ends=CELL_ENDS)
        if CELL in text[start:end]:
            place = end
            yield Found(Kind.BANK_CARD, start, end, 0.8)


def find_labelled_accounts(ground: Ground, text: str) -> Iterator[Found]:
    """Twelve to twenty-one digits after a label or under a column of accounts."""
    for match in _ACCOUNT.finditer(text):
        start, end = match.span()
        labelled = ground.governing(start) is Label.ACCOUNT
        if not labelled and not _BANK.search(ground.sentence_before(start, 12)):
            continue
        if _MOMENT.fullmatch(without_separators(match[0])) or is_amount(text, end):
            continue
        if not is_masked_rest(ground.text, start, end):
            yield Found(Kind.BANK_CARD, start, end, 0.95 if labelled else 0.7)


def find_labelled_social_cards(ground: Ground, text: str) -> Iterator[Found]:
    """A card's number after a label or under a column of social-security cards."""
    for match in _SOCIAL.finditer(text):
        start, end = match.span()
        if ground.governing(start) is Label.SOCIAL and not is_masked_rest(ground.text, start, end):
            yield Found(Kind.SOCIAL_CARD, start, end, 0.95)


def is_amount(text: str, end: int) -> bool:
    """Whether a number that ends here goes on as an amount: decimals, thousands, a unit."""
    return _AMOUNT_AFTER.match(text, end) is not None


def passes_luhn(number: str) -> bool:
    """Whether the last of plain digits is the right check digit (ISO/IEC 7812-1, annex B)."""
    signs = number.encode()[::-1]
    doubled = signs[1::2].translate(_DOUBLED)
    return (sum(signs[::2]) + sum(doubled) - 48 * len(signs)) % 10 == 0


def is_credit_code(code: str) -> bool:
    """Whether eighteen signs are a unified social credit code (GB 32100-2015)."""
    if len(code) != 18 or any(sign not in _CREDIT_SIGNS for sign in code):
        return False
    total = sum(
        _CREDIT_SIGNS[sign] * weight for sign, weight in zip(code, _CREDIT_WEIGHTS, strict=False)
    )
    return (31 - total % 31) % 31 == _CREDIT_SIGNS[code[17]]


def _card_end(text: str, start: int, longest: int, *, ends: str = "") -> int:
    """Where the card that starts here ends: at the end of a group, check digit right; else 0.

    ``ends``: when given, one of these signs, or nothing, must follow.
    """
    written = text[start:longest]
    if written.isdigit() and (text[longest : longest + 1].isdigit() or not passes_luhn(written)):
        return 0
    end, number = longest, without_separators(written)
    while len(number) >= _LENGTHS[0]:
        follows = text[end : end + 1]
        ended = follows in ends if ends else not follows.isdigit()
        if ended and passes_luhn(number):
            return end
        end -= 1
        while not text[end - 1].isdigit():
            end -= 1
        number = number[:-1]
    return 0


def _is_likely(ground: Ground, text: str, start: int, end: int) -> bool:
    written = text[start:end]
    number = without_separators(written)
    parts = groups(written)
    if len(parts) > 1 and not _is_grouped_card(ground, text, start, end, number, parts):
        return False
    strong = number.startswith(_STRONG_ISSUERS)
    if not strong and is_credit_code(number):
        return False
    if is_amount(text, end) or is_masked_rest(ground.text, start, end):
        return False
    if in_a_code(ground.text, start, end):
        return False
    if not strong and in_a_link(ground.text, start):
        return False
    return ground.governing(start) not in (Label.OTHER, Label.OFFICE_PHONE)


def _is_grouped_card(
    ground: Ground, text: str, start: int, end: int, number: str, parts: tuple[int, ...]
) -> bool:
    """Separated digits are a card, and no row of amounts or years, when grouped like one."""
    fours = all(part == 4 for part in parts[:-1]) and parts[-1] <= 4
    ones = all(part == 1 for part in parts)
    spelled = not _PLAIN_DIGIT.search(ground.text, start, end)
    if number.startswith(_STRONG_ISSUERS):
        return fours or ones or len(parts) <= 4 or parts[0] == 6 or spelled
    if set(_SEPARATING.findall(text[start:end])) & set("|/、"):
        return False
    alone = not text[max(0, start - 2) : start].strip(" -\t|/")[-1:].isdigit() and not (
        text[end : end + 2].strip(" -\t|/")[:1].isdigit()
    )
    return (fours or ones) and alone
