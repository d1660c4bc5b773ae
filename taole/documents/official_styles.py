"""Faces and styles of an official document (GB/T 9704-2012): few styles, each with its fonts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

LATIN = "Times New Roman"
BODY_PT = 16
LINE_PT = 28
PAGE_NUMBER_PT = 14
TABLE_FONT = "仿宋_GB2312"


@dataclass(frozen=True)
class Face:
    """A font for Chinese text with its size in points; numerals are in Times New Roman."""

    east_asia: str
    points: float
    latin: str = LATIN
    bold: bool = False
    tighter_pt: float = 0.0


TIGHTER_PT = 0.25
"""28 characters of 16 pt in 156 mm: each a quarter of a point closer. A character grid would do
the same in Word alone; other programs read it otherwise."""

FACES = {
    "body": Face("仿宋_GB2312", BODY_PT, tighter_pt=TIGHTER_PT),
    "title": Face("方正小标宋简体", 22),
    "h1": Face("黑体", BODY_PT, tighter_pt=TIGHTER_PT),
    "h2": Face("楷体_GB2312", BODY_PT, tighter_pt=TIGHTER_PT),
    "h3": Face("仿宋_GB2312", BODY_PT, tighter_pt=TIGHTER_PT),
    "small": Face("仿宋_GB2312", 12),
    "caption": Face("仿宋_GB2312", 10.5),
    "page": Face("宋体", PAGE_NUMBER_PT, latin="宋体"),
}

_STYLES = {
    "Normal": "body",
    "Title": "title",
    "Heading 1": "h1",
    "Heading 2": "h2",
    "Heading 3": "h3",
    "Header": "page",
    "Footer": "page",
}
_KEPT = {*_STYLES, "Default Paragraph Font", "Normal Table", "No List"}
_TITLE_LINE_PT = 33


def set_face(properties: Any, face: Face) -> None:
    """Give a ``w:rPr`` its fonts (``w:eastAsia`` too), size and language.

    Chinese text is zh-CN; numerals are marked as Latin text, else LibreOffice breaks a number
    at the end of a line.
    """
    for tag in ("w:rFonts", "w:b", "w:bCs", "w:color", "w:spacing", "w:sz", "w:szCs", "w:lang"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    fonts = _element("w:rFonts", ascii=face.latin, hAnsi=face.latin, cs=face.latin)
    fonts.set(qn("w:eastAsia"), face.east_asia)
    fonts.set(qn("w:hint"), "eastAsia")
    half_points = str(round(face.points * 2))
    weight = [_element("w:b"), _element("w:bCs")] if face.bold else []
    closer = str(-round(face.tighter_pt * 20))
    for element in (
        fonts,
        *weight,
        _element("w:spacing", val=closer),
        _element("w:sz", val=half_points),
        _element("w:szCs", val=half_points),
        _element("w:lang", val="en-US", eastAsia="zh-CN"),
    ):
        properties.append(element)


def set_styles(word: WordDocument) -> None:
    """Keep the few styles that an official document uses and set each of them."""
    for style in list(word.styles):
        if style.name not in _KEPT:
            style.element.getparent().remove(style.element)
    _set_defaults(word)
    for name, face in _STYLES.items():
        style = word.styles[name]
        for stale in ("w:pPr", "w:rPr", "w:link"):
            for element in style.element.findall(qn(stale)):
                style.element.remove(element)
        set_face(style.element.get_or_add_rPr(), FACES[face])
        _set_spacing(style, name)
    _set_compatibility(word)


def _set_defaults(word: WordDocument) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_face(properties, FACES["body"])
    paragraph = defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")
    for element in list(paragraph):
        paragraph.remove(element)


def _set_spacing(style: Any, name: str) -> None:
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    if name in {"Header", "Footer"}:
        return
    layout.line_spacing = Pt(_TITLE_LINE_PT if name == "Title" else LINE_PT)
    layout.widow_control = False
    _set_asian_spacing(style.element.get_or_add_pPr(), off_grid=name == "Title")
    if name == "Title":
        layout.alignment = 1
    if name.startswith("Heading"):
        layout.keep_with_next = True
        level = _element("w:outlineLvl", val=str(int(name[-1]) - 1))
        style.element.get_or_add_pPr().append(level)


def _set_asian_spacing(properties: Any, *, off_grid: bool) -> None:
    """No automatic space between numerals and Chinese: it breaks 28 characters to a line."""
    following = properties.find(qn("w:spacing"))
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN", *(["w:snapToGrid"] if off_grid else [])):
        following.addprevious(_element(tag, val="0"))


def _set_compatibility(word: WordDocument) -> None:
    """Word 2013 and later layout; without it Word opens the file in compatibility mode."""
    settings = word.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    language = settings.find(qn("w:themeFontLang"))
    if language is not None:
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
