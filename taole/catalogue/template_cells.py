"""Cells of a unified template: what people write into them, and how it is written well.

Two readings: what says itself beyond doubt (full-width digits, 220元, 2023.9.7) is put right
without asking; what has to be interpreted (贰佰贰拾元, 2.3万, 45176, 9月7日) is only proposed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from taole.catalogue.chinese_numerals import read_numerals
from taole.catalogue.unified_template import NUMERIC, CellKind, Field
from taole.core.errors import Refused
from taole.core.periods import EXCEL_DAY_ZERO, EXCEL_SERIALS, parse_day

NO_VALUE = frozenset({"-", "--", "—", "——", "/", "\\", "无", "·"})
MOST_DIGITS = 12
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xFFE5: "¥",
    0x2212: "-",
    0x2013: "-",
}
_UNITS: dict[str, tuple[str, ...]] = {
    "元": ("元整", "元正", "元", "圆整", "圆", "块钱", "块"),
    "万元": ("万元整", "万元", "万"),
    "亩": ("亩",),
    "平方米": ("平方米", "平米", "㎡", "m2", "m²"),
    "人": ("人", "名", "口", "位", "口人"),
    "人次": ("人次", "人"),
    "户": ("户", "家"),
    "个": ("个", "名"),
}
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_WELL = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_MU = re.compile(r"(\d+(?:\.\d+)?)亩(?:零)?(?:(\d)分)?(?:(\d)厘)?", re.ASCII)
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[月./-](\d{1,2})[日号]?", re.ASCII)
_PHONE = re.compile(
    r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,4})?|1\d{10}|[12]\d{4}|1\d{2}|[48]00-?\d{3}-?\d{4}",
    re.ASCII,
)
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


def half_width(text: str) -> str:
    """Full-width digits and signs as plain ones; other characters stay as they are."""
    return text.translate(_HALF_WIDTH)


def is_blank(field: Field, text: str) -> bool:
    """Whether nothing is written; in cells of numbers and days a dash or 无 says so too."""
    told = text.strip()
    says_none = field.kind in NUMERIC | {CellKind.DAY, CellKind.PHONE} and told in NO_VALUE
    return not told or says_none


def read_well(field: Field, text: str) -> Decimal | None:
    """The value of a cell of numbers that is written as it should be (4,860.00), else None."""
    found = _WELL.fullmatch(text.strip())
    return _value(found[0], field) if found else None


def read_plain(field: Field, text: str) -> Decimal | None:
    """As ``read_well``, also with full-width digits, ¥ and the field's own unit behind (220元)."""
    found = _NUMBER.fullmatch(_bare(field, text))
    return _value(found[0], field) if found else None


def read_proposed(field: Field, text: str) -> Decimal | None:
    """The value that a cell probably means: Chinese and formal numerals, 2.3万, 3亩5分, (200)."""
    plain = read_plain(field, text)
    if plain is not None:
        return plain
    bare = _bare(field, text)
    if found := re.fullmatch(r"\((\d[\d,.]*)\)", bare):
        return read_plain(field, f"-{found[1]}")
    whole = "".join(half_width(text).split())
    if field.kind is CellKind.AREA and (found := _MU.fullmatch(whole)) and found[2]:
        return Decimal(found[1]) + Decimal(f"0.{found[2]}{found[3] or ''}")
    value = read_numerals(bare)
    return None if value is None else _fits(value, field)


def write_number(field: Field, value: Decimal) -> str:
    """A value as the paper shows it: amounts 4,860.00, areas 12.5, counts 3."""
    if field.kind is CellKind.AMOUNT:
        places = max(2, _places(value))
        return f"{value:,.{places}f}"
    places = _places(value)
    return f"{value:.{places}f}"


def read_day(text: str) -> date | None:
    """The day that a cell says beyond doubt: 2023-09-07, 2023.9.7, 2023年9月7日, 20230907."""
    try:
        return parse_day(half_width(text))
    except Refused:
        return None


def propose_day(text: str, year: int | None) -> date | None:
    """The day that a cell probably means: Excel's 45176, and 9月7日 in the year told elsewhere."""
    plain = "".join(half_width(text).split())
    if plain.isascii() and plain.isdigit() and int(plain) in EXCEL_SERIALS:
        return EXCEL_DAY_ZERO + timedelta(days=int(plain))
    found = _MONTH_AND_DAY.fullmatch(plain)
    if found is None or year is None:
        return None
    try:
        return date(year, int(found[1]), int(found[2]))
    except ValueError:
        return None


def is_phone(text: str) -> bool:
    return _PHONE.fullmatch("".join(half_width(text).split())) is not None


def tidy_cell(field: Field, text: str) -> str:
    """A cell put right where its meaning is beyond doubt; else only its spaces are.

    Doing it again changes nothing, and a number or a day keeps its value.
    """
    told = " ".join(text.split())
    if is_blank(field, told):
        return ""
    if field.kind in NUMERIC:
        value = read_plain(field, told)
        return told if value is None else write_number(field, value)
    if field.kind is CellKind.DAY:
        day = read_day(told)
        return day.isoformat() if day else told
    if field.kind is CellKind.PHONE:
        phone = "".join(half_width(told).split())
        return phone if is_phone(phone) else told
    if field.kind is CellKind.NAME:
        return _BETWEEN_CHINESE.sub("", told)
    return told


def _bare(field: Field, text: str) -> str:
    """Without spaces, ¥ and the unit that the field itself has."""
    bare = "".join(half_width(text).split()).removeprefix("人民币").removeprefix("¥")
    usual = "元" if field.kind is CellKind.AMOUNT else "亩" if field.kind is CellKind.AREA else "人"
    unit = field.unit or usual
    first = unit.split("/")[0]
    for ending in (unit, *_UNITS.get(first, (first,))):
        if len(bare) > len(ending) and bare.endswith(ending):
            return bare.removesuffix(ending)
    return bare


def _value(written: str, field: Field) -> Decimal | None:
    return _fits(Decimal(written.replace(",", "")), field)


def _fits(value: Decimal, field: Field) -> Decimal | None:
    """The value if it can stand in the field: people are whole, and nothing is as long as a card.

    ``-0`` is 0.
    """
    if value.adjusted() >= MOST_DIGITS or _places(value) > MOST_DIGITS:
        return None
    if field.kind is CellKind.COUNT and value != value.to_integral_value():
        return None
    return abs(value) if value == 0 else value


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
