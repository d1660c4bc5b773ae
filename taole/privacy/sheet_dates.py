"""Which cell styles of a workbook show a number as a day, and which day that is.

ECMA-376 part 1, 18.8.30: number formats 14-17, 22, 27-36 and 50-58 are days (the last two in
Chinese editions); others say so with y, m or d outside quotes.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from taole.privacy.reading_containers import Package

_BUILT_IN = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 2_958_465


def date_styles(package: Package) -> frozenset[int]:
    """The indices (attribute ``s`` of a cell) of styles that show days."""
    if "xl/styles.xml" not in package.parts:
        return frozenset()
    styles = package.tree("xl/styles.xml")
    formats = {
        number.get("numFmtId"): _shows_days(number.get("formatCode") or "")
        for number in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    found = set()
    for index, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        number = style.get("numFmtId") or "0"
        if formats.get(number, number.isdigit() and int(number) in _BUILT_IN):
            found.add(index)
    return frozenset(found)


def _shows_days(code: str) -> bool:
    bare = _QUOTED.sub("", code).lower()
    return "y" in bare or "d" in bare or ("m" in bare and "h" not in bare and "s" not in bare)


def day_of(text: str) -> str:
    """The day of a serial number as 1990-01-31; the text itself where it is none."""
    try:
        serial = float(text)
    except ValueError:
        return text
    if not 0 < serial <= _LAST_SERIAL:
        return text
    return (_EPOCH + timedelta(days=int(serial))).isoformat()
