"""Reading the words in a photograph on this machine, by rapidocr and its own models.

The engine takes about a gigabyte: it is loaded once in the process that reads (``child``), and
reads one photograph at a time. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from PIL import Image

from taole.privacy.file_refusals import without_reader
from taole.privacy.reading_kinds import is_photograph

__all__ = ["Line", "can_read", "is_photograph", "read_lines"]

LONGEST_SIDE = 2000
_SHORT_SIDE = 736
_SMALLEST_SIDE = 24


@dataclass(frozen=True)
class Line:
    """Words on one line: corners of their box in the picture's pixels, text, certainty 0 to 1."""

    corners: tuple[tuple[float, float], ...]
    text: str
    score: float

    @property
    def left(self) -> float:
        return min(x for x, _ in self.corners)

    @property
    def right(self) -> float:
        return max(x for x, _ in self.corners)

    @property
    def top(self) -> float:
        return min(y for _, y in self.corners)

    @property
    def bottom(self) -> float:
        return max(y for _, y in self.corners)


def can_read() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_lines(picture: Image.Image, filename: str) -> list[Line]:
    """The lines of an upright RGB picture; raises Refused where the engine is not installed."""
    if not can_read():
        raise without_reader(filename)
    if min(picture.size) < _SMALLEST_SIDE:
        return []
    import numpy

    shown = with_margin(picture)
    pixels = numpy.ascontiguousarray(numpy.asarray(shown)[:, :, ::-1])
    found = engine()(pixels)
    if found.boxes is None or found.txts is None:
        return []
    return [
        Line(tuple((float(x), float(y)) for x, y in box), str(text), float(score))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


def with_margin(picture: Image.Image) -> Image.Image:
    """A narrow strip on a wider sheet: the engine would blow up its short side to 736 pixels."""
    longest, shortest = max(picture.size), min(picture.size)
    wanted = longest * _SHORT_SIDE // LONGEST_SIDE
    if shortest >= wanted:
        return picture
    size = (max(picture.width, wanted), max(picture.height, wanted))
    sheet = Image.new("RGB", size, picture.getpixel((0, 0)))
    sheet.paste(picture, (0, 0))
    return sheet


@cache
def engine() -> Any:
    """The engine, loaded at the first photograph of a process."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL + 1)
    return RapidOCR(params={"Global.log_level": "critical"})
