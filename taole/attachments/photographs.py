"""Photographs as the house keeps them: upright, small, and telling nothing but the picture.

A phone writes place, time and owner into a picture; villagers may see these pictures, so only
the pixels are kept.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from taole.attachments.rules import shown_name
from taole.core.errors import Refused
from taole.core.words import N_, sentence

LONGEST_SIDE = 1600
AIM_BYTES = 150 * 1024
QUALITIES = (82, 74, 66, 58, 50)
MAX_PIXELS = 64_000_000
"""More than any phone's camera takes; beyond it a picture of a few kilobytes fills the memory."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def redraw(content: bytes, filename: str) -> bytes:
    """The picture as a JPEG of at most LONGEST_SIDE pixels and, if it can be, AIM_BYTES bytes.

    Raises Refused for a broken picture and for one with more than MAX_PIXELS pixels.
    """
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _refused_as_bomb(filename)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            pixels = _only_pixels(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused_as_bomb(filename) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused(
            sentence(N_("照片“%(file)s”已损坏，打不开，请重拍一张。"), file=shown_name(filename))
        ) from error
    return _smallest(pixels)


def _only_pixels(picture: Image.Image) -> Image.Image:
    """On white paper, in a new picture: nothing that was written beside the pixels comes along."""
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        drawn = picture.convert("RGBA")
        clean.paste(drawn, mask=drawn.getchannel("A"))
    else:
        clean.paste(picture.convert("RGB"))
    return clean


def _smallest(pixels: Image.Image) -> bytes:
    written = b""
    for quality in QUALITIES:
        out = io.BytesIO()
        pixels.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        written = out.getvalue()
        if len(written) <= AIM_BYTES:
            break
    return written


def _refused_as_bomb(filename: str) -> Refused:
    return Refused(
        sentence(
            N_("照片“%(file)s”的像素多得不正常，没有收下：请用手机重新拍一张。"),
            file=shown_name(filename),
        )
    )
