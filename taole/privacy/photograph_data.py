"""What a photograph carries beside its pixels: where it was taken, words, smaller pictures.

Exif 2.32 (JEITA CP-3451): GPS directory 0x8825, user comment 0x9286, owner 0xA430, the thumbnail
in the second directory. Other pictures inside the file (thumbnails, previews) begin as JPEGs do.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops, UnidentifiedImageError

from taole.privacy.passages import Passage, Position, Words, apart
from taole.privacy.raw_strings import passages_of_bytes

_GPS, _EXIF, _INTEROP = 0x8825, 0x8769, 0xA005
_LATITUDE, _LONGITUDE = 2, 4
_USER_COMMENT = 0x9286
_IPTC = 0x0404
_XP_FIRST, _XP_LAST = 0x9C9B, 0x9C9F
_USELESS = frozenset({"exif", "icc_profile", "photoshop", "mp", "jfif", "dpi", "exif_ifd"})
_MOST_INNER = 4
_COMPARED = (64, 64)
_DIFFERENT, _DIFFERENT_PIXELS = 48, 6


def positions(picture: Image.Image, place: str) -> Iterator[Position]:
    """Where the photograph was taken, in whole degrees."""
    gps = picture.getexif().get_ifd(_GPS)
    if _LATITUDE in gps or _LONGITUDE in gps:
        shown = [_degrees(gps.get(tag)) for tag in (_LATITUDE, _LONGITUDE)]
        yield Position(place, "，".join(shown))
    elif "GPSLatitude" in _as_text(picture.info.get("xmp", b"")):
        yield Position(place, "**°，**°")


def words_of(picture: Image.Image) -> list[Any]:
    """Comments, descriptions, owner, keywords: every text, as pieces apart from one another."""
    exif = picture.getexif()
    values: list[object] = []
    for directory in (exif, exif.get_ifd(_EXIF), exif.get_ifd(_INTEROP)):
        values += [_exif_text(tag, value) for tag, value in directory.items()]
    values += [value for key, value in picture.info.items() if key not in _USELESS]
    values += _press_texts(picture)
    texts = dict.fromkeys(text for value in values for text in _texts_in(value))
    return apart([Words(text) for text in texts if len(text.strip()) > 1])


def words_behind(content: bytes, place: str) -> Iterator[Passage]:
    """Long numbers that stand behind the end of a JPEG or PNG."""
    sign, after = (b"\xff\xd9", 2) if content.startswith(b"\xff\xd8\xff") else (b"IEND", 8)
    end = content.rfind(sign)
    if end >= 0:
        yield from passages_of_bytes(content[end + after :], place)


def inner_pictures(picture: Image.Image, upright: Image.Image, content: bytes) -> list[Image.Image]:
    """Pictures inside the file that do not show what the photograph shows."""
    found: list[Image.Image] = []
    blobs = [content]
    exif = picture.info.get("exif")
    if isinstance(exif, bytes) and exif not in content:
        blobs.append(exif)
    for blob in blobs:
        start = blob.find(b"\xff\xd8\xff", 2)
        while start >= 0 and len(found) < _MOST_INNER:
            inner = _opened(blob[start:])
            if inner is not None and differs(inner, picture, upright):
                found.append(inner)
            start = blob.find(b"\xff\xd8\xff", start + 3)
    return found


def differs(inner: Image.Image, picture: Image.Image, upright: Image.Image) -> bool:
    """Whether a smaller picture shows something else, as it lies or turned upright."""
    small = inner.convert("L").resize(_COMPARED, Image.Resampling.BOX)
    turned = (upright, picture) if picture.size != upright.size else (upright,)
    for whole in turned:
        other = whole.convert("L").resize(_COMPARED, Image.Resampling.BOX)
        histogram = ImageChops.difference(small, other).histogram()
        if sum(histogram[_DIFFERENT:]) < _DIFFERENT_PIXELS:
            return False
    return True


def _opened(blob: bytes) -> Image.Image | None:
    try:
        inner = Image.open(io.BytesIO(blob), formats=("JPEG",))
        if inner.width * inner.height > 20_000_000 or min(inner.size) < 48:
            return None
        return inner.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _press_texts(picture: Image.Image) -> list[object]:
    """Caption, author and the like after IPTC-IIM 4.2: each after 0x1C, two numbers and a size."""
    resources = picture.info.get("photoshop")
    block = resources.get(_IPTC) if isinstance(resources, dict) else None
    return [one[4:] for one in block.split(b"\x1c")] if isinstance(block, bytes) else []


def _degrees(value: Any) -> str:
    try:
        return f"{int(value[0])}°**′"
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return "**°"


def _exif_text(tag: int, value: Any) -> object:
    if not isinstance(value, bytes):
        return value
    if _XP_FIRST <= tag <= _XP_LAST:
        return value.decode("utf-16-le", "ignore")
    if tag == _USER_COMMENT and value.startswith(b"UNICODE\x00"):
        return [value[8:].decode(order, "ignore") for order in ("utf-16-le", "utf-16-be")]
    return value


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield _as_text(value)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts_in(one) if not isinstance(one, int | float) else ()
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_in(one)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, bytes):
        return ""
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1").replace("\x00", "")
