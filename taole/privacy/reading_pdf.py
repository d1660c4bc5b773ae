"""A PDF: the text of each page also where a box lies over it, notes, fields, attachments, scans.

Pages that show pictures are drawn and read as photographs; the pictures themselves are read too
where something may lie over them.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from taole.privacy.file_refusals import damaged, encrypted, too_many_pages
from taole.privacy.page_lines import PageText, page_text
from taole.privacy.passages import Carrier, Inner, Passage, Piece, Words, apart, at

MOST_PAGES = 500
MOST_SCANNED = 40
READING_SCALE = 150 / 72
_LONGEST_SIDE = 2600
_END = re.compile(rb"%%EOF\s{0,2}")
_MOST_VERSIONS, _MOST_OLD = 3, 50
_FEW_SIGNS = 12
_SMALLEST_PICTURE = 60
_MOST_PICTURE_PIXELS = 60_000_000


@dataclass(frozen=True)
class PagePicture:
    """A page as drawn, or a picture on it, to be read as a photograph."""

    place: str
    picture: Image.Image


def open_pdf(content: bytes, filename: str) -> Any:
    """The document; raises Refused when it is damaged, has a password or too many pages."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise encrypted(filename) from error
        raise damaged(filename) from error
    if not 0 < len(document) <= MOST_PAGES:
        raise too_many_pages(filename, MOST_PAGES) if len(document) else damaged(filename)
    return document


def carriers_of_pdf(document: Any, filename: str) -> Iterator[Carrier | PageText | PagePicture]:
    """Texts first, pictures after."""
    document.init_forms()
    pictured: list[int] = []
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError as error:
            raise damaged(filename) from error
        place = f"第{number + 1}页"
        text = page_text(page, place)
        if text.lines:
            yield text
        notes = [note for note in _notes(document, page) if note.strip()]
        if notes:
            yield Passage(at(f"{place}的批注或表单"), apart([Words(note) for note in notes]))
        if _needs_reading(page, text.whole):
            pictured.append(number)
    about = [value for value in document.get_metadata_dict().values() if value.strip()]
    about += [item.get_title() or "" for item in document.get_toc()]
    if any(value.strip() for value in about):
        yield Passage(at("文档属性和书签"), apart([Words(value) for value in about]))
    yield from _attachments(document)
    if len(pictured) > MOST_SCANNED:
        raise too_many_pages(filename, MOST_SCANNED)
    for number in pictured:
        yield from _pictures(document[number], f"第{number + 1}页")


def carriers_of_earlier_versions(content: bytes) -> Iterator[Passage]:
    """The text before each change that was only appended to the file (ISO 32000-1, 7.5.6)."""
    for end in [match.end() for match in _END.finditer(content)][:-1][-_MOST_VERSIONS:]:
        try:
            document = pypdfium2.PdfDocument(content[:end])
            pages = [page_text(document[number], "") for number in range(len(document))[:_MOST_OLD]]
        except pypdfium2.PdfiumError:
            continue
        words: list[Piece] = [Words(page.whole) for page in pages]
        yield Passage(at("PDF 较早的版本"), apart(words), numbers_only=True)


def drawn(page: Any, scale: float = READING_SCALE) -> Image.Image:
    """The page as a person sees it, notes and fields with it."""
    width, height = page.get_size()
    scale = min(scale, _LONGEST_SIDE / max(width, height, 1))
    bitmap = page.render(scale=scale, may_draw_forms=True)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture


def _notes(document: Any, page: Any) -> Iterator[str]:
    form = document.formenv
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        for key in (b"Contents", b"V", b"DV", b"T", b"TU", b"RC", b"Subj"):
            yield _utf16(partial(pdfium.FPDFAnnot_GetStringValue, note, key))
        if form:
            yield _utf16(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, note))
        pdfium.FPDFPage_CloseAnnot(note)


def _utf16(ask: Any) -> str:
    size = ask(None, 0)
    if size <= 2 or size > 1_000_000:
        return ""
    out = (ctypes.c_ushort * ((size + 1) // 2))()
    ask(out, size)
    return bytes(out).decode("utf-16-le", "ignore").rstrip("\x00")


def _attachments(document: Any) -> Iterator[Inner]:
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        name = str(attachment.get_name())
        try:
            content = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            continue
        yield Inner(f"附件“{name[:40]}”", name, content)


def _needs_reading(page: Any, text: str) -> bool:
    if any(True for _ in _large_pictures(page)):
        return True
    has_drawing = next(iter(page.get_objects(max_depth=2)), None) is not None
    return has_drawing and len(text.strip()) < _FEW_SIGNS


def _large_pictures(page: Any) -> Iterator[Any]:
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        width, height = found.get_px_size()
        if width >= _SMALLEST_PICTURE and height >= _SMALLEST_PICTURE // 3:
            yield found


def _pictures(page: Any, place: str) -> Iterator[PagePicture]:
    yield PagePicture(f"{place}的图片", drawn(page))
    objects = list(page.get_objects(max_depth=8))
    if not any(found.type != pdfium.FPDF_PAGEOBJ_IMAGE for found in objects) and len(objects) < 2:
        return
    for found in _large_pictures(page):
        width, height = found.get_px_size()
        if width * height > _MOST_PICTURE_PIXELS:
            continue
        try:
            below = found.get_bitmap(render=False).to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, OSError, ValueError, RuntimeError):
            continue
        yield PagePicture(f"{place}的图片（遮盖之下）", below)
