"""Black boxes: over words in photographs, over text on pages that are drawn anew as pictures."""

from __future__ import annotations

import ctypes
import io
import re
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from taole.privacy.file_refusals import not_maskable, too_many_pages
from taole.privacy.found import Guard
from taole.privacy.inspecting import hits_on_page
from taole.privacy.page_lines import page_text
from taole.privacy.pdf_guard import carriers_of_objects
from taole.privacy.photograph_files import decoded, opened, written
from taole.privacy.photograph_hits import read_hits
from taole.privacy.photographs import Line, can_read
from taole.privacy.reading_pdf import MOST_SCANNED, drawn, open_pdf

_PARTS = re.compile(r"\n|\s{2,}")
_PASSES = 3
_PAGE_SCALE = 200 / 72
_PAGE_DPI = 200


def masked_photograph(content: bytes, filename: str, guard: Guard) -> bytes:
    """The photograph with boxes over what was read, upright, without metadata."""
    picture = opened(content, filename)
    kind = picture.format
    upright = decoded(picture, filename)
    cover_words(upright, filename, guard)
    return written(upright, kind)


def cover_words(picture: Image.Image, filename: str, guard: Guard) -> None:
    """Paint over what is found in the pixels until nothing is; the last pass covers whole lines.

    Raises Refused when something is still read after that.
    """
    for attempt in range(_PASSES):
        lines, hits = read_hits(picture, filename, guard)
        if not hits:
            return
        for one in hits:
            line = lines[one.line]
            whole = attempt > 0
            first, last = (0, len(line.text)) if whole else (one.hit.start, one.hit.end)
            _paint(picture, _corners_of(line, first, last))
    if read_hits(picture, filename, guard)[1]:
        raise not_maskable(filename, "照片")


def _corners_of(line: Line, start: int, end: int) -> list[tuple[float, float]]:
    """The part of a line's box over some of its signs, a little wider; signs by their width."""
    widths = [1 if sign.isascii() else 2 for sign in line.text]
    total = sum(widths) or 1
    first = (sum(widths[:start]) - 1) / total
    last = (sum(widths[:end]) + 1) / total
    if start == 0:
        first = -0.02
    if end == len(line.text):
        last = 1.02
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.corners[:4]
    return [
        (ax + (bx - ax) * first, ay + (by - ay) * first),
        (ax + (bx - ax) * last, ay + (by - ay) * last),
        (dx + (cx - dx) * last, dy + (cy - dy) * last),
        (dx + (cx - dx) * first, dy + (cy - dy) * first),
    ]


def _paint(picture: Image.Image, corners: list[tuple[float, float]]) -> None:
    ImageDraw.Draw(picture).polygon(corners, fill="black")


def masked_pdf(content: bytes, filename: str, guard: Guard) -> bytes:
    """A PDF of pictures of the pages, boxes over the hits; nothing of the old file is in it."""
    list(carriers_of_objects(content, filename))
    document = open_pdf(content, filename)
    if len(document) > MOST_SCANNED:
        raise too_many_pages(filename, MOST_SCANNED)
    document.init_forms()
    pages = []
    for number in range(len(document)):
        page = document[number]
        picture = drawn(page, _PAGE_SCALE)
        _cover_text(page, picture, guard)
        if can_read():
            cover_words(picture, filename, guard)
        pages.append(picture)
    out = io.BytesIO()
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=_PAGE_DPI, quality=88
    )
    return out.getvalue()


def _cover_text(page: Any, picture: Image.Image, guard: Guard) -> None:
    text = page_text(page, "")
    textpage = page.get_textpage()
    try:
        for hit in hits_on_page(text, guard):
            for part in _PARTS.split(hit.text):
                if part.strip():
                    _cover_everywhere(page, textpage, picture, part.strip())
    finally:
        textpage.close()


def _cover_everywhere(page: Any, textpage: Any, picture: Image.Image, words: str) -> None:
    search = textpage.search(words, match_case=True)
    while (found := search.get_next()) is not None:
        index, count = found
        for at in range(index, index + count):
            left, bottom, right, top = textpage.get_charbox(at, loose=True)
            x0, y0 = _on_picture(page, picture, left, top)
            x1, y1 = _on_picture(page, picture, right, bottom)
            box = (min(x0, x1) - 2, min(y0, y1) - 2, max(x0, x1) + 2, max(y0, y1) + 2)
            ImageDraw.Draw(picture).rectangle(box, fill="black")


def _on_picture(page: Any, picture: Image.Image, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    width, height = picture.size
    pdfium.FPDF_PageToDevice(
        page, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value
