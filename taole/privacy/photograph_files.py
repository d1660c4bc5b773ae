"""A photograph as a file: opened within limits, upright, written again without metadata."""

from __future__ import annotations

import io
import warnings
from typing import Any

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from taole.privacy.file_refusals import damaged, too_many_pixels

MOST_PIXELS = 100_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
_WRITTEN: dict[str, tuple[str, dict[str, Any]]] = {
    "PNG": ("PNG", {"optimize": True}),
    "WEBP": ("WEBP", {"quality": 88}),
    "HEIF": ("HEIF", {"quality": 88, "exif": None, "xmp": None}),
    "AVIF": ("AVIF", {"quality": 80}),
    "GIF": ("GIF", {}),
    "BMP": ("BMP", {}),
    "TIFF": ("TIFF", {"compression": "tiff_deflate"}),
}
_JPEG: tuple[str, dict[str, Any]] = ("JPEG", {"quality": 90})


def opened(content: bytes, filename: str) -> Image.Image:
    """The picture, its pixels not yet decoded; raises Refused when damaged or too many pixels."""
    _know_heif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        except Image.DecompressionBombError as error:
            raise too_many_pixels(filename) from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError) as error:
            raise damaged(filename) from error
    if picture.width * picture.height > MOST_PIXELS:
        raise too_many_pixels(filename)
    return picture


def decoded(picture: Image.Image, filename: str, longest: int = 0) -> Image.Image:
    """The picture upright in red, green and blue; ``longest`` lets a JPEG be decoded smaller."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if longest and picture.format == "JPEG":
                picture.draft("RGB", _half_way(picture.size, longest))
            return ImageOps.exif_transpose(_on_white(picture))
        except (OSError, ValueError, SyntaxError, RuntimeError, EOFError) as error:
            raise damaged(filename) from error


def written(picture: Image.Image, kind: str | None) -> bytes:
    """The pixels as a file of the same kind, without any metadata."""
    form, options = _WRITTEN.get(kind or "", _JPEG)
    out = io.BytesIO()
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    bare.save(out, form, **options)
    return out.getvalue()


def _half_way(size: tuple[int, int], longest: int) -> tuple[int, int]:
    ratio = min(1.0, longest / max(size))
    return int(size[0] * ratio), int(size[1] * ratio)


def _on_white(picture: Image.Image) -> Image.Image:
    """Transparent parts as on paper; the orientation is kept for turning."""
    exif = picture.getexif()
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
    else:
        flat = picture.convert("RGB")
    flat.info["exif"] = exif.tobytes() if exif else b""
    return flat


def _know_heif() -> None:
    Image.init()
    pillow_heif.register_heif_opener()
