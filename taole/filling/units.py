"""In which unit a file counts: 万元 in its head where the template says 元. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from taole.catalogue.template_cells import read_plain, write_number
from taole.catalogue.unified_template import NUMERIC, CellKind, Field

_FACTORS = {
    ("万元", "元"): Decimal(10_000),
    ("千元", "元"): Decimal(1_000),
    ("百元", "元"): Decimal(100),
    ("元", "万元"): Decimal("0.0001"),
    ("公顷", "亩"): Decimal(15),
}
_IN_BRACKETS = re.compile(r"[(\[](?:单位:)?(万元|千元|百元|元|公顷|亩)[)\]]")
_UNIT = re.compile(r"\(?(?:单位:)?(?:万元|千元|百元|元|公顷|亩|人|户|个|台|天|元/[亩月年人户])\)?")
_FOR_ALL = re.compile(r"(?:金额)?单位:?(?:人民币)?(万元|千元|百元|元)")


def factor_of(each: Field, name: str, titles: Iterable[str]) -> Decimal:
    """By what a column's numbers are multiplied to be in the template's unit.

    ``name`` is the column's in the file; ``titles`` are the texts over the table, of which one may
    say the unit of all amounts (单位：万元). A unit in the name goes before.
    """
    found = _IN_BRACKETS.search(_folded(name))
    if found is None and each.kind is CellKind.AMOUNT:
        found = next((hit for text in titles if (hit := _FOR_ALL.search(_folded(text)))), None)
    return _FACTORS.get((found[1], each.unit), Decimal(1)) if found else Decimal(1)


def is_unit(text: str) -> bool:
    """Whether a cell says nothing but a unit: 亩, （元）, 元/亩."""
    return bool(_UNIT.fullmatch(_folded(text)))


def in_unit(each: Field, text: str, factor: Decimal) -> str:
    """A cell's text in the template's unit; what is no number stays as it is."""
    number = read_plain(each, text) if each.kind in NUMERIC and factor != 1 else None
    return text if number is None else write_number(each, (number * factor).normalize())


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
