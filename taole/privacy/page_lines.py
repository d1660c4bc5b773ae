"""The text of a PDF page as lines with their place: a page knows no rows, cells or paragraphs.

Signs are put together as long as they follow one another on a line without a wide gap; so cells of
a table stay apart, and neighbours can be read together as those in a photograph are.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from taole.privacy.photographs import Line

_GAP, _SPACE = 1.3, 1.6
"""The widest gap between two signs of a word, and what each space adds, in heights of a sign."""

_BREAKS = "\r\n\x00\ufffe"


@dataclass(frozen=True)
class Sign:
    """A sign on a page, in points, y upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.1)


@dataclass(frozen=True)
class PageText:
    """A page's text in two readings: by place, and in the order in which it was written."""

    place: str
    lines: list[Line]
    whole: str


def page_text(page: Any, place: str) -> PageText:
    textpage = page.get_textpage()
    try:
        height = page.get_height()
        lines = [_line(run, height) for run in _runs(_signs(textpage)) if _words(run)]
        return PageText(place, lines, str(textpage.get_text_range()).replace("\r\n", "\n"))
    finally:
        textpage.close()


def _signs(textpage: Any) -> Iterator[Sign | None]:
    """Each sign in the order of writing; None for a break."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    places = [ctypes.byref(one) for one in (left, right, bottom, top)]
    for index in range(textpage.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        if text == " " and pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        if text in _BREAKS or not pdfium.FPDFText_GetCharBox(textpage, index, *places):
            yield None
        else:
            yield Sign(text, left.value, bottom.value, right.value, top.value)


def _runs(signs: Iterator[Sign | None]) -> Iterator[list[Sign]]:
    run: list[Sign] = []
    for sign in signs:
        if sign is None or (run and not sign.text.isspace() and not _follows(run, sign)):
            if run:
                yield run
            run = []
        if sign is not None and (run or not sign.text.isspace()):
            run.append(sign)
    if run:
        yield run


def _follows(run: list[Sign], sign: Sign) -> bool:
    """Whether a sign goes on where the run ends; spaces that were written stand between."""
    spaces = 0
    while spaces < len(run) - 1 and run[-1 - spaces].text.isspace():
        spaces += 1
    last = run[-1 - spaces]
    height = max(last.height, sign.height, last.right - last.left)
    level = min(last.top, sign.top) - max(last.bottom, sign.bottom)
    same_line = level > 0 or abs(last.bottom - sign.bottom) < 0.6 * height
    return same_line and -height < sign.left - last.right < (_GAP + _SPACE * spaces) * height


def _words(run: list[Sign]) -> bool:
    return any(not sign.text.isspace() for sign in run)


def _line(run: list[Sign], page_height: float) -> Line:
    while run[-1].text.isspace():
        run = run[:-1]
    solid = [sign for sign in run if not sign.text.isspace()]
    left, right = min(sign.left for sign in solid), max(sign.right for sign in solid)
    top = page_height - max(sign.top for sign in solid)
    bottom = page_height - min(sign.bottom for sign in solid)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Line(corners, "".join(sign.text for sign in run), 1.0)
