"""Digits in any dress, folded sign by sign: a folded text keeps the place of every sign.

Full-width and Chinese digits (the financial 壹贰叁 too), the several signs that stand for the X of
an identity number, and what people put between digits: spaces, hyphens, dots, signs without width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

CELL = "\x1f"
ROW = "\x1e"
CELL_ENDS = f"{CELL}{ROW}"

_DRESSES = (
    "０１２３４５６７８９",
    "〇一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "○壹貳叄肆伍陸柒捌玖",
    "◯幺貳參肆伍陸柒捌玖",
)
_OTHER_DIGITS = {
    chr(code): str(unicodedata.digit(chr(code)))
    for code in (*range(0x80, 0xFFFF), *range(0x1D7CE, 0x1D800))
    if unicodedata.digit(chr(code), None) is not None
}
"""Digits of other scripts, raised, in circles and in mathematical type."""
_DIGIT_SIGNS = _OTHER_DIGITS | {
    sign: str(digit) for dress in _DRESSES for digit, sign in enumerate(dress)
}
_LOOKALIKES = str.maketrans("OoIl|", "00111")
CHECK_X = "xｘＸ×✕╳Хх"
"""What people write for the X at the end of an identity number, beside X itself."""

_LATIN = {0xFEE0 + code: code for code in (*range(0x41, 0x5B), *range(0x61, 0x7B), 0x2B, 0x2A)}
_FOLD = (
    {ord(sign): digit for sign, digit in _DIGIT_SIGNS.items()}
    | {ord(sign): "X" for sign in CHECK_X}
    | {code: chr(latin) for code, latin in _LATIN.items() if chr(code) not in CHECK_X}
    | {ord("（"): "(", ord("）"): ")"}
)

_ODD = "".join(sorted(sign for sign in _DIGIT_SIGNS if sign <= "\uffff")) + "\U0001d7ce-\U0001d7ff"
_BETWEEN = (
    r" \t\r\n\x0b\x0c\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\ufe0f\ufeff\u20e3\-\u2010-\u2015\u2212\uff0d_.\uff0e\u00b7\u2022\u2027\u30fb\uff65/\uff0f|\uff5c"
)
SEP = f"[{_BETWEEN}]{{0,4}}"
"""Up to four signs between two digits of one number, as a pattern."""
ACROSS = f"[{_BETWEEN}{CELL}]{{0,4}}"
"""The same, over the border of cells too."""
GAP = f"[{_BETWEEN}]{{1,4}}"
"""At least one of them."""

_SEPARATORS = re.compile(f"[{_BETWEEN}{CELL}]+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff]+"
    r"|(?<=[0-9]\n)[ \t\u3000]{2,40}(?=[0-9Xx])"
    r"|(?<=[0-9])(?:</?(?:b|i|u|em|strong|span|font)>|&(?:nbsp|ensp|emsp|#160);){1,3}(?=[0-9Xx])"
)
_MARKS = ("\n  ", "\n\t\t", "\n\u3000\u3000", ">", ";")
_INVISIBLE_SIGNS = tuple(sign for sign in map(chr, range(0xFFFF)) if _INVISIBLE.match(sign))
_INVISIBLE_SET = frozenset(_INVISIBLE_SIGNS)
_SHORT = 150
_ODD_RUN = re.compile(
    f"[{_ODD}](?:(?<=[0-9].)|(?<=[0-9][{_BETWEEN}].)|(?:{SEP}[0-9{_ODD}]){{5}})", re.DOTALL
)
_MISREAD = re.compile(
    "(?<=[0-9])[OoIl|]{1,2}(?=[0-9X])|(?<=[0-9]{5})[OoIl]{1,2}(?![0-9A-Za-z])"
    "|(?<![0-9A-Za-z])[Il|](?=(?:[3-9][0-9OoIl]{9}|[1-7][0-9OoIl]{15}[0-9OoIlX])(?![0-9A-Za-z]))"
)
_ENUMERATED = re.compile(f"[、，,](?<=[{_ODD}][{_ODD}].)(?=[{_ODD}][{_ODD}Xx])")
_PARTING = re.compile(r"(?<=.)[,，~～+、)）.]")
_PARTED = re.compile(
    r"[14569](?<![0-9][0-9])(?:(?<=1)[3-9][0-9](?P<sign>[,，~～+、]|\.{2,3})[0-9]{4}(?P=sign)[0-9]{4}"
    r"|(?<=1)[3-9][0-9][)）][0-9]{4}[ -]?[0-9]{4}"
    r"|(?:(?<=6)[02][0-9]{2}|(?<=4)(?:367|563)|(?<=9)55[0-9]|(?<=5)187)(?P<comma>[,，~～+、])[0-9]{4}(?:(?P=comma)[0-9]{4}){2,3}(?:(?P=comma)[0-9]{1,3})?"
    r")(?![0-9])"
)
_NUMBERED_NAME = re.compile("[一三四五六七八九](?<=[张李王赵刘陈孙周吴郑钱马].)")
_ANY_DIGIT = f"[0-9{_ODD}]"
_RUN_START = f"{_ANY_DIGIT}(?<!{_ANY_DIGIT}{_ANY_DIGIT})"
_LONG_RUN = re.compile(f"{_RUN_START}(?:{SEP}[0-9{_ODD}]){{9}}")
_SECRET_RUN = re.compile(f"{_RUN_START}(?:{SEP}[0-9{_ODD}]){{11}}")
_LONG_PIECE = re.compile(
    f"{_ANY_DIGIT}(?:(?<!{_ANY_DIGIT}{_ANY_DIGIT}){_ANY_DIGIT}{{5}}"
    f"|(?<=[0-9]){CELL}(?:[0-9]{CELL}){{7}})"
)


def digits(count: int, sep: str = SEP) -> str:
    """The pattern of so many digits of one number, with separators between them."""
    return sep.join(["[0-9]"] * count)


def folded(text: str) -> str:
    """The text with every digit and X in plain dress, sign for sign (the length stays)."""
    return text.translate(_FOLD)


def dresses(text: str) -> Iterator[str]:
    """The text as it is, folded when digits stand in another dress, and with 张三, 李四 left whole.

    In 张三一三八… the first digit is a name's. Then as it was meant where O or l was read for 0 or
    1, and where 、 stands between groups of Chinese digits.
    """
    yield text
    plain = text
    if has_dressed_run(text):
        plain = folded(text)
        yield plain
        if spared := [match.start() for match in _NUMBERED_NAME.finditer(text)]:
            signs = list(plain)
            for place in spared:
                signs[place] = text[place]
            yield "".join(signs)
    if _ENUMERATED.search(text):
        yield folded(_ENUMERATED.sub(" ", text))
    if _PARTED.search(plain):
        yield _PARTED.sub(lambda match: _PARTING.sub(" ", match[0]), plain)
    for one in {text, plain}:
        if has_misread(one):
            yield _as_meant(_as_meant(one))


def _as_meant(text: str) -> str:
    return _MISREAD.sub(lambda match: match[0].translate(_LOOKALIKES), text)


def bare(value: str) -> str:
    """A value without dress: plain digits and capital letters, nothing between them."""
    if value.isascii() and value.isalnum() and not has_misread(value):
        return value.upper()
    plain = visible(folded(value))
    if has_misread(plain):
        plain = _as_meant(_as_meant(plain))
    return re.sub(r"[^0-9A-Z\u3400-\u9fff]", "", plain.upper())


def without_separators(value: str) -> str:
    """A folded value without what stands between its digits."""
    return value if value.isdigit() else _SEPARATORS.sub("", value)


def groups(value: str) -> tuple[int, ...]:
    """How many signs stand together in a folded value: 640221 19000101 0000 gives (6, 8, 4)."""
    if value.isdigit():
        return (len(value),)
    return tuple(len(part) for part in _SEPARATORS.split(_INVISIBLE.sub("", value)) if part)


def has_dressed_run(text: str) -> bool:
    """Whether digits in another dress stand together, or beside plain ones."""
    return not text.isascii() and _ODD_RUN.search(text) is not None


def has_misread(text: str) -> bool:
    """Whether letters that look like 0 and 1 stand between digits, as after reading a picture."""
    return any(sign in text for sign in "OoIl|") and _MISREAD.search(text) is not None


def has_invisible(text: str) -> bool:
    """Whether signs without width stand there, or an indent or a page's marks amid a number."""
    if any(mark in text for mark in _MARKS):
        return _INVISIBLE.search(text) is not None
    if text.isascii():
        return False
    if len(text) < _SHORT:
        return not _INVISIBLE_SET.isdisjoint(text)
    return any(sign in text for sign in _INVISIBLE_SIGNS)


def visible(text: str) -> str:
    """The text without the signs that have no width, and without indents amid numbers."""
    return _INVISIBLE.sub("", text)


def visible_places(text: str) -> list[int]:
    """Where each sign of ``visible(text)`` stands in the text."""
    hidden = {at for match in _INVISIBLE.finditer(text) for at in range(*match.span())}
    return [at for at in range(len(text)) if at not in hidden]


def has_long_run(text: str) -> bool:
    """Whether ten digits in any dress stand together anywhere."""
    return _LONG_RUN.search(text) is not None


def has_long_piece(text: str) -> bool:
    """Whether a cell may hold a part of a long number: six digits, or single digits in a row."""
    return _LONG_PIECE.search(text) is not None


def has_secret_run(text: str) -> bool:
    """Whether twelve digits in any dress stand together anywhere."""
    return _SECRET_RUN.search(text) is not None
