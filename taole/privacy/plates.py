"""Plates of vehicles (GA 36-2018): a province, a letter, five signs, or six of new energy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.findings import Kind
from taole.privacy.ground import Found, Ground

_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"(?P<office>[A-HJ-NP-ZＡ-ＨＪ-ＮＰ-Ｚa-hj-np-z])[\s·•・．.\-－]{0,2}"
    r"(?P<serial>[0-9A-HJ-NP-Z０-９Ａ-ＨＪ-ＮＰ-Ｚa-hj-np-z]{5,6}|[0-9A-HJ-NP-Z]{4}[学警挂港澳])"
    r"(?![0-9A-Za-z０-９Ａ-Ｚ])"
)
_DATE = re.compile(r"20\d{4}")


def find_plates(ground: Ground) -> Iterator[Found]:
    """Plates in full; the last five signs hold at least two digits."""
    for match in _PLATE.finditer(ground.text):
        serial = match["serial"]
        figures = sum(sign.isdigit() for sign in serial)
        if figures < 2 or _DATE.fullmatch(serial):
            continue
        if len(serial) == 6 and figures == 6:
            continue
        yield Found(Kind.PLATE, *match.span(), 0.9)
