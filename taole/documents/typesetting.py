"""Setting a PDF with typst, in the fonts that the house carries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from PIL import ImageFont

_FONTS = Path(pylopdf_fonts_zh_cn.serif_path()).parent
MOST_SHOWN = 20


def typeset(pattern: Path, content: Mapping[str, object]) -> bytes:
    """The PDF of a pattern, which reads ``content`` (plain JSON) as ``sys.inputs.content``.

    The same pattern and content give the same bytes. Words are data: nothing of them is evaluated.
    Raises RuntimeError when the setter fails, which no content may bring about.
    """
    made: bytes = typst.compile(
        pattern,
        format="pdf",
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        timestamp=0,
    )
    return made


def missing_characters(texts: Sequence[str]) -> list[str]:
    """The characters, in order, that neither font has and that would print as boxes."""
    signs = dict.fromkeys(sign for text in texts for sign in text if not sign.isspace())
    return [sign for sign in signs if not _is_drawn(sign)][:MOST_SHOWN]


@lru_cache(maxsize=1)
def _faces() -> tuple[tuple[ImageFont.FreeTypeFont, bytes], ...]:
    faces = []
    for path in (pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()):
        face = ImageFont.truetype(str(path), 24)
        faces.append((face, bytes(face.getmask("\uffff"))))
    return tuple(faces)


@lru_cache(maxsize=20000)
def _is_drawn(sign: str) -> bool:
    return any(bytes(face.getmask(sign)) != empty for face, empty in _faces())
